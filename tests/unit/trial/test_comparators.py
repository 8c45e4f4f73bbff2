"""Medicines beside kratom: their levels against studies, and what enzymes do to them."""

from __future__ import annotations

import numpy as np
import pytest

from speciosa.evidence import observations, studies
from speciosa.model import Model, Substance
from speciosa.trial.arms import dose_form, nanomoles
from speciosa.trial.measures import measure_all
from speciosa.trial.run import Dose, run
from speciosa.trial.validation import validate
from speciosa.trial.windows import look

TEA = Substance("mitragynine", "tea", "mitragynine")
UNTIL = 120.0


def medicine(drug: str, route: str = "oral") -> Substance:
    form = dose_form(drug, route)
    assert form
    return Substance(drug, form, form, "medicine")


def taken(drug: str, mg: float, route: str = "oral", at: float = 0.0) -> Dose:
    return Dose(drug, np.array([at]), np.array([[nanomoles(drug, mg)]]), route)


def curves(substances: list[Substance], doses: list[Dose], drug: str, **activity: float):
    """Times and plasma levels (ng/mL) of a drug in somebody of 70 kg with central numbers."""
    model = Model.build(substances)
    usual = {"person.weight": 70.0, "person.pain": 0.0}
    usual |= {f"person.activity.{enzyme}": share for enzyme, share in activity.items()}
    person = [*model.central, *(usual.get(trait, 1.0) for trait in model.flat.traits)]
    plan = look([0.0], None, UNTIL, None)
    found = run(model, np.array([person]), doses, plan.times, [f"plasma.{drug}"])
    return plan, found.values[f"plasma.{drug}"]


def measured(*given: object, **activity: float) -> dict[str, float]:
    """Measures of those levels."""
    # What is given goes through as it is.
    plan, values = curves(*given, **activity)  # type: ignore[arg-type]
    limit = 0.003 * float(values.max())  # what a laboratory would see of the tail
    taken = measure_all("it", "ng/mL", values, plan, limit, concentration=True)
    return {one.measure: float(one.values[0]) for one in taken if one.window == "all"}


def alone(drug: str, mg: float, route: str = "oral", of: str = "", **activity: float):
    """Measures after one dose of a medicine; `of` it, or of what it becomes."""
    given = [medicine(drug, route)], [taken(drug, mg, route)], of or drug
    return measured(*given, **activity)


def test_levels_of_medicines_are_near_what_studies_printed(monkeypatch) -> None:
    medicines = {
        name
        for name, study in studies().items()
        if all(arm.product == "pure" and not arm.per_kg for arm in study.arms)
    }
    held = {
        i: o
        for i, o in observations().items()
        if o.study in medicines and o.output.startswith("plasma.")
    }
    monkeypatch.setattr("speciosa.trial.validation.observations", lambda: held)
    found = validate(trials=20)
    folds = {one.observation.id: one.fold or 0.0 for one in found.comparisons}
    assert len(folds) == 13
    assert all(0.5 < fold < 2.2 for fold in folds.values()), folds
    (group,) = [g for g in found.to_dict()["groups"] if g["group"] == "medicines"]
    assert group["gmfe"] < 1.35
    assert group["inside_90"] > 0.75


@pytest.mark.parametrize(
    ("drug", "mg", "low", "high"),
    [
        ("oxycodone", 5.0, 2.6, 3.6),
        ("tramadol", 87.85, 4.8, 6.2),
        ("fentanyl", 0.05, 5.4, 8.8),
        ("midazolam", 2.5, 2.2, 3.6),
        ("caffeine", 250.0, 4.1, 6.5),
        ("morphine", 10.0, 1.5, 3.5),
    ],
)
def test_half_lives_by_vein_are_those_of_people(
    drug: str, mg: float, low: float, high: float
) -> None:
    assert low < alone(drug, mg, "intravenous")["half_life"] < high


