"""Interactions: how much of a drug the CYP3A4 of people meets, over what test tubes would say.

A constant of a test tube (`Ki`, `KI`, `EC50`) is a concentration beside the enzyme; in people only
that unbound in plasma is known. For each drug that acts on CYP3A4 one factor stands between the
two, the same in liver and gut wall and for what the drug becomes there. It is fitted to midazolam,
the index drug for this enzyme, in studies that gave no other; all other victims and studies
validate. For mitragynine it is the gut wall's alone, from the one trial with kratom.

The prior is the test tube; its width lets a drug be off by a factor of `WIDTH`. Studies of one pair
differ by `BETWEEN` on the log scale beyond what they print. All else stands at its central value.
The posterior is a table over a grid; nothing is approximated.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from calibration.priors import Prior
from calibration.written import fitted_record, write_fit
from speciosa.evidence.load import observations, records, studies
from speciosa.evidence.record import Observation
from speciosa.model import Model
from speciosa.people.draws import Draws
from speciosa.trial.arms import plan_arm
from speciosa.trial.measures import measure_all
from speciosa.trial.observed import RATIOS, is_ratio
from speciosa.trial.parameters import parameters
from speciosa.trial.run import run
from speciosa.trial.trials import population

Array = NDArray[np.float64]

WIDTH = 3.0
BETWEEN = 0.25
GRID = 33
REACH = 4.0
"""Widths to either side that the grid reaches."""
PEOPLE = 8
DRAWS = 384
SEED = 1

_CONSTANTS = ("metabolism/Ki/", "metabolism/KI/", "metabolism/EC50/")
_PRIOR = "/prior"


@dataclass(frozen=True)
class Cause:
    """A drug, the constants that its factor divides, and the observations that tell of it."""

    drug: str
    priors: tuple[Prior, ...]
    data: tuple[Observation, ...]


@dataclass(frozen=True)
class Fitted:
    """A cause and the posterior of its factor: log factors, their weights, ratios at each."""

    cause: Cause
    grid: Array
    weight: Array
    ratios: Array
    draws: Array

    @property
    def middle(self) -> tuple[float, float]:
        """Mean and standard deviation of the log factor."""
        mean = float(self.weight @ self.grid)
        return mean, math.sqrt(float(self.weight @ (self.grid - mean) ** 2))


@dataclass(frozen=True)
class Found:
    """All causes, and the name of the run."""

    fitted: tuple[Fitted, ...]
    run: str


def calibrate(*, write: bool) -> Found:
    """Fit, print, and write records if asked to."""
    found = solve()
    print(f"{'drug':16} {'factor':>7} {'observation':52} {'observed':>9} {'tube':>7} {'fitted':>7}")
    for one in found.fitted:
        x, _ = one.middle
        for row, o in zip(one.ratios, one.cause.data, strict=True):
            tube, fit = (float(np.interp(at, one.grid, row)) for at in (0.0, x))
            told = f"{one.cause.drug:16} {math.exp(x):7.2f} {o.id:52}"
            print(f"{told} {o.value:9.3f} {tube:7.3f} {fit:7.3f}")
    if write:
        _write(found)
    return found


def solve() -> Found:
    """The posterior of each cause's factor."""
    held: list[Fitted] = []
    inputs: list[str] = []
    for cause in causes():
        fitted, went_in = _solve(cause)
        held.append(fitted)
        inputs.append(went_in)
    data = [(o.id, o.value) for one in held for o in one.cause.data]
    beliefs = [(p.id, p.centre) for one in held for p in one.cause.priors]
    content = repr((inputs, data, beliefs, WIDTH, BETWEEN))
    return Found(tuple(held), "interactions-" + hashlib.sha256(content.encode()).hexdigest()[:8])


def causes() -> tuple[Cause, ...]:
    """Every drug with a constant to be fitted and observations that it may be fitted to."""
    by_drug: dict[str, list[Observation]] = {}
    for o in observations().values():
        if is_ratio(o) and o.use == "fit" and o.measure == "auc_ratio":
            by_drug.setdefault(_drug(o), []).append(o)
    held = records("metabolism")
    becomes = _products(held)
    found: list[Cause] = []
    for drug, data in sorted(by_drug.items()):
        priors = tuple(
            Prior(identity.removesuffix(_PRIOR), record.value, math.log(WIDTH), "nmol/L", "log")
            for identity, record in held.items()
            if identity.startswith(_CONSTANTS)
            and identity.endswith(_PRIOR)
            and identity.split("/")[2].split(".")[0] in (drug, *becomes.get(drug, ()))
        )
        found.append(Cause(drug, priors, tuple(data)))
    return tuple(found)


