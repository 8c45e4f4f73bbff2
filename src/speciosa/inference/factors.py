"""What a name of chance stands for: its title, the record behind it, and what would narrow it.

Every sentence is made of what the record and the line of its parameter say; none is kept here for a
single record.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from speciosa.compile import FlatParameter
from speciosa.evidence import Record, find, observations
from speciosa.evidence.cite import HOW
from speciosa.evidence.fits import Fit, fits
from speciosa.evidence.record import READ
from speciosa.inference.rows import Key
from speciosa.people.draws import PERSON
from speciosa.trial.parameters import variabilities
from speciosa.trial.plan import Plan

__all__ = ["Factor", "factor"]

_STATED = "product/stated/"
_LISTED = 3
"""Studies that are named; of more the rest is counted."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One thing that varies. `kind` is variability (people differ) or uncertainty (we do not know).

    `value` is the middle in `unit`, `spread` says how far it may be off; `records` are those that
    are drawn together. `would` says what to measure.
    """

    kind: str
    id: str
    title: str
    would: str
    value: float | None = None
    unit: str = ""
    spread: str = ""
    status: str = ""
    read: str = ""
    source: str = ""
    records: tuple[str, ...] = ()


def factor(plan: Plan, key: Key) -> Factor:
    """The factor behind a name of chance of a plan."""
    kind, name = key
    if kind == PERSON:
        return _difference(plan, name)
    if name in fits():
        return _fit(plan, fits()[name])
    if name.startswith(_STATED):
        return _limit(name)
    return _record(plan, find([name])[name])


def _difference(plan: Plan, name: str) -> Factor:
    """How people differ in a quantity: one that a record is about, or a trait."""
    parameter = _by_evidence(plan).get(name)
    if parameter is None:
        title = _trait(plan, name)
        would = "for one person: to measure it, and to state it in the scenario"
        return Factor("variability", name, title, would)
    spread = _how_much(plan)[name]
    return Factor(
        "variability",
        name,
        _of(parameter),
        f"for one person: a measurement in that person; how far people differ in it is "
        f"{spread.status}, {HOW[spread.read]}",
        value=spread.value,
        unit="SD of the logarithm",
        spread=str(spread.spread),
        status=spread.status,
        read=spread.read,
        source=spread.source,
        records=(spread.id,),
    )


def _fit(plan: Plan, fit: Fit) -> Factor:
    """Numbers that were estimated together from the same observations."""
    used = {record.id: record for record in plan.model.records}
    held = [used[i] for i in fit.ids if i in used]
    data = sorted({name for record in held for name in record.data})
    seen = [observations()[name] for name in data if name in observations()]
    named = sorted({one.study for one in seen})
    measured = _listed(sorted({f"{one.measure} of {one.output}" for one in seen}))
    would = (
        f"more observations of the kind that they were fitted to, in more people: {measured} "
        f"({len(seen)} so far, of {_listed(named)})"
    )
    return Factor(
        "uncertainty",
        fit.run,
        f"the {len(held)} numbers that were fitted together to {_listed(named)}",
        would,
        status="fitted",
        read=max((record.read for record in held), key=READ.index),
        source=", ".join(dict.fromkeys(record.source for record in held)),
        records=tuple(record.id for record in held),
    )


def _limit(name: str) -> Factor:
    """A content that is stated as below a limit."""
    drug = name.removeprefix(_STATED)
    return Factor(
        "uncertainty",
        name,
        f"content of {drug}, stated only as below a limit",
        f"an analysis of the product that can measure less {drug} than the limit that is stated",
        status="stated",
    )


def _record(plan: Plan, record: Record) -> Factor:
    return Factor(
        "uncertainty",
        record.id,
        _title(plan, record),
        _would(record),
        value=record.value,
        unit=record.unit_text,
        spread=str(record.spread),
        status=record.status,
        read=record.read,
        source=f"{record.source}, {record.where}",
        records=(record.id,),
    )


def _would(record: Record) -> str:
    """What would narrow a record, by how it came about."""
    unit = "" if record.unit_text == "1" else f", in {record.unit_text}"
    asked = f"{_conditions(record)}{unit}"
    if record.system == "product":
        return f"an analysis of this very product{unit}, stated in the scenario"
    if record.status == "measured":
        check = "" if record.read == READ[0] else "reading its source itself; then "
        return f"{check}another measurement{asked}; it is {record.spread.words}"
    if record.status == "fitted":
        return f"more observations of what it was fitted to: {_listed(sorted(record.data))}"
    if record.status == "assumed":
        return f"a first measurement{asked}; nobody has measured it. {_sentence(record.because)}"
    return f"a measurement of its own{asked}; now it is derived: {record.by}"


def _conditions(record: Record) -> str:
    """Where it should be measured, as far as the record says."""
    known = record.conditions
    said = [str(known[key]) for key in ("species", "system") if key in known]
    return f" in {', '.join(said)}" if said else ""


def _title(plan: Plan, record: Record) -> str:
    """The line of the parameter that a record stands for; without one, the words of its id."""
    pairs = zip(plan.model.records, plan.model.flat.parameters, strict=True)
    by_record = {held.id: parameter for held, parameter in pairs}
    if record.id in by_record:
        return _of(by_record[record.id])
    by_evidence = _by_evidence(plan)
    about = [by_evidence[name] for name, one in _how_much(plan).items() if one.id == record.id]
    if about:
        return f"how far people differ: {_of(about[0]) if len(about) == 1 else about[0].doc}"
    system, _, rest = record.id.partition("/")
    return f"{system}: {rest.replace('/', ', ').replace('_', ' ')}"


def _of(parameter: FlatParameter) -> str:
    """A parameter's line, and what of: `mitragynine`, or `mitragynine by CYP2D6`."""
    if parameter.member is None:
        return parameter.doc
    which = parameter.evidence.rpartition("/")[2].replace(".", " by ", 1).replace(".", " to ", 1)
    return f"{parameter.doc} ({which})"


def _by_evidence(plan: Plan) -> dict[str, FlatParameter]:
    return {one.evidence: one for one in plan.model.flat.parameters}


def _how_much(plan: Plan) -> dict[str, Record]:
    """By evidence id the record that says how far people differ."""
    spreads = variabilities(plan.model)
    return {p.evidence: spreads[p.name] for p in plan.model.flat.parameters if p.name in spreads}


def _trait(plan: Plan, name: str) -> str:
    """A trait as the model describes it, or by its name."""
    docs = plan.model.flat.docs
    return docs.get(f"person.{name}") or name.replace("_", " ")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(names: Iterable[str]) -> str:
    """Some names, and how many more."""
    held = list(names)
    if len(held) <= _LISTED:
        return ", ".join(held) or "nothing"
    return f"{', '.join(held[:_LISTED])} and {len(held) - _LISTED} more"
