"""The second fit, on made-up observations of outputs whose equations are simple."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from calibration.effects import (
    ADDITIVE_FLOOR,
    CROWD,
    Effects,
    EffectTarget,
    believed,
    effects,
    prior_of,
    read_effects,
    statistic,
)
from calibration.fit import FLOOR
from calibration.pharmacodynamics import Found, run_name, solve
from calibration.priors import Prior

from speciosa.errors import EvidenceError
from speciosa.evidence import Observation, Study, observations, studies
from speciosa.evidence.load import records
from speciosa.evidence.record import Habit
from speciosa.evidence.spread import Printed, Spread

TEA = studies()["tanna-2022"]
PEAK = observations()["tanna-2022/mitragynine/cmax"]
SPINAL, GAIN = records("pain")["pain/spinal"], records("opioid")["opioid/mu/gain"]
PRIORS = (
    prior_of("pain/spinal", SPINAL, "logit"),
    prior_of("opioid/mu/gain", GAIN, "log"),
)


def seen(name: str, value: float, measure: str = "max", **more: object) -> Observation:
    common: dict[str, object] = {
        "id": f"made-up/{name}",
        "study": "made-up",
        "output": "pain.relief",
        "measure": measure,
        "statistic": "mean",
        "value": value,
        "unit_text": "1",
        "spread": Printed("sd", sd=0.05),
        "n": 25,
        "use": "fit",
    }
    # Two tables of any values go through, as a test wants them.
    return replace(PEAK, **(common | more))  # pyright: ignore[reportArgumentType]


def design() -> Study:
    arm = replace(
        TEA.arms[0], n=25, habit=Habit({"mitragynine": 39.0}, every=24.0, days=2.0, since=24.0)
    )
    return replace(TEA, id="made-up", arms=(arm,), sampling=(0.5, 1.0, 2.0))


def made_up(*held: Observation, priors: tuple[Prior, ...] = PRIORS) -> Effects:
    return effects(priors, held, {"made-up": design()})


def truth(fit: Effects, *values: float) -> np.ndarray:
    """What the crowd shows where the parameters have these values."""
    points = [p.to_scale(np.array(v)) for p, v in zip(fit.priors, values, strict=True)]
    return fit.predicted(np.array([points]))[0]


# ---- Priors --------------------------------------------------------------------------------------


def test_the_prior_of_a_parameter_is_its_record() -> None:
    spinal, gain = PRIORS
    assert (spinal.centre, spinal.unit, spinal.scale) == (SPINAL.value, "1", "logit")
    assert spinal.width == pytest.approx(SPINAL.spread.sd, rel=1e-3)
    assert gain.width == pytest.approx(math.log(GAIN.spread.gsd), rel=1e-3)


@pytest.mark.parametrize(
    ("spread", "scale", "width"),
    [
        (Spread("loguniform", 2.0, low=1.0, high=4.0), "log", 0.9 * math.log(4.0) / 2 / 1.64485),
        (Spread("normal", 10.0, sd=1.0), "log", 0.1),
    ],
)
def test_any_spread_becomes_a_width(spread: Spread, scale: str, width: float) -> None:
    record = replace(GAIN, value=spread.centre, spread=spread)
    assert prior_of("a/b", record, scale).width == pytest.approx(width, rel=2e-2)
    assert prior_of("a/b", record, scale, 0.7).width == 0.7


def test_a_spread_that_reaches_zero_is_no_prior() -> None:
    wide = replace(GAIN, value=1.0, spread=Spread("normal", 1.0, sd=2.0))
    with pytest.raises(EvidenceError, match="a spread above 0, to be a prior"):
        prior_of("a/b", wide, "log")


def test_what_was_fitted_before_keeps_its_first_record_as_prior(monkeypatch) -> None:
    first = replace(SPINAL, id="pain/spinal/prior", value=0.6)
    held = {"pain/spinal": SPINAL, "pain/spinal/prior": first}
    monkeypatch.setattr("calibration.effects.records", lambda word: held)
    assert believed("pain/spinal") is first
    with pytest.raises(EvidenceError, match="pain/none"):
        believed("pain/none")


def test_the_table_names_each_parameter_once_and_each_has_a_record(tmp_path: Path) -> None:
    names = [prior.id for prior in read_effects()]
    assert len(names) == len(set(names)) > 3
    table = tmp_path / "table.yaml"
    table.write_text("- {id: pain/spinal, scale: logit}\n")
    assert [prior.id for prior in read_effects(table)] == ["pain/spinal"]
    table.write_text("- {id: pain/none, scale: log}\n")
    with pytest.raises(EvidenceError, match="pain/none"):
        read_effects(table)


# ---- Predictions ---------------------------------------------------------------------------------


def test_a_point_s_people_are_the_crowd_with_its_parameters() -> None:
    fit = made_up(seen("relief", 0.3), seen("before", 0.1, "at", at=0.0))
    (arm,) = fit.arms
    assert arm.crowd.shape[0] == CROWD
    start = np.array([prior.start for prior in fit.priors])
    apart = start + np.array([[0.0, 0.0], [0.5, 0.0], [0.0, 0.0]])
    found = fit.predicted(apart)
    assert found.shape == (3, 2)
    assert found[0] == pytest.approx(found[2], rel=1e-9)
    # A gate that closes further relieves more, at the peak and before it.
    assert (found[1] > found[0]).all()


def test_a_share_is_counted_with_a_soft_edge() -> None:
    half = seen("share", 0.5, statistic="share", above=1.0)
    people = np.stack([np.linspace(0.0, 2.0, 25), np.linspace(1.0, 3.0, 25)])
    found = statistic(half, people)
    assert found[0] == pytest.approx(0.5)
    assert 0.8 < found[1] < 1.0
    assert statistic(half, np.full((1, 5), 2.0)) == pytest.approx(1.0)


def test_ratios_are_fitted_on_logarithms_and_levels_are_not() -> None:
    people = np.array([[1.0, 2.0, 6.0]])
    assert statistic(seen("x", 1.0, "ratio", at=1.0), people) == pytest.approx(math.log(3.0))
    assert statistic(seen("x", 1.0), people) == pytest.approx(3.0)
    assert statistic(seen("x", 1.0, statistic="median"), people) == pytest.approx(2.0)
    with pytest.raises(EvidenceError, match="mean, median or share"):
        statistic(seen("x", 1.0, statistic="highest_value"), people)


def error_of(o: Observation) -> EffectTarget:
    (only,) = made_up(o).targets
    return only


def test_the_error_of_a_mean_is_that_of_its_people_over_their_root() -> None:
    found = error_of(seen("relief", 0.3))
    assert found.error == pytest.approx(math.hypot(0.05 / 5.0, ADDITIVE_FLOOR * 0.05))


def test_the_error_of_a_share_is_that_of_a_count() -> None:
    found = error_of(seen("share", 0.2, statistic="share", above=0.1, spread=Printed("none")))
    assert found.error == pytest.approx(math.hypot(0.4 / 5.0, ADDITIVE_FLOOR * 0.4))
    nobody = error_of(seen("share", 0.0, statistic="share", above=0.1, spread=Printed("none")))
    assert nobody.error > 0.0


def test_the_error_of_a_ratio_is_one_of_logarithms() -> None:
    sd = 2.0 * math.sqrt(math.expm1(0.25))
    o = seen("ratio", 2.0, "ratio", at=1.0, spread=Printed("sd", sd=sd))
    found = error_of(o)
    assert found.value == pytest.approx(math.log(2.0))
    assert found.error == pytest.approx(math.hypot(0.5 / 5.0, FLOOR))


def test_what_may_only_validate_is_never_fitted() -> None:
    assert made_up(seen("relief", 0.3, use="validate")).targets == ()
    held = observations()
    assert all(held[t.observation.id].use == "fit" for t in effects(PRIORS).targets)


# ---- The fit -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recovered() -> Found:
    """The fit of what a crowd with a gate of 0.85 and a gain of 1.3 times the record's shows."""
    gain = 1.3 * GAIN.value
    planned = made_up(seen("relief", 0.1), seen("response", 0.1, output="opioid.response"))
    values = truth(planned, 0.85, gain)
    close = Printed("sd", sd=0.002)
    return solve(
        made_up(
            seen("relief", float(values[0]), spread=close, n=400),
            seen("response", float(values[1]), output="opioid.response", spread=close, n=400),
        )
    )


