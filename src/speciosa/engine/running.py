"""One request at work: people in chunks, each with its timetable, its outputs and its outcomes.

A person's numbers do not depend on chunks, threads or company.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.codegen.lanes import Method
from speciosa.engine.compiled import kernel
from speciosa.engine.events import Events
from speciosa.engine.kernel import Ended, Kernel, People, Slopes
from speciosa.engine.numpy_code import Floats
from speciosa.engine.outcome import Outcome, advice
from speciosa.engine.save import Keeper
from speciosa.engine.sensitivity import slopes_of
from speciosa.engine.solution import Asked, Solution, unusable
from speciosa.engine.timetable import AtDose, Timetable, timetable
from speciosa.engine.triggers import Armed

__all__ = ["Request", "Run", "Stopped"]

Ints = NDArray[np.intp]

CHUNK_BYTES: Final = 8 * 2**20
"""Outputs of a chunk that is handed on; they should stay near the processor until then."""
SMALLEST_CHUNK, LARGEST_CHUNK = 64, 1024
"""People: fewer would leave lanes idle at the end, more would let Ctrl-C wait and fill memory."""
TANGLED: Final = (
    ": two events change places when a parameter moves a little, so that nothing has a derivative; "
    "move one of them, or leave out the sensitivities of lag, duration and rate"
)


class Stopped(Exception):
    """Somebody asked to stop; what there is of this chunk is of no use."""


@dataclass(frozen=True)
class Request:
    """A checked request.

    Attributes:
        asked: who is integrated, and what is read when.
        events: whose doses are when.
        at_dose: whether a value at the time of an event is the one after it or before it.
        method: how it is integrated.
        max_steps: between two events.
        wanted: positions of the parameters whose sensitivities are asked for.
        triggers: what hangs on the states.
        keep: what takes the outputs; None to keep them all.
        threads: how many will work on it.
    """

    asked: Asked
    events: Events
    at_dose: AtDose
    method: Method
    max_steps: int
    wanted: tuple[int, ...]
    triggers: Armed | None
    keep: Keeper | None
    threads: int


class Run:
    """One request, and what is known so far of how people ended."""

    def __init__(self, request: Request) -> None:
        asked, keep, triggers = request.asked, request.keep, request.triggers
        self.asked, self.request = asked, request
        self.wanted, self.keep = request.wanted, keep
        self.people, self.wide = asked.times.shape
        self.outcome = np.zeros(self.people, dtype=np.int8)
        self.steps = np.zeros(self.people, dtype=np.int64)
        self.advice: dict[int, str] = {}
        self.stop = np.zeros(1, dtype=np.int64)
        self.watched = () if triggers is None else triggers.watched
        room = 1 if triggers is None else int(triggers.most.max())
        self.crossings = np.full((self.people, len(self.watched), room), np.nan)
        self.kernel = self._kernel(request.method)
        self.rows: Floats | None = None
        self.columns: Floats | None = None
        if keep is not None:
            keep.begin(self.people, asked.given, asked.outputs)
        else:
            self.rows = self.kernel.rows(self.people * self.wide)
            self.columns = self.kernel.columns_of(self.rows) if self.wanted else None
        self.chunks = self._chunks(request.threads)

    def _kernel(self, method: Method) -> Kernel:
        asked = self.asked
        return kernel(asked.problem, asked.chosen, method, self.wanted, self.watched)

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
        events = self.request.events.only(everyone)
        covariates = None if asked.covariates is None else asked.covariates.only(everyone)

        def made(parameters: Floats, tighter: float = 1.0) -> Timetable:
            return timetable(
                asked.problem,
                parameters,
                events,
                covariates,
                at_dose=self.request.at_dose,
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
        stiff = self._kernel("rodas5p")
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
            plain = kernel(self.asked.problem, self.asked.chosen, self.request.method)
        people = self._people(parameters, table.before(ends), ends[:, None])
        people = replace(
            people, rtol=tighter * people.rtol, atol=tighter * people.atol, triggers=None
        )
        ended = plain.run(people, plain.rows(ends.size), self.stop)
        if self.stop[0]:
            raise Stopped
        tired = np.flatnonzero(ended.outcome == Outcome.STEP_LIMIT)
        if tired.size and plain.method != "rodas5p":
            stiff = kernel(self.asked.problem, self.asked.chosen, "rodas5p")
            for place in tired.tolist():
                found = stiff.run(people.only(place), stiff.rows(1), self.stop)
                ended.outcome[place], ended.final[place] = found.outcome[0], found.final[0]
        return ended.final, ended.outcome.astype(np.int8)

    def _people(
        self, parameters: Floats, table: Timetable, times: Floats, slopes: Slopes | None = None
    ) -> People:
        return People(
            parameters,
            table,
            times,
            slopes,
            self.request.triggers,
            self.asked.rtol,
            self.asked.atol,
            self.request.max_steps,
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

    def _chunks(self, threads: int) -> list[range]:
        """Everybody, the first people last, as threads take from the end.

        Where all outputs are kept anyway, chunks are as large as leaves each thread some.
        """
        if self.keep is None:
            size = -(-self.people // (2 * threads)) if threads > 1 else self.people
        else:
            size = CHUNK_BYTES // (8 * self.wide * self.kernel.wide)
        size = min(LARGEST_CHUNK, max(SMALLEST_CHUNK, size))
        starts = range(0, self.people, size)
        return [range(start, min(start + size, self.people)) for start in starts][::-1]
