from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from speciosa.evidence import studies
from speciosa.evidence.record import Study
from speciosa.trial.trials import ASSUMED_N, ArmTrials, run_trials

NAME = "plasma.mitragynine"
CMAX = (NAME, "cmax", "all")


def tea() -> Study:
    return studies()["tanna-2022"]


def trials(study: Study, trials: int = 3, seed: int = 1) -> ArmTrials:
    return run_trials(study, study.arms[0], [NAME], trials=trials, seed=seed)


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
    peaks = [run_trials(study, arm, [NAME], trials=2, seed=1).nominal[CMAX] for arm in arms]
    assert [found.shape for found in peaks] == [(2, n) for n in sizes]
    everybody = np.concatenate([found.ravel() for found in peaks])
    assert len(np.unique(everybody)) == 2 * sum(sizes)


def test_other_trials_are_other_people() -> None:
    assert len(np.unique(trials(tea()).nominal[CMAX])) == 15


def test_a_trial_is_the_same_whatever_the_number_of_trials() -> None:
    few, many = trials(tea(), 2), trials(tea(), 4)
    for key, values in few.nominal.items():
        assert np.array_equal(values, many.nominal[key][:2], equal_nan=True)


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
    for key, values in found.nominal.items():
        assert np.array_equal(values, found.uncertain[key], equal_nan=True), key


def test_blood_is_drawn_when_the_study_drew_it() -> None:
    found = trials(tea())
    assert set(found.nominal[NAME, "tmax", "all"].ravel()) <= set(tea().sampling)


def test_the_limit_of_quantification_is_the_study_s() -> None:
    blind = replace(tea(), lloq={"mitragynine": 5.0})
    short, long = (trials(study).nominal[NAME, "auc_last", "all"] for study in (blind, tea()))
    assert (short < long).all()


def test_a_volume_is_dose_over_area_and_slope_per_kilogram() -> None:
    study = replace(tea(), weight=80.0)
    found = trials(study).nominal
    slope = np.log(2.0) / found[NAME, "half_life", "all"]
    litres = 39.0e6 / (slope * found[NAME, "auc_inf", "all"]) / 1e3  # ng over ng/mL are mL
    assert found[NAME, "vz_f", "all"] == pytest.approx(litres / 80.0, nan_ok=True)
