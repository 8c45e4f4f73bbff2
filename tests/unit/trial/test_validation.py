from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from speciosa.evidence import studies
from speciosa.evidence.record import Arm, Observation, Study
from speciosa.evidence.spread import Printed
from speciosa.trial.trials import ArmTrials, Key
from speciosa.trial.validation import Comparison, Validation, validate

NAME = "plasma.leafine"
EFFECT = "mood.drug_effect"


def observed(
    name: str,
    value: float,
    use: str = "fit",
    measure: str = "cmax",
    statistic: str = "median",
    arms: tuple[str, ...] = ("low",),
    **more: Any,
) -> Observation:
    common: dict[str, Any] = {"output": NAME, "spread": Printed("none"), "n": 4} | more
    return Observation(
        id=f"known/{name}",
        study="known",
        measure=measure,
        window="all",
        statistic=statistic,
        arms=arms,
        value=value,
        unit_text="h" if measure == "tmax" else "ng/mL" if common["output"] == NAME else "1",
        source="known-2020",
        where="table 1",
        read="verified",
        use=use,
        **common,
    )


def arm(name: str, mg: float) -> Arm:
    return Arm(name, "tea", {"leafine": mg}, None, None, 1, 4, False, "oral")


def study() -> Study:
    any_study = next(iter(studies().values()))
    return replace(any_study, id="known", arms=(arm("low", 10.0), arm("high", 40.0)))


def around(middle: float) -> np.ndarray:
    """Three trials of three people, each with this mean and this median."""
    return middle * np.array([[0.5, 1.0, 1.5], [0.9, 1.0, 1.1], [0.8, 1.0, 1.2]])


def run(patch: pytest.MonkeyPatch, held: list[Observation], simulated: Mapping[str, float]) -> Any:
    """Validate these observations; arms show these values of everything in every trial."""

    def run_trials(_study: Study, one: Arm, _wanted: Any, **_how: Any) -> ArmTrials:
        measures = {o.measure for o in held}
        outputs = {o.output for o in held}
        values: Mapping[Key, np.ndarray] = {
            (n, m, "all", None): around(simulated[one.id]) for n in outputs for m in measures
        }
        known = {NAME: "", EFFECT: ""}
        model = cast(
            "Any",
            SimpleNamespace(
                unit_of=lambda output: "ng/mL" if output == NAME else "1", outputs=known
            ),
        )
        return ArmTrials(model, values, values, 0)

    patch.setattr("speciosa.trial.validation.observations", lambda: {o.id: o for o in held})
    patch.setattr("speciosa.trial.validation.studies", lambda: {"known": study()})
    patch.setattr("speciosa.trial.baselines.studies", lambda: {"known": study()})
    patch.setattr("speciosa.trial.validation.run_trials", run_trials)
    return validate(trials=3)


# ---- Definitions, worked by hand -----------------------------------------------------------------


def compared(
    value: float, simulated: float, low: float, high: float, use: str = "fit"
) -> Comparison:
    one = observed("one", value, use)
    return Comparison(one, "ng/mL", value, simulated, low, high, None)


def test_the_fold_is_simulated_over_observed() -> None:
    assert compared(50.0, 100.0, 60.0, 160.0).fold == 2.0


@pytest.mark.parametrize(
    ("value", "inside"), [(59.9, False), (60.0, True), (160.0, True), (161.0, False)]
)
def test_inside_is_within_the_ends_of_the_interval(value: float, inside: bool) -> None:
    assert compared(value, 100.0, 60.0, 160.0).inside is inside


def test_an_interval_that_holds_the_value_scores_its_width_on_the_log_scale() -> None:
    assert compared(100.0, 90.0, 50.0, 200.0).interval_score == pytest.approx(math.log(4.0))


@pytest.mark.parametrize("value", [25.0, 400.0])
def test_a_miss_by_two_fold_costs_twenty_times_its_logarithm(value: float) -> None:
    # Gneiting and Raftery: width plus 2 / alpha times the distance; alpha is 0.1 for 90 %.
    expected = math.log(4.0) + 20.0 * math.log(2.0)
    assert compared(value, 90.0, 50.0, 200.0).interval_score == pytest.approx(expected)


