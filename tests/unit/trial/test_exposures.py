"""With and without company, in the same people."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from speciosa.trial import Scenario
from speciosa.trial.exposures import exposures
from speciosa.trial.met import Exposures


@cache
def found(drug: str, mg: float, grams: float = 2.0, **more: Any) -> Exposures:
    return exposures(
        Scenario(
            product={"kind": "tea", "mitragynine": "19.5 mg/g"},
            regimen={"dose": f"{grams} g"},
            medicines=[{"drug": drug, "dose": f"{mg} mg", "at": "0.25 h", **more}],
            output={"until": "96 h"},
        ),
        people=12,
        rows=20,
    )


def test_tea_raises_swallowed_midazolam_and_not_what_goes_into_a_vein():
    (swallowed,) = found("midazolam", 2.5).ratios
    assert (swallowed.of, swallowed.by) == ("midazolam", ("kratom",))
    assert 1.2 < swallowed.auc.median < 1.6
    assert swallowed.auc.p05 <= swallowed.auc.median <= swallowed.auc.p95
    assert 1.2 < swallowed.cmax.median < 1.7
    (injected,) = found("midazolam", 2.5, route="intravenous").ratios
    assert injected.auc.p95 < 1.01


def test_the_static_calculation_says_more_than_the_course():
    (ratio,) = found("midazolam", 2.5).ratios
    assert ratio.static is not None
    assert ratio.static > ratio.auc.p95


def test_a_drug_that_no_enzyme_of_kratom_meets_has_no_number():
    assert not found("morphine", 10.0).ratios


def test_the_walls_enzyme_is_lost_and_comes_back_over_days():
    (gut,) = (one for one in found("midazolam", 2.5).enzymes if one.name == "gut_CYP3A4")
    assert gut.lowest.median < 0.7
    assert gut.highest.p95 == pytest.approx(1.0, abs=1e-6)
    assert gut.back is None or 12.0 < gut.back < 96.0


def test_together_takes_more_breath_than_either_alone():
    breath = {risk.output: risk for risk in found("midazolam", 7.5).risks}["breathing.risk"]
    assert breath.together.median > max(breath.kratom.median, breath.others.median)


def test_without_company_there_is_no_ratio():
    alone = exposures(Scenario(product={"kind": "tea"}, regimen={"dose": "2 g"}), people=5, rows=5)
    assert (alone.ratios, alone.stopped) == ((), 0.0)


def test_each_day_has_a_ratio_while_the_drug_is_there():
    (ratio,) = found("midazolam", 2.5).ratios
    days = dict(ratio.days)
    assert days[1].median == pytest.approx(ratio.auc.median, rel=0.05)
    assert max(days) < 4


def test_plain_data_holds_all_of_it():
    data = found("midazolam", 2.5).to_dict()
    assert data["ratios"][0]["of"] == "midazolam"
    assert set(data["ratios"][0]["auc"]) == {"median", "p05", "p95"}
    assert {one["output"] for one in data["risks"]} == {"breathing.risk", "arousal.risk"}


def test_what_kratom_does_to_the_other_drug_is_told_first():
    ratios = found("paroxetine", 20.0).ratios
    assert ratios[0].of == "paroxetine"
    assert {ratio.by for ratio in ratios[1:]} == {("paroxetine",)}
    assert "mitragynine" in {ratio.of for ratio in ratios[1:]}


def enzymes(person: dict[str, Any], drug: str, mg: float) -> Exposures:
    return exposures(
        Scenario(
            person=person,
            product={"kind": "tea", "mitragynine": "19.5 mg/g"},
            regimen={"dose": "2 g"},
            medicines=[{"drug": drug, "dose": f"{mg} mg", "at": "0.25 h"}],
            output={"until": "24 h"},
        ),
        people=6,
        rows=6,
    )


def test_who_has_none_of_an_enzyme_can_lose_none_and_gets_no_static_ratio_of_it():
    poor = enzymes({"cyp2d6": "poor"}, "paroxetine", 20.0)
    assert "CYP2D6" not in {one.name for one in poor.enzymes}
    assert all(ratio.static is None for ratio in poor.ratios if ratio.of == "paroxetine")
    usual = enzymes({}, "paroxetine", 20.0)
    (held,) = (one for one in usual.enzymes if one.name == "CYP2D6")
    assert held.lowest.median < 0.5


def test_what_a_habit_has_taken_of_the_walls_enzyme_counts_as_lost():
    habit = {"experience": {"dose": "3 g", "every": "8 h", "for": "30 d"}}
    used, naive = (enzymes(person, "midazolam", 2.5).enzymes for person in (habit, {}))
    lowest = [next(one for one in each if one.name == "gut_CYP3A4") for each in (used, naive)]
    assert lowest[0].lowest.median < lowest[1].lowest.median
    assert lowest[0].highest.median < 0.95


def test_where_nothing_of_the_company_is_simulated_no_part_of_breath_is_told() -> None:
    for company in ({"drug": "sertraline", "dose": "50 mg"}, {"drug": "caffeine"}):
        scenario = Scenario.from_dict(
            {"product": {"kind": "leaf"}, "regimen": {"dose": "5 g"}, "with": [company]}
        )
        assert exposures(scenario, people=4, rows=4).risks == ()


def test_beside_a_dangerous_drug_without_a_dose_no_risk_is_told() -> None:
    company = [{"drug": "morphine"}, {"drug": "midazolam", "dose": "5 mg"}]
    scenario = Scenario.from_dict(
        {"product": {"kind": "leaf"}, "regimen": {"dose": "2 g"}, "with": company}
    )
    assert exposures(scenario, people=4, rows=4).risks == ()
