"""What the page rests on: key numbers with sources, where the model ends, how to repeat it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from speciosa.evidence import find
from speciosa.evidence.cite import rests_on
from speciosa.evidence.record import Record
from speciosa.product.content import main_of
from speciosa.report.files import json_text
from speciosa.report.onepage_parts import Parameter, Run
from speciosa.report.words import READ, drug, number, span

__all__ = ["parameters", "run_of", "short"]

_CLEARANCE = ("elimination/CL/{}", "clearance, {}")
_KEY = (
    _CLEARANCE,
    ("absorption/scale/kratom", "exposure per mg, across studies"),
    ("product/content/leaf", "mitragynine in leaf"),
    ("metabolism/KI/{}.gut_CYP3A4", "gut CYP3A4 inactivation, KI"),
    ("opioid/mu/Ki/{}", "mu receptor, Ki, {}"),
    ("breathing/gain", "gain, receptor to breath"),
    ("dependence/pace", "pace of dependence"),
)
"""Records that the page hangs on, where the run used them, and what they are in words."""
_OURS = "speciosa"
"""The source of judgements; what such a record was derived from is named in its place."""
_NAMED = 2
_SENTENCE = re.compile(r"^.*?[.](?= [A-Z0-9]|$)", re.DOTALL)


def parameters(result: Mapping[str, Any]) -> Iterator[Parameter]:
    """The key numbers of a run, with range, status, how they were read, and sources."""
    used = {row["id"] for row in result["evidence"]}
    main = main_of(result["scenario"]["product"]["kind"])
    keys = [(key.format(main), what.format(drug(main))) for key, what in _KEY]
    named: list[str] = [one["drug"] for one in result["scenario"].get("with") or ()]
    keys += [(_CLEARANCE[0].format(one), _CLEARANCE[1].format(one)) for one in named]
    for key, what in dict(keys).items():
        if key in used:
            yield _parameter(find([key])[key], what)


def short(sentences: str) -> str:
    """The first sentence."""
    found = _SENTENCE.match(sentences)
    return found[0] if found else sentences


def hash_of(asked: Mapping[str, Any]) -> str:
    """What tells a run from all others, of all that it depends on."""
    return hashlib.sha256(json_text(asked).encode()).hexdigest()[:16]


def without_run(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """A scenario less how it is run, which stands beside it."""
    return {key: held for key, held in scenario.items() if key != "run"}


def run_of(result: Mapping[str, Any]) -> Run:
    """What is needed to compute it again."""
    model, people = result["model"], result["people"]
    asked = {
        "scenario": without_run(result["scenario"]),
        "model": model["hash"],
        "seed": result["seed"],
        "people": people["n"],
        "replicates": people["replicates"],
    }
    command = (
        f"speciosa report SCENARIO.toml --people {people['n']} "
        f"--replicates {people['replicates']} --seed {result['seed']}"
    )
    return Run(
        hash=hash_of(asked),
        version=model["version"],
        model=model["hash"],
        seed=result["seed"],
        people=people["n"],
        replicates=people["replicates"],
        variants=tuple(model["variants"]),
        command=command,
    )


def _parameter(record: Record, what: str) -> Parameter:
    unit = "" if record.unit_text == "1" else f" {record.unit_text}"
    low, high = record.spread.p05, record.spread.p95
    value = f"{number(record.value)}{unit}"
    if low < high:
        value += f" ({span(low, high)})"
    return Parameter(
        record.id, what, value, record.status, READ[record.read], tuple(_sources(record))
    )


def _sources(record: Record) -> Sequence[str]:
    """Keys of its sources; of a judgement what it was derived from, where there is anything."""
    keys = [one.source.key for one in rests_on([record])]
    others = [key for key in keys if key != _OURS]
    held = others or keys
    more = [f"+{len(held) - _NAMED}"] if len(held) > _NAMED else []
    return [*held[:_NAMED], *more]
