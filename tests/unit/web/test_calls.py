"""Lines of numbers, and what of them a telephone dials."""

from __future__ import annotations

from datetime import date

import pytest

from speciosa.safety.numbers import countries, numbers_for
from speciosa.web.calls import calls

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize("country", [None, *countries()])
def test_a_line_says_what_a_check_prints(country: str | None) -> None:
    numbers = numbers_for(country, TODAY)
    said = [f"{one.kind}: {one.number}{one.rest}" for one in calls(numbers)]
    assert said == [*numbers.lines()]


def test_only_one_plain_number_is_dialled() -> None:
    by_kind = {one.kind: one for one in calls(numbers_for("FR", TODAY))}
    assert by_kind["emergency"].dial == ""  # 15 or 112
    assert by_kind["poison"].dial == "0140054848"
