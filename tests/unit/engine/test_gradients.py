"""Derivatives of measures against differences of the measures themselves."""

from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import ONE

from speciosa.engine import Events, solve
from speciosa.engine.gradients import DIFFERENTIABLE, gradients
from speciosa.engine.save import Measures
from speciosa.errors import InputError

ROW = np.array([1.5, 1.1, 20.0, 0.2, 0.8])
NAMES = ONE.parameters
TIMES = np.linspace(0.0, 24.0, 41)
EVENTS = Events.build(person=[0, 1], time=0.0, amount=100.0, addl=1, ii=11.3)
ABOVE = {"plasma": 2.0, "depot.amount": 20.0, "central.amount": 40.0}


@pytest.mark.parametrize("window", [None, (3.0, 20.0)])
def test_every_measure_moves_as_differences_say(window: tuple[float, float] | None) -> None:
    rows = np.array([ROW, 1.2 * ROW])
    solution = solve(ONE, rows, EVENTS, TIMES, sensitivities=NAMES, rtol=1e-9, atol=1e-11)
    found = gradients(solution, DIFFERENTIABLE, window=window, above=ABOVE)

    def measured(table: np.ndarray) -> dict[str, np.ndarray]:
        keep = Measures(DIFFERENTIABLE, window=window, above=ABOVE)
        solve(ONE, table, EVENTS, TIMES, keep=keep, rtol=1e-11, atol=1e-13, method="vern7")
        return keep.values

    for column in range(len(NAMES)):
        step = 1e-4 * rows[:, column]
        nudge = np.zeros(rows.shape)
        nudge[:, column] = step
        up, down = measured(rows + nudge), measured(rows - nudge)
        for name in DIFFERENTIABLE:
            expected = (up[name] - down[name]) / (2 * step[:, None])
            scale = np.abs(up[name]) / rows[:, [column]]
            assert np.abs(found[name][:, :, column] - expected) == pytest.approx(
                0, abs=1e-4 * scale.max()
            ), name


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"measures": ["tmax"]}, "measures: got 'tmax'; expected one of cmax, min"),
        ({"window": (30.0, 40.0)}, "window: got (30.0, 40.0); expected one with a time between"),
        ({"measures": ["time_above"]}, "above: got 'plasma'; expected a threshold"),
    ],
)
def test_what_has_no_derivative_is_said(change: dict[str, object], message: str) -> None:
    solution = solve(ONE, [ROW], EVENTS.only(np.array([0])), TIMES, sensitivities=["ka"])
    with pytest.raises(InputError) as caught:
        gradients(solution, **({"measures": ["auc"]} | change))  # pyright: ignore[reportArgumentType] - wrong on purpose
    assert str(caught.value).startswith(message)


def test_sensitivities_must_have_been_asked_for() -> None:
    plain = solve(ONE, [ROW], EVENTS.only(np.array([0])), TIMES)
    with pytest.raises(InputError, match="without sensitivities"):
        gradients(plain, ["auc"])
