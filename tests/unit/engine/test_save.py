from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from tests.chunks import Solved, chunkings, solved, solves

from speciosa.engine import Outcome
from speciosa.engine.save import Everything, Floats, Measures, Reduced, Several
from speciosa.errors import InputError


def largest_and_last(values: Floats) -> Floats:
    return np.concatenate([values.max(axis=1), values[:, -1]], axis=1)


@given(solves, chunkings)
@settings(max_examples=50, deadline=None)
def test_everything_is_the_whole_array(whole: Solved, how: dict[str, Any]) -> None:
    assert np.array_equal(whole.into(Everything(), **how).values, whole.values, equal_nan=True)


@given(solves, chunkings)
@settings(max_examples=50, deadline=None)
def test_reduced_is_the_function_of_the_whole_array(whole: Solved, how: dict[str, Any]) -> None:
    found = whole.into(Reduced(largest_and_last, 2 * len(whole.outputs)), **how).values
    assert np.array_equal(found, largest_and_last(whole.values), equal_nan=True)


def test_who_failed_has_nan_whatever_the_solver_left_in_the_buffer() -> None:
    whole = solved(3, 4, 1, failing=0.0, seed=1)
    outcome = np.array([Outcome.OK, Outcome.STEP_LIMIT, Outcome.OK], dtype=np.int8)
    broken = Solved(whole.times, whole.values, outcome)
    everything, reduced = Everything(), Reduced(largest_and_last, 2)
    measures = Measures(["cmax"])
    broken.into(Several(everything, reduced, measures))
    for found in (everything.values, reduced.values, measures.values["cmax"]):
        assert np.isnan(found[1]).all()
        assert np.isfinite(found[[0, 2]]).all()


def test_a_function_of_another_width_is_refused() -> None:
    with pytest.raises(InputError, match=r"function: got \(2, 6\); expected .* \(k, 2\)"):
        solved(2, 4, 3, seed=1).into(Reduced(largest_and_last, 2))


@given(solves, chunkings)
@settings(max_examples=20, deadline=None)
def test_several_keep_what_each_keeps_alone(whole: Solved, how: dict[str, Any]) -> None:
    everything, measures = Everything(), Measures(["mean", "last"])
    whole.into(Several(everything, measures), **how)
    assert np.array_equal(everything.values, whole.values, equal_nan=True)
    for name, values in whole.into(Measures(["mean", "last"])).values.items():
        assert np.array_equal(measures.values[name], values, equal_nan=True)


def test_a_keeper_used_again_forgets_what_was_before() -> None:
    keeper = Several(Everything(), Measures(["cmax"]))
    solved(9, 5, 2, seed=1).into(keeper)
    second = solved(4, 3, 1, seed=2)
    second.into(keeper)
    everything, measures = keeper.keepers
    assert isinstance(everything, Everything)
    assert isinstance(measures, Measures)
    assert np.array_equal(everything.values, second.values, equal_nan=True)
    assert measures.values["cmax"].shape == (4, 1)
