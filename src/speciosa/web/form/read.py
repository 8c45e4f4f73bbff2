"""A scenario read from the address of a page: what was written, what it means, what is wrong.

    read = read(request)
    if read.scenario: ...

Nothing is thrown and nothing is lost: `pairs` are as they were written, right or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from fastapi import Request

from speciosa.errors import ScenarioError
from speciosa.product.pieces import SPOONS
from speciosa.safety.amounts import Amounts, span
from speciosa.safety.case import Case
from speciosa.safety.slips import slips
from speciosa.trial import Scenario
from speciosa.trial.quantities import as_text
from speciosa.trial.signs import signs as emergency
from speciosa.web.form.forgive import forgiven
from speciosa.web.form.query import MANY, PRIVATE, Pairs, numbered, said, spread

__all__ = ["Read", "in_address", "read", "read_pairs"]


@dataclass(frozen=True)
class Read:
    """What an address says.

    Attributes:
        pairs: keys and values as they were written, less those that are empty, and less notes.
        tables: the plain tables of a scenario that they were understood as; without notes too.
        understood: by key, how a value was read that was not written as a scenario file has it;
            values are shown after "Read as".
        case: for a check; also where a medicine is named that nobody knows. None if that is wrong.
        scenario: for a simulation; None if anything is wrong.
        error: what is wrong first; None if nothing is.
        more: lists of which one place more was asked for, as `with`.
    """

    pairs: Pairs
    tables: Mapping[str, Any] = field(default_factory=dict[str, Any])
    understood: Mapping[str, str] = field(default_factory=dict[str, str])
    case: Case | None = None
    scenario: Scenario | None = None
    error: ScenarioError | None = None
    more: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was entered."""
        return not self.pairs

    def needed(self) -> Scenario:
        """The scenario, where nothing can be done without. Raises ScenarioError."""
        if self.scenario is None:
            raise self.missing
        return self.scenario

    @property
    def missing(self) -> ScenarioError:
        """What is wrong, or that nothing was entered."""
        return self.error or ScenarioError("scenario", None, "what is taken, and how much")

    @property
    def wrong_key(self) -> str:
        """The key of the error as an address has it, as `with.0.drug`; empty without an error."""
        if self.error is None:
            return ""
        bare = re.sub(r" \(.*\)$", "", self.error.key)  # a certificate names its file there
        return in_address(bare).replace("'", "")

    @property
    def urgent(self) -> Case | None:
        """A case with the signs of an emergency that were entered, whatever else is wrong.

        Help must not wait for a form to be right. None without such a sign.
        """
        if self.case is not None:
            return self.case if emergency(self.case.scenario) else None
        said = [(key, value) for key, value in self.pairs if key in _URGENT]
        for kept in (said, [pair for pair in said if pair[0].endswith(".signs")]):
            whole = [("product.kind", "leaf"), ("regimen.dose", "0 g"), *kept]
            found = forgiven(whole, date.today())
            case = _case(found.tables)
            if case is not None:
                return case if emergency(case.scenario) else None
        return None

    @property
    def questions(self) -> dict[str, str]:
        """By key, what is asked about an entry that may be a slip; none of it is refused."""
        asked: dict[str, list[str]] = {}
        for one in slips(self.case) if self.case else ():
            asked.setdefault(in_address(one.key), []).append(one.asks)
        return {key: " ".join(parts) for key, parts in asked.items()}


def in_address(key: str) -> str:
    """A key of a scenario file as an address has it: with[0].dose is `with.0.dose`."""
    return re.sub(r"\[(\d+)\]", r".\1", key)


def read(request: Request, today: date | None = None) -> Read:
    """The scenario in the query of a request."""
    return read_pairs(request.query_params.multi_items(), today)


def read_pairs(pairs: Pairs, today: date | None = None) -> Read:
    """The scenario of keys and values; `today` is what "since March" counts from."""
    kept = spread(numbered(said(pairs)))
    more = tuple(value for key, value in pairs if key == "more")
    if not kept:
        return Read((), more=more)
    found = forgiven(kept, today or date.today())
    kept = [pair for pair in kept if pair[0] not in PRIVATE]
    tables, understood = _without_notes(found.tables), found.understood
    if found.wrong is not None:
        return Read(kept, tables, understood, error=found.wrong, more=more)
    try:
        scenario = Scenario.from_dict(found.tables)
    except ScenarioError as error:
        # That many people were asked for and nothing said yet is no mistake.
        wrong = None if kept == [MANY] else error
        return Read(kept, tables, understood, _case(found.tables), error=wrong, more=more)
    return Read(kept, tables, _weighed(scenario, understood), Case(scenario), scenario, more=more)


def _weighed(scenario: Scenario, understood: Mapping[str, str]) -> Mapping[str, str]:
    """What was understood, with what a dose that was counted or spooned weighs."""
    dose = scenario.regimen.dose
    weight = Amounts(scenario).weight(dose)
    if weight is None:
        return understood
    level = f"{as_text(dose.value)} level {dose.unit}" if dose.unit in SPOONS else str(dose)
    return {**understood, "regimen.dose": f"{level}, {span(weight)}"}


_URGENT = tuple(
    f"{who}.{key}"
    for who in ("person", "people")
    for key in ("signs", "jurisdiction", "conditions")
)
"""Keys that an emergency card looks at."""


def _without_notes(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The tables without what is personal, which a check reads and nothing shows."""
    kept = dict(tables)
    for key in PRIVATE:
        table, _, name = key.partition(".")
        held: object = kept.get(table)
        if isinstance(held, dict):
            items = cast("dict[str, object]", held).items()
            kept[table] = {inner: value for inner, value in items if inner != name}
    return kept


def _case(tables: Mapping[str, Any]) -> Case | None:
    """What a check can still look at, where only the name of a medicine is not known."""
    try:
        return Case.of(tables)
    except ScenarioError:
        return None
