"""Handed-over entries that a file of safety holds, whatever its format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import cast

from speciosa.evidence.fields import as_list
from speciosa.evidence.plain import read_plain
from speciosa.safety.facts import HOME

__all__ = ["held"]


def held() -> tuple[str, ...]:
    """Each id that stands under `handover` in a file of `facts/`. Raises EvidenceError."""
    return tuple(one for path in sorted(HOME.glob("*.yaml")) for one in _of_file(path))


def _of_file(path: Path) -> Iterator[str]:
    for entry in as_list(read_plain(path)) or ():
        if isinstance(entry, dict):
            held = as_list(cast("dict[str, object]", entry).get("handover")) or ()
            yield from (str(one) for one in held)
