from __future__ import annotations

import pytest

from speciosa.product.alkaloids import KNOWN, MODELLED, alkaloid
from speciosa.product.medicines import medicine, medicines


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("mitragynine", "mitragynine"),
        (" Mitragynine ", "mitragynine"),
        ("7-Hydroxymitragynine", "hydroxymitragynine"),
        ("7-OH", "hydroxymitragynine"),
        ("Mitragynine pseudoindoxyl", "pseudoindoxyl"),
        ("corynoxine-B", "corynoxine b"),
        ("caffeine", None),
    ],
)
def test_alkaloids_as_laboratories_write_them(written: str, name: str | None) -> None:
    assert alkaloid(written) == name


def test_every_known_alkaloid_is_known_by_its_own_name() -> None:
    assert all(alkaloid(name) == name for name in KNOWN)
    assert set(MODELLED) <= set(KNOWN)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("midazolam", "midazolam"),
        ("Grapefruit", "grapefruit juice"),
        ("St. John's wort", "st john's wort"),
        ("St Johns Wort", "st john's wort"),
        ("St John\N{RIGHT SINGLE QUOTATION MARK}s wort", "st john's wort"),
        ("oral-contraceptive", "ethinylestradiol"),
        ("unobtainium", None),
    ],
)
def test_medicines_by_any_of_their_names(written: str, name: str | None) -> None:
    found = medicine(written)
    assert (found.name if found else None) == name


def test_every_medicine_has_a_class_and_names_of_its_own() -> None:
    names = [n for one in medicines().values() for n in (one.name, *one.aliases)]
    assert len(names) == len(set(names))
    assert all(one.classes for one in medicines().values())
    assert {"morphine", "buprenorphine", "naloxone", "midazolam"} <= set(medicines())
