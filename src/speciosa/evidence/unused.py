"""What was handed over and is no record, no observation and no head of a study, with the reason.

The project was given lists of entries, each with an id. A record, an observation or a study names
the entries that it holds under `handover`; every other entry stands in `unused.yaml`, in groups
that share a reason:

    - because: the reason, in words
      ids: [the entries]

    - because: the entry named holds the same number
      same: {an entry: the entry that became a record or an observation}

A part of an entry, such as one number of several, has the id of the entry, /, and a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from speciosa.errors import EvidenceError
from speciosa.evidence.fields import Fields, as_list
from speciosa.evidence.load import HOME
from speciosa.evidence.plain import read_plain

__all__ = ["Unused", "read_unused", "unused"]


@dataclass(frozen=True, slots=True)
class Unused:
    """An entry that nothing holds, and why; `same` is the entry that says the same, if one does."""

    id: str
    because: str
    same: str = ""

    def __str__(self) -> str:
        """One line for people."""
        return f"{self.id}: {self.because}" + (f" ({self.same})" if self.same else "")


@lru_cache(maxsize=1)
def unused() -> Mapping[str, Unused]:
    """Every entry that was handed over and is not used, by id. Raises EvidenceError."""
    return MappingProxyType(read_unused(HOME / "unused.yaml"))


def read_unused(path: Path) -> dict[str, Unused]:
    """The entries of such a file, by id. Raises EvidenceError."""
    entries = read_plain(path)
    groups = as_list(entries)
    if not groups:
        raise EvidenceError(path.name, entries, "a list of groups, each beginning with - because:")
    found: dict[str, Unused] = {}
    for position, group in enumerate(groups, 1):
        f = Fields(f"{path.name}, group {position}", group, "a group")
        for entry in _entries(f):
            if entry.id in found:
                f.fail("ids", entry.id, "an id that stands once")
            if entry.same == entry.id:
                f.fail("same", entry.id, "another entry than itself")
            found[entry.id] = entry
    return found


def _entries(f: Fields) -> Iterator[Unused]:
    """The entries of one group."""
    because = f.text("because", "the reason in words")
    if f.has("same"):
        same = f.part("same", "entries, each with the entry that says the same")
        for entry in same.names():
            yield Unused(entry, because, same.text(entry, "the id of an entry"))
    else:
        ids = f.texts("ids", "ids of entries, or the key same")
        if not ids:
            f.fail("ids", f.raw("ids"), "ids of entries, or the key same")
        for entry in ids:
            yield Unused(entry, because)
    f.done()
