"""How a model is integrated: which error nobody could see, and with which method.

The method is chosen by counting (`engine.choice`) how people of the model are integrated who took
every drug in every way that a dose can enter. The choice depends on the model alone; it is kept on
disk beside compiled code, so that it is made once on a machine.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from hashlib import blake2b
from typing import Final, get_args

import numpy as np
from numpy.typing import NDArray

from speciosa.body.absorption import Absorption
from speciosa.body.distribution import Distribution
from speciosa.compile import Flat, flat_name
from speciosa.engine import Events
from speciosa.engine.choice import Choice, choose
from speciosa.engine.codegen.store import Store, usual_folder
from speciosa.engine.solve import Method

__all__ = ["PEOPLE", "choice", "luck", "tolerances"]

Array = NDArray[np.float64]

# Absolute error that no one could see, by unit of a state: a billionth of a dose, a thousandth of
# what any assay measures. A smaller one would have the solver follow what decayed long ago.
_ATOL: Final = {"nmol": 1e-4, "nmol/L": 1e-6, "mmHg": 1e-6}
_ATOL_SHARE: Final = 1e-8

_RULE: Final = 1
"""Counts up when the rule or the people change, so that choices on disk are made anew."""
PEOPLE: Final = 8
"""One with every record at its central value, the others drawn; a full vector of lanes."""
_DOSE: Final = 1e5  # nmol, some 40 mg of mitragynine
_UNTIL: Final = 72.0  # h
_TRAITS: Final = {"weight": 70.0, "activity": 1.0, "pain": 5.0}
_SHARE: Final = 0.5  # of every other trait, which are shares


def tolerances(flat: Flat) -> Array:
    """Absolute tolerance of each state, in its unit."""
    units = (str(flat.units[name]) for name in flat.problem.states)
    return np.array([_ATOL.get(unit, _ATOL_SHARE) for unit in units])


def luck(name: str) -> Array:
    """Numbers between 0 and 1 for the drawn people, always the same for a name."""
    places = (blake2b(f"{i} {name}".encode(), digest_size=6) for i in range(PEOPLE - 1))
    return np.array([(int.from_bytes(one.digest()) + 0.5) / 2.0**48 for one in places])


def choice(flat: Flat, people: Callable[[], Array], key: str) -> Choice:
    """The method for a model, of whose people the records have these values, (people, records).

    `key` stands for all that the choice depends on; people are asked for when it is new.
    """
    folder = usual_folder()
    store = None if folder is None else Store(folder)
    key = f"method {_RULE} {key}"
    kept = None if store is None else store.get(key)
    found = None if kept is None else _read(kept)
    if found is None:
        found = _made(flat, people())
        if store is not None:
            store.put(key, json.dumps(asdict(found)).encode())
    return found


def _read(kept: bytes) -> Choice | None:
    """A choice from disk; None where it is not one."""
    try:
        found = Choice(**json.loads(kept))
    except (ValueError, TypeError):
        return None
    return found if found.method in get_args(Method) else None


def _made(flat: Flat, records: Array) -> Choice:
    problem, people = flat.problem, len(records)
    traits = [_TRAITS.get(name.split(".")[1], _SHARE) for name in flat.traits]
    into = [place for place, name in enumerate(problem.states) if _is_entry(name)]
    events = Events.build(
        person=np.tile(np.arange(people), len(into)),
        time=0.0,
        amount=_DOSE,
        compartment=np.repeat(into, people),
    )
    parameters = np.column_stack([records, np.tile(traits, (people, 1))])
    return choose(problem, parameters, events, _UNTIL, atol=tolerances(flat))


def _is_entry(state: str) -> bool:
    entries: Sequence[str] = [flat_name(Absorption.gut), flat_name(Distribution.central)]
    return state.rpartition(".")[0] in entries
