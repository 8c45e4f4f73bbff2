"""Percentiles over people, and numbers kept in few digits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.trial.percentiles import PERCENTILES, percentiles, told

SIZES = st.floats(-(2.0**60), 2.0**60, width=32).filter(lambda x: x == 0.0 or abs(x) > 1e-20)


def test_percentiles_are_those_of_the_people_who_have_a_value() -> None:
    values = np.arange(101.0)
    expected = {"p05": 5.0, "p25": 25.0, "median": 50.0, "p75": 75.0, "p95": 95.0}
    assert {name: float(x) for name, x in percentiles(values).items()} == expected
    with_gaps = np.append(values, [np.nan, np.nan])
    assert {name: float(x) for name, x in percentiles(with_gaps).items()} == expected


def test_where_nobody_has_a_value_there_is_no_percentile() -> None:
    values = np.array([[1.0, np.nan], [3.0, np.nan]])
    found = percentiles(values)
    assert found["median"][0] == 2.0
    assert all(np.isnan(found[name][1]) for name in PERCENTILES)


@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_they_are_those_of_numpy(axis: int, kind: type) -> None:
    values = np.random.default_rng(1).lognormal(size=(23, 40)).astype(kind)
    values[3, 5] = values[7, 5] = np.nan
    found = percentiles(values, axis=axis)
    for name, percent in PERCENTILES.items():
        expected = np.nanpercentile(values.astype(np.float64), percent, axis=axis)
        assert found[name] == pytest.approx(expected, rel=1e-12)


def test_what_is_infinite_is_a_value_too() -> None:
    found = percentiles(np.array([1.0, np.inf, np.inf, np.inf]))
    assert found["p05"] == np.inf
    assert found["median"] == np.inf


@given(st.lists(SIZES, min_size=1))
def test_seven_digits_are_told_of_what_is_kept_in_four_bytes(values: list[float]) -> None:
    kept = np.array(values, dtype=np.float32)
    assert told(kept) == pytest.approx(kept.astype(np.float64), rel=6e-7)
    assert (told(told(kept)) == told(kept)).all()


@pytest.mark.parametrize(
    "value", [2.1, 0.1, 0.25, 5.3, 99.9, 7.75, 336.0, 1e-3, 123456.0, 1e7, 0.0]
)
def test_a_number_of_few_digits_is_told_as_it_was(value: float) -> None:
    assert told(np.array([value, -value], dtype=np.float32)).tolist() == [value, -value]


def test_what_is_no_number_stays_none() -> None:
    found = told(np.array([np.nan, np.inf, -np.inf], dtype=np.float32))
    assert np.isnan(found[0])
    assert found[1:].tolist() == [np.inf, -np.inf]
