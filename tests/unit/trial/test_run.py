from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.invented import BLOCKER, LEAFINE, believe, evidence, person

from speciosa.engine import Solution, solve
from speciosa.engine.choice import Choice
from speciosa.engine.codegen import machine
from speciosa.model import Model
from speciosa.trial.run import Dose, run

HOURS = np.arange(0.0, 49.0, 1.0)
CURVES = ["plasma.leafine", "plasma.leafol"]


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> Model:
    believe(monkeypatch, evidence())
    return Model.build([LEAFINE, BLOCKER])


def taken(*times: float, nmol: float | np.ndarray = 1e5, route: str = "oral") -> Dose:
    return Dose("leafine", np.array(times), np.broadcast_to(nmol, (1, len(times))), route)


def test_outputs_come_by_their_public_names(model: Model):
    found = run(model, person(model), [taken(0.0)], HOURS, [*CURVES, "pain.felt"])
    assert set(found.values) == {*CURVES, "pain.felt"}
    assert all(values.shape == (1, len(HOURS)) for values in found.values.values())
    assert found.values["plasma.leafol"].max() > 0
    assert (found.times == HOURS).all()


def test_without_doses_nothing_is_in_the_blood(model: Model):
    found = run(model, person(model), [], HOURS, ["plasma.leafine", "pain.felt"])
    assert not found.values["plasma.leafine"].any()
    assert (found.values["pain.felt"] == 5.0).all()


def test_an_injected_dose_is_in_the_blood_at_once_and_whole(model: Model):
    dose = taken(0.0, nmol=1e4, route="intravenous")
    found = run(model, person(model), [dose], HOURS, CURVES)
    # 1e4 nmol in 100 L are 100 nmol/L, and 40 ng/mL at 400 g/mol.
    assert found.values["plasma.leafine"][0, 0] == pytest.approx(40.0)


def test_a_swallowed_dose_waits_for_its_lag(model: Model):
    found = run(model, person(model), [taken(0.0)], np.array([0.0, 0.25, 0.5]), CURVES)
    before, at_lag, after = found.values["plasma.leafine"][0]
    assert before == at_lag == 0.0
    assert after > 1.0


def test_equal_doses_at_equal_gaps_add_up_as_single_ones_do(model: Model):
    one_by_one = [taken(t) for t in (0.0, 8.0, 16.0, 24.0)]
    together = run(model, person(model), [taken(0.0, 8.0, 16.0, 24.0)], HOURS, CURVES)
    apart = run(model, person(model), one_by_one, HOURS, CURVES)
    for name in CURVES:
        assert together.values[name] == pytest.approx(apart.values[name], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("times", "nmol"),
    [
        ((0.0, 8.0, 16.0, 24.0, 36.0), (1e5, 1e5, 1e5, 1e5, 1e5)),
        ((0.0, 8.0, 16.0, 24.0), (1e5, 1e5, 3e5, 3e5)),
        ((0.0, 8.0, 9.0, 10.0, 40.0), (1e5, 2e5, 2e5, 2e5, 2e5)),
    ],
    ids=["a late dose", "a step up", "three close ones"],
)
def test_doses_in_any_rhythm_are_all_given(model: Model, times, nmol):
    found = run(model, person(model), [taken(*times, nmol=np.array(nmol))], HOURS, CURVES)
    single = [taken(t, nmol=n) for t, n in zip(times, nmol, strict=True)]
    expected = run(model, person(model), single, HOURS, CURVES)
    for name in CURVES:
        assert found.values[name] == pytest.approx(expected.values[name], rel=1e-6, abs=1e-9)


def test_each_person_takes_their_own_doses(model: Model):
    two = np.vstack([person(model), person(model)])
    dose = Dose("leafine", np.array([0.0, 24.0]), np.array([[1e5, 1e5], [2e5, 2e5]]))
    found = run(model, two, [dose], HOURS, CURVES).values["plasma.leafine"]
    assert found[1] == pytest.approx(2 * found[0], rel=1e-5, abs=1e-6)


def test_a_habit_from_before_time_zero_is_still_in_the_blood(model: Model):
    before = taken(-48.0, -24.0)
    with_habit = run(model, person(model), [before], HOURS, CURVES, start=-48.0)
    later = run(model, person(model), [taken(0.0, 24.0)], HOURS + 48.0, CURVES)
    for name in CURVES:
        assert with_habit.values[name] == pytest.approx(later.values[name], rel=1e-6, abs=1e-9)
    assert with_habit.values["plasma.leafine"][0, 0] > 0


def test_naloxone_like_blocker_takes_relief_away(model: Model):
    dose = taken(0.0, nmol=1e6)
    block = Dose("blocker", np.array([2.0]), np.array([[1e7]]), "intravenous")
    plain = run(model, person(model), [dose], HOURS, ["pain.relief"])
    blocked = run(model, person(model), [dose, block], HOURS, ["pain.relief"])
    assert (blocked.values["pain.relief"] <= plain.values["pain.relief"] + 1e-7).all()
    assert blocked.values["pain.relief"][0, 6] < 0.5 * plain.values["pain.relief"][0, 6]


def test_a_person_who_cannot_be_computed_is_told_and_harms_nobody(model: Model):
    broken = person(model)
    broken[0, model.problem.parameters.index("elimination.CL.leafine")] = np.nan
    found = run(model, np.vstack([broken, person(model)]), [taken(0.0)], HOURS, CURVES)
    alone = run(model, person(model), [taken(0.0)], HOURS, CURVES)
    assert found.failed.tolist() == [0]
    assert "elimination.CL.leafine" in found.advice[0]
    assert np.isnan(found.values["plasma.leafine"][0]).all()
    assert (found.values["plasma.leafine"][1] == alone.values["plasma.leafine"][0]).all()


def test_progress_ends_with_everybody(model: Model):
    seen: list[tuple[int, int]] = []
    four = np.repeat(person(model), 4, axis=0)
    run(model, four, [taken(0.0)], HOURS, CURVES, progress=lambda *done: seen.append(done))
    assert seen[-1] == (4, 4)


@pytest.mark.skipif(not machine.available(), reason="nothing is chosen without LLVM")
def test_a_model_is_integrated_with_the_method_chosen_for_it(
    model: Model, monkeypatch: pytest.MonkeyPatch
):
    asked: list[str] = []

    def watched(*arguments: Any, **options: Any) -> Solution:
        asked.append(options["method"])
        return solve(*arguments, **options)

    monkeypatch.setattr("speciosa.trial.run.solve", watched)
    vars(model)["choice"] = Choice("tsit5", {}, {})
    quick = run(model, person(model), [taken(0.0)], HOURS, CURVES)
    vars(model)["choice"] = Choice("rodas5p", {}, {})
    safe = run(model, person(model), [taken(0.0)], HOURS, CURVES)
    assert asked == ["tsit5", "rodas5p"]
    for name in CURVES:
        assert quick.values[name] == pytest.approx(safe.values[name], rel=1e-4, abs=1e-6)
