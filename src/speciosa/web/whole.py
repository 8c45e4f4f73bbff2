"""The whole run of a scenario: people who differ, and with what we do not know."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from speciosa.inference import Fact, missing
from speciosa.trial import Scenario, simulate
from speciosa.web.form.query import Pairs, said
from speciosa.web.jobs import Step, Task

__all__ = ["Done", "whole"]

_ONE = threading.Lock()
"""What a run left open is looked for in one request at a time."""


@dataclass(frozen=True)
class Done:
    """What a run found: `plain` is what `speciosa simulate --json --series` prints."""

    scenario: Scenario
    plain: Mapping[str, Any]
    breath_stops: bool

    @cached_property
    def open(self) -> tuple[Fact, ...]:
        """Facts that the scenario left open, those first that move its answers most."""
        with _ONE:
            return missing(self.scenario, self.plain["measures"])


def whole(scenario: Scenario, pairs: Pairs) -> Task[Done]:
    """The task of it; `pairs` are the scenario as it was entered.

    What was said and what was left to a default are told apart, as they are in a result.
    """

    def compute(step: Step) -> Done:
        result = simulate(scenario, series=True, progress=step)
        return Done(scenario, result.to_dict(series=True), result.breath_stops)

    rests = [scenario.filled(), scenario.defaulted()]
    return Task("The whole run", rests, said(pairs), "/", compute)
