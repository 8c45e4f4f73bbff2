from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from speciosa.errors import InputError
from speciosa.evidence import Observation, observations, studies
from speciosa.evidence.record import Habit, Medicine, Study
from speciosa.trial.observed import ASSUMED_N
from speciosa.trial.trials import ArmTrials, key, run_trials

NAME = "plasma.mitragynine"
CMAX = (NAME, "cmax", "all", None)
PEAK = observations()["tanna-2022/mitragynine/cmax"]


def tea() -> Study:
    return studies()["tanna-2022"]


def trials(study: Study, trials: int = 3, seed: int = 1) -> ArmTrials:
    return run_trials(study, study.arms[0], [PEAK], trials=trials, seed=seed)


def test_every_trial_has_as_many_people_as_the_arm() -> None:
    found = trials(tea())
    assert found.failed == 0
    assert found.nominal[CMAX].shape == found.uncertain[CMAX].shape == (3, 5)


def test_an_arm_that_prints_no_number_gets_an_assumed_one() -> None:
    unknown = replace(tea().arms[0], n=None)
    found = trials(replace(tea(), arms=(unknown,)), 1)
    assert found.nominal[CMAX].shape == (1, ASSUMED_N)


def test_no_two_arms_of_a_study_share_a_person_whatever_their_sizes() -> None:
    sizes = (6, 2, 3)
    arms = tuple(replace(tea().arms[0], id=f"group {n}", n=n) for n in sizes)
    study = replace(tea(), arms=arms)
    peaks = [run_trials(study, arm, [PEAK], trials=2, seed=1).nominal[CMAX] for arm in arms]
    assert [found.shape for found in peaks] == [(2, n) for n in sizes]
    everybody = np.concatenate([found.ravel() for found in peaks])
    assert len(np.unique(everybody)) == 2 * sum(sizes)


def test_other_trials_are_other_people() -> None:
    assert len(np.unique(trials(tea()).nominal[CMAX])) == 15


def test_a_trial_is_the_same_whatever_the_number_of_trials() -> None:
    few, many = trials(tea(), 2), trials(tea(), 4)
    for what, values in few.nominal.items():
        assert np.array_equal(values, many.nominal[what][:2], equal_nan=True)


def test_a_trial_that_draws_the_records_has_the_people_of_the_one_that_does_not(
    monkeypatch,
) -> None:
    def central(model, chance):
        return np.tile(model.central, (len(chance("any")), 1))

    monkeypatch.setattr("speciosa.model.model.Model.drawn", central)
    monkeypatch.setattr(
        "speciosa.evidence.spread.Spread.quantile",
        lambda spread, u: np.full(np.shape(u), spread.centre),
    )
    found = trials(tea())
    for what, values in found.nominal.items():
        assert np.array_equal(values, found.uncertain[what], equal_nan=True), what


def test_blood_is_drawn_when_the_study_drew_it() -> None:
    found = trials(tea())
    assert set(found.nominal[NAME, "tmax", "all", None].ravel()) <= set(tea().sampling)


def test_the_limit_of_quantification_is_the_study_s() -> None:
    blind = replace(tea(), lloq={"mitragynine": 5.0})
    short, long = (trials(study).nominal[NAME, "auc_last", "all", None] for study in (blind, tea()))
    assert (short < long).all()


def test_a_volume_is_dose_over_area_and_slope_per_kilogram() -> None:
    study = replace(tea(), weight=80.0)
    found = trials(study).nominal
    slope = np.log(2.0) / found[NAME, "half_life", "all", None]
    litres = 39.0e6 / (slope * found[NAME, "auc_inf", "all", None]) / 1e3  # ng over ng/mL are mL
    assert found[NAME, "vz_f", "all", None] == pytest.approx(litres / 80.0, nan_ok=True)


# ---- Effects -------------------------------------------------------------------------------------


def effect(output: str, measure: str, at: float | None = None) -> Observation:
    return replace(PEAK, id=f"tanna-2022/{measure}", output=output, measure=measure, at=at)


def seen(study: Study, *wanted: Observation) -> list[np.ndarray]:
    found = run_trials(study, study.arms[0], wanted, trials=2, seed=1)
    assert found.failed == 0
    return [found.nominal[key(o)] for o in wanted]


def test_a_change_is_the_value_at_its_hour_less_that_before_the_dose() -> None:
    name = "pain.relief"
    before, after, change = seen(
        tea(), effect(name, "at", 0.0), effect(name, "at", 1.5), effect(name, "change", 1.5)
    )
    assert before == pytest.approx(0.0, abs=1e-9)
    assert (after > 0.0).all()
    assert change == pytest.approx(after - before, abs=1e-9)


def test_the_largest_rise_is_no_less_than_the_change_at_any_hour() -> None:
    rise, change, fall = seen(
        tea(),
        effect("pain.relief", "rise"),
        effect("pain.relief", "change", 2.0),
        effect("pain.relief", "fall"),
    )
    assert (rise >= change).all()
    assert (fall <= 0.0).all()
    assert (fall > -0.1 * rise).all()


def test_a_ratio_is_to_the_value_before_in_the_same_person() -> None:
    regular = replace(
        tea().arms[0], habit=Habit({"mitragynine": 39.0}, every=8.0, days=5.0, since=8.0)
    )
    study = replace(tea(), arms=(regular,))
    before, after, ratio, lowest = seen(
        study,
        effect("opioid.occupancy", "at", 0.0),
        effect("opioid.occupancy", "at", 1.0),
        effect("opioid.occupancy", "ratio", 1.0),
        effect("opioid.occupancy", "lowest_ratio"),
    )
    assert (before > 0.0).all()
    assert ratio == pytest.approx(after / before, rel=1e-6)
    assert (lowest < 1.0).all()


def test_regular_users_begin_with_drug_in_them_and_those_without_a_habit_with_none() -> None:
    name = "opioid.occupancy"
    habit = Habit({"mitragynine": 39.0}, every=8.0, days=10.0, since=8.0)
    long_ago = replace(habit, since=400.0)
    arms = [replace(tea().arms[0], habit=one) for one in (None, habit, long_ago)]
    none, regular, stopped = (
        seen(replace(tea(), arms=(arm,)), effect(name, "at", 0.0))[0].mean() for arm in arms
    )
    assert none == 0.0
    assert regular > 10.0 * stopped > 0.0


def test_a_placebo_is_a_dose_of_nothing() -> None:
    placebo = replace(tea().arms[0], mg={"mitragynine": 0.0})
    (relief,) = seen(replace(tea(), arms=(placebo,)), effect("pain.relief", "max"))
    assert relief == pytest.approx(0.0, abs=1e-9)


def test_a_medicine_acts_from_its_hour_on() -> None:
    given = Medicine("morphine", 10.0, at=4.0, every=None, number=1, route="intravenous")
    arm = replace(tea().arms[0], mg={}, product="pure", medicines=(given,))
    early, late = seen(
        replace(tea(), arms=(arm,)),
        effect("opioid.occupancy", "at", 3.9),
        effect("opioid.occupancy", "at", 5.0),
    )
    assert early == pytest.approx(0.0, abs=1e-9)
    assert (late > 0.01).all()


def test_pain_is_what_the_arm_says() -> None:
    painful = replace(tea(), arms=(replace(tea().arms[0], pain="acute"),))
    none, acute = (
        seen(study, effect("pain.felt", "at", 0.0))[0].mean() for study in (tea(), painful)
    )
    assert none == 0.0
    assert acute > 3.0


def test_an_output_that_no_model_has_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"pain\.colour"):
        seen(tea(), effect("pain.colour", "max"))
