"""A check as it is read in a terminal."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from rich.console import Console

from speciosa.report.checked import print_check
from speciosa.safety import check
from speciosa.safety.case import Case

TODAY = date(2026, 11, 25)
SCREEN = 70
"""Lines of 100 columns for the worst that there is; most cases take half of it."""


def shown(*, more: bool = False, **tables: Any) -> str:
    given = {"product": {"kind": "leaf"}, "regimen": {"dose": "2 g"}, **tables}
    text = io.StringIO()
    found = check(Case.of(given), today=TODAY, quick=True).to_dict()
    print_check(found, Console(file=text, width=100), more=more)
    return text.getvalue()


WORST: dict[str, Any] = {
    "person": {"conditions": ["pregnancy", "copd", "long qt", "driving"], "jurisdiction": "US-AL"},
    "with": [
        {"drug": d} for d in ("citalopram", "methadone", "alprazolam", "alcohol", "grey pill")
    ],
}


def test_the_first_line_after_the_case_is_the_most_dangerous_thing() -> None:
    lines = [line for line in shown(**WORST).splitlines() if line.strip()]
    first = next(line for line in lines if line.startswith(("DANGER", "WARNING")))
    assert first.startswith("DANGER")
    assert first.endswith("Slow breathing in a person with weak breathing")


def test_much_is_still_one_screen_and_nothing_is_left_out_of_it() -> None:
    text = " ".join(shown(**WORST).split())
    assert len(shown(**WORST).splitlines()) <= SCREEN
    for title in ("Long QT", "Pregnancy", "Driving", "Grey pill is not known here", "Law: Alabama"):
        assert title in text


def test_more_tells_every_finding_whole() -> None:
    text = shown(more=True, **WORST)
    found = check(
        Case.of({"product": {"kind": "leaf"}, "regimen": {"dose": "2 g"}, **WORST}), quick=True
    )
    assert text.count("Why: ") == len(found.findings)


def test_an_emergency_is_what_to_do_and_the_titles_of_the_rest() -> None:
    given: dict[str, Any] = {
        "person": {"signs": ["blue lips"], "jurisdiction": "US"},
        "with": [{"drug": "alcohol"}],
    }
    text = shown(**given)
    assert text.index("Call 911 now") < text.index("Kratom with alcohol")
    assert "Vomit can block" not in text
    assert "Vomit can block" in shown(more=True, **given)


def test_a_number_in_the_words_of_a_product_is_not_told_again() -> None:
    assert shown().count("28 mg") == 1
    assert shown(more=True).count("28 mg") == 2


def test_an_old_law_shows_its_age_even_as_a_title() -> None:
    text = " ".join(shown(person={"jurisdiction": "TH"}).split())
    assert "Law: Thailand (regulated, seen 27 Aug 2022, old)" in text


@pytest.mark.parametrize("word", ["no risk", "is safe", "harmless", "is legal", "fine to"])
def test_nothing_reassures_a_healthy_adult(word: str) -> None:
    paper = {"mitragynine": "1.4 %", "lead": "0.1 ppm", "7-OH": "0.01 %"}
    for more in (False, True):
        text = " ".join(shown(more=more, product={"kind": "leaf", "certificate": paper}).split())
        assert word not in text
