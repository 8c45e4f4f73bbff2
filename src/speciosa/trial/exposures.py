"""What kratom and the other drugs of a scenario do to each other's exposure, and to breathing.

The same people run three times: with everything, without the other drugs, and without kratom. What
differs between two runs of one person is the interaction. It is told as ratios of areas and peaks,
as what is left of each enzyme, and as how much of the drive to breathe is lost together and apart.

Intervals hold both how people differ and what we do not know: each row of the second part of the
table is another person in a replicate of their own.

Assumed: a habit is followed back for `HABIT` days, in which levels and enzymes settle. Tolerance to
what slows breathing would take longer, so less of it is credited than there may be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speciosa.people.draws import REPLICATE, Draws
from speciosa.product.content import central
from speciosa.regimen.schedule import Schedule
from speciosa.trial.company import RISKS, uncounted
from speciosa.trial.met import Band, Enzyme, Exposures, Ratio, Risk
from speciosa.trial.parameters import apart, parameters
from speciosa.trial.plan import Plan, plan
from speciosa.trial.run import Dose, run
from speciosa.trial.scenario import Scenario
from speciosa.trial.static import Cause, static_ratio
from speciosa.trial.stops import STOPPED

__all__ = ["exposures"]

Array = NDArray[np.float64]

PEOPLE = 50
ROWS = 100
HABIT = 14.0
"""days."""
BREATH = "breathing.drive"
NEEDED = ("plasma", "metabolism.activity", BREATH)
RECOVERED = 0.9
"""Share of its usual activity at which an enzyme is called back."""
DAY = 24.0
UNTOUCHED = 1e-4
"""Ratios nearer to 1 on a log scale are those of a drug that nothing acts on."""
PRESENT = 1e-3
"""Of a drug's largest daily area: on a day with less of it no ratio says anything."""
KRATOM = "kratom"
_SWALLOWED = "oral"
_SHARE = "metabolism/share/"
_VARIED = "CYP2D6"
"""The enzyme of which scenarios tell how much people have."""
_NG_PER_UG = 1e3
"""ng/mL over g/mol are umol/L; so many nmol/L each."""


def exposures(
    scenario: Scenario, *, people: int = PEOPLE, rows: int = ROWS, seed: int | None = None
) -> Exposures:
    """Run a scenario with and without its other drugs, and with and without kratom.

    Raises:
        InputError: a variant of the scenario is unknown.
    """
    risks = () if uncounted(scenario.filled().get("with") or ()) else RISKS
    prepared = _shortened(plan(scenario, scenario.run.variants, (*NEEDED, *risks)))
    draws = Draws(scenario.run.seed if seed is None else seed)
    table = np.concatenate(
        [
            parameters(prepared.model, prepared.population, draws, people, None),
            apart(prepared.model, prepared.population, draws, rows),
        ]
    )
    taken = _doses(prepared, draws, people, rows)
    others = {medicine.drug for medicine, _ in prepared.medicines}
    alone = [dose for dose in taken if dose.drug not in others]
    company = [dose for dose in taken if dose.drug in others]
    watched = [name for name in prepared.model.outputs if _is_watched(name)]
    # Without company the three are one and the same.
    parts = (taken, alone, company) if company else (taken,)
    runs = [_run(prepared, table, doses, watched) for doses in parts]
    whole, kratom, rest = (runs[min(i, len(runs) - 1)][0] for i in range(3))
    times = prepared.look.times
    part = _Parts(times, people)
    return Exposures(
        tuple(_ratios(prepared, part, whole, kratom, rest)),
        tuple(_enzymes(prepared, part, table, whole)),
        tuple(
            Risk(
                name,
                *(part.band(one[name].max(axis=1)) for one in (whole, kratom, rest)),
            )
            for name in (risks if company else ())
        ),
        *part.shares(whole[BREATH].min(axis=1) < STOPPED),
        failed=sum(failed for _, failed in runs),
    )


@dataclass(frozen=True)
class _Parts:
    """People with central numbers come first, then those who live in replicates of their own."""

    times: Array
    people: int

    def band(self, values: Array) -> Band:
        """The middle of the first and the 90 % range of the second."""
        nominal, drawn = values[: self.people], values[self.people :]
        low, high = np.nanpercentile(drawn, [5.0, 95.0])
        middle = float(np.nanmedian(nominal))
        return Band(middle, min(middle, float(low)), max(middle, float(high)))

    def shares(self, true: NDArray[np.bool_]) -> tuple[float, float]:
        """The share of whom it is true, in either part."""
        return float(true[: self.people].mean()), float(true[self.people :].mean())

    def areas(self, curves: Array) -> Array:
        """Area up to each time, (rows, times)."""
        steps = np.diff(self.times) * 0.5 * (curves[:, 1:] + curves[:, :-1])
        return np.concatenate([np.zeros((len(curves), 1)), np.cumsum(steps, axis=1)], axis=1)


