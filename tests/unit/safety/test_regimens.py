"""What a check says of a regimen: returns, stops, rises, many doses and large ones."""

from __future__ import annotations

import re
import time
from datetime import date
from typing import Any

import pytest

from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding, ordered
from speciosa.safety.regimens import (
    TALK,
    on_return,
    on_tapers,
    regimen_findings,
    returns,
    stops,
)

TODAY = date(2026, 11, 25)
HABIT = {"experience": {"dose": "3 g", "every": "8 h", "for": "1 y"}}
LEAF = {"kind": "leaf", "mitragynine": "14 mg/g"}


def case(regimen: dict[str, Any], **tables: Any) -> Case:
    return Case.of({"product": LEAF, "regimen": regimen, **tables})


def found(regimen: dict[str, Any], **tables: Any) -> dict[str, Finding]:
    held = regimen_findings(case(regimen, **tables), TODAY)
    return {one.id.removeprefix("regimen/"): one for one in held}


def steps(*pairs: tuple[str, str]) -> list[dict[str, str]]:
    return [{"from": start, "dose": dose} for start, dose in pairs]


def test_a_small_dose_taken_once_says_nothing() -> None:
    assert found({"dose": "2 g"}) == {}


def test_back_to_the_old_dose_after_a_break_is_a_danger() -> None:
    plan = {
        "dose": "3 g",
        "every": "8 h",
        "for": "30 d",
        "steps": steps(("10 d", "0 g"), ("20 d", "3 g")),
    }
    said = found(plan, person=HABIT)
    assert said["lost-tolerance"].severity == "danger"
    assert "alone" in said
    assert returns(case(plan, person=HABIT).scenario)


def test_a_rise_after_a_taper_is_a_return_too_even_if_not_all_the_way() -> None:
    down = steps(("7 d", "2 g"), ("14 d", "1 g"), ("21 d", "2 g"))
    plan = {"dose": "3 g", "every": "8 h", "for": "30 d", "steps": down}
    assert "lost-tolerance" in found(plan, person=HABIT)


def test_less_than_the_habit_and_then_the_habit_again_is_a_return() -> None:
    plan = {"dose": "1 g", "every": "8 h", "for": "30 d", "steps": steps(("20 d", "3 g"))}
    assert "lost-tolerance" in found(plan, person=HABIT)
    assert "lost-tolerance" not in found(plan)


def test_a_taper_to_nothing_warns_of_the_old_dose_and_of_sources_that_disagree() -> None:
    down = steps(("7 d", "2 g"), ("14 d", "1 g"), ("21 d", "0 g"))
    plan = {"dose": "3 g", "every": "8 h", "for": "22 d", "steps": down}
    said = found(plan, person=HABIT)
    assert {"after-stopping", "taper", "daily-use"} <= set(said)
    assert "abrupt-stop" not in said
    assert "lost-tolerance" not in said
    assert said["taper"].certainty == "very low"
    assert stops(case(plan, person=HABIT).scenario)


def test_nothing_from_one_day_to_the_next_after_a_year_is_an_abrupt_stop() -> None:
    said = found({"dose": "0 g", "every": "8 h", "for": "7 d"}, person=HABIT)
    assert {"abrupt-stop", "after-stopping"} <= set(said)
    assert "taper" not in said


@pytest.mark.parametrize(("last", "abrupt"), [("2 g", True), ("1 g", False)])
def test_a_stop_from_more_than_half_of_the_dose_is_abrupt(last: str, abrupt: bool) -> None:
    down = steps(("7 d", last), ("14 d", "0 g"))
    plan = {"dose": "3 g", "every": "8 h", "for": "15 d", "steps": down}
    assert ("abrupt-stop" in found(plan, person=HABIT)) == abrupt


def test_a_habit_whose_plan_simply_ends_ends_abruptly() -> None:
    assert "abrupt-stop" in found({"dose": "3 g", "every": "8 h", "for": "7 d"}, person=HABIT)
    # Without a word about an end there is none: a week is only how long to look.
    assert "abrupt-stop" not in found({"dose": "3 g", "every": "8 h"}, person=HABIT)


def test_a_week_of_doses_by_a_naive_person_is_neither_long_use_nor_a_withdrawal() -> None:
    assert found({"dose": "2 g", "every": "12 h", "for": "7 d"}) == {}


def test_a_month_of_them_is() -> None:
    assert {"daily-use", "abrupt-stop"} <= set(
        found({"dose": "2 g", "every": "12 h", "for": "30 d"})
    )


def test_a_dose_that_doubles_within_days_rises_steeply_and_one_that_creeps_does_not() -> None:
    fast = steps(("2 d", "2 g"), ("4 d", "4 g"))
    slow = steps(("7 d", "1.25 g"), ("14 d", "1.5 g"))
    plan = {"dose": "1 g", "every": "12 h", "for": "21 d"}
    assert "steep-rise" in found({**plan, "steps": fast})
    assert "steep-rise" not in found({**plan, "steps": slow})