def test_a_group_is_summed_up_by_its_folds() -> None:
    folds = (1.0, 1.4, 1.0 / 1.6, 3.0)
    held = tuple(compared(100.0, 100.0 * fold, 90.0, 400.0) for fold in folds)
    whole = Validation(held, {}, 3, 1).summaries()[0]
    assert (whole["group"], whole["n"]) == ("fitted", 4)
    assert whole["gmfe"] == pytest.approx((1.0 * 1.4 * 1.6 * 3.0) ** 0.25)
    assert (whole["within_1_5"], whole["within_2"]) == (0.5, 0.75)
    assert whole["inside_90"] == 1.0
    assert whole["interval_score"] == pytest.approx(math.log(400.0 / 90.0))
    assert whole["baseline_gmfe"] is None


def test_fitted_and_unseen_shape_and_scale_are_apart() -> None:
    peak, late = observed("peak", 1.0), observed("late", 1.0, measure="tmax")
    unseen = observed("unseen", 1.0, "validate", measure="tmax")
    held = tuple(Comparison(o, "", 1.0, 1.0, 0.5, 2.0, None) for o in (peak, late, unseen))
    groups = {
        name: [c.observation for c in one] for name, one in Validation(held, {}, 1, 1).groups()
    }
    assert groups == {
        "fitted": [peak, late],
        "fitted, shape": [late],
        "fitted, scale": [peak],
        "never seen": [unseen],
        "never seen, shape": [unseen],
    }


# ---- The same statistic of the same trial --------------------------------------------------------


@pytest.mark.parametrize(
    ("statistic", "arms", "expected"),
    [
        ("median", ("low",), 10.0),
        ("mean", ("low",), 10.0),
        ("single", ("low",), 8.0),
        ("lowest_value", ("low",), 8.0),
        ("highest_value", ("low",), 12.0),
        ("highest_group_mean", ("low", "high"), 40.0),
        ("highest_group_mean", ("high", "low"), 40.0),
        ("highest_group_median", ("low", "high"), 40.0),
        ("lowest_group_median", ("low", "high"), 10.0),
    ],
)
def test_the_statistic_of_the_study_is_the_one_simulated(
    monkeypatch, statistic: str, arms: tuple[str, ...], expected: float
) -> None:
    one = observed("one", 10.0, statistic=statistic, arms=arms)
    (found,) = run(monkeypatch, [one], {"low": 10.0, "high": 40.0}).comparisons
    assert found.simulated == pytest.approx(expected)


def test_a_geometric_mean_is_one_of_logarithms(monkeypatch) -> None:
    one = observed("one", 10.0, statistic="geometric_mean")
    (found,) = run(monkeypatch, [one], {"low": 10.0}).comparisons
    trials = [(0.5 * 1.0 * 1.5) ** (1 / 3), (0.9 * 1.0 * 1.1) ** (1 / 3), (0.8 * 1.2) ** (1 / 3)]
    assert found.simulated == pytest.approx(10.0 * sorted(trials)[1])


def test_a_median_over_two_arms_is_of_the_people_of_both(monkeypatch) -> None:
    # Half of them have about 10, half about 40, so the middle lies between the groups.
    one = observed("one", 10.0, arms=("low", "high"))
    (found,) = run(monkeypatch, [one], {"low": 10.0, "high": 40.0}).comparisons
    assert 12.0 < found.simulated < 40.0


# ---- The naive baseline --------------------------------------------------------------------------


def test_the_baseline_of_an_exposure_is_the_nearest_fitted_one_scaled_by_dose(monkeypatch) -> None:
    held = [
        observed("fitted", 5.0),
        observed("unseen", 30.0, "validate", arms=("high",)),
    ]
    found = {
        c.observation.id: c for c in run(monkeypatch, held, {"low": 5.0, "high": 20.0}).comparisons
    }
    assert found["known/fitted"].baseline is None
    assert found["known/unseen"].baseline == pytest.approx(5.0 * 40.0 / 10.0)


