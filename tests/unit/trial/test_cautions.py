from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.cups import PRODUCT, tea

from speciosa.evidence import find
from speciosa.trial.cautions import cautions
from speciosa.trial.cohort import Cohort
from speciosa.trial.measures import Measure
from speciosa.trial.plan import plan
from speciosa.trial.stops import STOPPED
from speciosa.trial.studied import studied

NOBODY = Cohort(
    values={},
    names=[],
    nominal=[],
    replicated=[],
    spread={},
    spread_error=0.0,
    courses={},
    error=0.0,
    computed=0,
    failed=0,
    advice=(),
)
PURE_7OH = {
    "kind": "7-oh",
    "mitragynine": "0 mg/g",
    "profile": {"hydroxymitragynine": "500 mg/g"},
}


def said(found: Cohort = NOBODY, ids: tuple[str, ...] = (), **tables: Any) -> list[str]:
    return list(cautions(plan(tea(**tables)), list(find(ids).values()), found))


def about(word: str, sentences: list[str]) -> list[str]:
    return [sentence for sentence in sentences if word in sentence]


def test_every_run_says_first_that_effects_are_weakly_known() -> None:
    assert said()[0].startswith("Effects rest on cells, animals, other drugs in people")


def test_levels_in_blood_are_said_to_rest_on_few_people() -> None:
    assert about("Levels in blood rest on two small studies", said())


def test_a_product_of_pure_7_hydroxymitragynine_gives_the_gravest_warning_first() -> None:
    first = said(product=PURE_7OH, regimen={"dose": "20 mg"})[0]
    assert "7-hydroxymitragynine product, not leaf" in first
    assert not about("not leaf", said())


def test_a_dose_beyond_all_studies_is_said_with_both_numbers() -> None:
    _, high = studied()
    (sentence,) = about("Studies went up to", said(regimen={"dose": "5 g"}))
    assert "97.5 mg" in sentence
    assert f"{high:g} mg" in sentence


def test_a_dose_far_beyond_all_studies_gives_numbers_that_are_no_prediction() -> None:
    (sentence,) = about("no prediction", said(regimen={"dose": "20 g"}))
    assert "390 mg" in sentence
    assert "breathing" in sentence


def test_a_dose_below_all_studies_is_said_too() -> None:
    low, _ = studied()
    assert about("less than any study gave", said(regimen={"dose": f"{low / 19.5 / 2:.4f} g"}))


def test_traces_of_mitragynine_in_a_7_hydroxymitragynine_product_are_no_small_dose() -> None:
    traces = {**PURE_7OH, "mitragynine": "5 mg/g"}
    assert not about("any study gave", said(product=traces, regimen={"dose": "20 mg"}))


def test_a_dose_within_what_was_studied_needs_no_word() -> None:
    assert not about("any study gave", said())
    assert not about("Studies went up", said())


def test_the_largest_dose_of_a_regimen_counts() -> None:
    regimen = {
        "dose": "2 g",
        "every": "24 h",
        "for": "3 d",
        "steps": [{"from": "1 d", "dose": "20 g"}],
    }
    assert about("390 mg", said(regimen=regimen))


def test_what_was_studied_lies_among_doses_that_people_took() -> None:
    low, high = studied()
    assert 0.0 < low < 39.0 < high


def test_a_medicine_without_kinetics_is_named() -> None:
    said_of_it = about("haloperidol", said(medicines=[{"drug": "haloperidol", "dose": "200 mg"}]))
    assert any("not simulated" in sentence for sentence in said_of_it)


@pytest.mark.parametrize(
    "medicine", [{"drug": "alprazolam"}, {"drug": "morphine", "dose": "10 mg"}]
)
def test_danger_in_company_comes_before_everything_else(medicine: dict[str, str]) -> None:
    first = said(medicines=[medicine])[0]
    assert first.startswith(f"DANGER with {medicine['drug']}")


def test_naloxone_wears_off_and_may_bring_on_withdrawal() -> None:
    (sentence,) = about("wears off", said(medicines=[{"drug": "naloxone"}]))
    assert "withdrawal" in sentence