def _shortened(prepared: Plan) -> Plan:
    """The plan with the last days of its habit alone."""
    habit = prepared.habit
    kept = [i for i, time in enumerate(habit.times) if time >= -HABIT * DAY]
    times, amounts = (tuple(held[i] for i in kept) for held in (habit.times, habit.amounts))
    return replace(prepared, habit=Schedule(times, amounts, habit.every))


def _acting(prepared: Plan) -> tuple[str, ...]:
    """The other drugs that act on an enzyme of this run, themselves or by what they become."""
    flat, made = prepared.model.flat, _becomes(prepared)
    starts = ("metabolism.Ki.", "metabolism.kinact.", "metabolism.Emax.")
    acting = {(p.member or "").split(".")[0] for p in flat.parameters if p.name.startswith(starts)}
    others = dict.fromkeys(medicine.drug for medicine, _ in prepared.medicines)
    return tuple(drug for drug in others if acting & {drug, *made.get(drug, ())})


def _becomes(prepared: Plan) -> Mapping[str, list[str]]:
    """What each drug is turned into, of what the model follows."""
    found: dict[str, list[str]] = {}
    for record in prepared.model.records:
        words = record.id.removeprefix(_SHARE).split(".")
        if record.id.startswith(_SHARE) and len(words) > 2:
            found.setdefault(words[0], []).append(words[2])
    return found


def _is_watched(name: str) -> bool:
    return name in (*RISKS, BREATH) or name.startswith(("plasma.", "metabolism.activity."))


def _doses(prepared: Plan, draws: Draws, people: int, rows: int) -> list[Dose]:
    """Everything that is taken: of a product as it is in the middle, then of one drawn per row."""

    def luck(name: str) -> Array:
        return draws.stratified(REPLICATE, name, rows)

    middle, drawn = prepared.doses(central, people), prepared.doses(luck, 1)
    found: list[Dose] = []
    for one, other in zip(middle, drawn, strict=True):
        shape = len(one.times)
        nmol = [
            np.broadcast_to(one.nmol, (people, shape)),
            np.broadcast_to(other.nmol, (rows, shape)),
        ]
        found.append(Dose(one.drug, one.times, np.concatenate(nmol), one.route))
    return found


def _run(
    prepared: Plan, table: Array, doses: Sequence[Dose], watched: Sequence[str]
) -> tuple[Mapping[str, Array], int]:
    ran = run(prepared.model, table, doses, prepared.look.times, watched, start=prepared.start)
    return ran.values, len(ran.failed)


def _ratios(
    prepared: Plan,
    part: _Parts,
    whole: Mapping[str, Array],
    kratom: Mapping[str, Array],
    rest: Mapping[str, Array],
) -> list[Ratio]:
    """Of every drug: of the others with kratom, and of alkaloids with the others."""
    if not prepared.medicines:
        return []
    others = _acting(prepared)
    found: list[Ratio] = []
    for output, both in whole.items():
        drug = output.removeprefix("plasma.")
        if output == drug:
            continue
        # What only the other drugs bring is without kratom in the run of the company.
        brought = bool(rest[output].any())
        without = rest[output] if brought else kratom[output]
        if not without.any():
            continue
        by = (KRATOM,) if brought else others
        if not by:
            continue
        if ratio := _ratio(prepared, part, drug, by, both, without, whole):
            found.append(ratio)
    return sorted(found, key=lambda ratio: ratio.by != (KRATOM,))


def _ratio(
    prepared: Plan,
    part: _Parts,
    drug: str,
    by: tuple[str, ...],
    both: Array,
    without: Array,
    whole: Mapping[str, Array],
) -> Ratio | None:
    """The ratio of one drug; None where nothing in the model could change it."""
    over, under = part.areas(both), part.areas(without)
    with np.errstate(divide="ignore", invalid="ignore"):
        auc = part.band(over[:, -1] / under[:, -1])
        cmax = part.band(both.max(axis=1) / without.max(axis=1))
    if max(abs(np.log([auc.p05, auc.p95, cmax.p05, cmax.p95]))) < UNTOUCHED:
        return None
    return Ratio(
        drug, by, auc, cmax, _days(part, over, under), _static(prepared, drug, by, whole, part)
    )


