"""All claims, or some of them, put to the test.

found = judge(["seven-oh-most-potent"])
found.verdicts[0].verdict
"""

from __future__ import annotations

import os
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

import speciosa
from speciosa.claims.bench import Bench
from speciosa.claims.case import Case
from speciosa.claims.claim import Claim, claims
from speciosa.claims.own import SUFFIX, own
from speciosa.claims.verdict import Verdict, verdict
from speciosa.errors import InputError
from speciosa.near import nearest

__all__ = ["Verdicts", "all_cases", "judge"]

HOME = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Verdicts:
    """Verdicts, in the order of the claims, and the bench that they were found on."""

    verdicts: tuple[Verdict, ...]
    bench: Bench

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self.verdicts)

    def to_dict(self) -> dict[str, Any]:
        """What `speciosa claims --json` prints."""
        used = {name for one in self.verdicts for name in one.simulations}
        return {
            "version": speciosa.__version__,
            "people": {"n": self.bench.people, "replicates": self.bench.replicates},
            "seed": self.bench.seed,
            "claims": [one.to_dict() for one in self.verdicts],
            "simulations": {name: self.bench.says(name) for name in sorted(used)},
        }


@cache
def all_cases() -> Mapping[str, Case]:
    """How each claim is tested, by id, from every file of `cases/`."""
    found: dict[str, Case] = {}
    for module in pkgutil.iter_modules([os.fspath(HOME)]):
        held = import_module(f"speciosa.claims.cases.{module.name}")
        for case in cast("tuple[Case, ...]", held.CASES):
            found[case.id] = case
    return MappingProxyType(found)


def judge(
    ids: Sequence[str] = (),
    system: str | None = None,
    bench: Bench | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verdicts:
    """Judge popular claims, or one's own.

    Args:
        ids: of claims, or names of files that end in .toml; all popular ones when none is named.
        system: only those of this body system or topic of use.
        bench: where records and simulations are looked up; a usual one when none is given.
        progress: called with (people done, people) now and then.

    Raises:
        InputError: there is no such claim or system, or a file says what is wrong.
        EmergencyError: a scenario of such a file tells of an emergency.
        SolverError: nobody could be simulated.
    """
    brought = [own(one) for one in dict.fromkeys(ids) if one.endswith(SUFFIX)]
    _no_two_of_a_name([claim.id for claim, _, _ in brought])
    known = [one for one in ids if not one.endswith(SUFFIX)]
    chosen = [(claim, case) for claim, case, _ in brought]
    if known or not brought:
        chosen += [(claim, all_cases()[claim.id]) for claim in _chosen(known, system)]
    bench = bench or Bench()
    bench.progress = progress or bench.progress
    bench.bring({name: one for _, _, held in brought for name, one in held.items()})
    bench.run(need for _, case in chosen for part in case.parts for need in part.needs)
    found = tuple(verdict(claim, case, bench) for claim, case in chosen)
    return Verdicts(found, bench)


def _chosen(ids: Sequence[str], system: str | None) -> list[Claim]:
    known = claims()
    systems = dict.fromkeys(claim.system for claim in known.values())
    for identity in ids:
        if identity not in known:
            near = nearest(identity, [*known])
            hint = f"did you mean {near}?" if near else "`speciosa claims` lists all"
            if identity in systems:
                hint = f"`--system {identity}` shows those on it"
            raise InputError("claim", identity, f"the id of a claim: {hint}")
    if system is not None and system not in systems:
        raise InputError("system", system, f"one of {', '.join(systems)}")
    chosen = [
        claim
        for claim in known.values()
        if (not ids or claim.id in ids) and (system is None or claim.system == system)
    ]
    if not chosen:
        its = dict.fromkeys(known[identity].system for identity in ids)
        raise InputError("system", system, f"that of a claim that is named: {', '.join(its)}")
    return chosen


def _no_two_of_a_name(ids: Sequence[str]) -> None:
    """Refuse two files of one name, whose scenarios could not be told apart."""
    for identity in ids:
        if ids.count(identity) > 1:
            raise InputError("claim", f"{identity}{SUFFIX}", "a name for each file, named once")
