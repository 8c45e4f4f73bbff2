"""Interactions: how fast mitragynine destroys the gut wall's CYP3A4, from the one trial in people.

One parameter, one observation: the area of swallowed midazolam with kratom tea over that without.
The prior is what test tubes say; its width lets the body be off by a factor of `WIDTH`. All else
stands at its central value. The posterior is a table over a grid; nothing is approximated.

Not used: the peak and the half-life of the same trial, and all of dextromethorphan. They are what
this can be wrong about.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from calibration.effects import believed
from calibration.priors import Prior
from calibration.written import fitted_record, write_fit
from speciosa.evidence.load import observations, studies
from speciosa.evidence.record import Observation
from speciosa.model import Model
from speciosa.people.draws import Draws
from speciosa.trial.arms import plan_arm
from speciosa.trial.measures import measure_all
from speciosa.trial.parameters import parameters
from speciosa.trial.run import run
from speciosa.trial.trials import population

Array = NDArray[np.float64]

FITTED = "metabolism/kinact/mitragynine.gut_CYP3A4"
OBSERVED = "tanna-2023/midazolam/auc_ratio"
WIDTH = 3.0
GRID = 41
PEOPLE = 60
DRAWS = 384
SEED = 1


@dataclass(frozen=True)
class Found:
    """The fit: the grid on the scale of the fit, the ratio there, its weights, and draws."""

    prior: Prior
    observation: Observation
    grid: Array
    ratio: Array
    weight: Array
    draws: Array
    run: str


def calibrate(*, write: bool) -> Found:
    """Fit, print, and write the record if asked to."""
    found = solve()
    x, sd = _middle(found)
    tube = float(np.interp(found.prior.start, found.grid, found.ratio))
    print(f"{OBSERVED}: observed {found.observation.value:g}")
    print(f"  as in test tubes ({found.prior.centre:g} per h): {tube:.3f}")
    print(f"  fitted ({math.exp(x):.3g} per h): {float(np.interp(x, found.grid, found.ratio)):.3f}")
    if write:
        where = f"fits/interactions.csv, from the record {FITTED}/prior"
        held = fitted_record(found.prior, x, sd, [OBSERVED], found.run, where)
        write_fit(found.run, [held], [found.prior], found.draws[:, None])
    return found


def solve() -> Found:
    """The posterior over a grid of five widths to either side."""
    belief = believed(FITTED)
    prior = Prior(FITTED, belief.value, math.log(WIDTH), belief.unit_text, "log")
    observation = observations()[OBSERVED]
    grid = prior.start + prior.width * np.linspace(-4.0, 2.5, GRID)
    ratio, digest = predicted(prior, observation, np.exp(grid))
    low, high = observation.spread.low, observation.spread.high
    error = math.log(high / low) / (2.0 * 1.645)  # of a 90 % interval
    off = (np.log(ratio) - math.log(observation.value)) / error
    belief_off = (grid - prior.start) / prior.width
    weight = np.exp(-0.5 * (off**2 + belief_off**2))
    weight /= weight.sum()
    levels = (np.random.default_rng(SEED).permutation(DRAWS) + 0.5) / DRAWS
    ends = np.cumsum(weight) - 0.5 * weight
    draws = np.interp(levels, ends, grid)
    content = repr((digest, observation.value, error, prior.centre, prior.width))
    name = "interactions-" + hashlib.sha256(content.encode()).hexdigest()[:8]
    return Found(prior, observation, grid, ratio, weight, draws, name)


def predicted(prior: Prior, observation: Observation, values: Array) -> tuple[Array, str]:
    """The ratio of geometric means at each value, and a digest of the model behind it."""
    study = studies()[observation.study]
    arms = [study.arm(name) for name in observation.arms]
    plans = [plan_arm(study, arm) for arm in arms]
    substances = {s.name: s for plan in plans for s in plan.substances}
    given = {prior.id: replace(prior.record(), id=prior.id)}
    model = Model.build(substances.values(), given=given, outputs=[observation.output])
    people = parameters(model, population(study, arms[0]), Draws(SEED), PEOPLE, None)
    table = np.repeat(people, len(values), axis=0)
    column = next(i for i, r in enumerate(model.records) if r.id == prior.id)
    table[:, column] = np.tile(values, PEOPLE)
    areas: list[Array] = []
    for plan in plans:
        doses = [dose for dose in plan.doses if dose.nmol.any()]
        ran = run(model, table, doses, plan.look.times, [observation.output], start=plan.start)
        unit = model.unit_of(observation.output)
        curves = ran.values[observation.output]
        taken = measure_all(observation.output, unit, curves, plan.look, 0.0, concentration=True)
        areas.append(next(m.values for m in taken if m.measure == "auc_inf"))
    logs = np.log(areas[0] / areas[1]).reshape(PEOPLE, len(values))
    return np.exp(logs.mean(axis=0)), model.hash


def _middle(found: Found) -> tuple[float, float]:
    """Mean and standard deviation of the posterior on the scale of the fit."""
    x = float(found.weight @ found.grid)
    return x, math.sqrt(float(found.weight @ (found.grid - x) ** 2))
