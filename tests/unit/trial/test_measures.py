from __future__ import annotations

import numpy as np
import pytest

from speciosa.trial.measures import (
    CONCENTRATION_MEASURES,
    EFFECT_MEASURES,
    measure_all,
    unit_of,
)
from speciosa.trial.windows import Look, look

SINGLE = look([0.0], None, 48.0, None)
DAILY = look([24.0 * day for day in range(10)], 24.0, 400.0, None)
K = 0.05


def taken(values: np.ndarray, plan: Look, *, concentration: bool = True, lloq: float = 0.0):
    """Every measure by name and window."""
    found = measure_all("plasma.x", "ng/mL", values, plan, lloq, concentration=concentration)
    return {(m.measure, m.window): m.values for m in found}


def after_daily_doses(plan: Look) -> np.ndarray:
    """A drug that is in the blood at once and leaves it with K, 10 ng/mL a dose."""
    since = plan.times[:, None] - 24.0 * np.arange(10)
    return (10 * np.where(since >= 0, np.exp(-K * since.clip(0)), 0.0)).sum(axis=1)[None, :]


def test_a_single_dose_has_every_measure_of_a_concentration_but_those_of_an_interval():
    found = taken(10 * np.exp(-K * SINGLE.times)[None, :], SINGLE, lloq=0.1)
    wanted = set(CONCENTRATION_MEASURES) - {"trough", "accumulation"}
    assert {name for name, _ in found} == wanted
    assert {window for _, window in found} == {"all"}


def test_a_single_dose_is_measured_by_its_closed_form():
    found = taken(10 * np.exp(-K * SINGLE.times)[None, :], SINGLE, lloq=2.0)
    expected = {
        "cmax": 10.0,
        "tmax": 0.0,
        "auc_inf": 10 / K,
        "auc_24": 10 / K * (1 - np.exp(-24 * K)),
        "half_life": np.log(2) / K,
        "last": 10 * np.exp(-48 * K),
        "time_above": np.log(5) / K,
    }
    for name, value in expected.items():
        assert found[name, "all"] == pytest.approx([value], rel=2e-3), name
    assert found["auc_last", "all"] == pytest.approx([10 / K * (1 - 2.0 / 10)], rel=2e-2)


def test_accumulation_of_a_linear_drug_is_its_closed_form():
    found = taken(after_daily_doses(DAILY), DAILY)
    r = np.exp(-24 * K)
    expected = (1 - r**10) / (1 - r)
    assert found["accumulation", "last"] == pytest.approx([expected], rel=1e-6)


def test_a_repeated_regimen_is_measured_in_its_first_and_last_interval():
    found = taken(after_daily_doses(DAILY), DAILY, lloq=1e-6)
    assert found["cmax", "first"] == pytest.approx([10.0])
    assert found["half_life", "last"] == pytest.approx([np.log(2) / K])
    assert ("half_life", "first") not in found
    assert ("auc_inf", "all") not in found
    assert {w for n, w in found if n == "auc_24"} == {"first", "last"}
    assert {w for n, w in found if n == "trough"} == {"first", "last"}
    assert {n for n, _ in found} == set(CONCENTRATION_MEASURES) - {"auc_inf"}


def test_the_trough_is_what_is_left_just_before_the_next_dose():
    found = taken(after_daily_doses(DAILY), DAILY)
    r = np.exp(-24 * K)
    assert found["trough", "first"] == pytest.approx([10 * r], rel=1e-6)
    assert found["trough", "last"] == pytest.approx([10 * r * (1 - r**10) / (1 - r)], rel=1e-6)


def test_intervals_shorter_than_a_day_have_no_daily_area():
    plan = look([0.0, 8.0, 16.0], 8.0, 48.0, None)
    found = taken(np.ones((1, len(plan.times))), plan)
    assert not any(name == "auc_24" for name, _ in found)


def test_without_a_limit_of_quantification_nothing_is_above_it():
    assert ("time_above", "all") not in taken(np.ones((1, len(SINGLE.times))), SINGLE)


def test_time_above_the_limit_counts_from_crossing_to_crossing():
    # A tent from 0 up to 10 at 24 h and down to 0 at 48 h is above 5 for half of the time.
    tent = 10 - np.abs(SINGLE.times - 24.0) / 2.4
    found = taken(tent[None, :], SINGLE, lloq=5.0)
    assert found["time_above", "all"] == pytest.approx([24.0])


def test_time_at_the_limit_counts_as_above():
    found = taken(np.full((1, len(SINGLE.times)), 5.0), SINGLE, lloq=5.0)
    assert found["time_above", "all"] == pytest.approx([48.0])


def test_an_effect_is_measured_by_its_highest_lowest_mean_and_last_value():
    tent = 10 - np.abs(SINGLE.times - 24.0) / 2.4
    found = taken(tent[None, :], SINGLE, concentration=False)
    assert {name for name, _ in found} == set(EFFECT_MEASURES)
    assert {name: float(v[0]) for (name, _), v in found.items()} == pytest.approx(
        {"max": 10.0, "tmax": 24.0, "min": 0.0, "mean": 5.0, "last": 0.0}, abs=1e-12
    )


def test_effects_have_the_same_measures_in_every_window():
    found = taken(np.ones((3, len(DAILY.times))), DAILY, concentration=False)
    windows = ("first", "last", "all")
    assert set(found) == {(name, window) for name in EFFECT_MEASURES for window in windows}
    assert all(values.shape == (3,) for values in found.values())


def test_a_person_without_drug_has_no_concentration_measures_and_no_warning():
    found = taken(np.zeros((1, len(DAILY.times))), DAILY)
    assert np.isnan(found["cmax", "all"]).all()
    assert np.isnan(found["accumulation", "last"]).all()


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("cmax", "ng/mL"),
        ("trough", "ng/mL"),
        ("last", "ng/mL"),
        ("max", "ng/mL"),
        ("tmax", "h"),
        ("half_life", "h"),
        ("time_above", "h"),
        ("auc_inf", "ng/mL*h"),
        ("auc_last", "ng/mL*h"),
        ("auc_24", "ng/mL*h"),
        ("accumulation", "1"),
    ],
)
def test_every_measure_has_a_unit(measure: str, expected: str):
    assert unit_of(measure, "ng/mL") == expected


@pytest.mark.parametrize("concentration", [True, False])
def test_a_person_has_the_same_bits_alone_and_among_others(concentration: bool) -> None:
    rng = np.random.default_rng(1)
    values = np.exp(rng.normal(size=(5, DAILY.times.size))) * np.exp(-0.01 * DAILY.times)
    together = taken(values, DAILY, concentration=concentration, lloq=0.05)
    for person in range(5):
        alone = taken(values[[person]], DAILY, concentration=concentration, lloq=0.05)
        for name, numbers in together.items():
            assert alone[name].tobytes() == numbers[[person]].tobytes(), name
