"""Simulated against observed, with the evidence and the calibration as they stand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.cups import two_grams

from speciosa.evidence import Observation, observations, records
from speciosa.report.validated import validated
from speciosa.trial.observed import is_kinetic, is_ratio, to_measure
from speciosa.trial.validation import SCALE, Validation, validate

STUDY = "tanna-2022"
INDEPENDENT = ("cmax", "tmax", "auc_inf", "half_life")
OBSERVED = [
    one
    for one in observations().values()
    if one.study == STUDY and one.use == "fit" and one.measure in ("cmax", "tmax", "auc_inf")
]


def test_the_tea_is_looked_at_in_every_alkaloid_that_the_study_measured() -> None:
    assert len({one.output for one in OBSERVED}) == 7
    assert len(OBSERVED) == 21


@pytest.mark.parametrize("one", OBSERVED, ids=lambda one: one.id)
def test_the_median_person_after_two_grams_of_tea_lies_in_the_range_of_the_study(
    one: Observation,
) -> None:
    found = two_grams()
    unit = found.units[one.output]
    low, high = (to_measure(one, end, unit) for end in (one.spread.low, one.spread.high))
    (row,) = [
        row
        for row in found.rows
        if (row["output"], row["measure"]) == (one.output, one.measure)
        and row["kind"] == "variability"
    ]
    assert low <= row["median"] <= high


def test_mitragynine_stays_longer_than_a_day_by_half() -> None:
    assert np.median(two_grams().measure("half_life", "plasma.mitragynine")) > 24.0


def test_no_number_that_was_fitted_rests_on_what_may_only_validate() -> None:
    held = observations()
    fitted = [record for record in records("fitted").values() if record.status == "fitted"]
    assert fitted
    used = {identity for record in fitted for identity in record.data}
    assert used
    assert {held[identity].use for identity in used} == {"fit"}


@pytest.fixture(scope="module")
def outcome() -> Validation:
    return validate(trials=10)


@pytest.mark.slow
def test_every_observation_that_may_be_used_is_compared_or_says_why_not(
    outcome: Validation,
) -> None:
    held = (o for o in observations().values() if not is_ratio(o))
    usable = {o.id: o.use for o in held if o.use in ("fit", "validate")}
    compared_ids = [c.observation.id for c in outcome.comparisons]
    assert len(compared_ids) == len(set(compared_ids))
    assert set(compared_ids) | set(outcome.left_out) == set(usable)
    assert not set(compared_ids) & set(outcome.left_out)
    assert all(outcome.left_out.values())
    assert {row["use"] for row in outcome.to_dict()["comparisons"]} == {"fit", "validate"}


@pytest.mark.slow
def test_most_of_what_was_fitted_comes_back(outcome: Validation) -> None:
    folds = [
        max(c.fold, 1.0 / c.fold)
        for c in outcome.comparisons
        if c.fold and c.observation.use == "fit" and c.observation.measure in INDEPENDENT
    ]
    assert len(folds) > 30
    assert np.mean(np.array(folds) <= 1.5) >= 0.8
    assert np.mean(np.array(folds) <= 2.0) >= 0.95


@pytest.mark.slow
def test_every_simulated_number_has_an_interval_around_it(outcome: Validation) -> None:
    for one in outcome.comparisons:
        assert -math.inf < one.p05 <= one.p95 < math.inf, one.observation.id
        assert math.isfinite(one.interval_score), one.observation.id
        if is_kinetic(one.observation):
            assert 0.0 < one.p05 < one.p95
            assert one.simulated > 0.0


@pytest.mark.slow
def test_it_comes_out_as_json_with_groups_that_add_up(outcome: Validation) -> None:
    plain = outcome.to_dict()
    sizes = {group["group"]: group["n"] for group in plain["groups"]}
    assert sizes["fitted"] == sizes["fitted, shape"] + sizes["fitted, scale"]
    effects = sum(size for name, size in sizes.items() if name.startswith("effects"))
    kinetics = sizes["fitted"] + sizes["never seen"] + sizes["medicines"]
    assert kinetics + effects == len(plain["comparisons"])
    scale = [row for row in plain["comparisons"] if row["measure"] in SCALE and row["use"] == "fit"]
    assert len(scale) == sizes["fitted, scale"]


@pytest.fixture(scope="module")
def interactions() -> Validation:
    return validate(trials=4, interactions=True)


@pytest.mark.slow
def test_every_ratio_that_may_be_used_is_compared_or_says_why_not(
    interactions: Validation,
) -> None:
    ratios = [o for o in observations().values() if is_ratio(o) and o.use != "none"]
    compared = {c.observation.id for c in interactions.comparisons}
    assert compared | set(interactions.left_out) == {o.id for o in ratios}
    assert all(interactions.left_out.values())


@pytest.mark.slow
def test_four_of_five_ratios_of_exposure_that_no_fit_has_seen_are_within_two_fold(
    interactions: Validation,
) -> None:
    unseen = [
        one
        for one in interactions.comparisons
        if one.observation.use == "validate" and one.observation.measure == "auc_ratio"
    ]
    assert len(unseen) >= 40
    off = np.array([abs(math.log(one.fold or math.inf)) for one in unseen])
    assert np.mean(off <= math.log(2.0)) >= 0.8
    # The static calculation on the same, where it has a number: time is worth something.
    beside = [(one, one.baseline) for one in unseen if one.baseline]
    static = np.array([abs(math.log(said / one.observed)) for one, said in beside])
    dynamic = np.array([abs(math.log(one.fold or math.inf)) for one, _ in beside])
    assert dynamic.mean() < static.mean()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["validation", "interactions"])
def test_what_the_package_keeps_is_about_what_a_short_run_says(
    name: str, outcome: Validation, interactions: Validation
) -> None:
    """A changed number, arm or record shows here before the page tells what is no longer so."""
    again = "run docs/credibility_results.py --validation and --interactions"
    kept = {one.observation.id: one for one in validated()[name].comparisons}
    run = outcome if name == "validation" else interactions
    assert set(kept) == {one.observation.id for one in run.comparisons}, again
    for one in run.comparisons:
        held = kept[one.observation.id]
        assert (held.unit, held.sd_from) == (one.unit, one.sd_from), again
        assert held.observed == pytest.approx(one.observed, rel=1e-9), again
        if one.additive:
            apart = abs(held.simulated - one.simulated) / (one.sd or math.nan)
            assert apart < 0.3, (held.observation.id, again)
        else:
            apart = abs(math.log(held.simulated / one.simulated))
            assert apart < math.log(1.35), (held.observation.id, again)
