"""Long runs beside the pages: each is a job with an address, that outlives a reload.

A job is known by what it computes: the same scenario asked for twice is one job. At most two run at
once, the others wait. A page may start one by itself, without anybody asking, and then watches it;
when nobody watches any longer that job ends, so that a form in which much is changed leaves nothing
behind that runs on.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import speciosa
from speciosa.errors import SpeciosaError
from speciosa.report.files import json_text
from speciosa.trial import Result, Scenario, simulate
from speciosa.web.form.query import Pairs

__all__ = [
    "AT_ONCE",
    "KEPT",
    "LONGEST",
    "PATIENCE",
    "WAITING",
    "Busy",
    "Done",
    "Job",
    "Jobs",
    "name_of",
]

AT_ONCE = 2
"""Jobs that run at once."""
WAITING = 16
"""Jobs that are not over, at most."""
KEPT = 16
"""Jobs that are remembered; of those that are over the oldest goes first."""
PATIENCE = 3.0
"""s after which a job that nobody asked for ends, when nobody watched it."""
LONGEST = 60.0
"""s that a file waits for its run; after that a page is shown instead, and how far the run is."""

_OFTEN = 0.02
"""s between two looks at a run that somebody waits for."""
_BEHIND = 10
"""How far a job stands back, as `nice` counts."""
_LOG = logging.getLogger("speciosa.web")

Run = Callable[[Scenario, Callable[[int, int], None]], Result]


class Busy(SpeciosaError):
    """Too many jobs wait."""

    def __init__(self) -> None:
        super().__init__(f"{WAITING} runs wait already. Cancel one, or come back when one is done.")


class Cancelled(Exception):
    """Raised inside a job that is to end."""


@dataclass(frozen=True)
class Done:
    """What a whole run found: `plain` is what `speciosa simulate --json --series` prints."""

    plain: Mapping[str, Any]
    breath_stops: bool


@dataclass
class Job:
    """A whole run of a scenario.

    Attributes:
        id: its name in an address.
        pairs: the scenario as it was entered.
        asked: whether somebody asked for it, and not a page by itself.
        progress: people done, of how many; of none before the first are done.
        found: what it found, once it is done.
        error: why it failed.
        over: set once it is done, failed or cancelled.
    """

    id: str
    scenario: Scenario
    pairs: Pairs
    asked: bool
    progress: tuple[int, int] = (0, 0)
    running: bool = False
    found: Done | None = None
    error: Exception | None = None
    over: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _seen: float = field(default_factory=time.monotonic)

    @property
    def state(self) -> str:
        """One of waiting, running, done, failed, cancelled and, if nobody watched, left."""
        if self.found is not None:
            return "done"
        if self.error is not None:
            return "failed"
        if self._stop.is_set():
            return "cancelled"
        if self.over.is_set():
            return "left"
        return "running" if self.running else "waiting"

    def cancel(self) -> None:
        """End it, as soon as the people at hand are done."""
        self._stop.set()

    def watch(self, asked: bool = False) -> None:
        """Somebody looks."""
        self.asked |= asked
        self._seen = time.monotonic()

    def work(self, run: Run) -> None:
        """Compute it, here and now."""
        self.running = True
        try:
            self._step(0, 0)
            result = run(self.scenario, self._step)
            self.found = Done(result.to_dict(series=True), result.breath_stops)
        except Cancelled:
            _LOG.debug("a run was ended")
        except SpeciosaError as error:
            self.error = error
        except Exception as error:
            _LOG.exception("a fault in a run")
            self.error = error
        finally:
            self.over.set()

    def _step(self, done: int, total: int) -> None:
        """Take progress, and end if nobody wants it any longer."""
        self.progress = done, total
        left = not self.asked and time.monotonic() - self._seen > PATIENCE
        if self._stop.is_set() or left:
            raise Cancelled


class Jobs:
    """All jobs of a server. `run` computes one; it is called in a thread of its own."""

    def __init__(self, run: Run | None = None) -> None:
        self._run = run or _simulate
        self._held: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._team = ThreadPoolExecutor(AT_ONCE, "speciosa-job", initializer=_step_back)

    def start(self, scenario: Scenario, pairs: Pairs = (), *, asked: bool = True) -> Job:
        """The job of a scenario: the one there is, or else a new one. Raises Busy."""
        name = name_of(scenario)
        with self._lock:
            held = self._held.get(name)
            if held is not None and held.state not in ("failed", "cancelled", "left"):
                held.watch(asked)
                self._held.move_to_end(name)
                return held
            if sum(not one.over.is_set() for one in self._held.values()) >= WAITING:
                raise Busy
            job = self._held[name] = Job(name, scenario, pairs, asked)
            self._held.move_to_end(name)
            over = [one.id for one in self._held.values() if one.over.is_set()]
            for old in over[: max(0, len(self._held) - KEPT)]:
                del self._held[old]
            self._team.submit(job.work, self._run)
            return job

    async def whole(self, scenario: Scenario, pairs: Pairs, longest: float) -> Job:
        """The job of a scenario once it is over, or after `longest` seconds as it is then.

        Raises what the run raised.
        """
        job = self.start(scenario, pairs)
        end = time.monotonic() + longest
        while not job.over.is_set() and time.monotonic() < end:
            await asyncio.sleep(_OFTEN)
        if job.error is not None:
            raise job.error
        return job

    def get(self, name: str) -> Job | None:
        """The job of that name, as long as it is remembered."""
        with self._lock:
            return self._held.get(name)

    def of(self, scenario: Scenario) -> Job | None:
        """The job of a scenario, as long as it is remembered."""
        return self.get(name_of(scenario))

    def close(self) -> None:
        """End all jobs, and wait until they have."""
        with self._lock:
            for job in self._held.values():
                job.cancel()
        self._team.shutdown()


def _step_back() -> None:
    """Let pages go before this thread and those that it starts, where a thread can be told so."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _BEHIND)


def name_of(scenario: Scenario) -> str:
    """The name of the job of a scenario: a hash of it and of the version.

    What was said and what was left to a default are told apart, as they are in a result.
    """
    said = json_text([speciosa.__version__, scenario.filled(), scenario.defaulted()])
    return blake2b(said.encode(), digest_size=12).hexdigest()


def _simulate(scenario: Scenario, progress: Callable[[int, int], None]) -> Result:
    return simulate(scenario, series=True, progress=progress)
