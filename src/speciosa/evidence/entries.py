"""From an entry of a file to a record, a study or an observation, or to one clear error."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from itertools import pairwise
from types import MappingProxyType
from typing import cast

from speciosa.errors import SpeciosaError
from speciosa.evidence.fields import Fields
from speciosa.evidence.record import (
    AT_A_TIME,
    PAINS,
    PHENOTYPES,
    PRODUCTS,
    READ,
    ROUTES,
    STATISTICS,
    STATUS,
    USES,
    WINDOWS,
    Arm,
    Conditions,
    Habit,
    Medicine,
    Observation,
    Record,
    Study,
)
from speciosa.units import convert, parse_quantity, unit

__all__ = ["observation_from", "record_from", "study_from"]

# Status -> the keys that come with it and with no other, and what they should hold.
_NEEDS: Mapping[str, Mapping[str, str]] = {
    "measured": {},
    "derived": {"by": "a formula over record ids, or words for one"},
    "fitted": {
        "data": "ids of the observations that it was fitted to",
        "run": "the run that fitted it",
    },
    "assumed": {
        "because": "why this is assumed",
        "range": "two numbers, the lowest and the highest that it may be",
    },
}


def record_from(entry: object, file: str, position: int, keys: frozenset[str]) -> Record:
    """Read one record; `keys` are the sources that exist. Raises EvidenceError."""
    named = _named(entry)
    f = Fields(f"{file}, {named or f'record {position}'}", entry, "a record")
    identity = f.id("id")
    value = f.number("value", "a finite number, with its uncertainty under spread")
    unit_text, _ = f.unit("unit")
    spread = f.spread("spread", value)
    source = _source(f, keys)
    where = f.text("where", "the place in the source, such as Table 3 or abstract")
    read = f.choice("read", READ)
    status = f.choice("status", STATUS)
    ends = f.numbers("range", "two numbers, the lowest and the highest") if f.has("range") else None
    record = Record(
        id=identity,
        value=value,
        unit_text=unit_text,
        spread=spread,
        source=source,
        where=where,
        read=read,
        status=status,
        by=f.text_or_empty("by", "a formula over record ids, or words for one"),
        data=f.texts("data", "ids of the observations that it was fitted to"),
        run=f.text_or_empty("run", "the run that fitted it"),
        because=f.text_or_empty("because", "the reason in words"),
        range=_range(f, ends, value),
        conditions=_conditions(f),
        note=f.text_or_empty("note", "words"),
        supersedes=f.texts("supersedes", "record ids"),
        disputes=f.texts("disputes", "ids of what contradicts it"),
        handover=f.texts("handover", "ids"),
    )
    f.done()
    _check_status(f, record)
    return record


def study_from(entry: object, file: str, keys: frozenset[str]) -> Study:
    """Read the head of an observation file. Raises EvidenceError."""
    f = Fields(f"{file}, study", entry, "a study")
    arms = tuple(_arm(f, item, i) for i, item in enumerate(f.parts("arms", "arms"), 1))
    names = [arm.id for arm in arms]
    for name in names:
        if names.count(name) > 1:
            f.fail("arms", name, "names of arms that differ")
    lloq = f.part("lloq", "limits per substance") if f.has("lloq") else None
    sampling = f.numbers("sampling", "times in h") if f.has("sampling") else ()
    if any(b <= a for a, b in pairwise(sampling)) or min(sampling, default=0.0) < 0.0:
        f.fail("sampling", list(sampling), "times in h, each after the one before")
    study = Study(
        id=f.text("id", "the name of the file without its ending"),
        source=_source(f, keys),
        also=tuple(_key(f, "also", key, keys) for key in f.texts("also", "keys of sources")),
        title=f.text("title", "what the study is, in one line"),
        population=f.text("population", "who was studied"),
        n=f.whole("n", "the number of people") if f.has("n") else None,
        weight=_quantity(f, "weight", "kg") if f.has("weight") else None,
        arms=arms,
        sampling=sampling,
        lloq=_limits(lloq),
        assumed=f.texts("assumed", "what the source does not say and is assumed, in words"),
        where=f.text("where", "the place in the source that tells the design"),
        read=f.choice("read", READ),
        note=f.text_or_empty("note", "words"),
        handover=f.texts("handover", "ids"),
        cyp2d6=f.choice("cyp2d6", PHENOTYPES) if f.has("cyp2d6") else "normal",
    )
    f.done()
    return study


def observation_from(entry: object, file: str, study: Study, keys: frozenset[str]) -> Observation:
    """Read one observation of a study. Raises EvidenceError."""
    f = Fields(f"{file}, {_named(entry) or 'observation without id'}", entry, "an observation")
    value = f.number("value")
    unit_text, _ = f.unit("unit")
    observation = Observation(
        id=f.id("id"),
        study=study.id,
        output=f.text("output", "an output such as plasma.mitragynine"),
        measure=f.text("measure", "a measure such as cmax"),
        window=f.choice("window", WINDOWS),
        statistic=f.choice("statistic", STATISTICS),
        arms=f.texts("arm", "an arm of the study, or a list of them"),
        value=value,
        unit_text=unit_text,
        spread=f.printed("spread"),
        n=f.whole("n", "the number of people") if f.has("n") else None,
        source=_source(f, keys) if f.has("source") else study.source,
        where=f.text("where", "the place in the source, such as Table 3 or abstract"),
        read=f.choice("read", READ),
        use=f.choice("use", USES),
        because=f.text_or_empty("because", "the reason in words"),
        comparable=f.flag("comparable", True),
        note=f.text_or_empty("note", "words"),
        disputes=f.texts("disputes", "ids of what contradicts it"),
        handover=f.texts("handover", "ids"),
        at=f.number("at", "hours after the window's start") if f.has("at") else None,
        above=f.number("above", "the bound of the share") if f.has("above") else None,
        by=f.text_or_empty("by", "from which numbers it was computed, and how"),
        repeats=f.text_or_empty("repeats", "the id of the number that it says again"),
    )
    f.done()
    _check_measure(f, observation)
    if not observation.id.startswith(study.id + "/"):
        f.fail("id", observation.id, f"an id that begins with the study, {study.id}/")
    if not observation.arms:
        f.fail("arm", f.raw("arm"), "an arm of the study, or a list of them")
    for arm in observation.arms:
        if arm not in {known.id for known in study.arms}:
            f.fail("arm", arm, "one of " + ", ".join(known.id for known in study.arms))
    if (observation.use == "none" or not observation.comparable) and not observation.because:
        f.fail("because", f.raw("because"), "why it serves neither fit nor validation")
    return observation


def _check_measure(f: Fields, o: Observation) -> None:
    """A measure of a moment says which, a share of whom, and what is not independent is unused."""
    if (o.at is not None) != (o.measure in AT_A_TIME) or (o.at is not None and o.at < 0.0):
        f.fail("at", f.raw("at"), f"hours with {', '.join(AT_A_TIME)}, else nothing")
    if (o.above is not None) != (o.statistic == "share") and o.comparable:
        f.fail("above", f.raw("above"), "a bound with the statistic share, else nothing")
    if (o.by or o.repeats) and o.use != "none":
        f.fail("use", o.use, "none, since it follows from other numbers or repeats one")


def _named(entry: object) -> str:
    """The id of an entry, for messages; empty if it has none."""
    if not isinstance(entry, Mapping):
        return ""
    found = cast("Mapping[object, object]", entry).get("id")
    return found if isinstance(found, str) else ""


def _source(f: Fields, keys: frozenset[str]) -> str:
    return _key(f, "source", f.text("source", "the key of a source in sources.bib"), keys)


def _key(f: Fields, field: str, key: str, keys: frozenset[str]) -> str:
    """A key that the bibliography has."""
    if key not in keys:
        near = get_close_matches(key, keys, n=1)
        hint = f"; nearest is {near[0]}" if near else ""
        f.fail(field, key, f"the key of a source in sources.bib{hint}")
    return key


def _check_status(f: Fields, record: Record) -> None:
    """Each status brings what it needs, and nothing that belongs to another."""
    for key, expected in _NEEDS[record.status].items():
        if not f.has(key):
            f.fail(key, f.raw(key), f"{expected}, since the status is {record.status}")
    for status, keys in _NEEDS.items():
        for key in keys:
            if status != record.status and f.has(key) and key not in _NEEDS[record.status]:
                f.fail("status", record.status, f"{status}, since the record has {key}")
    if record.status == "assumed" and record.read != "recalled":
        f.fail("read", record.read, "recalled, since an assumed number stands in no source")
    if record.status == "assumed" and record.spread.kind == "exact":
        f.fail("spread", "exact", "a spread as wide as the assumption, since it is assumed")


def _range(f: Fields, ends: tuple[float, ...] | None, value: float) -> tuple[float, float] | None:
    if ends is None:
        return None
    if len(ends) != 2 or not ends[0] < ends[1]:
        f.fail("range", list(ends), "two numbers, the lowest first")
    if not ends[0] <= value <= ends[1]:
        f.fail("value", value, f"a value inside its range, {ends[0]:g} to {ends[1]:g}")
    return ends[0], ends[1]


def _conditions(f: Fields) -> Conditions:
    if not f.has("conditions"):
        return MappingProxyType({})
    given = f.raw("conditions")
    if not isinstance(given, Mapping):
        f.fail("conditions", given, "keys and values, such as {species: human}")
    read: dict[str, str | float] = {}
    for key, held in cast("Mapping[object, object]", given).items():
        if not isinstance(key, str) or not isinstance(held, str | int | float):
            f.fail("conditions", {key: held}, "words with a text or a number each")
        read[key] = held
    return MappingProxyType(read)


def _arm(f: Fields, item: object, position: int) -> Arm:
    a = Fields(f"{f.place}, arm {_named(item) or position}", item, "an arm")
    contents = a.part("mg", "mg of each substance in one dose, may be {}")
    mg = {key: contents.number(key, "mg in one dose") for key in contents.names()}
    for key, amount in mg.items():
        if amount < 0.0:
            contents.fail(key, amount, "mg of at least 0")
    every = a.number("every", "hours between doses") if a.has("every") else None
    number = a.whole("number", "a whole number of doses")
    if (every is None) != (number == 1) or (every is not None and every <= 0.0):
        a.fail("every", a.raw("every"), "hours above 0 where there are several doses, else nothing")
    habit = _habit(a.part("habit", "a habit")) if a.has("habit") else None
    given = a.parts("with", "medicines") if a.has("with") else []
    medicines = tuple(_medicine(a, item, i) for i, item in enumerate(given, 1))
    arm = Arm(
        id=a.text("id", "a name"),
        product=a.choice("product", PRODUCTS),
        mg=MappingProxyType(mg),
        weighed=_quantity(a, "weighed", "g") if a.has("weighed") else None,
        every=every,
        number=number,
        n=a.whole("n", "the number of people") if a.has("n") else None,
        per_kg=a.flag("per_kg", False),
        route=a.choice("route", ROUTES) if a.has("route") else "oral",
        habit=habit,
        medicines=medicines,
        pain=a.choice("pain", PAINS) if a.has("pain") else "none",
    )
    a.done()
    return arm


def _habit(h: Fields) -> Habit:
    """What people took before, until one interval before time 0 unless it is said."""
    contents = h.part("mg", "mg of each substance in one dose")
    mg = {key: contents.number(key, "mg in one dose") for key in contents.names()}
    every = h.number("every", "hours between doses")
    habit = Habit(
        mg=MappingProxyType(mg),
        every=every,
        days=h.number("days", "for how many days"),
        since=h.number("since", "hours from the last dose to time 0") if h.has("since") else every,
    )
    h.done()
    for key in ("every", "days", "since"):
        if getattr(habit, key) <= 0.0:
            h.fail(key, h.raw(key), "a number above 0")
    for key, amount in mg.items():
        if amount < 0.0:
            contents.fail(key, amount, "mg of at least 0")
    return habit


def _medicine(a: Fields, item: object, position: int) -> Medicine:
    m = Fields(f"{a.place}, with {position}", item, "a medicine")
    every = m.number("every", "hours between doses") if m.has("every") else None
    number = m.whole("number", "a whole number of doses") if m.has("number") else 1
    if (every is None) != (number == 1) or (every is not None and every <= 0.0):
        m.fail("every", m.raw("every"), "hours above 0 where there are several doses, else nothing")
    medicine = Medicine(
        drug=m.text("drug", "the name of a drug"),
        mg=m.number("mg", "mg in one dose"),
        at=m.number("at", "hours from time 0") if m.has("at") else 0.0,
        every=every,
        number=number,
        route=m.choice("route", ROUTES) if m.has("route") else "oral",
    )
    m.done()
    if medicine.mg < 0.0:
        m.fail("mg", medicine.mg, "mg of at least 0")
    return medicine


def _quantity(f: Fields, key: str, in_: str) -> float:
    """A text such as `2 g`, as a number in one unit."""
    written = f.raw(key)
    right = f"a quantity such as 2 {in_}"
    if not isinstance(written, str):
        f.fail(key, written, right)
    try:
        number, given = parse_quantity(written)
        return float(convert(number, given, unit(in_)))
    except SpeciosaError:
        f.fail(key, written, right)


def _limits(lloq: Fields | None) -> Mapping[str, float]:
    """Lower limits of quantification, ng/mL per substance."""
    if lloq is None:
        return MappingProxyType({})
    return MappingProxyType({key: _quantity(lloq, key, "ng/mL") for key in lloq.names()})
