"""Days of a long course, and what is read from them, on curves that anybody can check."""

from __future__ import annotations

import numpy as np
import pytest

from speciosa.trial.daily import DAY, MEASURES, Daily, grid, scale


def measured(
    score: list[float], tolerance: list[float], relief: list[float], recovered: float = 0.1
) -> dict[str, float]:
    """The measures of one person whose days hold one value each."""
    looked = grid((), 0.0, len(score))
    day = np.floor(looked.times / DAY).astype(int)
    curves = np.stack([np.array(one)[day] for one in (score, tolerance, relief)], axis=-1)
    keep = Daily(looked, np.array([recovered]))
    keep.begin(1, looked.times, ())
    keep.take(0, curves[None], np.zeros(1, dtype=np.int8))
    return dict(zip(MEASURES, keep.numbers[0].tolist(), strict=True))


def test_every_day_is_looked_at_often_while_doses_are_taken_and_never_left_out() -> None:
    looked = grid(tuple(np.arange(0.0, 240.0, 8.0)), 0.0, 100)
    days = np.floor(looked.times / DAY)
    assert looked.days == 100
    assert set(days) == set(range(100))
    assert (days == 3).sum() > (days == 90).sum()


def test_the_moment_of_every_dose_is_looked_at() -> None:
    given = tuple(np.arange(0.0, 120.0, 7.0))
    assert set(given) <= set(grid(given, 0.0, 10).times.tolist())


def test_days_count_from_when_arms_part() -> None:
    looked = grid((0.0, 24.0, 48.0), 48.0, 5)
    assert looked.times[0] == 48.0
    assert looked.times[-1] < 48.0 + 5 * DAY


def test_the_worst_withdrawal_its_day_and_the_days_above_each_word() -> None:
    found = measured([0.5, 12.0, 22.0, 3.0, 0.0], [1.0] * 5, [0.0] * 5)
    assert found["withdrawal_peak"] == 22.0
    assert found["withdrawal_peak_day"] == 3.0
    assert found["withdrawal_days"] == 3.0
    assert found["withdrawal_days_above_mild"] == 2.0


def test_tolerance_is_half_gone_and_gone_for_good_only_after_its_last_return() -> None:
    found = measured([0.0] * 8, [1.0, 0.4, 0.6, 0.3, 0.2, 0.05, 0.05, 0.05], [0.0] * 8)
    assert found["tolerance_half"] == 3.0
    assert found["tolerance_recovered"] == 5.0


def test_a_day_that_does_not_come_is_infinite_and_none_to_lose_is_no_day() -> None:
    kept = measured([0.0] * 3, [1.0] * 3, [0.0] * 3)
    assert kept["tolerance_half"] == kept["tolerance_recovered"] == np.inf
    naive = measured([0.0] * 3, [0.0] * 3, [0.0] * 3)
    assert np.isnan(naive["tolerance_half"])
    assert naive["tolerance_recovered"] == 0.0


def test_relief_may_fall_below_none() -> None:
    found = measured([0.0] * 4, [1.0] * 4, [0.3, 0.1, -0.1, 0.1])
    assert found["relief_lowest"] == pytest.approx(-0.1)
    assert found["relief_mean"] == pytest.approx(0.1)


def test_who_could_not_be_computed_has_no_measure() -> None:
    found = measured([np.nan] * 3, [np.nan] * 3, [np.nan] * 3)
    assert all(np.isnan(value) for value in found.values())


def test_the_words_of_the_scale_rise() -> None:
    assert list(scale().values()) == sorted(scale().values())
