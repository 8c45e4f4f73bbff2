"""Long runs beside the pages: each is a job with an address, that outlives a reload.

A job is known by what it computes: the same task asked for twice is one job. At most two run at
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
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import speciosa
from speciosa.errors import SpeciosaError
from speciosa.report.files import json_text
from speciosa.web.form.query import Pairs, address

__all__ = [
    "AT_ONCE",
    "KEPT",
    "LONGEST",
    "PATIENCE",
    "WAITING",
    "Busy",
    "Job",
    "Jobs",
    "Step",
    "Task",
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

Step = Callable[[int, int], None]
"""Called with (people done, people) now and then; it raises where the run is to end."""
Found = TypeVar("Found")


class Busy(SpeciosaError):
    """Too many jobs wait."""

    def __init__(self) -> None:
        super().__init__("Too many runs wait already. Cancel one, or come back when one is done.")


class Cancelled(Exception):
    """Raised inside a job that is to end."""


@dataclass(frozen=True)
class Task(Generic[Found]):
    """What a job computes.

    Attributes:
        title: what it is called on a page.
        rests: all that its result depends on, beside the version, as plain data.
        pairs: what was entered, as an address says it.
        path: of the page that shows its result.
        compute: called with a step that it tells its progress; what it returns was found.
    """

    title: str
    rests: Any
    pairs: Pairs
    path: str
    compute: Callable[[Step], Found]

    @cached_property
    def id(self) -> str:
        """Its name in an address: a hash of what it rests on and of the version."""
        said = json_text([speciosa.__version__, self.path, self.rests])
        return blake2b(said.encode(), digest_size=12).hexdigest()

    @property
    def home(self) -> str:
        """The address of the page that shows its result."""
        return address(self.path, self.pairs)


@dataclass
class Job(Generic[Found]):
    """A task, and how far it is.

    Attributes:
        asked: whether somebody asked for it, and not a page by itself.
        progress: people done, of how many; of none before the first are done.
        found: what it found, once it is done.
        error: why it failed.
        over: set once it is done, failed or cancelled.
    """

    task: Task[Found]
    asked: bool
    progress: tuple[int, int] = (0, 0)
    running: bool = False
    found: Found | None = None
    error: Exception | None = None
    over: threading.Event = field(default_factory=threading.Event)
    _stop: threading.Event = field(default_factory=threading.Event)
    _left: bool = False
    _seen: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def id(self) -> str:
        """Its name in an address."""
        return self.task.id

    @property
    def address(self) -> str:
        """Of its own page. What was entered goes along, so that it can be begun again."""
        return address(f"/job/{self.id}", self.task.pairs)

    @property
    def here(self) -> str:
        """Where a page that shows it asks how far it is."""
        return address(f"/job/{self.id}", [*self.task.pairs, ("here", "1")])

    @property
    def cancel_at(self) -> str:
        """Where it is ended."""
        return address(f"/job/{self.id}/cancel", self.task.pairs)

    @property
    def state(self) -> str:
        """One of waiting, running, done, failed, cancelled and, if nobody watched, left."""
        if self.found is not None:
            return "done"
        if self.error is not None:
            return "failed"
        if self._stop.is_set():
            return "cancelled"
        if self._left:
            return "left"
        return "running" if self.running else "waiting"

    def cancel(self) -> None:
        """End it, as soon as the people at hand are done."""
        self._stop.set()

    def join(self, asked: bool) -> bool:
        """Watch it, unless it was ended or left. What failed fails again: it is not begun anew."""
        with self._lock:
            if self._left or (self._stop.is_set() and self.found is None):
                return False
            self.asked |= asked
            self._seen = time.monotonic()
            return True

    def watch(self, asked: bool = False) -> None:
        """Somebody looks."""
        with self._lock:
            self.asked |= asked
            self._seen = time.monotonic()

    async def ended(self, longest: float) -> bool:
        """Wait until it is over, for so many seconds at most; whether it is."""
        end = time.monotonic() + longest
        while not self.over.is_set() and time.monotonic() < end:
            await asyncio.sleep(_OFTEN)
        return self.over.is_set()

    def work(self) -> None:
        """Compute it, here and now."""
        self.running = True
        try:
            self._step(0, 0)
            self.found = self.task.compute(self._step)
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
        with self._lock:
            self._left = not self.asked and time.monotonic() - self._seen > PATIENCE
        if self._stop.is_set() or self._left:
            raise Cancelled


class Jobs:
    """All jobs of a server. Each is computed in a thread of a team."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Job[Any]] = OrderedDict()
        self._lock = threading.Lock()
        self._team = ThreadPoolExecutor(AT_ONCE, "speciosa-job", initializer=_step_back)

    def start(self, task: Task[Found], *, asked: bool = True) -> Job[Found]:
        """The job of a task: the one there is, or else a new one. Raises Busy."""
        with self._lock:
            held = self._held.get(task.id)
            if held is not None and held.join(asked):
                self._held.move_to_end(task.id)
                return held
            if sum(not one.over.is_set() for one in self._held.values()) >= WAITING:
                raise Busy
            job = self._held[task.id] = Job(task, asked)
            self._held.move_to_end(task.id)
            over = [one.id for one in self._held.values() if one.over.is_set()]
            for old in over[: max(0, len(self._held) - KEPT)]:
                del self._held[old]
            self._team.submit(job.work)
            return job

    async def over(self, task: Task[Found]) -> Job[Found]:
        """The job of a task once it is over, or after `LONGEST` as it is then.

        Raises what the run raised.
        """
        job = self.start(task)
        await job.ended(LONGEST)
        if job.error is not None:
            raise job.error
        return job

    def get(self, name: str) -> Job[Any] | None:
        """The job of that name, as long as it is remembered."""
        with self._lock:
            return self._held.get(name)

    def of(self, task: Task[Found]) -> Job[Found] | None:
        """The job of a task, as long as it is remembered."""
        return self.get(task.id)

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
