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
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speciosa.engine import reference
from speciosa.engine.codegen import machine
from speciosa.engine.compiled import kernel
from speciosa.engine.covariates import Covariates
from speciosa.engine.events import Events
from speciosa.engine.kernel import Ended, People, Slopes
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome, advice
from speciosa.engine.problem import Problem
from speciosa.engine.save import Keeper
from speciosa.engine.sensitivity import TIGHTER, slopes_of
from speciosa.engine.solution import Asked, Solution, ask, positions, unusable
from speciosa.engine.timetable import AtDose, Timetable, timetable
from speciosa.engine.triggers import Armed, Trigger, armed
from speciosa.errors import InputError

__all__ = ["Method", "processors", "solve"]

Method = Literal["rodas5p", "tsit5", "vern7"]
Progress = Callable[[int, int], None]
Ints = NDArray[np.intp]

CHUNK_BYTES: Final = 8 * 2**20
"""Outputs of a chunk; they should stay near the processor until they are handed on."""
SMALLEST_CHUNK, LARGEST_CHUNK = 64, 1024
"""People: fewer would leave lanes idle at the end, more would let Ctrl-C wait and fill memory."""
TANGLED: Final = (
    ": two events change places when a parameter moves a little, so that nothing has a derivative; "
    "move one of them, or leave out the sensitivities of lag, duration and rate"
)
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
        return found if keep is None else _handed_over(found, keep)
    ready = armed(asked.problem, triggers) if triggers else None
    if wanted:
        asked = replace(asked, rtol=TIGHTER * asked.rtol, atol=TIGHTER * asked.atol)
    run = _Run(asked, events, at_dose, method, max_steps, wanted, ready, keep)
    _work_through(run, threads or processors(), progress)
    return run.solution()