def test_by_mouth_less_arrives_than_by_vein() -> None:
    for drug, low, high in (
        ("oxycodone", 0.55, 0.87),
        ("tramadol", 0.6, 0.76),
        ("fentanyl", 0.25, 0.4),
        ("midazolam", 0.2, 0.45),
        ("morphine", 0.2, 0.4),
        ("caffeine", 0.9, 1.01),
    ):
        share = alone(drug, 10.0)["auc_inf"] / alone(drug, 10.0, "intravenous")["auc_inf"]
        assert low < share < high, drug


def test_tramadol_becomes_its_opioid_by_one_enzyme_alone() -> None:
    normal = alone("tramadol", 87.85, of="desmetramadol")
    parent = alone("tramadol", 87.85)
    assert 40.0 < normal["cmax"] < 70.0  # 55 ng/mL in the label
    assert 0.2 < normal["auc_inf"] / parent["auc_inf"] < 0.35  # a quarter
    _, poor = curves(
        [medicine("tramadol")], [taken("tramadol", 87.85)], "desmetramadol", CYP2D6=0.0
    )
    assert poor.max() == 0.0
    more = alone("tramadol", 87.85, CYP2D6=0.0)["auc_inf"] / parent["auc_inf"]
    assert 1.15 < more < 1.4  # a fifth more in the label


def test_blocked_enzymes_raise_levels_as_far_as_inhibitors_did() -> None:
    # Voriconazole and oxycodone: area 3.6-fold (2.7 to 5.6), peak 1.7-fold, half-life twice.
    before, after = alone("oxycodone", 9.0), alone("oxycodone", 9.0, CYP3A4=0.0)
    assert 2.7 < after["auc_inf"] / before["auc_inf"] < 5.6
    assert 1.5 < after["cmax"] / before["cmax"] < 2.0
    assert 1.6 < after["half_life"] / before["half_life"] < 2.6
    # Midazolam: area 10 to 15-fold with ketoconazole, 28-fold with ritonavir; peak three to
    # four-fold with ketoconazole.
    before = alone("midazolam", 7.5)
    after = alone("midazolam", 7.5, CYP3A4=0.05, gut_CYP3A4=0.05)
    assert 8.0 < after["auc_inf"] / before["auc_inf"] < 35.0
    assert 3.0 < after["cmax"] / before["cmax"] < 4.5
    # Ritonavir and fentanyl by vein: a third of the clearance is left.
    before = alone("fentanyl", 0.35, "intravenous")
    after = alone("fentanyl", 0.35, "intravenous", CYP3A4=0.1)
    assert 0.2 < before["auc_inf"] / after["auc_inf"] < 0.45
    # Fluvoxamine and caffeine: a twelfth of the clearance is left.
    before, after = alone("caffeine", 250.0), alone("caffeine", 250.0, CYP1A2=0.02)
    assert 8.0 < after["auc_inf"] / before["auc_inf"] < 16.0


def test_alcohol_falls_in_a_straight_line_and_twice_as_much_stays_more_than_twice() -> None:
    plan, values = curves([medicine("alcohol")], [taken("alcohol", 50_000.0)], "alcohol")
    times, level = plan.times, values[0] / 1e6  # g/L
    falling = [float(np.interp(hour, times, level)) for hour in (2.0, 3.0, 4.0)]
    slopes = -np.diff(falling)
    assert slopes == pytest.approx([0.15, 0.15], abs=0.03)  # 15 mg/dL/h
    once, twice = alone("alcohol", 14_000.0), alone("alcohol", 28_000.0)
    assert twice["auc_inf"] > 2.5 * once["auc_inf"]


def test_kratom_tea_raises_midazolam_as_it_did_in_people() -> None:
    """tanna-2023: area 1.39, peak 1.50, half-life 1.07; no number of the model was made of them."""
    both = [TEA, medicine("midazolam")]
    sleep = taken("midazolam", 2.5, at=0.25)
    before = measured(both, [taken("mitragynine", 0.0), sleep], "midazolam")
    after = measured(both, [taken("mitragynine", 39.0), sleep], "midazolam")
    assert 1.23 < after["auc_inf"] / before["auc_inf"] < 1.57
    assert 1.25 < after["cmax"] / before["cmax"] < 1.7
    assert 0.98 < after["half_life"] / before["half_life"] < 1.17
