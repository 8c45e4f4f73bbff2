from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from calibration.differences import PEOPLE, VARIES, differences, shift
from calibration.fit import Fit
from calibration.priors import Prior

from speciosa.evidence.spread import Printed

PRIORS = tuple(
    Prior(f"{kind}/leafine", 1.0, 1.0, "1", "log")
    for kind in VARIES
    if kind != "absorption/delivered"
)
TRUE = {kind: 0.1 * (i + 2) for i, kind in enumerate(VARIES)}
MANY = 10**7


def target(measure: str, sd_log: float, n: int = MANY) -> Any:
    """An observation that prints a standard deviation of `sd_log` on the log scale."""
    sd = math.sqrt(math.expm1(sd_log**2)) if math.isfinite(sd_log) else math.nan
    spread = Printed("sd", sd=sd) if math.isfinite(sd_log) else Printed("none")
    return SimpleNamespace(
        observation=SimpleNamespace(measure=measure, spread=spread, value=1.0, n=n)
    )


def fit_of(targets: list[Any], slopes: np.ndarray) -> Fit:
    return cast("Fit", SimpleNamespace(targets=targets, priors=PRIORS, slopes=lambda x: slopes))


def seen(measure: str, slope: np.ndarray) -> float:
    """Variances add up: the shares of an exposure, and each parameter by its slope squared."""
    kinds = [kind for kind in VARIES if kind != "absorption/delivered"]
    variance = sum((s * TRUE[kind]) ** 2 for s, kind in zip(slope, kinds, strict=True))
    if measure in ("cmax", "auc_inf"):
        variance += TRUE["absorption/delivered"] ** 2
    return math.sqrt(variance)


SLOPES = np.array(
    [
        [0.5, -0.2, -0.9, -0.1],
        [0.0, -1.0, 0.0, 0.0],
        [-0.8, 0.0, 0.3, 0.0],
        [0.0, -0.9, 0.0, 0.9],
        [0.9, 0.0, 0.0, 0.0],
        [0.1, 0.2, 0.1, 1.0],
    ]
)
MEASURES = ["cmax", "auc_inf", "tmax", "half_life", "tmax", "half_life"]


def test_differences_between_people_are_read_back_from_what_they_make_of_the_measures() -> None:
    targets = [target(m, seen(m, s)) for m, s in zip(MEASURES, SLOPES, strict=True)]
    found = differences(fit_of(targets, SLOPES), np.zeros(len(PRIORS)))
    assert {kind: sd for kind, (sd, _) in found.items()} == pytest.approx(TRUE, rel=0.02)
    assert all(0.0 < error < 0.05 for _, error in found.values())


def test_without_data_the_prior_stays() -> None:
    none = [target("cmax", math.nan), target("tmax", 0.4, n=2)]
    slopes = np.array([SLOPES[0], np.zeros(len(PRIORS))])
    found = differences(fit_of(none, slopes), np.zeros(len(PRIORS)))
    for sd, error in found.values():
        assert sd == pytest.approx(0.3)
        assert error == pytest.approx(0.3**2 / (2.0 * 0.3))


def test_no_difference_is_negative_though_the_measures_contradict_each_other() -> None:
    # Peaks do not differ at all, but what they hang on does.
    targets = [target("tmax", 0.0), target("tmax", 0.5), target("half_life", 0.0)]
    slopes = np.array([[1.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])
    found = differences(fit_of(targets, slopes), np.zeros(len(PRIORS)))
    assert all(sd >= 0.0 for sd, _ in found.values())
    assert found["elimination/CL"][0] < 0.05


def test_the_median_of_people_lies_off_the_middle_person_where_a_curve_bends() -> None:
    people = {kind: (0.0, 0.1) for kind in VARIES} | {"elimination/CL": (0.5, 0.1)}
    column = [prior.id for prior in PRIORS].index("elimination/CL/leafine")

    def middle(points: np.ndarray) -> np.ndarray:
        x = points[:, column]
        return np.stack([2.0 * x, x**2], axis=1)

    bent = cast("Fit", SimpleNamespace(priors=PRIORS, middle=middle))
    straight, curved = shift(bent, np.zeros(len(PRIORS)), people)
    # A median of the square of a standard normal is 0.4549; the error is that of 400 people.
    assert straight == pytest.approx(0.0, abs=4.0 * 1.2533 * 2.0 * 0.5 / math.sqrt(PEOPLE))
    assert curved == pytest.approx(0.4549 * 0.25, rel=0.35)


def test_people_without_a_value_are_not_in_the_median() -> None:
    people = {kind: (0.5, 0.1) for kind in VARIES}

    def middle(points: np.ndarray) -> np.ndarray:
        return np.where(points[:, :1] > 0.3, np.nan, 1.0)

    gone = cast("Fit", SimpleNamespace(priors=PRIORS, middle=middle))
    assert shift(gone, np.zeros(len(PRIORS)), people).tolist() == [0.0]
