from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import ONE, TWO, superposed

from speciosa.trial.nca import analyse, area, terminal_slope, total

FINE = np.concatenate([np.arange(0.0, 12.0, 0.02), np.arange(12.0, 400.0, 0.5)])
ORAL = {"ka": 1.5, "cl": 20.0, "v": 100.0, "q": 30.0, "v2": 600.0}


def table(*values: float) -> np.ndarray:
    """One person's samples."""
    return np.array([values])


def test_one_compartment_taken_by_mouth_gives_its_closed_form():
    curve = superposed(ONE, ORAL, [(0.0, 1000.0, 0.0, 0)], FINE)[None, :]
    found = analyse(FINE, curve)
    ka, k = 1.5, 0.2
    peak = np.log(ka / k) / (ka - k)
    # The same tie rule: the half-life is right to a thousandth.
    assert found.tmax == pytest.approx([peak], abs=0.011)
    assert found.cmax == pytest.approx([1000 / 100 * (ka / k) ** (-k / (ka - k))], rel=1e-4)
    assert found.auc_inf == pytest.approx([1000 / 20], rel=1e-4)
    assert found.half_life == pytest.approx([np.log(2) / 0.2], rel=1e-3)


def test_two_compartments_show_the_slow_phase_as_half_life():
    curve = superposed(TWO, ORAL, [(0.0, 1000.0, 0.0, 0)], FINE)[None, :]
    total, product = 0.2 + 0.3 + 0.05, 0.2 * 0.05
    slow = (total - np.sqrt(total**2 - 4 * product)) / 2
    found = analyse(FINE, curve)
    # Ties within 1e-4 of R squared go to more samples, so some of the fast phase is let in.
    assert found.half_life == pytest.approx([np.log(2) / slow], rel=1e-2)
    assert found.auc_inf == pytest.approx([1000 / 20], rel=1e-4)


def test_the_area_is_linear_on_the_way_up_and_logarithmic_on_the_way_down():
    times = np.array([0.0, 1.0, 2.0, 4.0])
    # Up: 2. Flat: 4. Down from 4 to 2 in 2 h: 2 * 2 / ln 2.
    assert area(times, table(0, 4, 4, 2)) == pytest.approx([2 + 4 + 4 / np.log(2)])


def test_a_mono_exponential_fall_is_integrated_exactly():
    times = np.array([0.0, 1.0, 5.0, 9.0])
    curve = 10 * np.exp(-0.3 * times)[None, :]
    found = analyse(times, curve)
    assert found.auc_last == pytest.approx([10 / 0.3 * (1 - np.exp(-2.7))])
    assert found.auc_inf == pytest.approx([10 / 0.3])
    assert found.half_life == pytest.approx([np.log(2) / 0.3])
    assert (found.cmax[0], found.tmax[0]) == (10.0, 0.0)


def test_samples_below_the_limit_are_left_out():
    times = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    found = analyse(times, table(0, 8, 4, 2, 0.5), lloq=1.0)
    assert found.auc_last == pytest.approx([4 + 4 / np.log(2) + 2 / np.log(2)])
    # Two samples after the peak are no terminal phase.
    assert np.isnan([found.half_life, found.auc_inf]).all()


def test_a_sample_at_the_limit_counts():
    times = np.array([0.0, 1.0, 2.0])
    assert analyse(times, table(0, 1.0, 0.9), lloq=1.0).cmax == [1.0]
    assert np.isnan(analyse(times, table(0, 0.99, 0.9), lloq=1.0).cmax).all()


def test_a_lost_sample_is_bridged():
    times = np.array([0.0, 1.0, 2.0, 3.0])
    assert area(times, table(0, 2, np.nan, 2)) == pytest.approx([1 + 4])


@pytest.mark.parametrize("samples", [1, 2])
def test_fewer_than_three_samples_after_the_peak_give_no_half_life(samples: int):
    times = np.arange(samples + 1.0)
    found = analyse(times, np.exp(-times)[None, :])
    assert np.isnan([found.half_life, found.auc_inf]).all()
    assert found.cmax == [1.0]


def test_a_person_without_drug_has_no_measures_and_raises_no_warning():
    times = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    found = analyse(times, table(0, 0, 0, 0, 0))
    for name in ("cmax", "tmax", "auc_last", "auc_inf", "half_life"):
        assert np.isnan(getattr(found, name)).all(), name


def test_a_curve_that_still_rises_has_no_terminal_slope():
    times = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    assert np.isnan(analyse(times, table(0, 1, 2, 3, 4)).half_life).all()
    # A dip and a rise after the peak are no fall either.
    assert np.isnan(analyse(times, table(9, 1, 2, 3, 4)).half_life).all()


def test_the_terminal_phase_is_the_one_that_fits_best():
    times = np.array([0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0])
    # A fast fall until 2 h, then exactly 0.1 per h.
    slow = 2.0 * np.exp(-0.1 * times)
    curve = np.where(times < 3, [20.0, 9.0, 4.0, 0, 0, 0, 0], slow)[None, :]
    assert terminal_slope(times, curve, np.array([0])) == pytest.approx([0.1])


def test_of_equal_fits_the_one_with_more_samples_wins():
    times = np.arange(8.0)
    curve = np.exp(-0.5 * times)[None, :]
    curve[0, 1] *= 1 + 1e-7
    # The wobble at 1 h is felt only if that sample is in; it shifts the slope a little.
    found = terminal_slope(times, curve, np.array([0]))
    whole = -np.polyfit(times[1:], np.log(curve[0, 1:]), 1)[0]
    assert found == pytest.approx([whole], rel=1e-12)
    assert found != pytest.approx([0.5], rel=1e-12)


def test_each_person_is_analysed_alone():
    times = np.array([0.0, 1.0, 2.0, 4.0, 8.0, 12.0])
    rng = np.random.default_rng(5)
    curves = np.exp(-rng.uniform(0.1, 1, (20, 1)) * times) * rng.uniform(0.9, 1.1, (20, 6))
    curves[7] = 0.0
    together = analyse(times, curves, lloq=0.01)
    for person in range(20):
        one = analyse(times, curves[person : person + 1], lloq=0.01)
        for name in ("cmax", "tmax", "auc_last", "auc_inf", "half_life"):
            np.testing.assert_array_equal(getattr(together, name)[person], getattr(one, name)[0])


@pytest.mark.parametrize("times", [0, 1, 9, 1000])
def test_a_sum_along_time_is_the_same_alone_and_in_company(times: int):
    parts = np.random.default_rng(times).normal(size=(70, times)) ** 3
    together = total(parts)
    for people in (1, 2, 3, 8):
        assert total(parts[:people]).tobytes() == together[:people].tobytes()
        assert total(np.asfortranarray(parts[:people])).tobytes() == together[:people].tobytes()
    assert together == pytest.approx(np.cumsum(parts, axis=1)[:, -1] if times else np.zeros(70))
