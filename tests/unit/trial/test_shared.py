"""Moments that two scenarios share, and curves read at them."""

from __future__ import annotations

import numpy as np
import pytest

from speciosa.trial.shared import LEAST, SEEN, Curves, Moments, course_of, shared

OUTPUTS = ("pain.relief", "breathing.drive")


def test_all_moments_of_either_are_shared() -> None:
    own = [np.array([0.0, 1.0, 24.0]), np.array([0.0, 2.0, 24.0])]
    found = shared(own, [[0.0], [0.0, 2.0]])
    assert not found.daily
    assert found.times.tolist() == [0.0, 1.0, 2.0, 24.0]


@pytest.mark.parametrize(
    ("days", "doses", "daily"),
    [
        (LEAST, SEEN + 1, True),
        (LEAST - 1, SEEN + 1, False),
        (LEAST, SEEN, False),
    ],
)
def test_days_are_told_where_there_are_many_of_them_and_many_doses(
    days: int, doses: int, *, daily: bool
) -> None:
    times = np.linspace(0.0, 24.0 * days, 100)
    many = np.linspace(0.0, 24.0 * days - 1.0, doses).tolist()
    found = shared([times, times], [[0.0], [*many, *many]])
    assert found.daily is daily
    if daily:
        assert found.times.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0]


def test_between_two_of_its_own_moments_a_curve_is_a_straight_line() -> None:
    values = np.array([[[0.0, 1.0], [4.0, 0.0], [8.0, 0.0]]])
    read = Moments(np.array([0.0, 1.0, 2.0, 3.0, 4.0])).read(
        np.array([0.0, 2.0, 4.0]), values, OUTPUTS
    )
    assert read[0, :, 0].tolist() == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert read[0, :, 1].tolist() == [1.0, 0.5, 0.0, 0.0, 0.0]


def test_its_own_moments_are_read_as_they_are() -> None:
    own = np.array([0.0, 2.0, 4.0])
    values = np.random.default_rng(1).random((2, 3, 2))
    assert Moments(own).read(own, values, OUTPUTS) is values


def test_a_day_is_its_highest_and_of_what_falls_its_lowest() -> None:
    own = np.array([0.0, 12.0, 23.9, 24.0, 36.0, 48.0])
    line = np.array([1.0, 3.0, 2.0, 0.5, 0.2, 0.9])
    days = Moments(np.array([1.0, 2.0]), daily=True)
    read = days.read(own, np.stack([line, line], axis=1)[None], OUTPUTS)
    assert read[0].tolist() == [[3.0, 1.0], [0.9, 0.2]]


def test_who_could_not_be_computed_is_left_out() -> None:
    own = np.array([0.0, 1.0])
    curves = Curves(Moments(own), own, OUTPUTS, people=3, replicates=2)
    curves.take(None, 0, np.full((3, 2, 2), 1.0))
    curves.take(0, 0, np.full((2, 2, 2), 2.0))
    curves.take(0, 2, np.full((1, 2, 2), np.nan))
    curves.take(1, 0, np.full((3, 2, 2), 4.0))
    bands = course_of(curves.of("pain.relief"))
    assert bands["variability"]["median"].tolist() == [1.0, 1.0]
    assert bands["uncertainty"]["median"].tolist() == [3.0, 3.0]
    assert bands["both"]["p95"].tolist() == [4.0, 4.0]
    assert bands["both"]["p05"].tolist() == [2.0, 2.0]
