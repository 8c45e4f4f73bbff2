"""Shares of variance against functions whose shares are known in closed form."""

from __future__ import annotations

import builtins
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from speciosa.errors import InputError, SolverError
from speciosa.inference.variance import TOLD, Index, indices

Array = NDArray[np.float64]
KINDS = ("a", "a", "b")


def ishigami(cube: Array) -> Array:
    """Ishigami and Homma's function of three columns, with a = 7 and b = 0.1."""
    x, y, z = (np.pi * (2.0 * cube - 1.0)).T
    return np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def ishigami_shares() -> tuple[dict[int, float], dict[int, float]]:
    """First and total indices, from its variance in closed form."""
    a, b = 7.0, 0.1
    x = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    y = a**2 / 8
    xz = b**2 * np.pi**8 * (1 / 18 - 1 / 50)
    whole = x + y + xz
    return {0: x / whole, 1: y / whole, 2: 0.0}, {
        0: (x + xz) / whole,
        1: y / whole,
        2: xz / whole,
    }


def linear(weights: Array) -> Any:
    """A weighted sum; each share is the square of its weight over the sum of squares."""
    return lambda cube: cube @ weights


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_ishigami_has_its_known_shares(seed: int) -> None:
    found = indices(KINDS, ishigami, 40_000, seed)
    first, total = ishigami_shares()
    for column, one in found.columns.items():
        assert one.first == pytest.approx(first[column], abs=0.03)
        assert one.total == pytest.approx(total[column], abs=0.03)
    # Kind a holds the first two columns; what x and z do only together is in neither alone.
    assert found.kinds["a"].first == pytest.approx(first[0] + first[1], abs=0.03)
    assert found.kinds["a"].total == pytest.approx(1.0, abs=0.03)
    assert found.kinds["b"].first == pytest.approx(0.0, abs=0.03)
    assert found.kinds["b"].total == pytest.approx(total[2], abs=0.03)


def test_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    truth = ishigami_shares()[1]
    inside = [
        one.total_low <= truth[column] <= one.total_high
        for seed in range(20)
        for column, one in indices(KINDS, ishigami, 4_000, seed).columns.items()
    ]
    assert np.mean(inside) > 0.8


def test_a_sum_of_many_is_shared_out_by_squares_and_the_small_ones_are_told_together() -> None:
    weights = np.array([4.0, 3.0, *[0.2] * 30, 2.0, *[0.1] * 20])
    kinds = ["a"] * 32 + ["b"] * 21
    found = indices(kinds, linear(weights), 60_000, 1)
    share = weights**2 / (weights**2).sum()
    for column in (0, 1, 32):
        assert found.columns[column].total == pytest.approx(share[column], abs=0.04)
        assert found.columns[column].first == pytest.approx(share[column], abs=0.04)
    assert sum(kinds[column] == "a" for column in found.columns) <= TOLD
    told_or_not = {
        kind: found.rest[kind].total
        + sum(one.total for c, one in found.columns.items() if kinds[c] == kind)
        for kind in ("a", "b")
    }
    assert told_or_not["a"] == pytest.approx(share[:32].sum(), abs=0.04)
    assert told_or_not["b"] == pytest.approx(share[32:].sum(), abs=0.04)


def test_columns_that_are_not_in_the_function_get_nothing() -> None:
    weights = np.array([1.0] + [0.0] * 19)
    found = indices(["a"] * 10 + ["b"] * 10, linear(weights), 10_000, 1)
    assert list(found.columns) == [0]
    assert found.silent == tuple(range(1, 20))
    assert found.kinds["b"] == Index(*[0.0] * 6)
    assert found.rest["a"].total == found.rest["b"].total == 0.0


@pytest.mark.parametrize("columns", [3, 40])
def test_a_number_that_never_changes_has_no_shares(columns: int) -> None:
    found = indices(["a"] * columns, lambda cube: np.full(len(cube), 3.0), 20_000, 1)
    assert found.kinds["a"] == Index(*[0.0] * 6)


def test_one_seed_is_one_answer_and_rows_are_never_more_than_asked() -> None:
    one, same, other = (indices(KINDS, ishigami, 5_000, seed) for seed in (1, 1, 2))
    assert one.columns == same.columns
    assert one.columns != other.columns
    assert one.rows <= 5_000


def test_lines_with_a_row_without_a_number_are_left_out() -> None:
    def some(cube: Array) -> Array:
        return np.where(cube[:, 0] > 0.97, np.nan, cube[:, 1])

    found = indices(["a", "a"], some, 20_000, 1)
    assert 0.0 < found.dropped < 0.2
    assert found.columns[1].total == pytest.approx(1.0, abs=0.03)
    with pytest.raises(SolverError, match="cannot be computed"):
        indices(["a", "a"], lambda cube: np.full(len(cube), np.nan), 20_000, 1)


@pytest.mark.parametrize("columns", [3, 40])
def test_too_few_people_are_refused_with_how_many_it_takes(columns: int) -> None:
    with pytest.raises(InputError, match="people: got 10; expected at least") as refused:
        indices(["a"] * columns, lambda cube: cube[:, 0], 10, 1)
    least = int(refused.value.expected.split()[2])
    with pytest.raises(InputError, match="expected at least"):
        indices(["a"] * columns, lambda cube: cube[:, 0], least // 4, 1)


def test_without_salib_one_message_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = builtins.__import__

    def missing(name: str, *given: Any, **named: Any) -> Any:
        if name.startswith("SALib"):
            raise ImportError(name)
        return inner(name, *given, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(InputError, match=r"pip install 'speciosa\[explain\]'"):
        indices(KINDS, lambda cube: pytest.fail("it ran first"), 5_000, 1)
