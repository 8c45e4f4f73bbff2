"""One body system by itself, with members of its own index sets; ranges that laws look through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
from hypothesis import strategies as st
from tests.bodies import Array, Body, drawn
from tests.ranges import Range

from speciosa.compile import Member, flatten_alone
from speciosa.evidence import find
from speciosa.language import System


def lone(system: type[System], **members: Iterable[str]) -> Body:
    """A system, its inputs left open; `members` by the word of an index set, else none."""
    used = {quantity.each for quantity in system.named if quantity.each is not None}
    named = {each: [Member(name) for name in members.get(each.word, ())] for each in used}
    return Body(flatten_alone(system, named))


def recorded(body: Body) -> dict[str, float]:
    """The central value of the record behind each parameter."""
    wanted = {p.name: p.evidence for p in body.flat.parameters}
    found = find(wanted.values())
    return {name: found[identity].value for name, identity in wanted.items()}


def anywhere(body: Body, ranges: Mapping[str, Range]) -> st.SearchStrategy[Array]:
    """Parameters, then inputs, anywhere in their ranges."""
    return drawn(body.parameters, ranges)


def setting(body: Body, parameters: Array, **to: float) -> Array:
    """Parameters with single inputs set."""
    after = np.array(parameters)
    for name, value in to.items():
        after[body.parameters.index(f"input.{name}")] = value
    return after
