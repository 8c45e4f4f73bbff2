from __future__ import annotations

import math

import pytest

from speciosa.report import words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (0.0, "0"),
        (0.0123456, "0.0123"),
        (0.9999, "1.00"),
        (12.345, "12.3"),
        (99.96, "100"),
        (1234.5, "1,230"),
        (-3.2, "-3.20"),
        (1e7, "1.00×10^7"),
        (2e-5, "2.00×10^-5"),
        (math.nan, "–"),
        (None, "–"),
    ],
)
def test_a_number_is_said_with_three_digits(value: float | None, said: str) -> None:
    assert words.number(value) == said


def test_a_range_has_two_digits_at_its_ends() -> None:
    assert words.span(17.24, 1051.0) == "17–1,100"


def test_a_range_that_has_no_room_has_one_digit() -> None:
    assert words.span(-0.0303, 0.0456) == "-0.030 to 0.046"
    assert words.span(-0.0303, 0.0456, room=14) == "-0.03 to 0.05"


@pytest.mark.parametrize(
    ("unit", "largest", "wanted"),
    [
        ("ng/mL", 900.0, ("ng/mL", 1.0)),
        ("ng/mL", 2e5, ("mg/L", 1e-3)),
        ("ng/mL*h", 2e6, ("g/L*h", 1e-6)),
        ("ms", 2e6, ("ms", 1.0)),
    ],
)
def test_a_large_level_has_a_larger_unit(
    unit: str, largest: float, wanted: tuple[str, float]
) -> None:
    assert words.readable(unit, largest) == wanted


def test_half_a_range_is_none() -> None:
    assert words.span(None, 3.0) == "–"


@pytest.mark.parametrize(
    ("output", "title"),
    [
        ("plasma.mitragynine", "Mitragynine in blood plasma"),
        ("plasma.hydroxymitragynine", "7-hydroxymitragynine in blood plasma"),
        ("brain.mitragynine", "Mitragynine in the brain, unbound"),
        ("pain.felt", "Pain felt, 0 to 10"),
        ("heart.beat_to_beat", "Heart beat to beat"),
        ("tolerance.nausea", "Tolerance of nausea, 0 is none"),
        ("tolerance.reward", "Tolerance of good mood, 0 is none"),
        ("monoamine.occupancy.5HT1A", "5-HT1A receptors held, share"),
        ("monoamine.occupancy.alpha2A", "Alpha-2A receptors held, share"),
    ],
)
def test_an_output_has_a_title_even_if_nobody_wrote_one(output: str, title: str) -> None:
    assert words.output_title(output) == title


def test_an_unlisted_measure_is_still_readable() -> None:
    assert words.measure("time_to_half") == "time to half"


def test_counted_nouns() -> None:
    assert words.count(1, "person", "people") == "1 person"
    assert words.count(2000, "person", "people") == "2,000 people"
    assert words.count(2, "draw") == "2 draws"
