"""The loop that moves all lanes: one step tried in each, until nobody is left.

    run(job)

A lane keeps its step or repeats it smaller, hands over the output times that it passed and stops
exactly at its next action. Nothing that happens in one lane enters the numbers of another: a person
has the same bits in any company.

Step control: the PI controller of Gustafsson (ACM TOMS 17 (1991) 533-554) on the root mean square
of the errors over their tolerances. After an action a lane starts with the first error-limited step
that it took after the action before. A person is given up on after too many steps between two
actions, or when no step that moves the time is small enough; the others go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from speciosa.engine.codegen.equations import Equations
from speciosa.engine.codegen.explicit import TSIT5, VERN7, Explicit
from speciosa.engine.codegen.ir import Kind, Value
from speciosa.engine.codegen.layout import Job, Memory, Phase
from speciosa.engine.codegen.module import Module
from speciosa.engine.codegen.programs import write_programs
from speciosa.engine.codegen.rosenbrock import Rosenbrock
from speciosa.engine.codegen.rows import write_rows
from speciosa.engine.codegen.stepper import Stepper, Watched, copy
from speciosa.engine.codegen.target import Target
from speciosa.engine.codegen.turn import write_turn
from speciosa.engine.codegen.vector_math import plain_logarithm, small_exponential
from speciosa.engine.outcome import Outcome
from speciosa.engine.problem import Problem

__all__ = ["METHODS", "Method", "Written", "write"]

SAFETY = 0.95
SHRINK, GROW = 0.2, 8.0
CAREFUL = 5.0  # a step that may grow by more than this was not limited by its error
SMALLEST = 2.0**-50  # of the time reached, or of 1 h
WORST = 1e20

EXPLICIT = {"tsit5": TSIT5, "vern7": VERN7}
Method = Literal["rodas5p", "tsit5", "vern7"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)


@dataclass(frozen=True)
class Written:
    """A module for one problem and one method.

    Attributes:
        text: LLVM IR; its public function is `run`.
        work: bytes of working memory that a call needs.
        equations: what the module integrates, and in which order its states are.
    """

    text: str
    work: int
    equations: Equations


def write(
    problem: Problem,
    chosen: tuple[int, ...],
    method: str,
    target: Target,
    wanted: tuple[int, ...] = (),
    watched: Watched = (),
) -> Written:
    """The code for a problem.

    `chosen` are the positions of its outputs that are kept, `wanted` of the parameters whose
    sensitivities are, `watched` of the outputs that triggers watch, and whether rising counts.
    """
    equations = Equations(problem, chosen)
    module, memory = Module(target), Memory()
    stepper: Stepper
    if method == "rodas5p":
        stepper = Rosenbrock(module, equations, memory, wanted, watched)
    else:
        stepper = Explicit(module, equations, memory, wanted, watched, EXPLICIT[method])
    stepper.settle()
    write_programs(module, equations)
    if stepper.tangents is not None:
        stepper.tangents.write()
    if stepper.watch is not None:
        stepper.watch.write()
    stepper.write()
    write_rows(stepper)
    write_turn(stepper)
    _write_run(module, stepper)
    return Written(module.text, memory.vectors * 8 * target.width, equations)


def _write_run(module: Module, stepper: Stepper) -> None:
    memory, equations = stepper.memory, stepper.equations
    with module.function("run", [Kind.POINTER], public=True) as f:
        (job,) = f.arguments
        work = f.load(job, Kind.POINTER, Job.WORK_AT)

        def at(name: str) -> Value:
            return memory.at(f, work, name)

        def get(name: str) -> Value:
            return memory.load(f, work, name)

        def put(name: str, value: Value) -> None:
            memory.store(f, work, name, value)

        rtol = f.all_lanes(f.load(job, Kind.NUMBER, Job.RTOL))
        put("rtol", rtol)
        atols, atol = f.load(job, Kind.POINTER, Job.ATOL_AT), at("atol")
        with f.count_to(f.whole(equations.n)) as i:
            f.store(f.all_lanes(f.load(atols, Kind.NUMBER, i)), atol, i)
        put("due", f.numbers(1.0))
        put("person", f.constant(-1, Kind.WHOLES))
        put("phase", f.constant(int(Phase.ENDED), Kind.WHOLES))
        busy, stop = at("busy"), f.load(job, Kind.POINTER, Job.STOP_AT)
        f.store(f.whole(f.width), busy)
        most = f.all_lanes(f.load(job, Kind.WHOLE, Job.MOST_STEPS))
        f.call("turn", job)

        def going() -> Value:
            return (f.load(busy, Kind.WHOLE) > 0) & f.load(stop, Kind.WHOLE).equals(0)

        with f.as_long_as(going):
            # The step: up to the next stop, or half way if two steps will be needed.
            t, planned, end = get("t"), get("h"), get("stop")
            running = get("phase").equals(int(Phase.RUNNING))
            left = end - t
            reaches = planned * 1.001 >= left
            h = f.choose(reaches, left, f.choose(planned * 2.0 > left, left * 0.5, planned))
            h = f.choose(running, h, f.numbers(0.0))
            put("h", h)
            f.call("step", job)

            # Its error, and the step after it.
            e2 = get("e2")
            kept = running & (e2 <= 1.0)
            reached = f.choose(reaches, end, t + h)
            if stepper.extra:
                # Outputs inside the step may refuse it as well.
                looks = kept & (get("next") < reached)
                with f.when(f.any(kept if stepper.tangents is not None else looks)):
                    f.call(stepper.extra, job)
                e2 = f.choose(looks, f.larger(e2, get("e2 between")), e2)
                kept = kept & (e2 <= 1.0)
            refused = running & ~kept
            hunted: Value | None = None
            fires: Value | None = None
            if stepper.watch is not None:
                stepper.watch.look(f, job, work, reached, at("new"))
                kept, fires, hunted = stepper.watch.judge(f, job, work, kept, h)
            bad = ~(e2 < WORST)
            e2 = f.choose(bad, f.numbers(WORST), e2)
            error = 0.5 * plain_logarithm(f, f.larger(1e-20, e2))
            old = get("old")
            beta = 0.2 / stepper.order
            alpha = 1.0 / stepper.order - 0.75 * beta
            power = f.choose(kept, old * beta - error * alpha, error * (-1.0 / stepper.order))
            factor = f.larger(SHRINK, small_exponential(f, power) * SAFETY)
            factor = f.smaller(factor, f.choose(kept, f.numbers(GROW), f.numbers(0.9)))
            proposed = h * factor
            # A step cut short by an action says nothing against the step planned.
            short = kept & (h < planned)
            after = f.choose(short, f.choose(proposed > planned, proposed, planned), proposed)
            fresh = get("fresh") > 0.0
            limited = kept & fresh & ~reaches & (factor < CAREFUL)
            if hunted is not None:
                after = f.choose(hunted > 0.0, hunted, after)
            put("kept", f.choose(limited, proposed, get("kept")))
            put("fresh", f.choose(limited, f.numbers(0.0), get("fresh")))
            put("old", f.choose(kept, error, old))

            # Outputs that were passed; one at the very end belongs to the step after it.
            limit = f.choose(kept, reached, f.numbers(float("-inf")))
            put("limit", limit)
            if stepper.tangents is not None:
                with f.when(f.any(kept)):
                    f.call("carry", job)
            with f.when(f.any(get("next") < limit)):
                f.call("rows", job)

            # Keep or repeat.
            y, new = at("y"), at("new")
            for i in stepper.each(f):
                f.store_where(kept, f.load(new, Kind.NUMBERS, i), y, i)
            for place in range(equations.steps, equations.n):
                f.store_where(kept, f.load(new, Kind.NUMBERS, place), y, place)
            stepper.pass_on(f, work, kept)
            if stepper.tangents is not None:
                size = stepper.tangents.columns * equations.n
                copy(f, kept, at("S new"), at("S"), size)
            put("t", f.choose(kept, reached, t))
            put("h", f.choose(running, after, planned))
            one = f.converted("zext", running, Kind.WHOLES)
            tries = get("tries") + one
            put("tries", tries)
            put("taken", get("taken") + one)

            # Who cannot go on.
            size = f.size(t)
            floor = f.larger(1.0, size) * SMALLEST
            tiny = refused & (proposed < floor)
            tired = running & (tries >= most) & ~(kept & reaches)
            failed = tiny | tired
            outcome = f.choose(
                tiny,
                f.choose(
                    bad,
                    f.constant(int(Outcome.NOT_FINITE), Kind.WHOLES),
                    f.constant(int(Outcome.STEP_TOO_SMALL), Kind.WHOLES),
                ),
                f.constant(int(Outcome.STEP_LIMIT), Kind.WHOLES),
            )
            put("outcome", f.choose(failed, outcome, get("outcome")))
            put("phase", f.choose(failed, f.constant(int(Phase.ENDED), Kind.WHOLES), get("phase")))
            due = failed | (kept & reaches)
            if fires is not None:
                due = due | fires
            with f.when(f.any(due)):
                put("due", f.choose(due, f.numbers(1.0), f.numbers(0.0)))
                f.call("turn", job)