def test_precise_observations_give_their_parameters_back(recovered: Found) -> None:
    spinal, gain = (float(p.from_scale(recovered.x)[i]) for i, p in enumerate(recovered.fit.priors))
    assert spinal == pytest.approx(0.85, abs=0.02)
    assert gain == pytest.approx(1.3 * GAIN.value, rel=0.03)


def test_draws_are_as_wide_as_the_curvature_says(recovered: Found) -> None:
    whole = np.concatenate(
        [recovered.slopes, np.diag([1.0 / p.width for p in recovered.fit.priors])]
    )
    sd = np.sqrt(np.diag(np.linalg.inv(whole.T @ whole)))
    assert recovered.draws.std(axis=0) == pytest.approx(sd, rel=0.15)
    assert recovered.draws.mean(axis=0) == pytest.approx(recovered.x, abs=3.0 * sd.max())
    assert recovered.bend < 0.5


def test_without_precision_the_prior_stays() -> None:
    vague = seen("relief", 0.9, spread=Printed("sd", sd=50.0), n=1)
    found = solve(made_up(vague, priors=PRIORS[:1]))
    assert found.x == pytest.approx([PRIORS[0].start], abs=0.01)
    assert found.draws.std() == pytest.approx(PRIORS[0].width, rel=0.1)


def test_between_prior_and_data_the_fit_lies_between() -> None:
    planned = made_up(seen("relief", 0.1), priors=PRIORS[:1])
    at_09 = float(truth(planned, 0.9)[0])
    middling = seen("relief", at_09, spread=Printed("sd", sd=0.4 * at_09), n=16)
    found = solve(made_up(middling, priors=PRIORS[:1]))
    assert PRIORS[0].start < found.x[0] < float(PRIORS[0].to_scale(np.array(0.9)))
    assert found.draws.std() < PRIORS[0].width


def test_another_input_is_another_run() -> None:
    one, other = made_up(seen("relief", 0.3)), made_up(seen("relief", 0.31))
    assert run_name(one) == run_name(made_up(seen("relief", 0.3)))
    assert run_name(one) != run_name(other)
    assert run_name(one).startswith("pharmacodynamics-")
