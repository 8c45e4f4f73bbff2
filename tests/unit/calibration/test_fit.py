from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from calibration.fit import (
    ASSUMED_SD,
    FLOOR,
    SHARED,
    Fit,
    log_mean_over_median,
    standard_error,
    start,
)
from calibration.predict import FittedArm, fitted_arms
from calibration.priors import read_priors

from speciosa.evidence.record import Observation
from speciosa.evidence.spread import Printed
from speciosa.trial.observed import ASSUMED_N


def observed(statistic: str, spread: Printed, n: int | None = 16) -> Observation:
    some: dict[str, Any] = {"source": "s", "where": "w", "read": "verified", "use": "fit"}
    return Observation(
        "s/one", "s", "plasma.leafine", "cmax", "all", statistic, ("a",), 100.0, "ng/mL", spread, n,
        **some,
    )  # fmt: skip


WIDE = Printed("sd", sd=100.0 * math.sqrt(math.expm1(0.25)))
"""A standard deviation that is 0.5 on the log scale."""


def test_the_error_of_a_mean_shrinks_with_the_root_of_people() -> None:
    assert standard_error(observed("mean", WIDE)) == pytest.approx(math.hypot(0.5 / 4.0, FLOOR))


def test_a_median_is_less_certain_than_a_mean() -> None:
    expected = math.hypot(math.sqrt(math.pi / 2.0) * 0.5 / 4.0, FLOOR)
    assert standard_error(observed("median", WIDE)) == pytest.approx(expected, rel=1e-4)


def test_what_is_not_printed_is_assumed() -> None:
    none = observed("mean", Printed("none"), None)
    expected = math.hypot(ASSUMED_SD / math.sqrt(ASSUMED_N), FLOOR)
    assert standard_error(none) == pytest.approx(expected)


def test_no_number_of_people_makes_an_observation_exact() -> None:
    assert standard_error(observed("mean", WIDE, 10**9)) == pytest.approx(FLOOR, rel=1e-3)


def test_a_mean_lies_above_the_median_by_half_the_variance_of_the_logarithm() -> None:
    assert log_mean_over_median(observed("mean", WIDE)) == pytest.approx(0.125)
    assert log_mean_over_median(observed("median", WIDE)) == 0.0
    assert log_mean_over_median(observed("mean", Printed("none"))) == 0.0


@pytest.fixture(scope="module")
def arms() -> list[FittedArm]:
    return fitted_arms({prior.id: prior.record() for prior in read_priors().values()})


@pytest.fixture(scope="module")
def fit(arms: list[FittedArm]) -> Fit:
    return start(tuple(read_priors().values()), arms)


def test_every_parameter_and_every_observation_belongs_to_one_block(fit: Fit) -> None:
    blocks, shared = fit._blocks()
    parameters = np.concatenate([block.parameters for block in (*blocks, shared)])
    targets = np.concatenate([block.targets for block in blocks])
    assert sorted(parameters.tolist()) == list(range(len(fit.priors)))
    assert sorted(targets.tolist()) == list(range(len(fit.targets)))
    assert {fit.priors[i].id for i in shared.parameters} == set(SHARED)
    assert shared.targets.tolist() == list(range(len(fit.targets)))


def test_a_drug_s_parameters_move_its_own_observations_and_no_others(fit: Fit) -> None:
    x = np.array([prior.start for prior in fit.priors])
    slopes = fit.slopes(x)
    blocks, _ = fit._blocks()
    for block in blocks:
        elsewhere = np.setdiff1d(np.arange(len(fit.targets)), block.targets)
        assert np.abs(slopes[np.ix_(block.targets, block.parameters)]).max() > 0.1
        assert np.abs(slopes[np.ix_(elsewhere, block.parameters)]).max() < 1e-3


def test_an_exposure_is_in_proportion_to_the_share_that_a_tea_delivers(fit: Fit) -> None:
    x = np.array([prior.start for prior in fit.priors])
    column = [prior.id for prior in fit.priors].index("absorption/delivered/tea")
    slopes = fit.slopes(x)[:, column]
    for target, slope in zip(fit.targets, slopes, strict=True):
        o = target.observation
        if o.measure == "cmax":
            # On the log scale of both, an exact proportion is a slope of one.
            expected = 1.0 if o.study == "tanna-2022" else 0.0
            assert slope == pytest.approx(expected, abs=1e-3), o.id


def test_at_the_priors_centre_the_priors_say_nothing_and_the_data_something(fit: Fit) -> None:
    x = np.array([prior.start for prior in fit.priors])
    observed_part, prior_part = fit.squares(x[None, :])
    assert observed_part.shape == (1, len(fit.targets))
    assert (prior_part == 0.0).all()
    assert (observed_part >= 0.0).all()
    assert np.isfinite(observed_part).all()
    one_width = fit.squares((x + [prior.width for prior in fit.priors])[None, :])[1]
    assert one_width == pytest.approx(1.0)