class _Run:
    """One request, and what is known so far of how people ended."""

    def __init__(
        self,
        asked: Asked,
        events: Events,
        at_dose: AtDose,
        method: Method,
        max_steps: int,
        wanted: tuple[int, ...],
        triggers: Armed | None,
        keep: Keeper | None,
    ) -> None:
        self.asked, self.events = asked, events
        self.at_dose: AtDose = at_dose
        self.max_steps, self.wanted, self.keep = max_steps, wanted, keep
        self.people, self.wide = asked.times.shape
        self.outcome = np.zeros(self.people, dtype=np.int8)
        self.steps = np.zeros(self.people, dtype=np.int64)
        self.advice: dict[int, str] = {}
        self.stop = np.zeros(1, dtype=np.int64)
        self.triggers = triggers
        self.watched = () if triggers is None else triggers.watched
        self.kernel = kernel(asked.problem, asked.chosen, method, wanted, self.watched)
        self.crossings = np.zeros((self.people, 0, 1))
        if triggers is not None:
            room = int(triggers.most.max())
            self.crossings = np.full((self.people, len(self.watched), room), np.nan)
        self.rows: Floats | None = None
        if keep is None:
            self.rows = self.kernel.rows(self.people * self.wide)
        else:
            keep.begin(self.people, asked.given, asked.outputs)
        self.columns = (
            self.kernel.columns_of(self.rows) if wanted and self.rows is not None else None
        )
        self.chunks = self._chunks()

    def solution(self) -> Solution:
        """What was asked for."""
        asked, kernel_ = self.asked, self.kernel
        values = np.empty((0, self.wide, kernel_.outputs))
        slopes = np.zeros((self.people, self.wide, kernel_.outputs, 0))
        if self.rows is not None:
            values = self._outputs(self.rows, self.people)
        if self.columns is not None:
            slopes = self._columns(self.columns, self.people)
            slopes[self.outcome != Outcome.OK] = np.nan
        if self.keep is not None:
            self.keep.end()
        said = dict(sorted(self.advice.items()))
        return Solution(
            asked.given,
            asked.outputs,
            values,
            self.outcome,
            said,
            self.steps,
            slopes,
            self.crossings,
        )

    def integrate(self, chunk: range) -> None:
        """Integrate the people of a chunk, and hand over or keep their outputs."""
        asked, own = self.asked, slice(chunk.start, chunk.stop)
        times = asked.times[:1] if asked.given.ndim == 1 else asked.times[own]
        people, tangled = self._prepared(chunk, times)
        if self.rows is None:
            rows, first_row = self.kernel.rows(len(chunk) * self.wide), 0
        else:
            rows, first_row = self.rows, chunk.start * self.wide
        ended = self.kernel.run(people, rows, self.stop, first_row=first_row, columns=self.columns)
        if self.stop[0]:
            return
        outcome = ended.outcome.astype(np.int8)
        values = self._outputs(rows[first_row:], len(chunk))
        self._again(chunk, people, ended, outcome, values)
        self._judge(chunk, people, ended, outcome, tangled)
        values[outcome != Outcome.OK] = np.nan
        if asked.given.ndim == 2:
            values[np.isnan(times)] = np.nan
        self.outcome[own], self.steps[own] = outcome, ended.steps
        self.crossings[own] = ended.crossed
        if self.keep is not None:
            self.keep.take(chunk.start, values, outcome)

    def _prepared(self, chunk: range, times: Floats) -> tuple[People, Ints]:
        """The people of a chunk with their actions; and those whose order of events is in doubt."""
        asked = self.asked
        everyone = np.arange(chunk.start, chunk.stop)
        events = self.events.only(everyone)
        covariates = None if asked.covariates is None else asked.covariates.only(everyone)

        def made(parameters: Floats, tighter: float = 1.0) -> Timetable:
            return timetable(
                asked.problem,
                parameters,
                events,
                covariates,
                at_dose=self.at_dose,
                settle=partial(self._settle, tighter),
                rtol=tighter * asked.rtol,
                atol=tighter * asked.atol,
            )

        parameters = asked.parameters[everyone]
        if not self.wanted:
            return self._people(parameters, made(parameters), times), np.zeros(0, np.intp)
        # Differences are taken of steady states, which must then be exact to many places.
        exact = partial(made, tighter=1e-4)
        table = exact(parameters)
        slopes, tangled = slopes_of(asked.problem, events, parameters, self.wanted, table, exact)
        return self._people(parameters, table, times, slopes), tangled

    def _again(
        self,
        chunk: range,
        people: People,
        ended: Ended,
        outcome: NDArray[np.int8],
        values: Floats,
    ) -> None:
        """Hand those who needed too many explicit steps to the method for stiff systems."""
        tired = np.flatnonzero(outcome == Outcome.STEP_LIMIT)
        if not tired.size or self.kernel.method == "rodas5p":
            return
        stiff = kernel(self.asked.problem, self.asked.chosen, "rodas5p", self.wanted, self.watched)
        for place in tired.tolist():
            rows = stiff.rows(self.wide)
            columns = stiff.columns_of(rows) if self.wanted else None
            found = stiff.run(people.only(place), rows, self.stop, columns=columns)
            values[place] = self._outputs(rows, 1)[0]
            if self.columns is not None and columns is not None:
                whole = self._columns(self.columns, self.people)
                whole[chunk.start + place] = self._columns(columns, 1)[0]
            outcome[place] = found.outcome[0]
            for name in ("outcome", "reached", "suspect", "crossed"):
                getattr(ended, name)[place] = getattr(found, name)[0]
            ended.steps[place] += found.steps[0]

    def _judge(
        self,
        chunk: range,
        people: People,
        ended: Ended,
        outcome: NDArray[np.int8],
        tangled: Ints,
    ) -> None:
        """Say of everybody who failed what to change."""
        some = replace(self.asked, parameters=people.parameters)
        wrong, said = unusable(some, people.table)
        outcome[wrong != Outcome.OK] = wrong[wrong != Outcome.OK]
        for place in tangled.tolist():
            if outcome[place] == Outcome.OK:
                outcome[place] = Outcome.BAD_INPUT
                said[place] = f"person {place}{TANGLED}"
        names = self.asked.problem.states
        for place in np.flatnonzero(outcome != Outcome.OK).tolist():
            sentence = said.get(place) or advice(
                Outcome(int(outcome[place])),
                place,
                float(ended.reached[place]),
                names[int(ended.suspect[place])],
            )
            # Sentences name the person within the chunk.
            person = chunk.start + place
            self.advice[person] = f"person {person}" + sentence.removeprefix(f"person {place}")

    def _settle(
        self, tighter: float, parameters: Floats, table: Timetable, ends: Floats
    ) -> tuple[Floats, NDArray[np.int8]]:
        """States at the ends, before any action there: what a steady state is looked for with."""
        plain = self.kernel
        if self.wanted or self.watched:
            plain = kernel(self.asked.problem, self.asked.chosen, plain.method)
        people = self._people(parameters, table.before(ends), ends[:, None])
        people = replace(
            people, rtol=tighter * people.rtol, atol=tighter * people.atol, triggers=None
        )
        ended = plain.run(people, plain.rows(ends.size), self.stop)
        return ended.final, ended.outcome.astype(np.int8)

    def _people(
        self, parameters: Floats, table: Timetable, times: Floats, slopes: Slopes | None = None
    ) -> People:
        return People(
            parameters,
            table,
            times,
            slopes,
            self.triggers,
            self.asked.rtol,
            self.asked.atol,
            self.max_steps,
        )

    def _columns(self, columns: Floats, people: int) -> Floats:
        """(people, T, outputs, parameters): a view of columns."""
        shape = (people, self.wide, len(self.wanted), self.kernel.wide)
        found = columns[: people * self.wide * len(self.wanted)].reshape(shape)
        return np.moveaxis(found[..., : self.kernel.outputs], 2, 3)

    def _outputs(self, rows: Floats, people: int) -> Floats:
        """(people, T, outputs): a view of rows."""
        shape = (people, self.wide, self.kernel.wide)
        return rows[: people * self.wide].reshape(shape)[:, :, : self.kernel.outputs]

    def _chunks(self) -> list[range]:
        """Everybody, the first people last, as threads take from the end."""
        bytes_ = 8 * self.wide * self.kernel.wide * (1 + len(self.wanted))
        size = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, CHUNK_BYTES // bytes_))
        starts = range(0, self.people, size)
        return [range(start, min(start + size, self.people)) for start in starts][::-1]


def _handed_over(found: Solution, keep: Keeper) -> Solution:
    """All of a solution to a keeper at once."""
    keep.begin(len(found.outcome), found.times, found.outputs)
    keep.take(0, found.values, found.outcome)
    keep.end()
    return replace(found, values=found.values[:0])


def _work_through(run: _Run, threads: int, progress: Progress | None) -> None:
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
        except BaseException as error:
            errors.append(error)
            run.stop[0] = 1

    count = min(threads, len(run.chunks))
    team = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    try:
        for thread in team:
            thread.start()
        for thread in team:
            told = -1
            while thread.is_alive():
                thread.join(PATIENCE)
                if progress is not None and done != told:
                    told = done
                    progress(told, run.people)
    finally:
        # An interrupt, or a progress bar that failed: whoever still works returns at once.
        run.stop[0] = int(any(thread.is_alive() for thread in team)) or run.stop[0]
        for thread in team:
            if thread.ident is not None:
                thread.join()
    if errors:
        raise errors[0]
    if progress is not None:
        progress(run.people, run.people)
