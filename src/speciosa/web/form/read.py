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
from typing import Any

from fastapi import Request

from speciosa.errors import ScenarioError
from speciosa.safety.case import Case
from speciosa.trial import Scenario
from speciosa.web.form.forgive import forgiven
from speciosa.web.form.query import Pairs, numbered, said

__all__ = ["Read", "read", "read_pairs"]


@dataclass(frozen=True)
class Read:
    """What an address says.

    Attributes:
        pairs: keys and values as they were written, less those that are empty.
        tables: the plain tables of a scenario that they were understood as.
        understood: by key, how a value was read that was not written as a scenario file has it.
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

    @property
    def wrong_key(self) -> str:
        """The key of the error as an address has it, as `with.0.drug`; empty without an error."""
        if self.error is None:
            return ""
        bare = re.sub(r" \\(.*\\)$", "", self.error.key)  # a certificate names its file there
        return re.sub(r"\[(\d+)\]", r".\1", bare).replace("'", "")


def read(request: Request, today: date | None = None) -> Read:
    """The scenario in the query of a request."""
    return read_pairs(request.query_params.multi_items(), today)


def read_pairs(pairs: Pairs, today: date | None = None) -> Read:
    """The scenario of keys and values; `today` is what "since March" counts from."""
    kept = numbered(said(pairs))
    more = tuple(value for key, value in pairs if key == "more")
    if not kept:
        return Read((), more=more)
    try:
        found = forgiven(kept, today or date.today())
    except ScenarioError as error:
        return Read(kept, error=error, more=more)
    tables, understood = found
    case: Case | None = None
    scenario: Scenario | None = None
    wrong: ScenarioError | None = None
    try:
        scenario = Scenario.from_dict(tables)
        case = Case(scenario)
    except ScenarioError as error:
        wrong = error
        case = _case(tables)
    return Read(kept, tables, understood, case, scenario, wrong, more)


def _case(tables: Mapping[str, Any]) -> Case | None:
    """What a check can still look at, where only the name of a medicine is not known."""
    try:
        return Case.of(tables)
    except ScenarioError:
        return None
