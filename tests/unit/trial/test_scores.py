"""Scores of intervals against published numbers and against what they ought to punish."""

from __future__ import annotations

import math

import numpy as np
import pytest

from speciosa.evidence.spread import Z95
from speciosa.trial.scores import binomial_bounds, interval_score, log_interval_score


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [
        # Closed forms: nobody of n has an upper bound of 1 - (1/40)^(1/n).
        (0, 10, 0.0, 1.0 - 0.025 ** (1 / 10)),
        (10, 10, 0.025 ** (1 / 10), 1.0),
        (0, 1, 0.0, 0.975),
        # From printed tables of exact limits.
        (1, 10, 0.0025, 0.4450),
        (5, 10, 0.1871, 0.8129),
        (9, 10, 0.5550, 0.9975),
        (81, 263, 0.2527, 0.3676),
    ],
)
def test_exact_bounds_of_a_share(hits: int, of: int, low: float, high: float) -> None:
    assert binomial_bounds(hits, of) == (
        pytest.approx(low, abs=6e-5),
        pytest.approx(high, abs=6e-5),
    )


def test_bounds_hold_the_share_and_narrow_with_people() -> None:
    few, many = binomial_bounds(9, 10), binomial_bounds(900, 1000)
    assert few[0] < many[0] < 0.9 < many[1] < few[1]


def test_the_score_is_the_width_inside_and_twenty_times_the_miss_outside() -> None:
    assert interval_score(2.0, 5.0, 3.0) == 3.0
    assert interval_score(2.0, 5.0, 1.5) == pytest.approx(3.0 + 20.0 * 0.5)
    assert interval_score(2.0, 5.0, 6.0) == pytest.approx(3.0 + 20.0 * 1.0)


def test_on_logarithms_the_unit_does_not_count() -> None:
    one = log_interval_score(2.0, 5.0, 6.0)
    assert one == pytest.approx(log_interval_score(2e3, 5e3, 6e3))
    assert one == pytest.approx(math.log(2.5) + 20.0 * math.log(1.2))
    assert math.isnan(log_interval_score(0.0, 5.0, 3.0))


def test_the_true_interval_beats_a_wider_and_a_narrower_one() -> None:
    truth = np.random.default_rng(1).standard_normal(20_000)

    def mean(half: float) -> float:
        return float(np.mean([interval_score(-half, half, y) for y in truth]))

    true = mean(Z95)
    assert true < mean(1.5 * Z95)
    assert true < mean(3.0 * Z95)
    assert true < mean(0.6 * Z95)
