"""Members: who stands in an index set when a model is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from speciosa.errors import ModelError
from speciosa.language import Each, Parameter

__all__ = ["Member", "Members"]


@dataclass(frozen=True)
class Member:
    """One member of an index set.

    Attributes:
        name: such as "mitragynine"; the last part of flat names.
        maps: for each map of the index set, the member it leads to, or None.
        attributes: more words for the templates of evidence ids.
    """

    name: str
    maps: Mapping[str, str | None] = field(default_factory=dict[str, "str | None"])
    attributes: Mapping[str, str] = field(default_factory=dict[str, str])


class Members:
    """The members of every index set of one build, checked.

    Raises:
        ModelError: a name stands twice, a map is missing, or it leads to nobody.
    """

    def __init__(self, members: Mapping[Each, Sequence[Member]]) -> None:
        self._of: dict[Each, dict[str, Member]] = {}
        for each, listed in members.items():
            self._of[each] = {member.name: member for member in listed}
            if len(self._of[each]) < len(listed):
                names = [member.name for member in listed]
                twice = next(name for name in names if names.count(name) > 1)
                raise ModelError(f"{each} has {twice!r} twice")
        for each, listed in self._of.items():
            for member in listed.values():
                for name, onto in each.maps.items():
                    self._check(each, member, name, onto)

    def names(self, each: Each | None) -> Sequence[str | None]:
        """The names in order; of no index set, None once.

        Raises:
            ModelError: the build says nothing of this index set.
        """
        return (None,) if each is None else self.of(each)

    def of(self, each: Each) -> Sequence[str]:
        """The names in order.

        Raises:
            ModelError: the build says nothing of this index set.
        """
        if each not in self._of:
            raise ModelError(
                f"this build names no members of {each}; an empty list says that it has none"
            )
        return tuple(self._of[each])

    def target(self, each: Each, name: str, along: str) -> str | None:
        """Where the map `along` leads from the member `name`."""
        return self._of[each][name].maps[along]

    def evidence(self, parameter: Parameter, name: str | None) -> str:
        """The id of the record of a parameter, its template filled in for one member.

        Raises:
            ModelError: the template has a word that the member does not know.
        """
        if parameter.each is None or name is None:
            return parameter.evidence
        member = self._of[parameter.each][name]
        led = {word: to for word, to in member.maps.items() if to is not None}
        words = {**member.attributes, **led, parameter.each.word: name}
        try:
            return parameter.evidence.format_map(words)
        except KeyError as error:
            raise ModelError(
                f"{parameter!r} needs {error} in {parameter.evidence!r}; "
                f"{name} has {', '.join(sorted(words))}"
            ) from None

    def _check(self, each: Each, member: Member, name: str, onto: Each) -> None:
        if name not in member.maps:
            raise ModelError(f"{each} {member.name!r} does not say its {name}; None says nothing")
        to = member.maps[name]
        if to is not None and to not in self._of.get(onto, {}):
            raise ModelError(f"{each} {member.name!r} has {name} {to!r}, which is no {onto.word}")