def _drug(o: Observation) -> str:
    """The drug of the first arm that the second does not get; kratom is mitragynine."""
    taken, alone = (studies()[o.study].arm(name) for name in o.arms)
    before = {m.drug for m in alone.medicines}
    after = [m.drug for m in taken.medicines if m.drug not in before]
    return after[0] if after else next(drug for drug, mg in taken.mg.items() if mg)


def _products(held: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for identity in held:
        words = identity.removeprefix("metabolism/share/").split(".")
        if identity.startswith("metabolism/share/") and len(words) == 3:
            found.setdefault(words[0], []).append(words[2])
    return found


def _solve(cause: Cause) -> tuple[Fitted, str]:
    grid = math.log(WIDTH) * np.linspace(-REACH, REACH, GRID)
    rows, inputs = zip(*(predicted(cause, o, grid) for o in cause.data), strict=True)
    ratios = np.stack(rows)
    seen = np.log([o.value for o in cause.data])[:, None]
    error = np.array([_error(o) for o in cause.data])[:, None]
    off = (((np.log(ratios) - seen) / error) ** 2).sum(axis=0)
    weight = np.exp(-0.5 * (off - off.min() + (grid / math.log(WIDTH)) ** 2))
    weight /= weight.sum()
    levels = (np.random.default_rng(SEED).permutation(DRAWS) + 0.5) / DRAWS
    draws = np.interp(levels, np.cumsum(weight) - 0.5 * weight, grid)
    return Fitted(cause, grid, weight, ratios, draws), repr(inputs)


def _error(o: Observation) -> float:
    """Standard error of a log ratio: the printed interval of it, and what studies differ by."""
    printed = 0.0
    if o.spread.kind == "ci90":
        printed = math.log(o.spread.high / o.spread.low) / (2.0 * 1.645)
    return math.hypot(printed, BETWEEN)


def predicted(cause: Cause, o: Observation, grid: Array) -> tuple[Array, str]:
    """The ratio of geometric means at each log factor, and what went into it, as text."""
    study = studies()[o.study]
    arms = [study.arm(name) for name in o.arms]
    plans = [plan_arm(study, arm) for arm in arms]
    substances = {s.name: s for plan in plans for s in plan.substances}
    given = {prior.id: prior.record() for prior in cause.priors}
    model = Model.build(substances.values(), given=given, outputs=[o.output])
    people = parameters(model, population(study, arms[0]), Draws(SEED), PEOPLE, None)
    table = np.repeat(people, len(grid), axis=0)
    factor = np.exp(np.tile(grid, PEOPLE))
    for column, record in enumerate(model.records):
        if record.id in given:
            table[:, column] = record.value / factor
    areas: list[Array] = []
    for plan, arm in zip(plans, arms, strict=True):
        taken = [dose for dose in plan.doses if dose.nmol.any()]
        ran = run(model, table, taken, plan.look.times, [o.output], start=plan.start)
        unit, curves = model.unit_of(o.output), ran.values[o.output]
        seen = measure_all(o.output, unit, curves, plan.look, 0.0, concentration=True)
        measure, window = RATIOS[o.measure][arm.number > 1], "all" if arm.number == 1 else "last"
        areas.append(next(m.values for m in seen if (m.measure, m.window) == (measure, window)))
    logs = np.log(areas[0] / areas[1]).reshape(PEOPLE, len(grid))
    stands = [(r.id, r.value, r.unit_text) for r in model.records]
    doses = [[(d.drug, d.times.tolist(), d.nmol.tolist()) for d in plan.doses] for plan in plans]
    return np.exp(np.nanmean(logs, axis=0)), repr((model.problem.digest, stands, doses))


def _write(found: Found) -> None:
    priors: list[Prior] = []
    held = []
    columns: list[Array] = []
    for one in found.fitted:
        x, sd = one.middle
        ids = [o.id for o in one.cause.data]
        for prior in one.cause.priors:
            where = f"fits/interactions.csv, from the record {prior.id}{_PRIOR}"
            held.append(fitted_record(prior, prior.start - x, sd, ids, found.run, where))
            columns.append(prior.start - one.draws)
            priors.append(prior)
    write_fit(found.run, held, priors, np.stack(columns, axis=1))
