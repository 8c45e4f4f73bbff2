"""One person of 70 kg who takes something: the whole body, records at their central values or not.

A direction that follows from measured records must hold wherever the others lie; so the same person
can be asked again with every assumed and every derived record drawn anew inside its spread.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from tests.bodies import Body
from tests.unit.body.systems import lone, recorded

from speciosa.body.opioid import Opioid
from speciosa.model import Model, Substance, forms
from speciosa.people.draws import Draws
from speciosa.people.who import Population, Weight
from speciosa.trial.arms import nanomoles
from speciosa.trial.parameters import parameters
from speciosa.trial.run import Dose, run

Array = NDArray[np.float64]

# mg of each alkaloid in a gram of leaf of middling content.
LEAF: Mapping[str, float] = {
    "mitragynine": 14.0,
    "speciociliatine": 3.7,
    "speciogynine": 2.1,
    "paynantheine": 2.6,
    "mitraciliatine": 0.5,
    "hydroxymitragynine": 0.07,
}


COMPANY = (
    "morphine",
    "oxycodone",
    "fentanyl",
    "buprenorphine",
    "tramadol",
    "naloxone",
    "midazolam",
    "alcohol",
)
SEEN = (
    "arousal.risk",
    "arousal.stimulation",
    "breathing.depression",
    "breathing.drive",
    "breathing.risk",
    "dependence.score",
    "dependence.withdrawal",
    "heart.qt",
    "inflammation.inhibition",
    "inflammation.scavenged",
    "muscle.block",
    "pain.relief",
)
"""Outputs that can be asked for; always all, so that the code of one kernel serves."""


@dataclass(frozen=True)
class Taken:
    """One drug, its doses in mg and when (h)."""

    drug: str
    mg: float
    at: tuple[float, ...] = (0.0,)
    route: str = "oral"


def leaf(grams: float, at: Sequence[float] = (0.0,)) -> list[Taken]:
    """So many grams of leaf, each time."""
    return [Taken(name, grams * mg, tuple(at)) for name, mg in LEAF.items()]


def daily(times: int, days: int, start: float = 0.0) -> tuple[float, ...]:
    """Hours of so many doses a day, evenly."""
    return tuple(start + np.arange(0.0, 24.0 * days, 24.0 / times))


def curves(
    taken: Sequence[Taken],
    hours: Array,
    outputs: Sequence[str],
    *,
    pain: str = "acute",
    draws: int = 0,
) -> dict[str, Array]:
    """Outputs over `hours`, (1 + draws, times): the central person, then with records drawn."""
    model = _model()
    table = np.repeat(_person(model, pain), 1 + draws, axis=0)
    for column, record in enumerate(model.records):
        if record.status in ("assumed", "derived"):
            luck = Draws(7).uniform("replicate", record.id, draws)
            table[1:, column] = record.spread.quantile(luck)
    doses = [
        Dose(one.drug, np.array(one.at), np.full((1, len(one.at)), _nmol(one)), one.route)
        for one in taken
    ]
    ran = run(model, table, doses, hours, SEEN)
    assert not ran.failed.size, ran.advice
    return {name: ran.values[name] for name in outputs}


@cache
def _receptor(drug: str) -> tuple[Body, dict[str, float]]:
    body = lone(Opioid, ligand=(drug,))
    return body, {**recorded(body), "input.sensitivity": 1.0, "input.outside": 0.0}


def receptor(drug: str, nmol_per_l: float, **numbers: float) -> float:
    """The response of relief to one drug alone, by the equations of the receptor."""
    body, given = _receptor(drug)
    changed = {f"opioid.{name}": value for name, value in numbers.items()}
    person = body.vector({**given, **changed, f"input.ligand.{drug}": nmol_per_l})
    return body.observed([], person)["opioid.response"]


@cache
def half_relief(drug: str) -> float:
    """Unbound nmol/L that gives half of relief's largest response; infinite where none does."""
    grid = np.geomspace(1e-3, 1e6, 400)
    return next((float(c) for c in grid if receptor(drug, float(c)) >= 0.5), np.inf)


def _nmol(one: Taken) -> float:
    return nanomoles(one.drug, one.mg)


@cache
def _model() -> Model:
    """One model that follows everything that the tests give, so that it is compiled once."""
    return Model.build([_substance(name) for name in (*LEAF, *COMPANY)])


def _substance(name: str) -> Substance:
    form = next(iter(forms(name)), None)
    if form is None or name in LEAF:
        return Substance(name, "tea", name)
    return Substance(name, form, form, "medicine")


def _person(model: Model, pain: str) -> Array:
    who = Population((35.0, 35.0), Weight(70.0), 0.5, {"normal": 1.0}, pain)
    table = parameters(model, who, Draws(1), 1, None)
    table[0, : len(model.central)] = model.central
    return table
