"""A hundred for each effect: they add up, and say what we do not know."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.errors import InputError
from speciosa.report.icons import EFFECTS, hundreds, icons, said


def rows(*shares: float, drawn: bool = True) -> list[dict[str, Any]]:
    return [
        {
            "output": "gut.nausea",
            "effect": effect,
            "people": share,
            "share": share if drawn else None,
            "p05": share / 2 if drawn else None,
            "p95": min(1.0, share * 1.5) if drawn else None,
        }
        for effect, share in zip(EFFECTS, shares, strict=True)
    ]


@given(st.lists(st.floats(0.001, 1.0), min_size=4, max_size=4))
def test_a_hundred_stay_a_hundred_and_nobody_is_off_by_more_than_one(parts: list[float]) -> None:
    shares = [part / sum(parts) for part in parts]
    count = hundreds(rows(*shares), "gut.nausea")
    assert sum(count.values()) == 100
    for effect, share in zip(EFFECTS, shares, strict=True):
        assert abs(count[effect] - 100 * share) <= 1.0


def test_the_sentence_says_how_far_it_may_be_off() -> None:
    sentence = said(rows(0.1, 0.1, 0.2, 0.6), "gut.nausea")
    assert "10 strong, 10 moderate, 20 mild, 60 none" in sentence
    assert "10 to 70 of 100 have any of it" in sentence


def test_by_central_numbers_alone_no_range_is_told() -> None:
    sentence = said(rows(0.1, 0.1, 0.2, 0.6, drawn=False), "gut.nausea")
    assert sentence.endswith("60 none.")


def test_a_picture_is_described_in_words() -> None:
    chart = icons(rows(0.0, 0.0, 0.0, 1.0))
    assert chart.description.startswith("Nausea, of 100 people like this: 0 strong")
    assert "100" in chart.svg()


def test_what_was_not_counted_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"got 'heart\.qt'; expected one of gut\.nausea"):
        hundreds(rows(0.1, 0.1, 0.2, 0.6), "heart.qt")
    with pytest.raises(InputError, match="expected an effect that was counted"):
        icons([])