def _days(part: _Parts, over: Array, under: Array) -> tuple[tuple[int, Band], ...]:
    """Ratio of the areas of each day on which there is something of the drug."""
    last = int(np.ceil(part.times[-1] / DAY))
    ends = np.minimum(np.arange(last + 1) * DAY, part.times[-1])
    places = np.clip(np.searchsorted(part.times, ends), 0, len(part.times) - 1)
    tops, bottoms = np.diff(over[:, places], axis=1), np.diff(under[:, places], axis=1)
    largest = np.median(bottoms, axis=0).max()
    found: list[tuple[int, Band]] = []
    for day in range(last):
        if np.median(bottoms[:, day]) > PRESENT * largest:
            with np.errstate(divide="ignore", invalid="ignore"):
                found.append((day + 1, part.band(tops[:, day] / bottoms[:, day])))
    return tuple(found)


def _static(
    prepared: Plan, drug: str, by: tuple[str, ...], whole: Mapping[str, Array], part: _Parts
) -> float | None:
    """What the static calculation says, from the peaks of this run.

    Of a drug that another becomes it says nothing, since it does not know how much is made; nor of
    one that CYP2D6 clears in people who have not the usual of it.
    """
    unusual = any(share for name, share in prepared.population.cyp2d6.items() if name != "normal")
    by_it = f"{_SHARE}{drug}.{_VARIED}"
    if unusual and any(r.id.startswith(by_it) for r in prepared.model.records):
        return None
    if any(f".{drug}" == r.id[-len(drug) - 1 :] for r in prepared.model.records if _SHARE in r.id):
        return None
    masses = {r.id: r.value for r in prepared.model.records if "molar_mass" in r.id}
    largest = {
        dose.drug: float(dose.nmol.max(initial=0.0))
        for dose in prepared.doses(central, 1)
        if dose.route == _SWALLOWED
    }
    actors = prepared.alkaloids if by == (KRATOM,) else by
    causes: list[Cause] = []
    for taken in prepared.model.substances:
        if taken.name in actors:
            peak = float(np.median(whole[f"plasma.{taken.name}"][: part.people].max(axis=1)))
            molar = peak / masses[f"substance/molar_mass/{taken.name}"] * _NG_PER_UG
            causes.append(Cause(taken, molar, largest.get(taken.name, 0.0)))
    routes = {m.route for m, _ in prepared.medicines if m.drug == drug}
    return static_ratio(drug, causes, swallowed=routes <= {_SWALLOWED})


def _enzymes(
    prepared: Plan, part: _Parts, table: Array, whole: Mapping[str, Array]
) -> list[Enzyme]:
    """Every enzyme that some drug of the run acts on."""
    found: list[Enzyme] = []
    last = max((0.0, *prepared.schedule.times, *_others(prepared)))
    for output, curves in whole.items():
        name = output.removeprefix("metabolism.activity.")
        if output == name:
            continue
        own = _own(prepared, table, name)
        if not own[: part.people].any():
            continue  # poor metabolisers have none of it, and nothing can change that
        share = curves / np.where(own > 0.0, own, np.nan)
        lowest, highest = share.min(axis=1), share.max(axis=1)
        if np.nanmin(lowest) > 1.0 - PRESENT and np.nanmax(highest) < 1.0 + PRESENT:
            continue
        middle = np.nanmedian(share[: part.people], axis=0)
        away = np.flatnonzero((middle < RECOVERED) | (middle > 2.0 - RECOVERED))
        back = None
        if away.size and away[-1] + 1 < len(part.times):
            back = max(0.0, float(part.times[away[-1] + 1]) - last)
        found.append(Enzyme(name, part.band(lowest), part.band(highest), back))
    return found


def _own(prepared: Plan, table: Array, enzyme: str) -> Array:
    """What everybody has of an enzyme without any drug, (rows, 1); a habit may have changed it."""
    traits = prepared.model.flat.traits
    place = table.shape[1] - len(traits) + traits.index(f"person.activity.{enzyme}")
    return table[:, place : place + 1]


def _others(prepared: Plan) -> list[float]:
    return [time for _, schedule in prepared.medicines for time in schedule.times]
