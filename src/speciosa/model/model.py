"""A model: the body systems that a set of drugs needs, wired, each number bound to its record.

A model holds the drugs that are taken and those that are made from them, and nothing else. It never
changes; another choice of drugs or variants is another model. Its hash covers the equations and
every record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from speciosa.compile import Flat, Member, Wire, flat_name, flatten, giver
from speciosa.engine.choice import Choice
from speciosa.engine.codegen import machine
from speciosa.engine.problem import Problem
from speciosa.engine.solve import Method
from speciosa.errors import InputError, ModelError
from speciosa.evidence.fits import fits
from speciosa.evidence.load import find, records, systems
from speciosa.evidence.record import Record
from speciosa.language import Each
from speciosa.model.needs import systems_behind
from speciosa.model.numerics import choice, luck, tolerances
from speciosa.model.variants import VARIANTS, unknown_variant
from speciosa.model.wiring import EFFECTS, FOLLOWERS, MEMBERS, OUTPUTS, SYSTEMS, TRAITS, WIRES
from speciosa.near import nearest, ones_near

__all__ = ["Model", "Substance", "can_follow", "forms", "unknown_output"]

Array = NDArray[np.float64]
Chance = Callable[[str], Array]

_PACE = "absorption/ka/"
_UNSEEN = "unseen"
"""In place of a drug whose level in the brain nobody reads."""


@dataclass(frozen=True, slots=True)
class Substance:
    """A drug as it is taken: its dose form, and whose pace of uptake it has.

    `form` picks `absorption/delivered/<form>` and `absorption/lag/<form>`, `uptake` picks
    `absorption/ka/<uptake>`; `origin`, kratom or medicine, picks `absorption/scale/<origin>`.
    """

    name: str
    form: str
    uptake: str
    origin: str = "kratom"


@dataclass(frozen=True)
class Model:
    """One flat problem, and the record behind each of its parameters.

    Attributes:
        flat: the problem with the names, units and descriptions of its parts.
        substances: drugs, in order; those that are only made in the body come last.
        records: one per parameter of the problem that is no trait, in the problem's order.
        variants: names of the alternatives that this model takes.
    """

    flat: Flat
    substances: tuple[Substance, ...]
    records: tuple[Record, ...]
    variants: tuple[str, ...]

    @staticmethod
    def build(
        substances: Iterable[Substance],
        variants: Sequence[str] = (),
        given: Mapping[str, Record] = MappingProxyType({}),
        outputs: Sequence[str] = (),
    ) -> Model:
        """The model for these drugs and for what becomes of them.

        `given` are records that stand in for stored ones of the same id; a calibration starts so.
        `outputs` are public names, with or without a drug; the model then holds only the systems
        that these depend on, and all systems when none is named.

        Raises:
            EvidenceError: a drug has no kinetics in the evidence.
            InputError: an output or a variant is unknown.
            ModelError: two variants replace one record, or a record has another unit than its
                parameter.
        """
        held = systems_behind(map(_wire, outputs)) if outputs else SYSTEMS
        named = {each: _named(each, given) for each in _index_sets() if each.word in MEMBERS}
        chosen = _with_products(substances, named)
        flat = flatten(held, WIRES, _members(chosen, named), TRAITS)
        instead = _instead(variants)
        wanted = [instead.get(p.evidence, p.evidence) for p in flat.parameters]
        found = {**find(i for i in wanted if i not in given), **given}
        for parameter, identity in zip(flat.parameters, wanted, strict=True):
            if found[identity].unit != parameter.unit:
                raise ModelError(
                    f"{identity} is in {found[identity].unit_text}, "
                    f"but {parameter.name} needs {parameter.unit}"
                )
        made = Model(flat, chosen, tuple(found[i] for i in wanted), tuple(variants))
        for name in outputs:
            if name not in OUTPUTS and name not in made.outputs:
                raise unknown_output(name, [*made.outputs])
        return made

    @property
    def problem(self) -> Problem:
        """What the engine integrates."""
        return self.flat.problem

    @cached_property
    def drugs(self) -> tuple[str, ...]:
        """Names of all drugs that the model follows."""
        return tuple(substance.name for substance in self.substances)

    @cached_property
    def outputs(self) -> Mapping[str, str]:
        """Public names of outputs (`plasma.mitragynine`), each with its name in the problem."""
        public: dict[str, str] = {}
        given = set(self.problem.outputs)
        for name, wire in OUTPUTS.items():
            output, member = giver(wire, None)
            inner = flat_name(output, member)
            if inner in given:
                public[name] = inner
            else:
                start = f"{inner}."
                ends = [n.removeprefix(start) for n in self.problem.outputs if n.startswith(start)]
                public |= {f"{name}.{end}": start + end for end in ends}
        return public

    def unit_of(self, output: str) -> str:
        """Unit of a public output."""
        return str(self.flat.units[self.outputs[output]])

    @cached_property
    def central(self) -> Array:
        """The value of every record, shape (records,)."""
        return np.array([record.value for record in self.records])

    def drawn(self, chance: Chance) -> Array:
        """Values of all records for draws of what we do not know, shape (draws, records).

        `chance(name)` gives numbers between 0 and 1, (draws,), the same for the same name. Records
        of one fit are drawn together, as a row of its posterior; every other by its own spread.
        """
        drawn: dict[str, Array] = {}
        for run, fit in fits().items():
            if not self._ids.isdisjoint(fit.ids):
                rows = (chance(run) * len(fit.draws)).astype(np.intp)
                drawn |= dict(zip(fit.ids, fit.draws[rows].T, strict=True))
        columns = [
            drawn[r.id] if r.id in drawn else r.spread.quantile(chance(r.id)) for r in self.records
        ]
        return np.stack(columns, axis=1)

    @cached_property
    def tolerances(self) -> Array:
        """Absolute error that a step may make, of each state in its unit."""
        return tolerances(self.flat)

    @cached_property
    def choice(self) -> Choice:
        """With which method the model is integrated, and what was counted for it."""
        return choice(
            self.flat, lambda: np.concatenate([self.central[None], self.drawn(luck)]), self.hash
        )

    @property
    def method(self) -> Method:
        """The method of `choice`; where machine code cannot be made nothing is chosen."""
        return self.choice.method if machine.available() else "rodas5p"

    @cached_property
    def hash(self) -> str:
        """A short hash of equations, records and fits; equal hashes are equal models."""
        drawn = [
            (run, blake2b(np.ascontiguousarray(fit.draws).tobytes()).hexdigest())
            for run, fit in fits().items()
            if not self._ids.isdisjoint(fit.ids)
        ]
        content = (self.problem.digest, [repr(r.as_mapping()) for r in self.records], drawn)
        return blake2b(repr(content).encode(), digest_size=8).hexdigest()

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(record.id for record in self.records)


def _wire(name: str) -> Wire:
    """The output behind a public name, with or without a member. Raises InputError."""
    for known in (name, name.rpartition(".")[0]):
        if known in OUTPUTS:
            return OUTPUTS[known]
    raise unknown_output(name, [*OUTPUTS])


def unknown_output(name: str, known: Sequence[str], key: str = "outputs") -> InputError:
    """The error for the name of an output that a model has not: what is near, where all stand."""
    word, _, _ = name.rpartition(".")
    members = [one.removeprefix(f"{word}.") for one in known if one.rpartition(".")[0] == word]
    if word in OUTPUTS and members:
        # The word is right, so who was meant is not in this model.
        near = nearest(name.rpartition(".")[2], members)
        hint = f"; did you mean {word}.{near}?" if near else ""
        return InputError(key, name, f"{word} of {', '.join(members)}{hint}")
    near = ones_near(name, known)
    hint = f"did you mean {' or '.join(near)}?" if near else "such as pain.relief;"
    return InputError(key, name, f"the name of an output: {hint} docs/outputs.md lists all")


def can_follow(drug: str) -> bool:
    """Whether the evidence holds the kinetics of an alkaloid, so that it can be followed."""
    held = {**records("elimination"), **records("absorption"), **_fitted()}
    return f"elimination/CL/{drug}" in held and f"absorption/ka/{drug}" in held


def forms(drug: str) -> tuple[str, ...]:
    """Dose forms of a medicine that the evidence can follow, such as `morphine-oral`."""
    if f"elimination/CL/{drug}" not in records("elimination"):
        return ()
    start = f"{_PACE}{drug}-"
    return tuple(i.removeprefix(_PACE) for i in records("absorption") if i.startswith(start))


def _fitted() -> Mapping[str, Record]:
    """The fitted records; none before the first calibration."""
    return records("fitted") if "fitted" in systems() else {}


def _named(each: Each, given: Iterable[str]) -> tuple[Member, ...]:
    """Every member of an index set that a record names, stored or `given`, of whatever drug.

    The words behind the prefix are where the maps of the set lead, in their order; the last may be
    missing. What has a further `/` is one study's value of the same.
    """
    prefix = MEMBERS[each.word]
    found: list[Member] = []
    for identity in dict.fromkeys([*records(prefix.split("/")[0]), *_fitted(), *given]):
        name = identity.removeprefix(prefix)
        if name != identity and "/" not in name:
            words = iter(name.split(".") if each.maps else ())
            found.append(Member(name, {onto: next(words, None) for onto in each.maps}))
    return tuple(found)


def _with_products(
    substances: Iterable[Substance], named: Mapping[Each, Sequence[Member]]
) -> tuple[Substance, ...]:
    """The drugs taken, then what they become, and what that becomes."""
    ways = [member for members in named.values() for member in members if "product" in member.maps]
    chosen = {substance.name: substance for substance in substances}
    waiting = list(chosen.values())
    while waiting:
        parent = waiting.pop(0)
        for way in ways:
            product = way.maps["product"]
            if way.maps["drug"] == parent.name and product and product not in chosen:
                chosen[product] = Substance(product, parent.form, product, parent.origin)
                waiting.append(chosen[product])
    return tuple(chosen.values())


def _members(
    chosen: Sequence[Substance], named: Mapping[Each, Sequence[Member]]
) -> dict[Each, tuple[Member, ...]]:
    """Who stands in each index set: the drugs, what records name of them, and where that leads."""
    drugs = {s.name: _drug(s) for s in chosen}
    found: dict[Each, tuple[Member, ...]] = {}
    for each, members in named.items():
        if "drug" in each.maps:
            found[each] = tuple(m for m in members if m.maps["drug"] in drugs)
        elif not each.maps:
            held = {member.name for member in members}
            found[each] = tuple(Member(name) for name in drugs if name in held)
    for each in _index_sets():
        if each.word == "drug":
            found[each] = tuple(drugs.values())
        elif each.word == "effect":
            found[each] = tuple(Member(name) for name in EFFECTS)
        elif each not in named:
            bringing = {over: held for over, held in found.items() if over.word not in FOLLOWERS}
            found[each] = tuple(_in_its_organ(name) for name in _reached(each, bringing))
    # What is of no drug is there if a drug leads to it; and what leads nowhere is not.
    for each in [each for each in named if each not in found]:
        ends = _reached(each, found)
        found[each] = tuple(m for m in named[each] if m.name in ends and _leads(each, m, found))
    return {e: tuple(m for m in held if _leads(e, m, found)) for e, held in found.items()}


def _drug(substance: Substance) -> Member:
    """A drug, with the words that choose among records: of its form, its origin, its brain."""
    name = substance.name
    known = f"distribution/Kpuu/{name}" in records("distribution")
    words = {"form": substance.form, "uptake": substance.uptake, "origin": substance.origin}
    return Member(name, attributes={**words, "brain": name if known else _UNSEEN})


def _in_its_organ(enzyme: str) -> Member:
    """An enzyme, with the word for where it is."""
    return Member(enzyme, attributes={"organ": "gut" if enzyme.startswith("gut_") else "liver"})


def _reached(each: Each, found: Mapping[Each, Sequence[Member]]) -> dict[str, None]:
    """Names of the members that the maps of others lead to, in order."""
    ends = (
        member.maps[name]
        for over, members in found.items()
        for name, onto in over.maps.items()
        if onto == each
        for member in members
    )
    return dict.fromkeys(end for end in ends if end)


def _leads(each: Each, member: Member, found: Mapping[Each, Sequence[Member]]) -> bool:
    """Whether all maps of a member lead to somebody who is there, or say that they do not."""
    return all(
        member.maps[name] is None or any(m.name == member.maps[name] for m in found[onto])
        for name, onto in each.maps.items()
    )


def _index_sets() -> tuple[Each, ...]:
    """Every index set that a quantity of the body runs over, and those that their maps lead to."""
    used = [q.each for system in SYSTEMS for q in system.named if q.each is not None]
    return tuple(dict.fromkeys([*used, *(onto for each in used for onto in each.maps.values())]))


def _instead(variants: Sequence[str]) -> dict[str, str]:
    swaps: dict[str, str] = {}
    for name in variants:
        if name not in VARIANTS:
            raise unknown_variant(name)
        for identity, other in VARIANTS[name].instead.items():
            if identity in swaps:
                raise ModelError(f"two variants replace {identity}; choose one of {list(variants)}")
            swaps[identity] = other
    return swaps
