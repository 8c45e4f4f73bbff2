"""What a page about the program says of itself: how old its facts are, and how to cite it."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version

import speciosa
from speciosa.claims.bench import FACTS
from speciosa.evidence.record import READ, STATUS
from speciosa.report.uses import all_records
from speciosa.safety.facts import facts
from speciosa.safety.laws import laws
from speciosa.safety.numbers import OLD, numbers

__all__ = ["AUTHOR", "LICENCE", "TITLE", "Age", "ages", "citation", "counts", "versions"]

TITLE = "Speciosa: an open, executable pharmacology of kratom"
AUTHOR = "The Speciosa contributors"
LICENCE = "Apache-2.0"

_RUNS_ON = ("numpy", "scipy", "llvmlite", "matplotlib", "fastapi")


@dataclass(frozen=True, slots=True)
class Age:
    """How old the dated entries of one kind are; `undated` tell no day."""

    what: str
    entries: int
    oldest: date
    newest: date
    undated: int
    old: int


def ages(today: date) -> tuple[Age, ...]:
    """Of laws that hold, telephone numbers, and facts of the check; old is more than a year."""
    held = [law.as_of for law in laws().values() if not law.replaced_by]
    called = [one.as_of for one in numbers().values()]
    checked = [fact.as_of for name in FACTS for fact in facts(name).values()]
    return (
        _age("Laws", held, today),
        _age("Telephone numbers", called, today),
        _age("Facts of the check", checked, today),
    )


def _age(what: str, days: Iterable[date | None], today: date) -> Age:
    every = list(days)
    known = [day for day in every if day is not None]
    old = sum((today - day).days > OLD for day in known)
    return Age(what, len(every), min(known), max(known), len(every) - len(known), old)


def counts() -> Mapping[str, Mapping[str, int]]:
    """How many records there are of each status, and how they were read."""
    held = all_records().values()
    return {
        "status": {name: sum(one.status == name for one in held) for name in STATUS},
        "read": {name: sum(one.read == name for one in held) for name in READ},
    }


def versions() -> Mapping[str, str]:
    """Of this program and of what it runs on; what is missing is left out."""
    found = {"speciosa": speciosa.__version__, "Python": platform.python_version()}
    for name in _RUNS_ON:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def citation(form: str) -> str:
    """How to cite the program: as text, bibtex or csl."""
    number = speciosa.__version__
    match form:
        case "bibtex":
            return (
                f"@software{{speciosa-program,\n  author = {{{{{AUTHOR}}}}},\n"
                f"  title = {{{TITLE}}},\n  version = {{{number}}},\n"
                f"  license = {{{LICENCE}}},\n}}\n"
            )
        case "csl":
            entry = {
                "id": "speciosa-program",
                "type": "software",
                "title": TITLE,
                "author": [{"literal": AUTHOR}],
                "version": number,
            }
            return json.dumps([entry], indent=2) + "\n"
        case _:
            return f"{AUTHOR}. {TITLE}. Version {number}. {LICENCE}.\n"
