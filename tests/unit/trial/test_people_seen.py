"""The whole body against what people showed of receptors, drowsiness and stimulation."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from speciosa.evidence import records
from speciosa.model import Model, Substance
from speciosa.product.content import Product
from speciosa.trial.arms import dose_form, nanomoles
from speciosa.trial.run import Dose, run

OPIOID, AROUSAL = records("opioid"), records("arousal")
HOURS = np.arange(0.0, 24.0, 0.1)
NONE = ("pain", "inflamed", "neuropathic", "muscular", "sensitised")


def somebody(substances: list[Substance], doses: list[Dose], times: np.ndarray, output: str):
    """An output of somebody of 70 kg without pain, with central numbers."""
    model = Model.build(substances)
    usual = {"person.weight": 70.0} | {f"person.{name}": 0.0 for name in NONE}
    person = [*model.central, *(usual.get(trait, 1.0) for trait in model.flat.traits)]
    return run(model, np.array([person]), doses, times, [output]).values[output][0]


def medicine(drug: str, route: str) -> Substance:
    form = dose_form(drug, route)
    assert form
    return Substance(drug, form, form, "medicine")


@cache
def peak(drug: str, mg: float, output: str, route: str = "oral") -> float:
    dose = Dose(drug, np.zeros(1), np.array([[nanomoles(drug, mg)]]), route)
    return float(somebody([medicine(drug, route)], [dose], HOURS, output).max())


def leaf(grams: float, output: str) -> np.ndarray:
    product = Product("leaf", {})
    held = product.nanomoles("g")
    substances = [Substance(name, "leaf", product.main) for name in product.alkaloids]
    doses = [Dose(name, np.zeros(1), grams * held[name][None, :]) for name in product.alkaloids]
    return somebody(substances, doses, HOURS, output)


def occupied(mg: float) -> float:
    """Share of receptors held 4 h after the last of twenty daily doses of buprenorphine."""
    days = np.arange(0.0, 480.0, 24.0)
    drug, route = "buprenorphine", "sublingual"
    dose = Dose(drug, days, np.full((1, 20), nanomoles(drug, mg)), route)
    times = np.array([days[-1] + 4.0])
    return float(somebody([medicine(drug, route)], [dose], times, "opioid.occupancy")[0])


@pytest.mark.parametrize(("mg", "off"), [(2.0, 0.1), (16.0, 0.03), (32.0, 0.06)])
def test_buprenorphine_holds_as_many_receptors_as_pet_saw(mg: float, off: float) -> None:
    seen = OPIOID[f"opioid/mu/occupancy/buprenorphine/{mg:g}mg"].value / 100
    assert occupied(mg) == pytest.approx(seen, abs=off)


def test_the_affinity_of_buprenorphine_follows_from_its_concentration_and_occupancy() -> None:
    free = {"2mg": 0.0373, "16mg": 0.299, "32mg": 0.597}
    shares = {d: OPIOID[f"opioid/mu/occupancy/buprenorphine/{d}"].value / 100 for d in free}
    each = [c * (1 - shares[d]) / shares[d] for d, c in free.items()]
    ki = OPIOID["opioid/mu/Ki/buprenorphine"].value
    assert float(np.exp(np.mean(np.log(each)))) == pytest.approx(ki, rel=0.01)
    most = OPIOID["opioid/mu/Emax/buprenorphine"].value
    assert OPIOID["opioid/mu/EC50/buprenorphine"].value == pytest.approx(ki * (1 - most), rel=0.02)


def test_ten_mg_of_morphine_by_vein_sedate_as_the_gain_was_set() -> None:
    wanted = AROUSAL["arousal/people/morphine_10mg"].value
    found = peak("morphine", 10.0, "arousal.sedation", "intravenous")
    assert found == pytest.approx(wanted, abs=0.015)


def test_five_grams_of_leaf_sedate_less_than_they_stimulate_and_forty_sedate_clearly() -> None:
    assert leaf(5.0, "arousal.sedation").max() < 0.25
    assert leaf(5.0, "arousal.level").min() > -0.05
    assert leaf(40.0, "arousal.sedation").max() > 0.45
    assert leaf(40.0, "arousal.level").min() < -0.2


def test_a_dose_of_tramadol_stimulates_less_than_a_cup_of_coffee() -> None:
    stimulation = "arousal.stimulation"
    assert peak("tramadol", 100.0, stimulation) < 0.5 * peak("caffeine", 100.0, stimulation)
    assert peak("tramadol", 400.0, stimulation) > 1.5 * peak("tramadol", 100.0, stimulation)
