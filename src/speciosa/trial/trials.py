"""Virtual trials: an arm of a study with its own number of people, run again and again.

Two sets of trials answer two questions. In the first every record stands at its central value, and
only who happened to take part differs: its middle is the model's answer. In the second each trial
also draws the records anew: its 90 % range is what the model would call possible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence.record import Arm, Study
from speciosa.model import Model
from speciosa.people.draws import Draws
from speciosa.people.who import Population, Weight
from speciosa.trial.arms import plan_arm
from speciosa.trial.measures import Measure, measure_all
from speciosa.trial.parameters import parameters
from speciosa.trial.run import run

__all__ = ["ArmTrials", "run_trials"]

Array = NDArray[np.float64]

ASSUMED_N = 12
"""People in an arm whose number is not printed."""

_LITRES_PER_MG = 1e3
"""L in mg over ng/mL."""

REFERENCE_WEIGHT = 70.0
"""kg; where a study prints no weights. The differences between people include those of weight."""


@dataclass(frozen=True)
class ArmTrials:
    """Measures of every person of every trial; arrays are (trials, people)."""

    model: Model
    nominal: Mapping[tuple[str, str, str], Array]
    uncertain: Mapping[tuple[str, str, str], Array]
    failed: int


def run_trials(
    study: Study, arm: Arm, outputs: Sequence[str], *, trials: int, seed: int
) -> ArmTrials:
    """Run an arm `trials` times at central records and `trials` times with drawn ones."""
    plan = plan_arm(study, arm)
    model = Model.build(plan.substances, outputs=outputs)
    n = arm.n or ASSUMED_N
    weight = study.weight or REFERENCE_WEIGHT
    population = Population(
        age=(35.0, 35.0),
        weight=Weight(weight),
        female=0.5,
        cyp2d6={"normal": 1.0},
    )
    draws = Draws(seed)
    # Each arm has people of its own, or the groups of a study would all be the same group.
    before = study.arms[: study.arms.index(arm)]
    first = trials * sum(other.n or ASSUMED_N for other in before)
    nominal = parameters(model, population, draws, n * trials, None, first=first)
    blocks = [
        parameters(
            model, population, draws, n, range(k, k + 1), replicates=trials, first=first + n * k
        )
        for k in range(trials)
    ]
    table = np.concatenate([nominal, *blocks])
    ran = run(model, table, plan.doses, plan.look.times, outputs)
    found: dict[tuple[str, str, str], Array] = {}
    for name, curves in ran.values.items():
        lloq = study.lloq.get(name.rpartition(".")[2], 0.0)
        taken: list[Measure] = measure_all(
            name, model.unit_of(name), curves, plan.look, lloq, concentration=True
        )
        found |= {(m.output, m.measure, m.window): m.values for m in taken}
        found |= _volumes(found, name, arm, weight)
    half = n * trials
    return ArmTrials(
        model,
        {key: values[:half].reshape(trials, n) for key, values in found.items()},
        {key: values[half:].reshape(trials, n) for key, values in found.items()},
        len(ran.failed),
    )


def _volumes(
    found: Mapping[tuple[str, str, str], Array], output: str, arm: Arm, weight: float
) -> dict[tuple[str, str, str], Array]:
    """Vz/F (L/kg) as a study computes it: dose over area and terminal slope.

    The area is to infinity after one dose, and that of an interval at steady state.
    """
    mg = arm.mg.get(output.rpartition(".")[2], 0.0)
    volumes: dict[tuple[str, str, str], Array] = {}
    for window, area in (("all", "auc_inf"), ("last", "auc_last")):
        slope, exposure = (output, "half_life", window), (output, area, window)
        if mg and slope in found and exposure in found:
            litres = mg * _LITRES_PER_MG * found[slope] / (np.log(2.0) * found[exposure])
            volumes[output, "vz_f", window] = litres / weight
    return volumes
