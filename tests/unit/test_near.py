from __future__ import annotations

import pytest

from speciosa.near import nearest, ones_near

NAMES = ("pain.felt", "pain.relief", "plasma.mitragynine", "unbound.mitragynine", "tolerance")


@pytest.mark.parametrize(
    ("word", "meant"),
    [("pain.releif", "pain.relief"), ("PAIN.FELT", "pain.felt"), ("zzz", None), ("", None)],
)
def test_the_nearest_is_found_if_any_is_near(word: str, meant: str | None) -> None:
    assert nearest(word, NAMES) == meant


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("pain", ["pain.felt", "pain.relief"]),
        ("relief", ["pain.relief"]),
        ("Plasma.", ["plasma.mitragynine"]),
        ("mitragynine", ["plasma.mitragynine", "unbound.mitragynine"]),
        ("tolerence", ["tolerance"]),
        ("ain", []),
        ("zzz", []),
        ("", []),
    ],
)
def test_a_name_without_a_part_is_near_to_all_that_have_it(name: str, near: list[str]) -> None:
    assert ones_near(name, NAMES) == near


def test_not_too_many_are_named() -> None:
    assert ones_near("a", [f"a.{i}" for i in range(9)]) == ["a.0", "a.1", "a.2"]
