"""Amounts as people write them: what has one meaning is read, what has two is refused."""

from __future__ import annotations

import re

import pytest

from speciosa.web.form import amounts
from speciosa.web.form.schema import leaves
from speciosa.web.form.spoken import Unclear

DOSES = {
    "2g": "2 g",
    "0,5 g": "0.5 g",
    "3 grams": "3 g",
    "2 tsp": "2 tsp",
    "2 level teaspoons": "2 tsp",
    "4 capsules": "4 capsules",
    "two caps": "2 capsules",
    "1 tablet": "1 tablet",
    "half a tablet": "0.5 tablets",
    "½ tsp": "0.5 tsp",
    "1½ tsp": "1.5 tsp",
    "1 1/2 tsp": "1.5 tsp",
    "30 mL": "30 mL",
    "30ml": "30 mL",
    "4 x 500 mg": "2000 mg",
    "1 000 mg": "1000 mg",
    "1'000 mg": "1000 mg",
    "1,000,000 ug": "1000000 ug",
    "1.234,5 mg": "1234.5 mg",
    "0,500 g": "0.5 g",
    "5 mcg": "5 ug",
    "5 µg": "5 ug",
    "about 2 g": "2 g",
    "2 G of kratom powder": "2 g",
    "3 gummies": "3 gummies",
    "0": "0 g",
}


@pytest.mark.parametrize(("written", "read"), DOSES.items())
def test_a_dose_is_read_as_it_is_said(written: str, read: str) -> None:
    assert amounts.dose(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "1,250 mg",
        "2-3 g",
        "2 to 3 g",
        "2 heaped teaspoons",
        "2 g a day",
        "6 g daily",
        "1/0 g",
        "1.2.3 g",
    ],
)
def test_what_has_two_meanings_or_none_is_never_guessed(written: str) -> None:
    with pytest.raises(Unclear):
        amounts.dose(written)


@pytest.mark.parametrize("written", ["500", "a bag", "2 cups", "3 gr", "-3 g", "", "g", "nan g"])
def test_what_is_no_dose_is_left_for_the_scenario_to_refuse(written: str) -> None:
    assert amounts.dose(written) == written


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1,4%", "1.4 %"),
        ("1.4 percent", "1.4 %"),
        ("14mg/g", "14 mg/g"),
        ("14 mg per gram", "14 mg/g"),
        ("15 mg per tablet", "15 mg/tablet"),
        ("15 mg a pill", "15 mg/tablet"),
        ("12 mg/ml", "12 mg/mL"),
        ("less than 0,1 mg/g", "< 0.1 mg/g"),
        ("50x", "50x"),
        ("0.0195", "0.0195"),
    ],
)
def test_a_content(written: str, read: str) -> None:
    assert amounts.content(written) == read


@pytest.mark.parametrize(
    ("key", "written", "read"),
    [
        ("person.age", "35", "35 y"),
        ("person.age", "35 years old", "35 y"),
        ("person.age", "thirty", "thirty"),
        ("person.weight", "70", "70 kg"),
        ("person.weight", "70,5 kilos", "70.5 kg"),
        ("person.weight", "154 lbs", "154 lb"),
        ("person.weight", "11 st 4 lb", "158 lb"),
        ("person.weight", "12 stone", "168 lb"),
        ("person.weight", "70 m", "70 m"),
        ("output.until", "2 weeks", "14 d"),
        ("output.until", "a day and 6 hours", "30 h"),
        ("output.until", "half an hour", "0.5 h"),
        ("output.until", "3 months", "91 d"),
        ("output.until", "7", "7"),
        ("with.at", "2 h later", "2 h"),
        ("with.at", "0", "0 h"),
        ("output.lloq", "0,5 ng/ml", "0.5 ng/mL"),
    ],
)
def test_a_value_in_the_unit_of_its_key(key: str, written: str, read: str) -> None:
    reads = leaves()[key].reads
    assert isinstance(reads, amounts.Measured)
    assert amounts.measured(written, reads) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("every 8 h", "8 h"),
        ("8 hours", "8 h"),
        ("8-hourly", "8 h"),
        ("3x a day", "8 h"),
        ("3 times per day", "8 h"),
        ("3x/day", "8 h"),
        ("twice daily", "12 h"),
        ("b.i.d.", "12 h"),
        ("morning and evening", "12 h"),
        ("every other day", "48 h"),
        ("daily", "24 h"),
        ("7 times a week", "24 h"),
        ("hourly", "1 h"),
        ("once", ""),
        ("q8h", "8 h"),
        ("q 8 h", "8 h"),
        ("q. 6 hrs", "6 h"),
        ("3/day", "8 h"),
        ("3 / d", "8 h"),
        ("2 per day", "12 h"),
        ("now and then", "now and then"),
    ],
)
def test_how_often(written: str, read: str) -> None:
    assert amounts.often(written) == read


@pytest.mark.parametrize("written", ["every 4-6 h", "4 to 6 times a day", "0 times a day"])
def test_how_often_is_not_guessed(written: str) -> None:
    with pytest.raises(Unclear):
        amounts.often(written)


@pytest.mark.parametrize(
    ("written", "asks"),
    [
        ("8", "Every 8 hours, or 8 times a day?"),
        ("1", "Every 1 hour, or 1 time a day?"),
    ],
)
def test_a_mere_number_is_asked_about(written: str, asks: str) -> None:
    with pytest.raises(Unclear, match=re.escape(asks)):
        amounts.often(written)


@pytest.mark.parametrize(
    ("written", "each", "read"),
    [
        ("150 mg", "shot", "150 mg/shot"),
        ("about 0.15 g", "tablet", "0.15 g/tablet"),
        ("< 2 mg", "gummy", "< 2 mg/gummy"),
        ("150 mg", None, "150 mg"),
        ("15 mL", "shot", "15 mL"),
        ("1.4 %", "shot", "1.4 %"),
    ],
)
def test_a_mere_mass_is_that_of_one_piece_where_pieces_are_counted(
    written: str, each: str | None, read: str
) -> None:
    assert amounts.content(written, each) == read


def test_counts_and_shares() -> None:
    assert [amounts.count(one) for one in ("200", "1,000", "1 000")] == [200, 1000, 1000]
    assert [amounts.count(one) for one in ("2.5", "-3", "1e3", "9" * 5000)] == [
        *("2.5", "-3", "1e3", "9" * 5000)
    ]
    assert [amounts.share(one) for one in ("50 %", "0,5", "1/2", "half")] == [0.5] * 4
    assert amounts.share("some") == "some"
