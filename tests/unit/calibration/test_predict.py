from __future__ import annotations

import numpy as np
import pytest
from calibration.predict import (
    FittedArm,
    _curves,
    _looked,
    _parameters,
    _time_of_peak,
    fitted_arms,
    predictions,
)
from calibration.priors import read_priors

from speciosa.trial.run import run


@pytest.fixture(scope="module")
def arms() -> list[FittedArm]:
    return fitted_arms({prior.id: prior.record() for prior in read_priors().values()})


def test_single_and_repeated_doses_are_among_what_is_fitted(arms: list[FittedArm]) -> None:
    numbers = {len(arm.plan.doses[0].times) for arm in arms}
    assert 1 in numbers
    assert max(numbers) > 5


NEARLY = 3e-3
"""Kinetics are linear but for what mitragynine does to CYP2D6 and CYP2C, which clear a tenth of it:
so much is lost by adding doses up, a hundredth of what any study is known to."""


def test_superposed_doses_are_what_a_plain_run_of_all_doses_shows(arms: list[FittedArm]) -> None:
    ids = ("elimination/CL/mitragynine", "absorption/ka/mitragynine")
    values = np.array([[70.0, 3.0], [30.0, 1.0]])
    curves = _curves(arms, ids, values)
    for arm, found in zip(arms, curves, strict=True):
        looked = _looked(arm)
        table = _parameters(arm.model, ids, values)
        times = arm.plan.look.times[looked]
        ran = run(arm.model, table, arm.plan.doses, times, tuple(found))
        for name, curve in found.items():
            assert np.isnan(curve[:, ~looked]).all()
            scale = np.abs(ran.values[name]).max()
            assert curve[:, looked] == pytest.approx(ran.values[name], rel=NEARLY, abs=1e-5 * scale)


def test_arms_together_are_arms_alone(arms: list[FittedArm]) -> None:
    values = np.array([[70.0]])
    ids = ("elimination/CL/mitragynine",)
    together = predictions(arms, ids, values)
    alone = np.concatenate([predictions([arm], ids, values) for arm in arms], axis=1)
    assert together == pytest.approx(alone, rel=NEARLY)
    assert np.isfinite(together).all()


def test_a_value_that_is_not_named_stays_at_its_record(arms: list[FittedArm]) -> None:
    model = arms[0].model
    table = _parameters(model, ("elimination/CL/mitragynine",), np.array([[1.0], [2.0]]))
    ids = [record.id for record in model.records]
    place = ids.index("elimination/CL/mitragynine")
    assert table[:, place].tolist() == [1.0, 2.0]
    others = np.delete(table[:, : len(ids)], place, axis=1)
    assert (others == np.delete(model.central, place)).all()


def test_the_peak_of_a_parabola_is_found_between_the_samples() -> None:
    t = np.array([0.0, 1.0, 1.5, 3.0, 4.0])
    tops = np.array([1.2, 1.9])
    y = 5.0 - (t - tops[:, None]) ** 2
    assert _time_of_peak(t, y) == pytest.approx(tops)


def test_a_curve_without_a_peak_inside_has_it_at_its_end() -> None:
    t = np.array([0.0, 1.0, 2.0, 3.0])
    rising, falling = np.exp(t), np.exp(-t)
    late, early = _time_of_peak(t, np.stack([rising, falling]))
    assert late == 3.0
    assert early == 0.0