def test_a_rise_from_the_habit_counts_from_the_habit() -> None:
    plan = {"dose": "6 g", "every": "8 h", "for": "7 d"}
    assert "steep-rise" not in found(plan, person=HABIT)  # what was before lasted for a year


@pytest.mark.parametrize(
    ("every", "names"),
    [
        ("12 h", set()),
        ("6 h", {"many-doses"}),
        ("3 h", {"many-doses", "close-doses"}),
    ],
)
def test_how_often_counts_for_itself(every: str, names: set[str]) -> None:
    said = found({"dose": "0.5 g", "every": every, "for": "3 d"})
    assert set(said) == names


def test_frequency_is_told_to_predict_dependence_better_than_amount() -> None:
    said = found({"dose": "0.5 g", "every": "4 h", "for": "3 d"})["many-doses"]
    assert said.sources == ("rogers-2024",)
    (estimate,) = said.estimates
    assert (estimate.value, estimate.unit) == (6.0, "1/d")


@pytest.mark.parametrize(
    ("dose", "names"),
    [
        ("5 g", set()),
        ("6 g", {"beyond-studies", "first-time-dose", "alone"}),
        ("20 g", {"far-beyond-studies", "first-time-dose", "alone"}),
    ],
)
def test_amounts_are_held_against_what_was_studied(dose: str, names: set[str]) -> None:
    assert set(found({"dose": dose})) == names


def test_the_amount_stands_beside_the_most_that_was_studied() -> None:
    amount, most = found({"dose": "6 g"})["beyond-studies"].estimates
    assert amount.value == pytest.approx(84.0)
    assert (amount.low, amount.high) == pytest.approx((84.0, 84.0))  # its content is stated
    assert most.value == 80.0


def test_an_unknown_content_is_a_range() -> None:
    said = found({"dose": "8 g"}, product={"kind": "leaf"})["beyond-studies"]
    amount = said.estimates[0]
    assert amount.low is not None
    assert amount.high is not None
    assert amount.low < amount.value < amount.high


def test_a_regular_user_is_used_to_a_regular_dose() -> None:
    person = {"experience": {"dose": "6 g", "every": "8 h", "for": "1 y"}}
    assert "first-time-dose" not in found({"dose": "6 g", "every": "8 h"}, person=person)


def test_a_7_hydroxymitragynine_product_has_rules_of_its_own() -> None:
    product = {"kind": "7-oh", "profile": {"hydroxymitragynine": "100 mg/g"}}
    assert "beyond-studies" not in found({"dose": "500 mg"}, product=product)


def test_strains_are_a_note_where_somebody_takes_them_every_day() -> None:
    product = {**LEAF, "strain": "Red Bali"}
    daily = found({"dose": "1 g", "every": "24 h", "for": "7 d"}, product=product)
    assert daily["strains"].severity == "note"
    assert found({"dose": "1 g"}, product=product) == {}


def test_the_most_dangerous_comes_first() -> None:
    plan = {
        "dose": "6 g",
        "every": "3 h",
        "for": "60 d",
        "steps": steps(("20 d", "0 g"), ("30 d", "6 g")),
    }
    held = ordered(regimen_findings(case(plan, person=HABIT), TODAY))
    assert held[0].id == "regimen/lost-tolerance"
    severities = [one.severity for one in held]
    assert severities == sorted(
        severities, key=["emergency", "danger", "warning", "caution", "note"].index
    )


def test_it_takes_milliseconds() -> None:
    plan = case({"dose": "6 g", "every": "6 h", "for": "60 d"}, person=HABIT)
    list(regimen_findings(plan, TODAY))  # facts and records are read once
    before = time.process_time()
    for _ in range(10):
        list(regimen_findings(plan, TODAY))
    assert time.process_time() - before < 1.0


def test_sources_on_tapers_disagree_and_each_stands_for_itself() -> None:
    said = on_tapers()
    assert {"cdc-2022", "va-dod-2017", "users", "quitters", "buprenorphine"} <= {
        one.id.rpartition("/")[2] for one in said
    }
    assert all(one.severity == "note" for one in said)
    assert {one.id for one in on_return()} == {"regimen/lost-tolerance", "regimen/after-stopping"}


@pytest.mark.parametrize("one", facts("regimen").values(), ids=lambda one: one.id)
def test_every_fact_is_plain_short_dated_and_no_advice_on_what_to_take(one: Finding) -> None:
    textstat = pytest.importorskip("textstat", reason="it measures how hard a text is")
    for text in (one.title, one.plain):
        assert textstat.flesch_kincaid_grade(text) <= 8.0, text
    assert one.as_of <= TODAY
    said = " ".join((one.title, one.plain, *one.watch)).lower()
    assert not re.search(r"\b(you should|you can|try|take \d|start with|we recommend)\b", said)


def test_the_closing_names_no_regimen() -> None:
    assert "Talk to a professional" in TALK
    assert "%" not in TALK
