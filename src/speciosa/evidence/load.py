"""Reading and writing the evidence files.

`records("opioid", "pain")` reads two files and no other; what was read once is kept. Nothing is
written at run time: fitted records are written by whoever runs a calibration.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import textwrap
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import cast

import yaml

from speciosa.errors import EvidenceError
from speciosa.evidence.entries import observation_from, record_from, study_from
from speciosa.evidence.fields import Fields, as_list
from speciosa.evidence.plain import read_plain, read_text
from speciosa.evidence.record import Observation, Record, Source, Study

__all__ = [
    "find",
    "observations",
    "read_observations",
    "read_records",
    "read_sources",
    "records",
    "source",
    "source_keys",
    "sources",
    "studies",
    "studies_of",
    "systems",
    "write_records",
]

HOME = Path(__file__).parent
FITTED = "fitted"  # the file that calibrations write

_WIDTH = 100


def systems() -> tuple[str, ...]:
    """The words for which there is a record file."""
    return tuple(sorted(_words(HOME)))


def records(*words: str) -> Mapping[str, Record]:
    """The records of the files named, of all files if none is. Raises EvidenceError.

    The fitted ones may be missing: before the first calibration there are none.
    """
    known = systems()
    found: dict[str, Record] = {}
    for word in words or known:
        if word == FITTED and word not in known:
            continue
        if word not in known:
            raise EvidenceError("evidence", word, "one of " + ", ".join(known))
        found |= _file(word)
    return MappingProxyType(found)


def find(ids: Iterable[str]) -> Mapping[str, Record]:
    """The records with these ids, from the files that hold them and no other.

    A record lies in the file of its first word, or among the fitted ones, which then win. Raises
    EvidenceError for an id without record.
    """
    known = _words(HOME)
    fitted: Mapping[str, Record] = _file(FITTED) if FITTED in known else {}
    found: dict[str, Record] = {}
    for identity in ids:
        word = identity.split("/", 1)[0]
        record = fitted.get(identity) or (_file(word).get(identity) if word in known else None)
        if record is None:
            raise EvidenceError("evidence", identity, "the id of a record")
        found[identity] = record
    return MappingProxyType(found)


def studies() -> Mapping[str, Study]:
    """Every study that has observations, by id. Raises EvidenceError."""
    return MappingProxyType({name: study for name, (study, _) in _observed().items()})


def observations() -> Mapping[str, Observation]:
    """Every observation, by id. Raises EvidenceError."""
    held = (observation for _, found in _observed().values() for observation in found)
    return MappingProxyType({observation.id: observation for observation in held})


def studies_of(drug: str) -> tuple[tuple[Study, tuple[Observation, ...]], ...]:
    """Studies whose files name a drug, each with its observations; quicker than all of them."""
    return tuple(_study(path) for path in _studies() if drug in read_text(path))


@lru_cache(maxsize=1)
def sources() -> Mapping[str, Source]:
    """The bibliography, by key. Raises EvidenceError."""
    return MappingProxyType(read_sources(HOME / "sources.bib"))


def source(key: str) -> Source:
    """One source. Raises EvidenceError for a key that the bibliography lacks."""
    if key not in sources():
        raise EvidenceError("source", key, "the key of a source in sources.bib")
    return sources()[key]


@lru_cache(maxsize=1)
def source_keys() -> frozenset[str]:
    """Keys of the bibliography, without reading its entries."""
    text = read_text(HOME / "sources.bib")
    return frozenset(re.findall(r"^@\w+\{([^,\s]+),", text, flags=re.MULTILINE))


@cache
def _words(home: Path) -> frozenset[str]:
    """The words of the files there, listed once: thousands of records are looked up one by one."""
    return frozenset(path.stem for path in (home / "records").glob("*.yaml"))


@cache
def _file(word: str) -> Mapping[str, Record]:
    return read_records(HOME / "records" / f"{word}.yaml", source_keys())


@lru_cache(maxsize=1)
def _observed() -> Mapping[str, tuple[Study, tuple[Observation, ...]]]:
    return {path.stem: _study(path) for path in _studies()}


def _studies() -> list[Path]:
    return sorted((HOME / "observations").glob("*.yaml"))


@cache
def _study(path: Path) -> tuple[Study, tuple[Observation, ...]]:
    return read_observations(path, source_keys())


def read_records(path: Path, keys: frozenset[str]) -> dict[str, Record]:
    """The records of one file, by id; `keys` are the sources that exist. Raises EvidenceError."""
    file = f"{path.parent.name}/{path.name}"
    entries = read_plain(path)
    items = as_list(entries)
    if not items:
        raise EvidenceError(file, entries, "a list of records, each beginning with - id:")
    found: dict[str, Record] = {}
    for position, entry in enumerate(items, 1):
        record = record_from(entry, file, position, keys)
        if record.id in found:
            raise EvidenceError(f"{file}, id", record.id, "an id that no other record has")
        if path.stem not in {record.system, FITTED}:
            raise EvidenceError(f"{file}, id", record.id, f"an id that begins with {path.stem}/")
        found[record.id] = record
    return found


def read_observations(path: Path, keys: frozenset[str]) -> tuple[Study, tuple[Observation, ...]]:
    """One study with its observations; `keys` are the sources that exist. Raises EvidenceError."""
    file = f"{path.parent.name}/{path.name}"
    top = Fields(file, read_plain(path), "a study and its observations")
    study = study_from(top.raw("study"), file, keys)
    if study.id != path.stem:
        raise EvidenceError(f"{file}, study, id", study.id, f"{path.stem}, the name of the file")
    found: dict[str, Observation] = {}
    for entry in top.parts("observations", "observations, may be []"):
        observation = observation_from(entry, file, study, keys)
        if observation.id in found:
            raise EvidenceError(f"{file}, id", observation.id, "an id that no other has")
        found[observation.id] = observation
    top.done()
    return study, tuple(found.values())


_ENTRY = re.compile(r"@(\w+)\{([A-Za-z][\w.\-]*),\n((?:  .*\n)+)\}")
_FIELD = re.compile(r"  (\w+) *= \{(.*)\},?")


def read_sources(path: Path) -> dict[str, Source]:
    """The entries of a BibTeX file, one field a line, values in braces. Raises EvidenceError."""
    text = read_text(path)
    found: dict[str, Source] = {}
    for block in re.split(r"\n\s*\n", text.strip() + "\n"):
        body = "\n".join(line for line in block.splitlines() if not line.startswith("%"))
        if not body.strip():
            continue
        entry = _ENTRY.fullmatch(body.strip())
        if entry is None:
            raise EvidenceError(path.name, body.strip(), "@kind{key, with one field a line, and }")
        kind, key, inside = entry.groups()
        fields: dict[str, str] = {}
        for line in inside.splitlines():
            field = _FIELD.fullmatch(line)
            if field is None or field[1] in fields:
                raise EvidenceError(f"{path.name}, {key}", line.strip(), "name = {text}, once")
            fields[field[1]] = field[2]
        if key in found:
            raise EvidenceError(f"{path.name}, key", key, "a key that no other source has")
        if "title" not in fields:
            raise EvidenceError(f"{path.name}, {key}, title", "", "a title")
        found[key] = Source(key, kind, MappingProxyType(fields))
    return found


def write_records(path: Path, held: Iterable[Record], head: str = "") -> None:
    """Write records as a file of records: sorted by id, one block each, all at once or not at all.

    `head` becomes a comment at the top. What is written is read back first; raises EvidenceError
    where that fails, and then leaves the old file as it was.
    """
    ordered = sorted(held, key=lambda record: record.id)
    blocks = [_block(record) for record in ordered]
    comment = "".join(f"# {line}".rstrip() + "\n" for line in head.splitlines())
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent) as near:
        fresh = Path(near) / "records" / path.name
        fresh.parent.mkdir()
        fresh.write_text(comment + "\n".join(blocks), encoding="utf-8")
        read_records(fresh, source_keys())
        os.replace(fresh, path)
    _file.cache_clear()
    _words.cache_clear()


def _block(record: Record) -> str:
    """One record as YAML, as a person would write it."""
    lines = [line for key, held in record.as_mapping().items() for line in _lines(key, held)]
    return "- " + "\n  ".join(lines) + "\n"


def _lines(key: str, held: object) -> list[str]:
    """One key with its value: on one line where that fits, else folded or one part a line."""
    flow = f"{key}: {_flow(held)}"
    if len(flow) + 4 <= _WIDTH:
        return [flow]
    if isinstance(held, dict):
        pairs = cast("dict[str, object]", held).items()
        return [f"{key}:", *(f"  {line}" for pair in pairs for line in _lines(*pair))]
    if isinstance(held, list):
        return [f"{key}:", *(f"  - {_flow(part)}" for part in cast("list[object]", held))]
    folded = textwrap.wrap(str(held), _WIDTH - 6, break_long_words=False, break_on_hyphens=False)
    return [f"{key}: >-", *(f"  {line}" for line in folded)]


def _flow(held: object, inside: bool = False) -> str:
    """A value on one line; whole numbers without their point, which reads back the same.

    `inside` a mapping or a list, a comma or a bracket needs quotes.
    """
    if isinstance(held, float) and held.is_integer():
        held = int(held)
    if isinstance(held, dict):
        pairs = cast("dict[str, object]", held).items()
        return "{" + ", ".join(f"{key}: {_flow(part, True)}" for key, part in pairs) + "}"
    if isinstance(held, list):
        return "[" + ", ".join(_flow(part, True) for part in cast("list[object]", held)) + "]"
    dumped = yaml.safe_dump(held, allow_unicode=True, width=10_000)
    plain = dumped.removesuffix("\n").removesuffix("\n...")
    if isinstance(held, str) and (plain[0] in "'\"" or (inside and set(plain) & set(",[]{}"))):
        return json.dumps(held, ensure_ascii=False)
    return plain
