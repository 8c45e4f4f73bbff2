"""Invented evidence: two drugs of which nobody has heard, with round numbers.

Leafine becomes leafol by CYP9; by CYP8 it becomes nothing that is followed. A blocker holds the
receptor without a response. No other receptor and no organ knows them by itself. The body that
they meet has the stored numbers of the records that are about no drug, each taken for exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import numpy as np
import pytest

from speciosa.errors import EvidenceError
from speciosa.evidence import load
from speciosa.evidence.fits import Fit
from speciosa.evidence.record import Record
from speciosa.evidence.spread import Spread
from speciosa.model import Model, Substance
from speciosa.model.wiring import EFFECTS, SYSTEMS

DRUGS = ("leafine", "leafol", "blocker")
ROUTES = ("leafine.CYP9.leafol", "leafine.CYP8", "leafol.CYP9")
LEAFINE = Substance("leafine", "tea", "leafine")
BLOCKER = Substance("blocker", "nose", "blocker")

PER_DRUG: Mapping[str, tuple[float, str]] = {
    "absorption/ka/{}": (3.0, "1/h"),
    "distribution/V1/{}": (100.0, "L"),
    "distribution/Q/{}": (20.0, "L/h"),
    "distribution/V2/{}": (300.0, "L"),
    "distribution/fu/{}": (0.1, "1"),
    "distribution/Kpuu/{}": (0.5, "1"),
    "distribution/keo/{}": (2.0, "1/h"),
    "elimination/CL/{}": (10.0, "L/h"),
    "substance/molar_mass/{}": (400.0, "g/mol"),
    "opioid/mu/Ki/{}": (50.0, "nmol/L"),
    "opioid/mu/EC50/{}": (100.0, "nmol/L"),
    "opioid/mu/Emax/{}": (0.4, "1"),
}
PER_FORM: Mapping[str, tuple[float, str]] = {
    "absorption/lag/{}": (0.25, "h"),
    "absorption/delivered/{}": (0.5, "1"),
}
PER_ROUTE: Mapping[str, tuple[float, str]] = {
    "metabolism/share/{}": (0.3, "1"),
    "metabolism/first_pass/{}": (0.0, "1"),
}
PER_EFFECT: Mapping[str, tuple[float, str]] = {
    "tolerance/k_on/{}": (0.02, "1/h"),
    "tolerance/k_off/{}": (0.01, "1/h"),
}
ONCE: Mapping[str, tuple[float, str]] = {
    "absorption/scale/kratom": (1.0, "1"),
    "absorption/scale/medicine": (1.0, "1"),
    "distribution/reference_weight": (70.0, "kg"),
    "distribution/volume_exponent": (1.0, "1"),
    "distribution/flow_exponent": (0.75, "1"),
    "elimination/reference_weight": (70.0, "kg"),
    "elimination/weight_exponent": (0.75, "1"),
    "metabolism/flow/liver": (97.0, "L/h"),
    "metabolism/flow/gut": (18.0, "L/h"),
    "metabolism/bound/liver": (1.0, "1"),
    "metabolism/bound/gut": (0.0, "1"),
    "opioid/mu/gain": (5.0, "1"),
    "pain/spinal": (0.5, "1"),
    "pain/descending": (0.4, "1"),
    "pain/k_descending": (2.0, "1/h"),
    "pain/k_felt": (6.0, "1/h"),
}


def record(identity: str, value: float, unit: str, **spread: Any) -> Record:
    """A record of an exact number, or of one with the spread given."""
    around = Spread(centre=value, **(spread or {"kind": "exact"}))
    return Record(identity, value, unit, around, "nobody", "nowhere", "verified", "measured", {})


@cache
def _body() -> Mapping[str, Record]:
    """The stored number of each parameter of the body that every drug shares, as if exact."""
    shared = {p.evidence for system in SYSTEMS for p in system.parameters if p.each is None}
    return {i: record(i, r.value, r.unit_text) for i, r in load.find(shared).items()}


def evidence() -> dict[str, Record]:
    """Every record of the invented drugs and of the body that they meet, by id."""
    found = {**_body(), **{i: record(i, *number) for i, number in ONCE.items()}}
    for templates, names in (
        (PER_DRUG, DRUGS),
        (PER_FORM, ("tea", "nose")),
        (PER_ROUTE, ROUTES),
        (PER_EFFECT, EFFECTS),
    ):
        for template, number in templates.items():
            for name in names:
                identity = template.format(name)
                found[identity] = record(identity, *number)
    found["opioid/mu/Emax/blocker"] = record("opioid/mu/Emax/blocker", 0.0, "1")
    # Leafol is known to bind nothing.
    return {i: r for i, r in found.items() if not (i.startswith("opioid/") and "leafol" in i)}


def believe(
    patch: pytest.MonkeyPatch, store: Mapping[str, Record], fits: Mapping[str, Fit] | None = None
) -> None:
    """Let models be built from these records and fits alone."""

    def records(*words: str) -> dict[str, Record]:
        return {i: r for i, r in store.items() if not words or r.system in words}

    def find(ids: Iterable[str]) -> dict[str, Record]:
        wanted = tuple(ids)
        for identity in wanted:
            if identity not in store:
                raise EvidenceError("evidence", identity, "the id of a record")
        return {identity: store[identity] for identity in wanted}

    patch.setattr("speciosa.model.model.records", records)
    patch.setattr("speciosa.model.model.find", find)
    patch.setattr("speciosa.model.model.fits", lambda: fits or {})
    patch.setattr("speciosa.trial.arms.find", find)
    patch.setattr("speciosa.trial.observed.find", find)


def person(model: Model, **traits: float) -> np.ndarray:
    """Parameters of one person, (1, parameters): 70 kg, usual enzymes, plain pain of 5."""
    plain = dict.fromkeys(("inflamed", "neuropathic", "muscular", "sensitised"), 0.0)
    usual = {"weight": 70.0, "pain": 5.0, **plain, **traits}
    values = [usual.get(name.removeprefix("person."), 1.0) for name in model.flat.traits]
    return np.concatenate([model.central, values])[None, :]
