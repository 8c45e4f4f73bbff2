"""Regimens in the same people: who they are, and what must hold whatever the numbers are."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.cups import PRODUCT

from speciosa import Scenario, compare
from speciosa.errors import InputError
from speciosa.report.files import json_text
from speciosa.trial.paired import Pairs

SAME = 2e-3  # points; what a step may err


def regular(**tables: Any) -> Scenario:
    """Somebody with two weeks of habit, so that tests are short."""
    given: dict[str, Any] = {
        "person": {
            "experience": {"dose": "3 g", "every": "12 h", "for": "14 d"},
            "pain": "chronic",
        },
        "product": PRODUCT,
        "regimen": {"dose": "3 g", "every": "12 h", "for": "2 d"},
        "output": {"until": "10 d"},
        "run": {"people": 6, "replicates": 3, "seed": 5},
    }
    return Scenario(**{**given, **tables})


def falling(*steps: tuple[str, str], first: str = "3 g", length: str = "8 d") -> Scenario:
    table = [{"from": start, "dose": dose} for start, dose in steps]
    regimen = {"dose": first, "every": "12 h", "for": length, "steps": table}
    return regular(regimen=regimen)


ABRUPT = falling(first="0 g")
FAST = falling(("2 d", "1 g"), ("4 d", "0 g"), first="2 g")


@cache
def three() -> Pairs:
    """Going on, an abrupt stop, and a fall in three steps."""
    return compare(regular(), {"abrupt": ABRUPT, "fast": FAST}, name="as before")


@cache
def tapers() -> Pairs:
    return compare(regular(), taper=True, people=5, replicates=2)


def row(pairs: Pairs, arm: str, how: str, measure: str, kind: str) -> dict[str, Any]:
    (found,) = (
        one
        for one in pairs.rows
        if (one["arm"], one["how"], one["measure"], one["kind"]) == (arm, how, measure, kind)
    )
    return dict(found)


def test_two_equal_regimens_differ_by_exactly_nothing() -> None:
    found = compare(FAST, {"again": FAST}, name="once", replicates=2)
    for measure in ("withdrawal_peak", "tolerance_recovered", "relief_mean"):
        assert np.array_equal(found.measure("once", measure), found.measure("again", measure))
    differences = [one for one in found.rows if one["how"] == "difference"]
    assert differences
    assert all(one[name] == 0.0 for one in differences for name in ("p05", "median", "p95"))


def test_one_strain_after_the_other_is_the_same_regimen() -> None:
    found = compare(regular(), breaks=True, people=2, replicates=1)
    assert np.array_equal(
        found.measure("every day", "relief_mean"), found.measure("strains in turn", "relief_mean")
    )


def test_person_5_is_the_same_person_whoever_else_is_there_and_whatever_is_compared() -> None:
    alone = compare(ABRUPT, {"fast": FAST}, name="abrupt", people=5, replicates=1)
    for arm in ("abrupt", "fast"):
        assert np.array_equal(
            alone.measure(arm, "withdrawal_peak"), three().measure(arm, "withdrawal_peak")[:5]
        )


def test_a_difference_is_of_one_person_before_it_is_of_all() -> None:
    within = three().measure("abrupt", "withdrawal_peak") - three().measure(
        "as before", "withdrawal_peak"
    )
    told = row(three(), "abrupt", "difference", "withdrawal_peak", "variability")
    assert told["median"] == pytest.approx(float(np.median(within)), rel=1e-5)
    ratio = three().measure("abrupt", "withdrawal_peak") / three().measure(
        "as before", "withdrawal_peak"
    )
    told = row(three(), "abrupt", "ratio", "withdrawal_peak", "variability")
    assert told["median"] == pytest.approx(float(np.median(ratio)), rel=1e-5)


def test_every_comparison_has_both_kinds_of_spread() -> None:
    kinds = {one["kind"] for one in three().rows}
    assert kinds == {"variability", "uncertainty", "both"}


def test_the_first_arm_is_held_against_nothing() -> None:
    assert {one["how"] for one in three().rows if one["arm"] == "as before"} == {"value"}


def test_a_slower_taper_is_never_worse_at_its_worst_than_an_abrupt_stop() -> None:
    abrupt = tapers().measure("abrupt", "withdrawal_peak")
    for name in ("10 % a week", "5 % a week", "10 % a month"):
        assert (tapers().measure(name, "withdrawal_peak") <= abrupt + SAME).all()
        # Nor by any draw of what we do not know.
        told = row(tapers(), name, "difference", "withdrawal_peak", "both")
        assert told["p95"] <= SAME


def test_a_slower_taper_keeps_tolerance_for_longer() -> None:
    abrupt, week, small, month = (
        tapers().measure(name, "tolerance_half")
        for name in ("abrupt", "10 % a week", "5 % a week", "10 % a month")
    )
    assert (abrupt < week).all()
    assert (week < small).all()
    assert (small < month).all()


def test_a_stop_leaves_no_relief_and_going_on_leaves_some() -> None:
    going = three().measure("as before", "relief_mean")
    assert (three().measure("abrupt", "relief_mean") < going).all()


def test_who_goes_on_does_not_get_back_to_naive_while_people_are_watched() -> None:
    found = compare(falling(length="10 d"), {"abrupt": ABRUPT}, name="on", people=3, replicates=1)
    assert np.isinf(found.measure("on", "tolerance_recovered")).all()
    plain = found.to_dict()["measures"]
    (told,) = (
        one
        for one in plain
        if (one["arm"], one["how"], one["measure"], one["kind"])
        == ("on", "value", "tolerance_recovered", "variability")
    )
    assert told["median"] is None
    assert "median" in told["beyond"]


def test_weaknesses_come_first_and_the_old_dose_is_called_dangerous() -> None:
    assert three().warnings[0].startswith("No taper of kratom was ever studied")
    assert "fitted to one night" in three().warnings[1]
    assert any("the old dose is dangerous" in line for line in three().warnings)
    never = compare(regular(), {"again": regular()}, people=1, replicates=1)
    assert not any("the old dose is dangerous" in line for line in never.warnings)


def test_dangerous_company_is_told_here_too() -> None:
    company = [{"drug": "alprazolam", "dose": "1 mg"}]
    found = compare(
        regular(**{"with": company}),
        {"abrupt": ABRUPT.replace(**{"with": company})},
        people=1,
        replicates=1,
    )
    assert any(line.startswith("DANGER with alprazolam") for line in found.warnings)


def test_only_what_is_followed_is_built() -> None:
    assert set(three().courses["abrupt"]) == {"dependence.score", "tolerance.level", "pain.relief"}
    assert not any(one.id.startswith(("heart/", "gut/")) for one in three().evidence)


def test_bounds_are_part_of_what_it_rests_on() -> None:
    used = {one.id for one in three().evidence}
    assert {"regimen/recovered", "regimen/withdrawal/moderate"} <= used


def test_courses_have_a_value_for_each_day() -> None:
    bands = three().courses["abrupt"]["dependence.score"].bands
    assert bands["variability"]["median"].shape == three().days.shape == (10,)


def test_plain_data_is_json_and_the_same_each_time() -> None:
    again = compare(regular(), {"abrupt": ABRUPT, "fast": FAST}, name="as before")
    assert json_text(again.to_dict(series=True)) == json_text(three().to_dict(series=True))
    table = json.loads(json_text(three().to_dict(series=True)), parse_constant=pytest.fail)
    assert [arm["name"] for arm in table["arms"]] == ["as before", "abrupt", "fast"]
    assert len(table["series"]["days"]) == table["days"]


def test_a_table_has_a_row_for_each_arm_measure_and_kind() -> None:
    assert len(three().frame()) == len(three().rows)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({}, "at least one other scenario"),
        ({"taper": True, "breaks": True}, "no such option beside taper"),
        ({"others": {"first": FAST}}, "a name for each"),
        ({"others": {"heavier": FAST.replace(person__weight="90 kg")}}, "the people of first"),
    ],
)
def test_what_cannot_be_compared_is_refused(how: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        compare(regular(), **how)


def test_people_may_differ_in_what_a_scenario_says_of_them() -> None:
    people = {
        "weight": {"median": "75 kg", "cv": 0.2},
        "experience": {"dose": "3 g", "every": "12 h", "for": "14 d"},
    }
    found = compare(
        Scenario(people=people, product=PRODUCT, regimen={"dose": "3 g", "every": "12 h"}),
        breaks=True,
        people=2,
        replicates=1,
    )
    assert np.ptp(found.measure("every day", "withdrawal_peak")) > 0.0


def test_unknown_arms_and_measures_are_refused_with_those_that_there_are() -> None:
    with pytest.raises(InputError, match="one of as before, abrupt, fast"):
        three().measure("slow", "withdrawal_peak")
    with pytest.raises(InputError, match="withdrawal_peak"):
        three().measure("fast", "pain")


def test_progress_ends_with_everybody() -> None:
    seen: list[tuple[int, int]] = []
    compare(ABRUPT, {"fast": FAST}, people=2, replicates=2, progress=lambda *at: seen.append(at))
    assert seen[-1] == (12, 12)
