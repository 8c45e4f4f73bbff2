"""An arm of a study as a run: the same product, doses and sampling, for people of our own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speciosa.evidence.load import find
from speciosa.evidence.record import Arm, Study
from speciosa.model import Substance, forms
from speciosa.trial.run import Dose
from speciosa.trial.windows import Look, look

__all__ = ["ArmPlan", "dose_form", "nanomoles", "plan_arm"]

Array = NDArray[np.float64]

_NG_PER_MG = 1e6
_VEIN = "intravenous"
_ROUTES = {"iv": _VEIN}
_PURE = "pure"
# A study that samples only around single doses still has to be followed after its last one.
_TAIL = 120.0


@dataclass(frozen=True)
class ArmPlan:
    """What an arm takes and when it is looked at."""

    substances: tuple[Substance, ...]
    doses: tuple[Dose, ...]
    look: Look


def plan_arm(study: Study, arm: Arm) -> ArmPlan:
    """The arm as substances, doses (nmol) and output times; animal arms are not for this."""
    route = _ROUTES.get(arm.route, arm.route)
    substances = tuple(_substance(drug, arm.product, route) for drug in arm.mg)
    times = np.arange(arm.number, dtype=np.float64) * (arm.every or 0.0)
    doses = tuple(
        Dose(drug, times, np.full((1, arm.number), nanomoles(drug, mg)), route)
        for drug, mg in arm.mg.items()
    )
    until = float(times[-1]) + max([_TAIL, *study.sampling])
    every = arm.every if arm.number > 1 else None
    return ArmPlan(substances, doses, look(tuple(times), every, until, study.sampling or None))


def dose_form(drug: str, route: str) -> str | None:
    """The dose form of a medicine by its route, which sets pace and share of uptake.

    Into a vein nothing is absorbed, so any form will do. None if no record can follow it.
    """
    known = forms(drug)
    if route == _VEIN:
        return known[0] if known else None
    form = f"{drug}-{route}"
    return form if form in known else None


def _substance(drug: str, product: str, route: str) -> Substance:
    """What is in an arm's product; a pure drug that is known as a medicine is one."""
    form = dose_form(drug, route) if product == _PURE else None
    return Substance(drug, form, form, "medicine") if form else Substance(drug, product, drug)


def nanomoles(drug: str, mg: float) -> float:
    """Amount of substance (nmol) in a mass (mg), by the drug's molar mass."""
    identity = f"substance/molar_mass/{drug}"
    return mg * _NG_PER_MG / find([identity])[identity].value
