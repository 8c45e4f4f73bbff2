from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.chunks import Solved, chunkings, solved, solves

from speciosa.engine.save import Floats, Percentiles
from speciosa.errors import InputError

PERCENT = (0.0, 5.0, 25.0, 50.0, 77.7, 95.0, 100.0)
ZERO = Percentiles([50.0]).zero
OK = np.zeros(1, dtype=np.int8)


def people(values: list[float] | Floats) -> Solved:
    """One time, one output."""
    column = np.asarray(values, dtype=float)[:, None, None]
    return Solved(np.zeros(1), column, np.zeros(len(column), dtype=np.int8))


def allowed(values: Floats, percent: float, relative_error: float) -> float:
    """What is promised: a share of the larger of the two neighbours in order.

    One that is too small to be told from zero counts as zero, which is all of its own size off.
    """
    ends = [abs(np.percentile(values, percent, method=method)) for method in ("lower", "higher")]
    return relative_error * max(ends) + max([end for end in ends if end < ZERO], default=0.0)


@given(solves, chunkings, st.sampled_from([0.001, 0.005, 0.1]))
@settings(max_examples=60, deadline=None)
def test_percentiles_keep_the_promised_error(
    whole: Solved, how: dict[str, Any], error: float
) -> None:
    found = whole.into(Percentiles(PERCENT, error), **how)
    for cell in np.ndindex(whole.values.shape[1:]):
        values = whole.values[:, *cell]
        values = values[np.isfinite(values)]
        assert found.counted[cell] == values.size
        for place, percent in enumerate(PERCENT):
            said = found.values[place, *cell]
            if not values.size:
                assert np.isnan(said)
                continue
            exact = np.percentile(values, percent)
            assert abs(said - exact) <= allowed(values, percent, error) * (1 + 1e-9), percent


@given(solves, chunkings)
@settings(max_examples=60, deadline=None)
def test_chunks_order_and_threads_change_no_bit(whole: Solved, how: dict[str, Any]) -> None:
    at_once, found = whole.into(Percentiles(PERCENT)), whole.into(Percentiles(PERCENT), **how)
    assert found.values.tobytes() == at_once.values.tobytes()
    assert np.array_equal(found.counted, at_once.counted)
    assert found.left_out == at_once.left_out == int((whole.outcome != 0).sum())


@given(st.lists(st.floats(1e-12, 1e14) | st.floats(-1e14, -1e-12), min_size=1, max_size=40))
def test_sizes_far_apart_keep_the_promised_error(values: list[float]) -> None:
    found = people(values).into(Percentiles(PERCENT)).values[:, 0, 0]
    for said, percent in zip(found, PERCENT, strict=True):
        exact = np.percentile(values, percent)
        assert abs(said - exact) <= allowed(np.array(values), percent, 0.005) * (1 + 1e-9)


def test_of_neighbours_too_small_to_matter_no_more_is_lost_than_they_are() -> None:
    values = [-1.6e-13, -1e-3, 0.0, 2e-3]
    found = people(values).into(Percentiles(PERCENT)).values[:, 0, 0]
    for said, percent in zip(found, PERCENT, strict=True):
        exact = np.percentile(values, percent)
        assert abs(said - exact) <= allowed(np.array(values), percent, 0.005) * (1 + 1e-9)


def test_the_error_of_many_people_is_far_within_the_promise() -> None:
    values = np.exp(np.random.default_rng(1).normal(size=20_000))
    found = people(values).into(Percentiles(PERCENT), sizes=[999], threads=2).values[:, 0, 0]
    assert found == pytest.approx(np.percentile(values, PERCENT), rel=0.005)


def test_what_all_share_is_told_exactly() -> None:
    assert (people([4.9] * 7).into(Percentiles(PERCENT)).values == 4.9).all()
    assert (people([-1 / 3] * 7).into(Percentiles(PERCENT)).values == -1 / 3).all()


def test_the_smallest_and_the_largest_are_exact() -> None:
    low, high = people([-3.21, 0.0, 1.0, 7.77]).into(Percentiles([0, 100])).values[:, 0, 0]
    assert (low, high) == (-3.21, 7.77)


def test_too_small_to_matter_is_zero_and_sides_of_zero_stay_apart() -> None:
    found = people([-5.0, -1e-14, 0.0, -0.0, 1e-14, 5.0]).into(Percentiles([20, 50, 80])).values
    assert found.ravel().tolist() == [0.0, 0.0, 0.0]


def test_beyond_all_sizes_counts_as_the_largest() -> None:
    found = people([1.0, 1e200, 1e300]).into(Percentiles([0, 100])).values.ravel()
    assert found.tolist() == [1.0, 1e300]


def test_what_is_not_finite_is_left_out() -> None:
    found = people([1.0, np.inf, -np.inf, np.nan, 3.0]).into(Percentiles([0, 50, 100]))
    assert found.counted.tolist() == [[2]]
    assert found.values.ravel() == pytest.approx([1.0, 2.0, 3.0], rel=0.005)


def test_nobody_has_no_percentiles() -> None:
    found = solved(0, 3, 2, seed=1).into(Percentiles([50]))
    assert found.values.shape == (1, 3, 2)
    assert np.isnan(found.values).all()


def test_memory_does_not_grow_with_people() -> None:
    rng = np.random.default_rng(1)
    keeper = Percentiles([50])
    keeper.begin(10_000, np.arange(20.0), ("a",))
    sizes: list[int] = []
    for first in range(0, 10_000, 1000):
        values = rng.uniform(1.0, 1000.0, size=(1000, 20, 1))
        keeper.take(first, values, np.zeros(1000, dtype=np.int8))
        sizes.append(keeper.nbytes)
    # Ten doublings at each time, 512 bytes each, and a quarter in reserve.
    assert sizes[-1] == sizes[0] < 20 * (10 * 512 * 1.25 + 1000)


def test_numbers_out_of_range_are_refused() -> None:
    with pytest.raises(InputError, match="percent: got 101"):
        Percentiles([101])
    with pytest.raises(InputError, match=r"relative_error: got 0\.5"):
        Percentiles([50], relative_error=0.5)
    with pytest.raises(InputError, match=r"zero: got 0\.0"):
        Percentiles([50], zero=0.0)
