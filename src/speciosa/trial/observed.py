"""Observations beside simulations: the same unit, the same measure, the same scale of error."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import EvidenceError, UnitMismatch
from speciosa.evidence.load import find
from speciosa.evidence.record import Observation
from speciosa.model.wiring import CONCENTRATIONS
from speciosa.trial.measures import unit_of
from speciosa.trial.windows import Look
from speciosa.units import convert, unit

__all__ = [
    "ASSUMED_N",
    "RATIOS",
    "is_additive",
    "is_effect",
    "is_kinetic",
    "is_ratio",
    "measured",
    "molecule",
    "sd_of_share",
    "to_measure",
    "unit_of_measure",
]

Array = NDArray[np.float64]

ASSUMED_N = 12
"""People in an arm whose number is not printed; the companion trial had about twelve."""

RATIOS: Mapping[str, tuple[str, str]] = {
    "auc_ratio": ("auc_inf", "auc_last"),
    "cmax_ratio": ("cmax", "cmax"),
    "half_life_ratio": ("half_life", "half_life"),
}
"""Measure of a ratio of two visits -> what is divided, after one dose and in a regimen."""

_OBSERVED_ONLY = ("urine",)
"""First words of what is measured of a drug where no output of the model answers to it."""

_BY_FOLD = ("ratio", "lowest_ratio", "tmax")
"""Measures of an effect that differ by factors all the same."""
_FOLD_OUTPUTS = ("pain.tolerance_time",)
"""Outputs of effects that are times or amounts without a top."""


def is_ratio(observation: Observation) -> bool:
    """Whether an observation is of two arms, the first over the second."""
    return observation.measure in RATIOS and len(observation.arms) == 2


def is_kinetic(observation: Observation) -> bool:
    """Whether a concentration was observed, and not an effect nor a ratio of two visits."""
    return _is_concentration(observation) and not is_ratio(observation)


def is_effect(observation: Observation) -> bool:
    """Whether an effect was observed."""
    return not _is_concentration(observation)


def _is_concentration(observation: Observation) -> bool:
    return observation.output.partition(".")[0] in (*CONCENTRATIONS, *_OBSERVED_ONLY)


def is_additive(observation: Observation) -> bool:
    """Whether the error of an observation is a difference and no fold.

    So are changes, points of a scale, shares of people and all levels of an effect; a time, a ratio
    and a concentration are not.
    """
    if observation.statistic == "share" or observation.measure in ("change", "rise", "fall"):
        return True
    if not is_effect(observation) or observation.measure in _BY_FOLD:
        return False
    return observation.output not in _FOLD_OUTPUTS


def sd_of_share(share: float, n: int | None) -> float:
    """Standard deviation of one person's yes or no, where a share of `n` people said yes.

    A share of none or of all is taken as half a person off, so that it has a width.
    """
    edge = 0.5 / (n or ASSUMED_N)
    inside = min(max(share, edge), 1.0 - edge)
    return math.sqrt(inside * (1.0 - inside))


def molecule(observation: Observation) -> str:
    """The drug that an observed concentration is of: the last part of its output."""
    return observation.output.rpartition(".")[2]


def unit_of_measure(observation: Observation, output_unit: str) -> str:
    """Unit of what is compared: that of the measure, or none for a ratio or a share of people."""
    if observation.statistic == "share" or observation.measure.endswith("ratio"):
        return "1"
    return unit_of(observation.measure, output_unit)


def to_measure(observation: Observation, value: float, output_unit: str) -> float:
    """A number of an observation in the unit that the simulated measure has.

    `output_unit` is the unit of the output itself. A molar value meets a mass only through the
    molar mass of the drug. Raises EvidenceError where the units measure different things.
    """
    wanted = unit(unit_of_measure(observation, output_unit))
    if observation.unit.same_dimension(wanted):
        return convert(value, observation.unit, wanted)
    if is_effect(observation):
        raise _no_way(observation, str(wanted))
    identity = f"substance/molar_mass/{molecule(observation)}"
    record = find([identity])[identity]
    try:
        return convert(value * record.value, observation.unit * record.unit, wanted)
    except UnitMismatch:
        raise _no_way(observation, str(wanted)) from None


def measured(observation: Observation, curves: Array, before: Array, look: Look) -> Array | None:
    """A measure of an effect that needs the value before the first dose, or a moment; (people,).

    `curves` is (people, times) at the look's times, `before` (people,). None for other measures.
    """
    window = look.window(observation.window)
    if observation.at is not None:
        value = _at(curves, look.times, window.start + observation.at)
        return {"at": value, "change": value - before, "ratio": _over(value, before)}[
            observation.measure
        ]
    inside = curves[:, window.dense]
    whole: Mapping[str, Array] = {
        "rise": inside.max(axis=1) - before,
        "fall": inside.min(axis=1) - before,
        "lowest_ratio": _over(inside.min(axis=1), before),
    }
    return whole.get(observation.measure)


def _at(curves: Array, times: Array, moment: float) -> Array:
    """Values at a moment, by straight lines between the output times."""
    right = int(np.clip(np.searchsorted(times, moment), 1, len(times) - 1))
    left = right - 1
    share = np.clip((moment - times[left]) / (times[right] - times[left]), 0.0, 1.0)
    return (1.0 - share) * curves[:, left] + share * curves[:, right]


def _over(value: Array, before: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        found = value / before
    return np.where(np.isfinite(found), found, np.nan)


def _no_way(observation: Observation, wanted: str) -> EvidenceError:
    return EvidenceError(
        f"{observation.id}, unit", observation.unit_text, f"a unit that leads to {wanted}"
    )
