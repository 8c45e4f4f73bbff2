"""An arm of a study as a run: the same product, doses and sampling, for people of our own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.errors import EvidenceError
from speciosa.evidence.load import find
from speciosa.evidence.record import Arm, Medicine, Study
from speciosa.model import Substance, forms
from speciosa.trial.run import Dose
from speciosa.trial.windows import Look, look

__all__ = ["ArmPlan", "dose_form", "nanomoles", "plan_arm", "routes"]

Array = NDArray[np.float64]

_NG_PER_MG = 1e6
_HOURS_PER_DAY = 24.0
# A study that samples only around single doses still has to be followed after its last one.
_TAIL = 120.0
_VEIN = "intravenous"
_PURE = "pure"


@dataclass(frozen=True)
class ArmPlan:
    """What an arm takes and when it is looked at; `start` (h) is the first dose of all, or 0."""

    substances: tuple[Substance, ...]
    doses: tuple[Dose, ...]
    look: Look
    start: float = 0.0


def plan_arm(study: Study, arm: Arm) -> ArmPlan:
    """The arm as substances, doses (nmol) and output times; animal arms are not for this.

    Medicines are looked at as closely as the product. Raises EvidenceError for a medicine whose
    kinetics no record holds.
    """
    before: Mapping[str, float] = {} if arm.habit is None else arm.habit.mg
    alkaloids = tuple(dict.fromkeys([*arm.mg, *before]))
    route = arm.route
    substances = [_substance(drug, arm.product, route) for drug in alkaloids]
    medicines = {m.drug: _form(m) for m in arm.medicines}
    substances += [Substance(d, form, form, "medicine") for d, form in medicines.items()]
    times = np.arange(arm.number, dtype=np.float64) * (arm.every or 0.0)
    doses = [_dose(drug, times, mg, route) for drug, mg in arm.mg.items()]
    doses += [_dose(m.drug, _times(m), m.mg, m.route) for m in arm.medicines]
    start = 0.0
    if arm.habit is not None:
        count = max(1, int(arm.habit.days * _HOURS_PER_DAY // arm.habit.every))
        earlier = -arm.habit.since - arm.habit.every * np.arange(count - 1, -1, -1.0)
        start = float(earlier[0])
        doses += [_dose(drug, earlier, mg, route) for drug, mg in arm.habit.mg.items()]
    beside = [float(t) for m in arm.medicines for t in _times(m)]
    start = min([start, *beside])
    until = max([float(times[-1]), *beside]) + max([_TAIL, *study.sampling])
    every = arm.every if arm.number > 1 else None
    seen = look(tuple(times), every, until, study.sampling or None, beside)
    return ArmPlan(tuple(substances), tuple(doses), seen, start)


def dose_form(drug: str, route: str) -> str | None:
    """The dose form of a medicine by its route, which sets pace and share of uptake.

    Into a vein nothing is absorbed, so any form will do. None if no record can follow it.
    """
    known = forms(drug)
    if route == _VEIN:
        return known[0] if known else None
    form = f"{drug}-{route}"
    return form if form in known else None


def routes(drug: str) -> tuple[str, ...]:
    """The routes by which a medicine can be followed; none if its kinetics are unknown."""
    known = [form.removeprefix(f"{drug}-") for form in forms(drug)]
    return (*known, _VEIN) if known else ()


def nanomoles(drug: str, mg: float) -> float:
    """Amount of substance (nmol) in a mass (mg), by the drug's molar mass."""
    identity = f"substance/molar_mass/{drug}"
    return mg * _NG_PER_MG / find([identity])[identity].value


def _substance(drug: str, product: str, route: str) -> Substance:
    """What is in an arm's product; a pure drug that is known as a medicine is one."""
    form = dose_form(drug, route) if product == _PURE else None
    return Substance(drug, form, form, "medicine") if form else Substance(drug, product, drug)


def _dose(drug: str, times: Iterable[float], mg: float, route: str) -> Dose:
    given = np.asarray(times, dtype=np.float64)
    return Dose(drug, given, np.full((1, given.size), nanomoles(drug, mg)), route)


def _times(medicine: Medicine) -> Array:
    numbers = np.arange(medicine.number, dtype=np.float64)
    return medicine.at + numbers * (medicine.every or 0.0)


def _form(medicine: Medicine) -> str:
    form = dose_form(medicine.drug, medicine.route)
    if form is None:
        known = forms(medicine.drug)
        right = f"one of {', '.join(known)}" if known else "a drug whose kinetics a record holds"
        raise EvidenceError("medicine of an arm", f"{medicine.drug}-{medicine.route}", right)
    return form
