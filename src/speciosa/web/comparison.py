"""What an address asks to compare, and what comes of it.

The first scenario stands in the address as on every page. `ways` is `taper` or `breaks`; without
it the second scenario is what `b.` says is not as in the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from speciosa.errors import InputError, ScenarioError
from speciosa.report.pairs import table_of
from speciosa.trial import Scenario
from speciosa.trial.beside import beside
from speciosa.trial.glance import stopping
from speciosa.trial.pairs import compare
from speciosa.trial.regimens import break_arms, taper_arms
from speciosa.trial.simulation import part
from speciosa.web.emergency import card_of
from speciosa.web.form.query import Pairs, address
from speciosa.web.form.read import Read, read_pairs
from speciosa.web.form.second import PREFIX, Second, second
from speciosa.web.jobs import Step, Task

__all__ = ["NAMES", "WAYS", "Asked", "Compared", "asked_of", "comparing"]

NAMES = ("The first", "The second")
WAYS: Mapping[str, str] = {
    "": "A second scenario, below",
    "taper": "Ways to stop: at once, or less each week or month",
    "breaks": "Days off: every day, or two days without in each week",
}
FEW, MANY = (30, 10), (200, 20)
"""People, and draws of what we do not know: of a first answer, and of a full one."""
FEW_MONTHS, MANY_MONTHS = (15, 3), (100, 10)
"""The same where months are followed under three regimens."""


@dataclass(frozen=True)
class Asked:
    """What an address asks for: with `full` of many people, and with which curve to `show`."""

    first: Read
    second: Second
    ways: str = ""
    show: str = ""
    full: bool = False

    @property
    def error(self) -> InputError | None:
        """What is wrong in either, by its key in the address.

        Of the second nothing counts where it is not compared.
        """
        if self.first.error or self.ways or self.second.empty:
            return self.first.error
        wrong = self.second.read
        if wrong.error is None:
            return None
        key = f"{PREFIX}{wrong.wrong_key}"
        return InputError(key, wrong.error.value, wrong.error.expected)

    @property
    def ready(self) -> bool:
        """Whether there is something to compare, and nothing is wrong."""
        some = bool(self.ways) or not self.second.empty
        return self.first.scenario is not None and self.error is None and some

    @property
    def size(self) -> tuple[int, int]:
        """People, and draws of what we do not know."""
        few, many = (FEW_MONTHS, MANY_MONTHS) if self.ways else (FEW, MANY)
        return many if self.full else few

    @property
    def own(self) -> Pairs:
        """What stands in the address beside the first scenario."""
        said = {"ways": self.ways, "show": self.show, "full": "1" if self.full else ""}
        return [*self.second.pairs, *(pair for pair in said.items() if pair[1])]

    @property
    def all(self) -> Pairs:
        """All that stands in the address."""
        return [*self.first.pairs, *self.own]

    @property
    def emergency(self) -> str:
        """The card of either; empty where there is no emergency."""
        return card_of(self.first) or card_of(self.second.read)

    def to(self, path: str, **changed: object) -> str:
        """The address of a page with all of this in it, or with some of it changed."""
        # Templates name fields of any type here, which a checker cannot tell apart.
        return address(path, replace(self, **changed).all)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Compared:
    """What was found, as plain data: day by day, and of two scenarios hour by hour too.

    Where breath stops in the simulation of either there are no numbers, but what is said of it.
    """

    days: Mapping[str, Any]
    hours: Mapping[str, Any] | None
    breath_stops: bool = False
    warnings: tuple[str, ...] = ()


def asked_of(pairs: Pairs) -> Asked:
    """What an address with these keys and values asks for."""
    said = dict(pairs)
    first = read_pairs([one for one in pairs if not one[0].startswith(PREFIX)])
    ways = said.get("ways", "")
    return Asked(
        first=_with_ways(first, ways),
        second=second(first, pairs),
        ways=ways if ways in WAYS else "",
        show=said.get("show", ""),
        full=said.get("full") == "1",
    )


def _with_ways(first: Read, ways: str) -> Read:
    """The first, and what is wrong with it where there is nothing to come down from."""
    arms = {"taper": taper_arms, "breaks": break_arms}.get(ways)
    if arms is None or first.scenario is None:
        return first
    try:
        arms(first.scenario)
    except InputError as error:
        return replace(first, error=ScenarioError(error.key, error.value, error.expected))
    return first


def comparing(asked: Asked) -> Task[Compared]:
    """The task of it. Raises InputError where there are no two scenarios."""
    first, other = asked.first.scenario, asked.second.read.scenario
    if first is None or other is None:
        raise InputError("b", None, "two scenarios")
    scenarios = [first] if asked.ways else [first, other]
    rests = [asked.ways, asked.size, *((one.filled(), one.defaulted()) for one in scenarios)]
    compute = partial(_ways, asked.ways, first) if asked.ways else partial(_two, first, other)
    pairs = replace(asked, show="").all
    return Task("The comparison", rests, pairs, "/compare", partial(compute, asked.size))


def _ways(ways: str, scenario: Scenario, size: tuple[int, int], step: Step) -> Compared:
    """Ways to stop, or days off."""
    if (first := stopping([scenario])) is not None:
        return Compared({}, None, breath_stops=True, warnings=first.warnings)
    people, draws = size
    pairs = compare(
        scenario,
        taper=ways == "taper",
        breaks=ways == "breaks",
        people=people,
        replicates=draws,
        progress=step,
    )
    return Compared(table_of(pairs, ways == "taper", series=True), None)


def _two(first: Scenario, other: Scenario, size: tuple[int, int], step: Step) -> Compared:
    """Two scenarios: hour by hour, and then day by day."""
    people, draws = size
    hours = beside(
        *(first, other), names=NAMES, people=people, replicates=draws, progress=part(step, 0, 2)
    )
    if hours.breath_stops:
        return Compared({}, None, breath_stops=True, warnings=hours.warnings)
    pairs = compare(
        first,
        {NAMES[1]: other},
        name=NAMES[0],
        people=people,
        replicates=draws,
        progress=part(step, 1, 2),
    )
    return Compared(table_of(pairs, taper=False, series=True), hours.to_dict(series=True))
