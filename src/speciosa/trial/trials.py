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

from speciosa.evidence.load import find
from speciosa.evidence.record import Arm, Observation, Study
from speciosa.model import Model
from speciosa.people.draws import Draws
from speciosa.people.who import Population, Weight
from speciosa.trial.arms import ArmPlan, plan_arm
from speciosa.trial.measures import Measure, measure_all
from speciosa.trial.observed import ASSUMED_N, is_effect, measured
from speciosa.trial.parameters import parameters
from speciosa.trial.run import run

__all__ = ["ArmTrials", "Key", "key", "population", "run_trials", "watch", "weight_in"]

Array = NDArray[np.float64]
Key = tuple[str, str, str, float | None]
"""Output, measure, window and, for a measure of one moment, the hour."""

LEAD = 1.0
"""Hours that are run before time 0 where effects are compared with what they were before."""

BEFORE = 1e-6
"""Hours before time 0 at which that is read: an output at a dose time is the value after it."""

_LITRES_PER_MG = 1e3
"""L in mg over ng/mL."""

_REFERENCE_WEIGHT = "distribution/reference_weight"


@dataclass(frozen=True)
class ArmTrials:
    """Measures of every person of every trial; arrays are (trials, people).

    `nominal` and `uncertain` hold what an observation is of by its `key`.
    """

    model: Model
    nominal: Mapping[Key, Array]
    uncertain: Mapping[Key, Array]
    failed: int


def key(observation: Observation) -> Key:
    """What an observation is of, whatever its statistic."""
    return observation.output, observation.measure, observation.window, observation.at


def run_trials(
    study: Study, arm: Arm, wanted: Sequence[Observation], *, trials: int, seed: int
) -> ArmTrials:
    """Run an arm `trials` times at central records and `trials` times with drawn ones.

    `wanted` are observations of the arm. Raises InputError for an output that no model has.
    """
    plan = plan_arm(study, arm)
    model = Model.build(plan.substances, outputs=sorted({o.output for o in wanted}))
    n = arm.n or ASSUMED_N
    weight = weight_in(study)
    people = population(study, arm)
    draws = Draws(seed)
    # Each arm has people of its own, or the groups of a study would all be the same group.
    before = study.arms[: study.arms.index(arm)]
    first = trials * sum(other.n or ASSUMED_N for other in before)
    nominal = parameters(model, people, draws, n * trials, None, first=first)
    blocks = [
        parameters(model, people, draws, n, range(k, k + 1), replicates=trials, first=first + n * k)
        for k in range(trials)
    ]
    found, failed = watch(study, plan, model, np.concatenate([nominal, *blocks]), wanted)
    for name in {o.output for o in wanted}:
        found |= _volumes(found, name, arm, weight)
    half = n * trials
    return ArmTrials(
        model,
        {key: values[:half].reshape(trials, n) for key, values in found.items()},
        {key: values[half:].reshape(trials, n) for key, values in found.items()},
        failed,
    )


def weight_in(study: Study) -> float:
    """What people of a study weigh, kg; where it prints nothing, what the volumes refer to.

    The differences between people include those of weight.
    """
    return study.weight or find([_REFERENCE_WEIGHT])[_REFERENCE_WEIGHT].value


def population(study: Study, arm: Arm) -> Population:
    """Whom the people of an arm are drawn from, as far as the study says."""
    return Population(
        age=(35.0, 35.0),
        weight=Weight(weight_in(study)),
        female=0.5,
        cyp2d6={study.cyp2d6: 1.0},
        pain=arm.pain,
    )


def watch(
    study: Study, plan: ArmPlan, model: Model, table: Array, wanted: Sequence[Observation]
) -> tuple[dict[Key, Array], int]:
    """Run people through an arm; their measures, (people,), and how many failed.

    `table` is (people, parameters of the problem). Effects are also read just before time 0.
    """
    outputs = sorted({o.output for o in wanted})
    effects = {o.output for o in wanted if is_effect(o)}
    start = min(plan.start, -LEAD) if effects else plan.start
    times = np.concatenate([[-BEFORE], plan.look.times]) if effects else plan.look.times
    ran = run(model, table, plan.doses, times, outputs, start=start)
    found: dict[Key, Array] = {}
    for name, curves in ran.values.items():
        after = curves[:, 1:] if effects else curves
        lloq = study.lloq.get(name.rpartition(".")[2], 0.0)
        taken: list[Measure] = measure_all(
            name,
            model.unit_of(name),
            after,
            plan.look,
            lloq,
            concentration=name not in effects,
        )
        found |= {(m.output, m.measure, m.window, None): m.values for m in taken}
        if name in effects:
            before = curves[:, 0]
            for o in wanted:
                values = measured(o, after, before, plan.look) if o.output == name else None
                if values is not None:
                    found[key(o)] = values
    return found, len(ran.failed)


def _volumes(found: Mapping[Key, Array], output: str, arm: Arm, weight: float) -> dict[Key, Array]:
    """Vz/F (L/kg) as a study computes it: dose over area and terminal slope.

    The area is to infinity after one dose, and that of an interval at steady state.
    """
    mg = arm.mg.get(output.rpartition(".")[2], 0.0)
    volumes: dict[Key, Array] = {}
    for window, area in (("all", "auc_inf"), ("last", "auc_last")):
        slope, exposure = (output, "half_life", window, None), (output, area, window, None)
        if mg and slope in found and exposure in found:
            litres = mg * _LITRES_PER_MG * found[slope] / (np.log(2.0) * found[exposure])
            volumes[output, "vz_f", window, None] = litres / weight
    return volumes
