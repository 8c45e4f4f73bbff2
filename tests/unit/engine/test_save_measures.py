from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.chunks import Solved, chunkings, solved, solves

from speciosa.engine.save import MEASURES, Floats, Measures
from speciosa.errors import InputError

ALL = tuple(MEASURES)
ABOVE = {f"output.{number}": 0.3 * 10.0**number for number in range(3)}
windows = st.none() | st.tuples(st.floats(0, 3), st.floats(3, 9))


def one(t: Floats, y: Floats, name: str, start: float, level: float) -> float:
    """The measure of one curve, written down as it is said."""
    area = sum((t[i + 1] - t[i]) * (y[i] + y[i + 1]) / 2 for i in range(len(t) - 1))
    span = t[-1] - t[0]
    if name == "time_above":
        return sum(
            (t[i + 1] - t[i]) * share_above(y[i] - level, y[i + 1] - level)
            for i in range(len(t) - 1)
        )
    plain = {
        "cmax": max(y),
        "tmax": t[int(np.argmax(y))] - start,
        "min": min(y),
        "last": y[-1],
        "mean": area / span if span else y[0],
        "auc": area,
    }
    return float(plain[name])


def share_above(a: float, b: float) -> float:
    """How much of a straight line from a to b is at or above zero."""
    if (a < 0) == (b < 0):
        return float(a >= 0)
    return max(a, b) / (max(a, b) - min(a, b))


@given(solves, chunkings, windows)
@settings(max_examples=60, deadline=None)
def test_each_measure_is_that_of_each_curve(
    whole: Solved, how: dict[str, Any], window: tuple[float, float] | None
) -> None:
    found = whole.into(Measures(ALL, window=window, above=ABOVE), **how).values
    start, end = window or (0.0, np.inf)
    times = np.broadcast_to(whole.times, whole.values.shape[:2])
    for person, output in np.ndindex(whole.values.shape[0], whole.values.shape[2]):
        inside = (times[person] >= start) & (times[person] <= end)
        t, y = times[person, inside], whole.values[person, inside, output]
        for name in ALL:
            value = found[name][person, output]
            if not t.size or np.isnan(y).any():
                assert np.isnan(value), name
                continue
            expected = one(t, y, name, start, ABOVE[f"output.{output}"])
            assert value == pytest.approx(expected, rel=1e-9, abs=1e-9 * np.abs(y).max()), name


@given(solves, chunkings, windows)
@settings(max_examples=60, deadline=None)
def test_chunks_order_and_threads_change_no_bit(
    whole: Solved, how: dict[str, Any], window: tuple[float, float] | None
) -> None:
    at_once = whole.into(Measures(ALL, window=window, above=ABOVE)).values
    found = whole.into(Measures(ALL, window=window, above=ABOVE), **how).values
    for name in ALL:
        assert found[name].tobytes() == at_once[name].tobytes(), name


@pytest.mark.parametrize("layout", [(0, 1, 2), (1, 2, 0), (2, 1, 0)])
def test_the_layout_of_the_solvers_buffer_changes_no_bit(layout: tuple[int, ...]) -> None:
    whole = solved(5, 300, 1, failing=0.0, seed=3)
    turned = np.ascontiguousarray(whole.values.transpose(layout)).transpose(np.argsort(layout))
    plain, other = Measures(ALL, above=ABOVE), Measures(ALL, above=ABOVE)
    whole.into(plain)
    other.begin(5, whole.times, whole.outputs)
    other.take(0, turned, whole.outcome)
    for name in ALL:
        assert np.array_equal(other.values[name], plain.values[name]), name


def test_a_window_sees_no_time_outside_it() -> None:
    t = np.array([0.0, 1.0, 2.0, 3.0])
    whole = Solved(t, np.array([[[9.0], [1.0], [2.0], [8.0]]]), np.zeros(1, dtype=np.int8))
    found = whole.into(Measures(ALL, window=(1.0, 2.0), above={"output.0": 1.5})).values
    said = {name: float(values[0, 0]) for name, values in found.items()}
    assert said == {
        "cmax": 2.0, "tmax": 1.0, "min": 1.0, "last": 2.0, "mean": 1.5, "auc": 1.5,
        "time_above": 0.5,
    }  # fmt: skip


def test_a_window_without_a_time_gives_nobody_a_value() -> None:
    found = solved(4, 5, 2, seed=1).into(Measures(["auc", "last"], window=(500.0, 501.0))).values
    assert np.isnan(found["auc"]).all()
    assert np.isnan(found["last"]).all()


def test_what_cannot_be_measured_is_refused() -> None:
    with pytest.raises(InputError, match="measure: got 'peak'; expected one of cmax"):
        Measures(["peak"])
    with pytest.raises(InputError, match=r"window: got \(2\.0, 1\.0\)"):
        Measures(["cmax"], window=(2.0, 1.0))
    with pytest.raises(InputError, match=r"above: got 'output\.1'; expected a threshold"):
        solved(1, 2, 2, seed=1).into(Measures(["time_above"], above={"output.0": 1.0}))