def test_a_fortified_extract_is_warned_of_like_a_product_of_7_hydroxymitragynine() -> None:
    rich = {
        "kind": "extract",
        "mitragynine": "400 mg/g",
        "profile": {"hydroxymitragynine": "200 mg/g"},
    }
    assert about("more 7-hydroxymitragynine than leaf", said(product=rich))
    assert not about("more 7-hydroxymitragynine than leaf", said())


def test_a_medicine_without_a_dose_is_named() -> None:
    assert about("morphine has no dose here", said(medicines=[{"drug": "morphine"}]))


def test_with_a_medicine_it_is_said_where_the_two_meet_and_that_this_is_no_safety() -> None:
    (sentence,) = about("With morphine", said(medicines=[{"drug": "morphine", "dose": "10 mg"}]))
    assert "no sign of safety" in sentence


@pytest.mark.parametrize(("phenotype", "times"), [("poor", 1), ("ultrarapid", 1), ("normal", 0)])
def test_other_phenotypes_were_never_studied(phenotype: str, times: int) -> None:
    assert len(about("CYP2D6", said(person={"cyp2d6": phenotype}))) == times


def test_people_of_several_phenotypes_are_told_the_same() -> None:
    shares = {"poor": 0.07, "normal": 0.93}
    assert about("CYP2D6", said(people={"cyp2d6": shares}))
    assert not about("CYP2D6", said(people={}))


def test_a_habit_says_how_far_back_it_is_followed() -> None:
    habit = {"experience": {"dose": "3 g", "every": "8 h", "for": "2 d"}}
    (sentence,) = about("habit", said(person=habit))
    assert "followed for 2 days" in sentence


def test_numbers_from_memory_are_counted() -> None:
    ids = ("people/pain/chronic", "people/weight/male")
    assert about("2 of 2 numbers", said(ids=ids))
    assert not about("from memory", said())


def test_people_who_could_not_be_computed_are_counted_with_advice() -> None:
    some = replace(NOBODY, failed=3, advice=("loosen rtol.",))
    assert said(some)[-1] == (
        "3 simulated people could not be computed and are left out. loosen rtol."
    )


def test_what_was_said_and_is_not_used_is_told() -> None:
    with_name = {**PRODUCT, "strain": "Red Bali"}
    assert about("Red Bali", said(product=with_name))
    assert about("epilepsy", said(person={"conditions": ["epilepsy"]}))


def test_a_slow_solver_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not about("reference solver", said())
    monkeypatch.setattr("speciosa.engine.codegen.machine.available", lambda: False)
    assert about("reference solver", said())


def breath(people: list[float], draws: list[list[float]]) -> Cohort:
    """A cohort of which only the lowest breath is known."""
    lowest = Measure("breathing.drive", "min", "all", "1", np.array(people))
    stopped = np.array([sum(one < STOPPED for one in people) for people in draws], dtype=np.int64)
    return replace(NOBODY, nominal=[lowest], stopped=stopped)


def test_breath_that_stops_is_the_first_line_and_says_in_how_many() -> None:
    found = breath([0.9, 0.005, 0.0, 0.5], [[0.9] * 4, [0.001, 0.9, 0.9, 0.9]])
    first = said(found)[0]
    assert first.startswith("BREATHING STOPS in 2 of 4 simulated people by the central numbers")
    assert "in 1 of 2 draws of what we do not know" in first
    assert "(12 % of all people of all draws)" in first


def test_breath_that_stops_only_in_draws_is_told_too() -> None:
    assert "in 0 of 2 simulated people" in said(breath([0.9, 0.8], [[0.9, 0.001]]))[0]
    assert "draws" not in said(breath([0.001, 0.8], []))[0]


def test_breath_that_stops_in_hardly_anybody_of_any_draw_is_not_excluded() -> None:
    draws = [[0.9] * 200, [0.001, *[0.9] * 199]]
    first = said(breath([0.9] * 200, draws))[0]
    assert first.startswith("Not excluded: in 1 of 2 draws")
    assert "less than 1 % of all people of all draws" in first


def test_breath_that_goes_on_is_not_told() -> None:
    assert not about("BREATHING STOPS", said(breath([0.011, 0.9], [[0.02, 0.9]])))
    assert not about("BREATHING STOPS", said())
