"""One system alone with the central value of every record: for tests against people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tests.bodies import Body

from speciosa.compile import Member, flatten_alone
from speciosa.evidence.load import find
from speciosa.language import Each, System


def alone_with(system: type[System], members: Mapping[Each, Sequence[str]] | None = None) -> Body:
    """The system by itself, with these members in its index sets."""
    sets = {each: [Member(name) for name in names] for each, names in (members or {}).items()}
    return Body(flatten_alone(system, sets))


def central(body: Body) -> dict[str, float]:
    """The central value of each record that the system uses, by the name of its parameter."""
    wanted = {p.name: p.evidence for p in body.flat.parameters}
    found = find(wanted.values())
    return {name: found[identity].value for name, identity in wanted.items()}
