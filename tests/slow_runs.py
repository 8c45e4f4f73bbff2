"""Runs that wait until they are let go, and what tests of jobs and of their pages share."""

from __future__ import annotations

import threading
import time
from typing import Any

from speciosa import Scenario
from speciosa.web.comparison import asked_of, comparing
from speciosa.web.form.query import pairs_of
from speciosa.web.jobs import Job, Step, Task
from speciosa.web.whole import whole

SMALL = Scenario(
    product={"kind": "leaf"},
    regimen={"dose": "2 g"},
    output={"until": "6 h"},
    run={"people": 4, "replicates": 2},
)
PAIRS = pairs_of(SMALL.model_dump(by_alias=True, exclude_unset=True))
SECOND = ("b.regimen.dose", "1 g")


class Found:
    """What a run found, as far as a job looks at it."""

    breath_stops = False

    def to_dict(self, series: bool) -> dict[str, Any]:
        return {"series": series}


class Slow:
    """A run that goes on until it is let go, and tells progress all the while."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.begun: list[Scenario] = []

    def __call__(self, scenario: Scenario, *, series: bool, progress: Step) -> Found:
        assert series
        self.begun.append(scenario)
        while not self.go.wait(0.002):
            progress(3, 10)
        return Found()


def run(scenario: Scenario) -> Task[Any]:
    return whole(scenario, pairs_of(scenario.model_dump(by_alias=True, exclude_unset=True)))


def doses(count: int) -> list[Scenario]:
    return [SMALL.replace(regimen__dose=f"{dose} g") for dose in range(1, count + 1)]


def comparison(*more: tuple[str, str]) -> Task[Any]:
    return comparing(asked_of([*PAIRS, *more]))


def until(state: str, job: Job[Any]) -> None:
    for _ in range(5000):
        if job.state == state:
            return
        time.sleep(0.002)
    raise AssertionError(f"{job.state}, and not {state}")
