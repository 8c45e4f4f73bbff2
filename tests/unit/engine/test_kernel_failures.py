"""People who cannot be integrated, and calls that are stopped."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import fields

import numpy as np
import pytest
from tests.compartments import problem
from tests.kernels import (
    ALL,
    MODEL,
    TIMES,
    TYPICAL,
    Action,
    methods,
    people,
    run,
    same,
    spread,
    table,
)
from tests.simd import targets

from speciosa.engine import Outcome
from speciosa.engine.codegen.target import Target
from speciosa.engine.compiled import kernel
from speciosa.engine.kernel import Ended
from speciosa.engine.numpy_code import Floats
from speciosa.engine.timetable import ADD, SET

TROUBLE = problem(
    "calm wild",
    "k a b c d",
    "calm wild",
    lambda x: [
        -(x["k"] * x["calm"]),
        x["a"] * x["wild"] * x["wild"]
        - x["b"] * x["wild"]
        + x["c"] * (1.0 - 2.0 * x["t"].writer.op("above", x["wild"], 2.0))
        + x["d"],
    ],
    lambda x: [x["calm"], x["wild"]],
    start=lambda x: [1.0, 1.0],
)
QUIET = [0.3, 0.0, 1.0, 0.0, 0.0]


def with_neighbours(
    wrong: list[float],
    method: str,
    target: Target,
    actions: Sequence[Action] = (),
    *,
    max_steps: int = 100_000,
) -> tuple[Floats, Ended]:
    """One person in trouble among eight; the others must be as they are without."""
    parameters = np.tile(QUIET, (9, 1))
    parameters[:, 0] += np.arange(9) / 10
    nobody: list[Sequence[Action]] = [()] * 4
    both: list[tuple[Floats, Ended]] = []
    for one, acts in ((QUIET, ()), (wrong, actions)):
        parameters[4] = one
        who = people(
            parameters, table(*nobody, acts, *nobody), rtol=1e-7, states=2, max_steps=max_steps
        )
        both.append(run(who, method, target, range(2), TROUBLE))
    others = np.delete(np.arange(9), 4)
    assert both[0][1].outcome.tolist() == [Outcome.OK] * 9
    assert same(both[0], (both[1][0][others], _only(both[1][1], others)), others)
    return both[1]


def _only(ended: Ended, rows: np.ndarray) -> Ended:
    return Ended(**{field.name: getattr(ended, field.name)[rows] for field in fields(ended)})


@targets
@methods
def test_a_parameter_that_becomes_nan(target: Target, method: str) -> None:
    change = [(5.0, SET, 2, math.nan)]
    values, ended = with_neighbours(QUIET, method, target, change)
    assert ended.outcome[4] == Outcome.NOT_FINITE
    assert ended.reached[4] == 5.0
    assert TROUBLE.states[ended.suspect[4]] == "wild"
    assert values[4, :5, 1] == pytest.approx(np.exp(-TIMES[0, :5]), rel=1e-5)


@targets
@methods
def test_a_state_that_blows_up(target: Target, method: str) -> None:
    _, ended = with_neighbours([0.3, 1.0, 0.0, 0.0, 0.0], method, target)  # 1 / (1 - t)
    assert ended.outcome[4] in (Outcome.NOT_FINITE, Outcome.STEP_TOO_SMALL)
    assert ended.reached[4] == pytest.approx(1.0, abs=1e-6)
    assert TROUBLE.states[ended.suspect[4]] == "wild"


@targets
@methods
def test_a_jump_that_no_step_is_small_enough_for(target: Target, method: str) -> None:
    # Pushed from both sides towards 2, where it arrives at 1e-12 h.
    _, ended = with_neighbours([0.3, 0.0, 0.0, 1e12, 0.0], method, target)
    assert ended.outcome[4] == Outcome.STEP_TOO_SMALL
    assert ended.reached[4] == pytest.approx(1e-12, abs=1e-14)
    assert TROUBLE.states[ended.suspect[4]] == "wild"


@targets
@pytest.mark.parametrize("method", ["tsit5", "vern7"])
def test_too_many_steps(target: Target, method: str) -> None:
    stiff = [0.3, 0.0, 1e4, 0.0, 2e4]
    _, ended = with_neighbours(stiff, method, target, max_steps=300)
    assert ended.outcome[4] == Outcome.STEP_LIMIT
    assert ended.steps[4] == 300
    assert 0.0 < ended.reached[4] < 24.0


def test_the_limit_of_steps_is_counted_between_actions() -> None:
    stiff = [0.3, 0.0, 1e4, 0.0, 2e4]
    often = [(0.02 * i, ADD, 0, 0.0) for i in range(1, 10)]
    times = np.array([[0.2]])
    for actions, outcome in ((often, Outcome.OK), ([], Outcome.STEP_LIMIT)):
        who = people(np.array([stiff]), table(actions), times, max_steps=300, states=2)
        _, ended = run(who, "tsit5", None, range(2), TROUBLE)
        assert ended.outcome.tolist() == [outcome]


@targets
def test_a_start_that_is_no_number(target: Target) -> None:
    broken = TYPICAL.copy()
    broken[5] = math.nan
    who = people(np.array([TYPICAL, broken, TYPICAL]), table([], [], []))
    values, ended = run(who, "rodas5p", target)
    assert ended.outcome.tolist() == [Outcome.OK, Outcome.NOT_FINITE, Outcome.OK]
    assert ended.reached[1] == 0.0
    assert values[0].tobytes() == values[2].tobytes()


def test_a_call_that_is_stopped_returns() -> None:
    who = people(spread(200_000), table(*[[]] * 200_000), np.array([[1e5]]))
    code = kernel(MODEL, ALL, "rodas5p")
    stop, rows = np.zeros(1, dtype=np.int64), code.rows(200_000)
    ended: list[Ended] = []
    worker = threading.Thread(target=lambda: ended.append(code.run(who, rows, stop)), daemon=True)
    worker.start()
    worker.join(0.2)
    stop[0] = 1
    worker.join(60.0)
    assert not worker.is_alive()
    assert (ended[0].steps == 0).any()


def test_a_call_that_is_stopped_at_once_does_nothing() -> None:
    code = kernel(MODEL, ALL, "rodas5p")
    ended = code.run(
        people(spread(3), table([], [], [])), code.rows(24), np.ones(1, dtype=np.int64)
    )
    assert ended.steps.tolist() == [0, 0, 0]