def test_the_baseline_of_a_time_is_not_scaled(monkeypatch) -> None:
    held = [
        observed("fitted", 1.5, measure="tmax"),
        observed("unseen", 2.0, "validate", measure="tmax", arms=("high",)),
    ]
    outcome = run(monkeypatch, held, {"low": 1.0, "high": 1.0})
    assert outcome.comparisons[1].baseline == 1.5
    (unseen,) = [g for g in outcome.to_dict()["groups"] if g["group"] == "never seen"]
    assert unseen["baseline_n"] == 1
    assert unseen["baseline_gmfe"] == pytest.approx(2.0 / 1.5)


def test_the_nearest_dose_counts_and_not_the_first(monkeypatch) -> None:
    held = [
        observed("far", 5.0, arms=("low",)),
        observed("near", 100.0, arms=("high",)),
        observed("unseen", 90.0, "validate", arms=("high",)),
    ]
    outcome = run(monkeypatch, held, {"low": 5.0, "high": 100.0})
    assert outcome.comparisons[2].baseline == pytest.approx(100.0)


def test_without_a_fitted_measure_of_its_kind_there_is_no_baseline(monkeypatch) -> None:
    held = [observed("fitted", 5.0), observed("unseen", 2.0, "validate", measure="tmax")]
    assert run(monkeypatch, held, {"low": 5.0}).comparisons[1].baseline is None


# ---- What is compared ----------------------------------------------------------------------------


def test_what_serves_for_nothing_is_not_compared_and_what_cannot_be_says_why(monkeypatch) -> None:
    held = [
        observed("fitted", 5.0),
        observed("repeated", 5.0, "none", because="the same people again"),
        observed("urine", 5.0, "validate", comparable=False, because="the model has no urine"),
    ]
    outcome = run(monkeypatch, held, {"low": 5.0})
    assert [c.observation.id for c in outcome.comparisons] == ["known/fitted"]
    assert outcome.left_out == {"known/urine": "the model has no urine"}


def test_progress_counts_studies_to_the_last(monkeypatch) -> None:
    seen: list[tuple[int, int]] = []
    validate_with = run(monkeypatch, [observed("fitted", 5.0)], {"low": 5.0})
    assert validate_with.trials == 3
    validate(trials=1, progress=lambda *done: seen.append(done))
    assert seen == [(0, 1), (1, 1)]


# ---- Effects: differences and not folds ----------------------------------------------------------


def felt(name: str, value: float, use: str = "fit", statistic: str = "mean", **more: Any):
    return observed(name, value, use, "max", statistic, output=EFFECT, **more)


def test_points_of_a_scale_are_off_by_standard_deviations_between_people(monkeypatch) -> None:
    one = felt("points", 40.0, spread=Printed("sd", sd=20.0))
    (found,) = run(monkeypatch, [one], {"low": 50.0}).comparisons
    assert found.additive
    assert (found.difference, found.sd, found.sd_from) == (pytest.approx(10.0), 20.0, "printed")
    assert found.in_sd == pytest.approx(0.5)


def test_a_standard_error_is_turned_into_one_of_people(monkeypatch) -> None:
    one = felt("points", 40.0, spread=Printed("se", se=5.0), n=16)
    (found,) = run(monkeypatch, [one], {"low": 50.0}).comparisons
    assert found.sd == pytest.approx(20.0)


def test_where_no_spread_is_printed_people_of_the_model_stand_in(monkeypatch) -> None:
    (found,) = run(monkeypatch, [felt("points", 40.0)], {"low": 50.0}).comparisons
    assert found.sd_from == "simulated"
    assert found.sd == pytest.approx(np.std(around(50.0)))


