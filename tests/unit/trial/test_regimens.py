"""Arms: what a scenario leads to when it is stopped, tapered, broken, or taken as it stands."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cups import PRODUCT

from speciosa import Scenario
from speciosa.errors import InputError, ScenarioError
from speciosa.regimen import plans
from speciosa.regimen.plans import DAY, MONTH, WEEK
from speciosa.safety.facts import facts
from speciosa.trial.regimens import Arm, break_arms, start_of, taper_arms, under

HABIT = {"dose": "3 g", "every": "8 h", "for": "1 y"}


def regular(**tables: Any) -> Scenario:
    given: dict[str, Any] = {
        "person": {"experience": HABIT, "pain": "chronic"},
        "product": PRODUCT,
        "regimen": {"dose": "3 g", "every": "8 h", "for": "1 d"},
    }
    return Scenario(**{**given, **tables})


def sizes(arm: Arm) -> list[tuple[float, float]]:
    regimen = arm.scenario.regimen
    return [(0.0, regimen.dose.value), *((s.start, s.dose.value) for s in regimen.steps)]


def test_who_has_a_habit_comes_down_from_it_at_once() -> None:
    abrupt, week, small, month = taper_arms(regular())
    assert sizes(abrupt) == [(0.0, 0.0)]
    assert sizes(week)[:2] == [(0.0, 2.7), (WEEK, 2.4)]
    assert sizes(small)[:2] == [(0.0, 2.85), (WEEK, 2.7)]
    assert sizes(small)[-1] == (19 * WEEK, 0.0)
    assert sizes(month)[-1] == (9 * MONTH, 0.0)
    assert all(arm.stops and arm.since == 0.0 for arm in (abrupt, week, small, month))


@pytest.mark.parametrize(
    ("name", "fact", "said"),
    [
        ("10 % a week", "cdc-2022", "10 % of the first dose less each week"),
        ("10 % a week", "quitters", "10 to 25 % less each one to two weeks"),
        ("5 % a week", "users", "5 %, or a quarter of a gram, less each five to seven days"),
        ("10 % a month", "cdc-2022", "about 10 % less each month or slower"),
    ],
)
def test_a_pace_is_one_that_a_source_on_tapers_says(name: str, fact: str, said: str) -> None:
    assert name in {arm.name for arm in taper_arms(regular())}
    assert said in facts("regimen")[f"regimen/tapers/{fact}"].plain


def test_the_habit_itself_stays_as_it_was() -> None:
    for arm in taper_arms(regular()):
        assert arm.scenario.who == regular().who


def test_steps_that_end_at_nothing_are_a_plan_of_ones_own() -> None:
    steps = [{"from": "14 d", "dose": "1 g"}, {"from": "28 d", "dose": "0 g"}]
    own = regular(regimen={"dose": "2 g", "every": "8 h", "for": "29 d", "steps": steps})
    *_, last = taper_arms(own)
    assert last.name == "own plan"
    assert sizes(last) == [(0.0, 2.0), (14 * DAY, 1.0), (28 * DAY, 0.0)]


def test_a_plan_may_come_from_another_file_and_must_end_at_nothing() -> None:
    steps = [{"from": "14 d", "dose": "0 g"}]
    other = regular(regimen={"dose": "1 g", "every": "8 h", "for": "15 d", "steps": steps})
    assert taper_arms(regular(), {"of the clinic": other})[-1].name == "of the clinic"
    with pytest.raises(InputError, match="go down to a dose of 0"):
        taper_arms(regular(), {"as before": regular()})


def test_without_a_habit_the_doses_of_the_regimen_come_first() -> None:
    regimen = {"dose": "2 g", "every": "12 h", "for": "28 d"}
    scenario = Scenario(product=PRODUCT, regimen=regimen)
    abrupt, week, *_ = taper_arms(scenario)
    assert sizes(abrupt) == [(0.0, 2.0), (28 * DAY, 0.0)]
    assert sizes(week)[:3] == [(0.0, 2.0), (28 * DAY, 1.8), (35 * DAY, 1.6)]
    assert abrupt.since == week.since == 28 * DAY


def test_arms_part_where_the_doses_of_a_naive_person_begin_to_fall() -> None:
    steps = [
        {"from": "7 d", "dose": "3 g"},
        {"from": "21 d", "dose": "1 g"},
        {"from": "28 d", "dose": "0 g"},
    ]
    regimen = {"dose": "1 g", "every": "8 h", "for": "29 d", "steps": steps}
    scenario = Scenario(product=PRODUCT, regimen=regimen)
    assert start_of(scenario).since == 21 * DAY
    abrupt, *_, own = taper_arms(scenario)
    assert sizes(abrupt) == [(0.0, 1.0), (7 * DAY, 3.0), (21 * DAY, 0.0)]
    assert own.since == 21 * DAY


def test_breaks_leave_out_two_days_of_seven_and_rotation_leaves_out_nothing() -> None:
    daily, off, turns = break_arms(regular())
    assert sizes(off)[:3] == [(0.0, 3.0), (5 * DAY, 0.0), (7 * DAY, 3.0)]
    assert turns.scenario == daily.scenario
    assert not any(arm.stops for arm in (daily, off, turns))


def test_capsules_are_not_cut() -> None:
    habit = {"dose": "4 capsules", "every": "8 h", "for": "1 y"}
    scenario = Scenario(
        person={"experience": habit},
        product={"kind": "capsule"},
        regimen={"dose": "4 capsules", "every": "8 h"},
    )
    _, week, *_ = taper_arms(scenario)
    assert {size for _, size in sizes(week)} == {4.0, 3.0, 2.0, 1.0, 0.0}


def test_any_course_can_take_the_place_of_a_regimen() -> None:
    rising = plans.titration(1.0, 3.0, rises=2, period=WEEK, length=28 * DAY)
    regimen = {"dose": "3 g", "every": "12 h", "for": "28 d"}
    found = under(Scenario(product=PRODUCT, regimen=regimen), rising)
    assert [(s.start, s.dose.value) for s in found.regimen.steps] == [(WEEK, 2.0), (2 * WEEK, 3.0)]
    assert found.regimen.every == 12.0


def test_from_one_dose_there_is_nothing_to_come_down() -> None:
    with pytest.raises(InputError, match="a habit"):
        taper_arms(Scenario(product=PRODUCT, regimen={"dose": "2 g"}))


def test_a_course_too_long_for_a_scenario_is_refused_as_one() -> None:
    with pytest.raises(ScenarioError, match=r"regimen\.for"):
        under(regular(), plans.taper(3.0, 0.02, MONTH))
