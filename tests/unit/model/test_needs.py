"""A question needs some systems only, and its answer is that of the whole body."""

from __future__ import annotations

import numpy as np
import pytest
from tests.invented import BLOCKER, LEAFINE, believe, evidence, person

from speciosa.body.distribution import Distribution
from speciosa.body.elimination import Elimination
from speciosa.body.metabolism import Metabolism
from speciosa.body.opioid import Opioid
from speciosa.body.pain import Pain
from speciosa.body.tolerance import Tolerance
from speciosa.compile import Wire
from speciosa.engine import Events, solve
from speciosa.errors import InputError
from speciosa.model import Model
from speciosa.model.needs import systems_behind
from speciosa.model.wiring import OUTPUTS, SYSTEMS

KINETICS = ["absorption", "metabolism", "distribution", "elimination"]
HOURS = np.array([0.5, 1.0, 2.0, 4.0, 8.0, 24.0])


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch):
    believe(monkeypatch, evidence())


def words(*wires: Wire) -> list[str]:
    return [system.word for system in systems_behind(wires)]


def held(model: Model) -> set[str]:
    """The systems that a model has a number of."""
    return {parameter.name.split(".")[0] for parameter in model.flat.parameters}


def curve(model: Model, name: str) -> np.ndarray:
    """A public output of one person who swallowed some leafine."""
    into = model.problem.states.index("absorption.gut.leafine")
    dose = Events.build(person=[0], time=0.0, amount=1e5, compartment=into)
    parameters = person(model)
    found = solve(model.problem, parameters, dose, HOURS, rtol=1e-9, atol=model.tolerances * 1e-3)
    return found[model.outputs[name]][0]


def test_a_curve_in_plasma_needs_no_receptor_and_no_pain():
    assert words(Distribution.plasma) == KINETICS
    model = Model.build([LEAFINE], outputs=["plasma.leafine"])
    assert held(model) == set(KINETICS)
    levels = {f"{name}.{drug}" for name in ("plasma", "unbound", "brain") for drug in model.drugs}
    assert set(model.outputs) == levels | {f"metabolism.activity.{n}" for n in ("CYP8", "CYP9")}


def test_kinetics_that_need_each_other_are_all_there_whichever_is_asked_for():
    for output in (Metabolism.lost, Elimination.usual, Distribution.brain):
        assert words(output) == KINETICS


def test_the_response_needs_its_tolerance_and_tolerance_the_response():
    assert words(Opioid.response) == words(Tolerance.level) == [*KINETICS, "opioid", "tolerance"]


def test_one_effect_of_tolerance_needs_what_all_of_them_do():
    assert words((Tolerance.level, "relief")) == words(Tolerance.level)


def test_pain_needs_muscle_and_what_soothes_and_no_pupil():
    needed = words(Pain.relief)
    assert {"muscle", "monoamine", "inflammation", "endocannabinoid", "dependence"} <= set(needed)
    assert not {"autonomic", "gut", "heart", "breathing", "mood", "liver"} & set(needed)


def test_systems_stand_in_the_usual_order_and_once_however_they_are_asked_for():
    usual = [system.word for system in SYSTEMS]
    asked = words(Pain.felt, Distribution.plasma, Pain.relief)
    assert asked == sorted(asked, key=usual.index) == words(Pain.felt)


def test_nothing_asked_for_is_nothing_needed_and_everything_is_every_system_that_says_something():
    assert words() == []
    assert words(*OUTPUTS.values()) == [system.word for system in SYSTEMS if system.outputs]


def test_a_model_that_is_asked_for_nothing_in_particular_holds_everything():
    assert held(Model.build([LEAFINE])) == {s.word for s in SYSTEMS if s.parameters}


@pytest.mark.parametrize("name", ["plasma.leafine", "plasma.leafol", "brain.leafine"])
def test_a_model_of_what_is_needed_has_the_curve_of_the_whole(name: str):
    part, whole = Model.build([LEAFINE], outputs=[name]), Model.build([LEAFINE])
    assert len(part.problem.states) < len(whole.problem.states) / 2
    found = curve(part, name)
    assert found.min() > 0.0
    assert found == pytest.approx(curve(whole, name), rel=1e-6)


def test_a_part_that_feels_pain_has_the_relief_of_the_whole():
    name = "pain.relief"
    found = curve(Model.build([LEAFINE], outputs=[name]), name)
    assert found.max() > 0.05
    assert found == pytest.approx(curve(Model.build([LEAFINE]), name), rel=1e-5, abs=1e-8)


def test_a_number_of_a_system_that_is_not_needed_changes_nothing(monkeypatch):
    before = Model.build([LEAFINE], outputs=["plasma"])
    store = evidence()
    without = {i: r for i, r in store.items() if r.system not in ("pain", "mood", "breathing")}
    believe(monkeypatch, without)
    assert Model.build([LEAFINE], outputs=["plasma"]).hash == before.hash


def test_with_or_without_the_drug_a_name_asks_for_the_same_systems():
    by_drug = Model.build([LEAFINE, BLOCKER], outputs=["plasma.leafine"])
    assert by_drug.hash == Model.build([LEAFINE, BLOCKER], outputs=["plasma"]).hash


@pytest.mark.parametrize("name", ["luck", "luck.leafine", "pain", "Pain.felt", ""])
def test_an_unknown_output_is_refused(name: str):
    with pytest.raises(InputError, match=f"^outputs: got {name!r}.*docs/outputs.md lists all$"):
        Model.build([LEAFINE], outputs=["plasma", name])
