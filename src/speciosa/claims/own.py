"""A claim of one's own, from a small TOML file, put to the same test as the popular ones.

    claim = "Leaf is out of the blood a day after it was taken."
    kind = "effect"
    gap = "Nobody has followed people who take it each day until it was gone."

    [scenarios]                      # by a name: a file beside this one, or the tables themselves
    leaf.product.kind = "leaf"
    leaf.regimen.dose = "5 g"

    [[part]]                         # all parts must hold
    that = "nothing of it is in the blood after a day"
    [[part.simulated]]               # all must be so
    output = "plasma.mitragynine"
    measure = "last"
    scenario = "leaf"
    at_most = 1.0                    # a number, or the id of a record

What a study saw stands under `[[part.seen]]`, with `[part.grade]` for how sure it makes; without
either the model is asked alone, and so can deny but not affirm, except of levels in plasma.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from speciosa.claims.bench import simulations
from speciosa.claims.case import ABOUT, Case, Part
from speciosa.claims.claim import KINDS, Claim
from speciosa.claims.grade import DOMAINS, STARTS, UP, Grade, Step
from speciosa.claims.margins import MOST
from speciosa.claims.ran import HOW, People
from speciosa.claims.seen import Bound, Count, Difference, Every, Known, Measured, Ratio, Test
from speciosa.evidence.fields import Fields
from speciosa.trial.reading import read_toml
from speciosa.trial.scenario import Scenario
from speciosa.trial.signs import refuse_emergency

__all__ = ["SUFFIX", "own"]

SUFFIX = ".toml"

_SEEN = ("id", "over", "count", "first", "measured", "facts")
"""The key that tells what kind of look at a study is meant."""


def own(path: str) -> tuple[Claim, Case, Mapping[str, Scenario]]:
    """The claim in a file, how it is tested, and the scenarios that it brings.

    Raises:
        InputError: the file cannot be read, or what it says is wrong.
        EmergencyError: a scenario tells of an emergency.
    """
    file = Path(path)
    f = Fields(file.name, read_toml(file, path, "a claim"), "a claim")
    identity = file.name.removesuffix(SUFFIX)
    claim = Claim(
        id=identity,
        claim=f.text("claim", "a sentence"),
        kind=f.choice("kind", KINDS),
        system=f.text_or_empty("system", "a word") or "own",
        test="both",
    )
    gap = f.text("gap", "one sentence: the main thing that nobody knows")
    held = _scenarios(f, file.parent)
    # Two files may give one name to two scenarios.
    brought = {f"{identity}/{name}": scenario for name, scenario in held.items()}
    known = {name: name for name in simulations()} | {name: f"{identity}/{name}" for name in held}
    given = f.parts("part", "parts") if f.has("part") else []
    if not given:
        f.fail("part", given, "at least one part, [[part]]")
    parts = tuple(
        _part(Fields(f"{file.name}, part {place}", part, "a part"), known)
        for place, part in enumerate(given, 1)
    )
    f.done()
    return claim, Case(identity, parts, gap), brought


def _scenarios(f: Fields, folder: Path) -> dict[str, Scenario]:
    """Scenarios by name; a text is the name of a file."""
    if not f.has("scenarios"):
        return {}
    part = f.part("scenarios", "scenarios by name")
    found: dict[str, Scenario] = {}
    for name in part.names():
        held = part.raw(name)
        if isinstance(held, str):
            found[name] = Scenario.load(folder / held)
        elif isinstance(held, Mapping):
            found[name] = Scenario.from_dict(cast("Mapping[str, Any]", held), folder)
        else:
            part.fail(name, held, "the name of a scenario file, or the tables of a scenario")
        refuse_emergency(found[name])
    return found


def _part(f: Fields, known: Mapping[str, str]) -> Part:
    simulated = [
        _simulated(Fields(f"{f.place}, simulated {place}", one, "a comparison"), known)
        for place, one in enumerate(_list(f, "simulated"), 1)
    ]
    seen = [
        _seen(Fields(f"{f.place}, seen {place}", one, "a look at a study"))
        for place, one in enumerate(_list(f, "seen"), 1)
    ]
    if not simulated and not seen:
        f.fail("simulated", [], "something to look at, [[part.simulated]] or [[part.seen]]")
    part = Part(
        that=f.text("that", 'a statement that follows "it is likely that"'),
        about=f.choice("about", ABOUT) if f.has("about") else "people",
        grade=_grade(f, bool(seen)),
        seen=_all(seen),
        model=_all(simulated),
        built_in=f.text_or_empty("built_in", "why the model says so by construction"),
    )
    f.done()
    return part


def _simulated(f: Fields, known: Mapping[str, str]) -> People:
    least, most = _bounds(f)
    scenarios = f"one of {', '.join(known)}"
    name = f.text("scenario", scenarios)
    than = f.text_or_empty("than", scenarios)
    for key, one in (("scenario", name), ("than", than)):
        if one and one not in known:
            f.fail(key, one, scenarios)
    how = f.choice("how", HOW) if f.has("how") else HOW[0]
    if f.has("how") and not than:
        f.fail("than", than, "the scenario that it is compared with")
    people = People(
        simulation=known[name],
        output=f.text("output", "the name of an output"),
        at_least=least,
        at_most=most,
        measure=f.text_or_empty("measure", "the name of a measure") or "max",
        window=f.text_or_empty("window", "first, last or all") or "all",
        than=known[than] if than else "",
        how=how,
        share=_share(f),
    )
    f.done()
    return people


def _seen(f: Fields) -> Test:
    named = [key for key in _SEEN if f.has(key)]
    if len(named) != 1:
        f.fail("seen", named, f"exactly one of the keys {', '.join(_SEEN)}")
    test: Test
    if named[0] == "measured":
        species = f.text_or_empty("species", "a species, such as human")
        looked = f.text_or_empty("looked", "where it would stand if it had been measured")
        test = Measured(f.text("measured", "the start of an id"), species, looked)
    elif named[0] == "facts":
        test = Known(f.texts("facts", "ids of facts"))
    else:
        least, most = _bounds(f)
        if named[0] == "id":
            test = Bound(f.id("id"), least, most)
        elif named[0] == "count":
            test = Count(f.id("count"), least, most)
        elif named[0] == "over":
            test = Ratio(f.id("over"), f.id("under"), least, most)
        else:
            test = Difference(f.id("first"), f.id("second"), least, most, f.flag("log", False))
    f.done()
    return test


def _grade(f: Fields, seen: bool) -> Grade:
    """How sure what was seen makes; nothing was seen where only a model is asked."""
    if not seen:
        if f.has("grade"):
            f.fail("grade", f.raw("grade"), "no grade where no study is looked at")
        return Grade("none")
    part = f.part("grade", "a grade, such as {start = 'observational'}")
    start = part.choice("start", STARTS)
    steps = tuple(
        _step(Fields(f"{part.place}, step {place}", one, "a step"))
        for place, one in enumerate(_list(part, "step"), 1)
    )
    part.done()
    return Grade(start, steps)


def _step(f: Fields) -> Step:
    domain = f.choice("domain", DOMAINS)
    by, sign = f.number("by", "a number"), 1 if domain in UP else -1
    if by * sign not in (1, 2, 3):
        f.fail("by", by, f"{sign}, {2 * sign} or {3 * sign}")
    step = Step(int(by), domain, f.text("why", "the reason"))
    f.done()
    return step


def _bounds(f: Fields) -> tuple[float | str | None, float | str | None]:
    given = [key for key in ("at_least", "at_most") if f.has(key)]
    if len(given) != 1:
        f.fail("at_least", given, "exactly one of at_least and at_most")
    bound = _bound(f, given[0])
    return (bound, None) if given[0] == "at_least" else (None, bound)


def _bound(f: Fields, key: str) -> float | str:
    """A number, or the id of a record."""
    return f.id(key) if isinstance(f.raw(key), str) else f.number(key, "a number or an id")


def _share(f: Fields) -> float | str:
    """How many people must keep the bound, from 0 to 1; most of them where nothing is said."""
    share = _bound(f, "share") if f.has("share") else MOST
    if isinstance(share, float) and not 0.0 <= share <= 1.0:
        f.fail("share", share, "a share of people, from 0 to 1, or an id")
    return share


def _list(f: Fields, key: str) -> list[object]:
    return f.parts(key, "tables") if f.has(key) else []


def _all(tests: Sequence[Test]) -> Test | None:
    if len(tests) > 1:
        return Every(tuple(tests))
    return tests[0] if tests else None
