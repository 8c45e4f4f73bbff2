"""Many people at once: machine code over lanes, on as many threads as there are processors.

    solve(problem, parameters, events, times, outputs) -> Solution

People are taken in chunks. A thread takes the next chunk, works out its timetable, integrates it
without the interpreter's lock and hands the outputs on; so memory does not grow with the number of
people beyond what is kept of them. A person's numbers do not depend on chunks, threads or company.

Where machine code cannot be made, the reference solver serves.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from numpy.typing import ArrayLike

from speciosa.engine import reference
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.lanes import Method
from speciosa.engine.covariates import Covariates
from speciosa.engine.events import Events
from speciosa.engine.numpy_code import Floats
from speciosa.engine.problem import Problem
from speciosa.engine.running import Request, Run, Stopped
from speciosa.engine.save import Keeper
from speciosa.engine.sensitivity import TIGHTER
from speciosa.engine.solution import Solution, ask, positions
from speciosa.engine.timetable import AtDose
from speciosa.engine.triggers import Trigger, armed
from speciosa.errors import InputError

__all__ = ["Method", "processors", "solve"]

Progress = Callable[[int, int], None]

PATIENCE: Final = 0.05  # s between two looks at Ctrl-C


def processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def solve(
    problem: Problem,
    parameters: ArrayLike,
    events: Events,
    times: ArrayLike,
    outputs: Sequence[str] | None = None,
    *,
    covariates: Covariates | None = None,
    at_dose: AtDose = "after",
    method: Method = "rodas5p",
    triggers: Sequence[Trigger] = (),
    sensitivities: Sequence[str] = (),
    keep: Keeper | None = None,
    rtol: float = 1e-6,
    atol: float | Floats = 1e-8,
    max_steps: int = 100_000,
    threads: int | None = None,
    progress: Progress | None = None,
) -> Solution:
    """Integrate every person from their start values and read the outputs at the asked times.

    A person's time begins at 0, or at the first record or output time before 0. A person's
    numbers do not depend on who else is solved, nor on the number of threads.

    Args:
        problem: what to integrate.
        parameters: (people, parameters), in the problem's order.
        events: whose doses are when.
        times: (T,) h, rising; or (people, T), each person their own, with nan after the last.
        outputs: names; all when None.
        covariates: parameters that change with time.
        at_dose: whether a value at the time of an event is the value after it or before it.
        method: rodas5p is safe for every problem; tsit5 is quicker where nothing is stiff, and
            hands a person over who needs too many steps; vern7 is for tolerances below 1e-8.
        triggers: what happens when an output crosses a level.
        sensitivities: names of parameters; the solution then holds the derivative of every output
            to each of them. They follow the steps of the states, for which tolerances are then
            four times tighter.
        keep: what to keep of the outputs, in place of all values.
        rtol: allowed error of a step relative to a state.
        atol: the same in the state's unit, one for all or (states,).
        max_steps: steps tried between two events before a person is given up on.
        threads: how many; all processors when None.
        progress: called now and then with (people done, people).

    Raises:
        InputError: an argument is wrong; the message names it. A person who cannot be integrated is
            an outcome, never an exception.
    """
    asked = ask(problem, parameters, events, times, outputs, rtol, atol, max_steps, covariates)
    if threads is not None and threads < 1:
        raise InputError("threads", threads, "at least 1")
    wanted = positions(problem, sensitivities)
    for name, place in zip(sensitivities, wanted, strict=True):
        if covariates is not None and (covariates.parameter == place).any():
            raise InputError("sensitivities", name, "a parameter that stays the same in time")
    if wanted and triggers:
        raise InputError("triggers", len(triggers), "none beside sensitivities")
    if wanted and keep is not None:
        raise InputError("keep", type(keep).__name__, "nothing beside sensitivities")
    if not machine.available():
        found = reference.solve(
            problem,
            parameters,
            events,
            times,
            outputs,
            covariates=covariates,
            at_dose=at_dose,
            triggers=triggers,
            sensitivities=sensitivities,
            rtol=rtol,
            atol=atol,
            max_steps=max_steps,
            progress=progress,
        )
        if keep is None:
            return found
        with _stopped(keep):
            return _handed_over(found, keep)
    ready = armed(asked.problem, triggers) if triggers else None
    if wanted:
        asked = replace(asked, rtol=TIGHTER * asked.rtol, atol=TIGHTER * asked.atol)
    team = threads or processors()
    with _stopped(keep):
        run = Run(Request(asked, events, at_dose, method, max_steps, wanted, ready, keep, team))
        _work_through(run, team, progress)
        return run.solution()


@contextmanager
def _stopped(keep: Keeper | None) -> Generator[None]:
    """Whatever ends the work early, its keeper hears of it."""
    try:
        yield
    except BaseException:
        if keep is not None:
            keep.stop()
        raise


def _handed_over(found: Solution, keep: Keeper) -> Solution:
    """All of a solution to a keeper at once."""
    keep.begin(len(found.outcome), found.times, found.outputs)
    keep.take(0, found.values, found.outcome)
    keep.end()
    return replace(found, values=found.values[:0])


def _work_through(run: Run, threads: int, progress: Progress | None) -> None:
    """Let threads take chunk after chunk; this one watches for Ctrl-C and tells progress."""
    lock, errors = threading.Lock(), list[BaseException]()
    done = 0

    def work() -> None:
        nonlocal done
        try:
            while not run.stop[0]:
                with lock:
                    if not run.chunks:
                        return
                    chunk = run.chunks.pop()
                run.integrate(chunk)
                with lock:
                    done += len(chunk)
        except Stopped:
            return
        except BaseException as error:
            errors.append(error)
            run.stop[0] = 1

    count = min(threads, len(run.chunks))
    # Not bare threads: Python 3.11 takes one for ended whose `join` was interrupted.
    with ThreadPoolExecutor(max(1, count)) as team:
        try:
            parts, told = [team.submit(work) for _ in range(count)], -1
            while wait(parts, PATIENCE).not_done:
                if progress is not None and done != told:
                    told = done
                    progress(told, run.people)
        except BaseException:
            # An interrupt, or a progress bar that failed: whoever still works returns at once.
            run.stop[0] = 1
            raise
    if errors:
        raise errors[0]
    if progress is not None:
        progress(run.people, run.people)