def test_a_share_is_of_people_above_the_bound(monkeypatch) -> None:
    one = felt("share", 0.5, statistic="share", above=10.0)
    (found,) = run(monkeypatch, [one], {"low": 10.5}).comparisons
    # 10.5 times 0.5, 1, 1.5; 0.9, 1, 1.1; 0.8, 1, 1.2: above 10 are two of three in each trial.
    assert found.simulated == pytest.approx(2.0 / 3.0)
    assert found.sd == pytest.approx(0.5)
    assert found.in_sd == pytest.approx((2.0 / 3.0 - 0.5) / 0.5)


def test_a_share_of_nobody_still_has_a_width(monkeypatch) -> None:
    one = felt("share", 0.0, statistic="share", above=100.0)
    (found,) = run(monkeypatch, [one], {"low": 10.0}).comparisons
    assert found.simulated == 0.0
    assert found.sd == pytest.approx(math.sqrt(0.125 * 0.875))
    assert found.in_sd == 0.0
    assert found.inside


def test_the_score_of_a_difference_is_in_standard_deviations() -> None:
    one = felt("points", 40.0)
    hit = Comparison(one, "1", 40.0, 50.0, 30.0, 70.0, None, 20.0, "printed")
    miss = Comparison(one, "1", 20.0, 50.0, 30.0, 70.0, None, 20.0, "printed")
    assert hit.interval_score == pytest.approx(2.0)
    assert miss.interval_score == pytest.approx(2.0 + 20.0 * 0.5)


def test_effects_are_a_group_of_their_own_and_spoil_no_fold_error() -> None:
    peak = compared(100.0, 110.0, 90.0, 130.0)
    points = Comparison(felt("p", 1.0), "1", 1.0, 5.0, 0.0, 9.0, None, 2.0, "printed")
    groups = {g["group"]: g for g in Validation((peak, points), {}, 1, 1).summaries()}
    assert list(groups) == ["fitted", "fitted, scale", "effects, fitted"]
    assert groups["fitted"]["gmfe"] == pytest.approx(1.1)
    assert groups["effects, fitted"]["gmfe"] is None
    assert groups["effects, fitted"]["off_sd"] == pytest.approx(2.0)


def test_coverage_comes_with_its_exact_bounds() -> None:
    held = tuple(compared(100.0, 100.0, 90.0, 110.0 if k else 95.0) for k in range(10))
    group = Validation(held, {}, 1, 1).summaries()[0]
    assert group["inside_90"] == pytest.approx(0.9)
    # Clopper and Pearson for 9 of 10.
    assert group["inside_90_low"] == pytest.approx(0.5550, abs=1e-4)
    assert group["inside_90_high"] == pytest.approx(0.9975, abs=1e-4)


def test_a_volume_that_fitted_numbers_imply_is_the_baseline_of_a_volume(monkeypatch) -> None:
    held = [
        observed("area", 100.0, measure="auc_inf"),
        observed("slope", 10.0, measure="half_life"),
        observed("volume", 5.0, "validate", measure="vz_f", arms=("high",)),
    ]
    held[0] = replace(held[0], unit_text="ng*h/mL")
    held[1] = replace(held[1], unit_text="h")
    held[2] = replace(held[2], unit_text="L/kg")
    found = run(monkeypatch, held, {"low": 5.0, "high": 5.0}).comparisons[2]
    weight = study().weight or 70.0
    assert found.baseline == pytest.approx(1e3 * 10.0 * 10.0 / (math.log(2.0) * 100.0) / weight)


def test_each_comparison_says_what_it_is_of_and_whether_kratom_was_taken(monkeypatch) -> None:
    held = [observed("peak", 100.0), felt("points", 1.0)]
    outcome = run(monkeypatch, held, {"low": 100.0, "high": 400.0})
    rows = outcome.to_dict()["comparisons"]
    assert [row["part"] for row in rows] == ["levels", "effects"]
    assert [row["kratom"] for row in rows] == [True, True]  # a tea is kratom
    bare = replace(study(), arms=(replace(arm("low", 10.0), product="pure"),))
    monkeypatch.setattr("speciosa.trial.validation.studies", lambda: {"known": bare})
    assert [row["kratom"] for row in outcome.to_dict()["comparisons"]] == [False, False]
