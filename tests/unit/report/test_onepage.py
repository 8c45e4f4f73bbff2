"""What stands on the page for a professional, and what never does."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

import pytest
from rich.console import Console

from advice import told
from reported import TEA, checked, result, stopping, unsaid
from speciosa.errors import InputError
from speciosa.evidence import find
from speciosa.inference import missing
from speciosa.report.files import json_text
from speciosa.report.onepage import (
    NOT_VALIDATED,
    OnePage,
    chart_of,
    onepage,
)
from speciosa.report.onepage_parts import Figure
from speciosa.report.onepage_text import print_page
from speciosa.safety import check
from speciosa.trial import Scenario, simulate
from speciosa.trial.stops import Stops

CASES: dict[str, dict[str, Any]] = {
    "tea once": {},
    "regular": {
        "person": {"experience": "regular", "sex": "male", "pain": "chronic"},
        "regimen": {"dose": "3 g", "every": "8 h", "for": "2 d"},
    },
    "people": {"people": {"weight": {"median": "75 kg", "cv": 0.2}, "sex": {"female": 0.25}}},
    "company": {
        "person": {"jurisdiction": "US-AL", "conditions": ["copd", "liver disease"]},
        "with": [{"drug": "alprazolam", "dose": "1 mg"}, {"drug": "methadone"}],
    },
    "7-OH": {
        "product": {"kind": "7-oh", "profile": {"7-OH": "15 mg/tablet"}},
        "regimen": {"dose": "1 tablet"},
    },
    "stated": {
        "product": {"kind": "leaf", "mitragynine": "15 mg/g", "strain": "Red"},
        "person": {"age": "41 y", "weight": "78 kg", "sex": "female", "cyp2d6": "poor"},
    },
}
every_case = pytest.mark.parametrize("tables", CASES.values(), ids=CASES)


def page(now: float | None = None, *, appendix: bool = False, **tables: Any) -> OnePage:
    return onepage(
        result(**tables), checked(**tables), unsaid(**tables), now=now, appendix=appendix
    )


def printed(one: OnePage) -> str:
    out = io.StringIO()
    print_page(one, Console(file=out, width=100))
    return out.getvalue()


def texts(held: object) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for one in held.values():
            yield from texts(one)
    elif isinstance(held, list | tuple):
        for one in held:
            yield from texts(one)


def numbers(held: object) -> Iterator[float]:
    """Every number that is somewhere in plain data."""
    if isinstance(held, bool):
        return
    if isinstance(held, int | float):
        yield float(held)
    elif isinstance(held, dict):
        for one in held.values():
            yield from numbers(one)
    elif isinstance(held, list | tuple):
        for one in held:
            yield from numbers(one)


def figures(held: object) -> Iterator[dict[str, Any]]:
    if isinstance(held, dict):
        if {"of", "middle", "low", "high"} <= set(held):
            yield held
        for one in held.values():
            yield from figures(one)
    elif isinstance(held, list | tuple):
        for one in held:
            yield from figures(one)


@every_case
def test_it_gives_no_advice_and_no_equivalent_of_another_drug(tables: dict[str, Any]) -> None:
    for text in texts(page(appendix=True, **tables).to_dict()):
        assert told(text) == []
        assert not re.search(r"\b(morphine|MME|OME)\b.{0,20}equivalent", text, re.IGNORECASE)


@every_case
@pytest.mark.parametrize("now", [None, 2.0])
def test_every_number_is_one_of_the_result_or_of_the_check(
    tables: dict[str, Any], now: float | None
) -> None:
    found, told_of = result(**tables), checked(**tables)
    facts = unsaid(**tables)
    known = {*numbers(found), *numbers(told_of), *numbers([asdict(one) for one in facts])}
    made = onepage(found, told_of, facts, now=now)
    seen = list(figures(made.to_dict()))
    assert seen
    for one in seen:
        assert {one["middle"], one["low"], one["high"]} <= known, one


@every_case
def test_every_number_of_the_answer_is_written_from_its_figures(tables: dict[str, Any]) -> None:
    for line in page(2.0, **tables).answer:
        said = line.text
        for one in line.figures:
            for word in (one.text, one.percent, one.reach, one.text.partition(" (")[0]):
                said = said.replace(word, "")
        rest = re.sub(r"7-hydroxy|7-OH|CYP\w+|and \d+ more", "", said)
        assert not re.search(r"\d", rest), (line.text, rest)


@every_case
def test_no_risk_stands_without_its_range(tables: dict[str, Any]) -> None:
    for one in figures(page(**tables).to_dict()):
        if "risk" in one["of"]:
            assert one["low"] < one["middle"] < one["high"]


def test_what_the_model_lacks_is_told_in_place_of_a_number() -> None:
    breath = page(**CASES["company"]).answer[1]
    assert breath.text.startswith("Not told: what alprazolam")
    assert "alprazolam" in breath.text
    assert breath.figures == ()


def test_it_says_first_that_it_is_not_validated() -> None:
    made = page()
    assert made.to_dict()["status"] == NOT_VALIDATED == "not validated for individual decisions"
    assert NOT_VALIDATED in printed(made).split("\n", 3)[1]


def test_the_same_run_has_the_same_hash_and_any_other_another() -> None:
    first = page().run
    assert page().run == first
    assert page(regimen={"dose": "3 g"}).run.hash != first.hash
    found = result()
    for change in ({"seed": 2}, {"people": {**found["people"], "n": 21}}):
        assert onepage({**found, **change}, checked(), unsaid()).run.hash != first.hash
    assert first.hash in first.code
    assert "--people 20 --replicates 10 --seed 1" in first.command


def test_the_scenario_of_a_page_reads_back_to_the_same_run() -> None:
    import tomllib

    made = page(**CASES["company"])
    again = Scenario.from_dict(tomllib.loads(made.scenario))
    assert again.filled() == result(**CASES["company"])["scenario"]


def test_key_numbers_are_those_of_their_records() -> None:
    basis = page().basis
    assert [one.id for one in basis] == [
        "elimination/CL/mitragynine",
        "absorption/scale/kratom",
        "opioid/mu/Ki/mitragynine",
    ]
    for one in basis:
        record = find([one.id])[one.id]
        assert one.value.startswith(f"{record.value:.3g}"[:3])
        assert one.sources


def test_now_is_told_from_the_stored_time_that_is_nearest() -> None:
    line = page(2.1).timeline
    assert line is not None
    assert line.now == 2.1
    first = line.moments[0]
    assert (first.label, first.hours, first.people.middle) == ("now", 2.0, 24.0)
    assert "Now: drive to breathe" in page(2.1).answer[1].text


def test_a_result_without_time_courses_is_refused() -> None:
    found = result()
    del found["series"]
    with pytest.raises(InputError, match="time courses"):
        onepage(found, checked(), unsaid())


def test_in_an_emergency_there_is_what_to_do_and_nothing_else() -> None:
    signs = {"person": {"signs": ["blue lips"]}}
    made = onepage(result(), checked(**signs), unsaid())
    assert "EMERGENCY" in made.emergency
    assert made.answer == made.exposure == made.use == made.basis == ()
    assert made.timeline is None
    text = printed(made)
    assert "EMERGENCY" in text
    assert "ng/mL" not in text


MANY = Stops(people=2, of=200, draws=30, of_draws=50, share=0.09)
SOME = Stops(of=200, draws=16, of_draws=50, share=0.0123)


def test_where_breath_stops_the_card_stands_in_place_of_the_page_with_what_was_seen() -> None:
    made = onepage(stopping(MANY, **CASES["company"]), checked(**CASES["company"]), unsaid())
    assert made.emergency.startswith("EMERGENCY, if somebody has taken this.")
    assert made.answer == made.exposure == made.use == made.basis == made.limits == ()
    first, *rest = made.seen
    for part in ("in 2 of 200 simulated people", "in 30 of 50 draws", "(9 % of all people"):
        assert part in first
    assert "DANGER: Kratom with alprazolam." in rest
    assert all(one.startswith("DANGER: ") for one in rest)
    text = " ".join(printed(made).split())
    for line in made.seen:
        assert line in text
    assert "ng/mL" not in text
    assert onepage(result(), checked(), unsaid()).seen == ()


def test_a_breath_that_stops_in_some_draws_is_the_first_that_is_said_of_breath() -> None:
    told = "stops in somebody in 16 of 50 draws of what we do not know, 1 % of all simulated people"
    alone = onepage(stopping(SOME), checked(), unsaid())
    assert not alone.emergency
    assert alone.answer[1].text.startswith(f"Breath {told}; by the central numbers in nobody. Lost")
    held = CASES["company"]
    beside = onepage(stopping(SOME, **held), checked(**held), unsaid(**held)).answer[1]
    start = f"Even without alprazolam, methadone counted, breath {told}"
    assert beside.text.startswith(start)
    assert "Not told: what alprazolam, methadone does to them is not in this run" in beside.text
    assert [one.middle for one in beside.figures] == [16, 0.0123]
    assert start in " ".join(printed(onepage(stopping(SOME, **held), checked(**held), ())).split())


def test_the_chart_says_what_it_shows_and_where_now_is() -> None:
    chart = chart_of(page(2.0))
    assert chart is not None
    assert "Mitragynine in blood plasma" in chart.description
    assert 'id="now"' in chart.svg()
    assert chart_of(replace(page(), timeline=None)) is None
    unasked = chart_of(page())
    assert unasked is not None
    assert 'id="now"' not in unasked.svg()


def test_a_figure_without_width_has_no_range() -> None:
    assert Figure("x", 45.0, 45.0, 45.0, "mg").text == "45.0 mg"
    assert Figure("x", 0.27, 0.04, 0.73, "1").percent == "27 % (4.0–73)"
    assert Figure("x", None, None, None, "h").text == "– h"


GOLDEN = """\
Exposure
Product                       kratom tea
Content                       mitragynine 15 mg/g, no laboratory's certificate; in one dose 45.0 mg
Amount                        3 g every 8 h for 2 d
Pattern                       chronic, 2 g every 6 h for 1 y before
Route                         by mouth
Time since last dose          2 h (dose 1 of 1)
Taken with                    alprazolam 1 mg once; methadone, amount not stated
Person                        41 y, male
Person, assumed               70 kg, CYP2D6 normal (assumed)
Conditions                    copd
Where                         US-AL
"""


def test_the_exposure_is_written_as_a_poison_centre_writes_it() -> None:
    tables: dict[str, Any] = {
        "person": {
            "age": "41 y",
            "sex": "male",
            "conditions": ["copd"],
            "jurisdiction": "US-AL",
            "experience": {"dose": "2 g", "every": "6 h", "for": "1 y"},
        },
        "product": {"kind": "tea", "mitragynine": "15 mg/g"},
        "regimen": {"dose": "3 g", "every": "8 h", "for": "2 d"},
        "with": CASES["company"]["with"],
    }
    text = "\n".join(line.rstrip() for line in printed(page(2.0, **tables)).splitlines())
    assert GOLDEN in text
    assert text.startswith(
        "Adult, 41 y, male; weight not stated · kratom tea 3 g every 8 h for 2 d · "
        "with alprazolam, methadone\n"
    )
    assert "Now                           9 g a day in 3 doses" in text
    assert "Before                        8 g a day in 4 doses, for 1 y" in text
    assert "Withdrawal at worst, 0 to 64  11.0 (0.10–39), 57.0 h (41–97) after" in text


def test_the_appendix_holds_all_measures_findings_sources_and_assumptions() -> None:
    tables = CASES["company"]
    made = page(appendix=True, **tables).to_dict()["appendix"]
    hidden = set(made["hidden"])
    rows = result(**tables)["measures"]
    assert [dict(row) for row in made["measures"]] == [
        row for row in rows if row["output"] not in hidden
    ]
    assert "breathing.risk" in hidden
    assert list(made["findings"]) == checked(**tables)["findings"]
    assert "tanna-2022" in made["sources"]
    assert "appendix" not in page().to_dict()


def test_it_is_plain_data() -> None:
    made = page(2.0, appendix=True, **CASES["company"]).to_dict()
    assert json.loads(json_text(made))["run"]["hash"] == made["run"]["hash"]


def test_a_real_run_and_its_plain_data_give_the_same_page() -> None:
    scenario = Scenario.from_dict({**TEA, "with": [{"drug": "alprazolam", "dose": "1 mg"}]})
    ran = simulate(scenario, people=3, replicates=3, series=True)
    found, facts = check(scenario), missing(scenario, ran.rows)
    made = onepage(ran, found, facts, now=2.0)
    again = onepage(ran.to_dict(series=True), found.to_dict(), facts, now=2.0)
    assert made.to_dict() == again.to_dict()
    assert [one.drug for one in made.interactions] == ["Alprazolam"]
    assert made.interactions[0].number.startswith("alprazolam ")
