"""What was taken before, from one line; a line is read whole or refused with one clear sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.web.form.backfill import before
from speciosa.web.form.read import read_pairs
from speciosa.web.form.spoken import Unclear

TODAY = date(2026, 11, 25)

LINES: dict[str, str | dict[str, str]] = {
    "never": "naive",
    "First time": "naive",
    "naive": "naive",
    "regular": "regular",
    "3 g every 6 h since March": {"dose": "3 g", "every": "6 h", "for": "269 d"},
    "twice a day for two years": {"every": "12 h", "for": "2 y"},
    "5 g 3x/day since 2021-05-01": {"dose": "5 g", "every": "8 h", "for": "2034 d"},
    "3 g once a day since 5 May 2021": {"dose": "3 g", "every": "24 h", "for": "2030 d"},
    "since May 5th, 2021 3 g once a day": {"dose": "3 g", "every": "24 h", "for": "2030 d"},
    "since 2 years": {"for": "2 y"},
    "since March 5": {"for": "265 d"},
    "since 05/2021": {"for": "2034 d"},
    "since 13/6/2021 2 g twice a day": {"dose": "2 g", "every": "12 h", "for": "1991 d"},
    "every morning since 2020": {"every": "24 h", "for": "2520 d"},
    "since Monday 2 g bid": {"dose": "2 g", "every": "12 h", "for": "2 d"},
    "0,5 g every 4 hours over the last year": {"dose": "0.5 g", "every": "4 h", "for": "1 y"},
    "started 2 years ago, 3 g twice daily": {"dose": "3 g", "every": "12 h", "for": "2 y"},
    "4 x 500 mg twice a day for a year": {"dose": "2000 mg", "every": "12 h", "for": "1 y"},
    "I have been taking 2 tsp of kratom powder 3 times a day for about 6 months now": {
        **{"dose": "2 tsp", "every": "8 h", "for": "183 d"}
    },
    "3 g each morning and evening for 3 weeks": {"dose": "3 g", "every": "12 h", "for": "21 d"},
    "2 capsules every 12 h for 183 d": {"dose": "2 capsules", "every": "12 h", "for": "183 d"},
    "1 tablet every 4 h": {"dose": "1 tablet", "every": "4 h"},
    "daily": {"every": "24 h"},
    "1 tsp q8h since March": {"dose": "1 tsp", "every": "8 h", "for": "269 d"},
    "2 g 3/day for 3 months": {"dose": "2 g", "every": "8 h", "for": "91 d"},
}


@pytest.mark.parametrize(("line", "read"), LINES.items())
def test_a_line_is_read_as_it_is_said(line: str, read: str | dict[str, str]) -> None:
    assert before(line, TODAY).value == read


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("3 g a day", "'3 g once a day', or how many doses"),
        ("15 g daily for a year", "how many doses"),
        ("2-3 g every 6 h", "not a range"),
        ("2,500 mg twice a day", "2500 or 2.5"),
        ("2 g 3 g daily", "2 g and 3 g are both there"),
        ("since November", "November 2025"),
        ("since 5/6/2021 2 g twice a day", "5 May 2021"),
        ("since 2030", "a day before today, 2026-11-25"),
        ("since Feb 30", "a day that exists"),
        ("since last year", "not understood: 'since last year'"),
        ("3 g twice a day, 2 years ago", "up to now"),
        ("3 g every 6 h while awake", "not understood: 'while awake'"),
        ("3 g every 6 h for years", "About how many years"),
        ("for months", "About how many months"),
        ("for several weeks now", "About how many weeks"),
        ("yes", "About how many months"),
        ("3 g daily for a long time", "About how many months"),
        ("since spring", "In which month did it begin, about"),
        ("3 g every 6 h since last summer", "In which month did it begin, about"),
        ("my uncle's dog", "not understood"),
        ("", "such as"),
        ("🌿", "not understood"),
    ],
)
def test_nonsense_and_two_meanings_are_refused_in_one_sentence(line: str, says: str) -> None:
    with pytest.raises(Unclear, match=says):
        before(line, TODAY)


@pytest.mark.parametrize(
    ("line", "country", "began"),
    [
        ("since spring", "US", date(2026, 3, 1)),
        ("since this spring", "GB", date(2026, 3, 1)),
        ("since the spring of 2025", "DE", date(2025, 3, 1)),
        ("since winter", "US-CA", date(2025, 12, 1)),
        ("since fall", "us", date(2026, 9, 1)),
        ("since spring", "AU", date(2026, 9, 1)),
        ("since summer", "NZ", date(2025, 12, 1)),
        ("since autumn", "ZA", date(2026, 3, 1)),
        ("since winter 2025", "AU", date(2025, 6, 1)),
    ],
)
def test_a_country_tells_when_a_season_began(line: str, country: str, began: date) -> None:
    assert before(line, TODAY, country).value == {"for": f"{(TODAY - began).days} d"}


@pytest.mark.parametrize(
    ("line", "country"),
    [("since spring", "TH"), ("since last spring", "US"), ("since winter 2025", "US")],
)
def test_a_season_with_two_meanings_is_asked_about(line: str, country: str) -> None:
    with pytest.raises(Unclear, match="In which month"):
        before(line, TODAY, country)


def test_the_country_that_was_entered_counts() -> None:
    tea = [("product.kind", "tea"), ("regimen.dose", "2 g"), ("person.experience", "since spring")]
    asked = read_pairs(tea, TODAY)
    assert asked.error is not None
    assert asked.error.expected == "In which month did it begin, about?"
    held = read_pairs([*tea, ("person.jurisdiction", "germany")], TODAY)
    assert "for 269 d" in held.understood["person.experience"]


@given(
    line=st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            (
                "3 g",
                "every",
                "6 h",
                "since",
                "March",
                "2021",
                "for",
                "a",
                "day",
                "twice",
                "/",
                "x",
                "5",
                "-",
            )
        ),
        max_size=9,
    ).map(" ".join)
)
def test_any_line_is_read_or_refused(line: str) -> None:
    try:
        found = before(line, TODAY)
    except Unclear:
        return
    assert found.word or found.parts


def test_what_was_understood_is_shown_with_what_was_not_said() -> None:
    tea = [("product.kind", "tea"), ("regimen.dose", "2 g")]
    held = read_pairs([*tea, ("person.experience", "twice a day")], TODAY)
    assert held.understood["person.experience"] == (
        "the dose of now (not said) every 12 h for 1 y (not said)"
    )
    assert held.scenario is not None
    assert held.scenario.filled()["person"]["experience"] == {
        **{"dose": "2 g", "every": "12 h", "for": "1 y"}
    }
    wrong = read_pairs([*tea, ("person.experience", "now and then")], TODAY)
    assert wrong.wrong_key == "person.experience"
    assert wrong.scenario is None


def test_today_is_what_since_counts_from() -> None:
    tea = [("product.kind", "tea"), ("regimen.dose", "2 g"), ("person.experience", "since March")]
    lengths = [
        read_pairs(tea, date(2026, 4, day)).understood["person.experience"] for day in (1, 11)
    ]
    assert "for 31 d" in lengths[0]
    assert "for 41 d" in lengths[1]
