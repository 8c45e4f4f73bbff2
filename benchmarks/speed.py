"""The agreed problem: time a person, error, and how much stiffness costs."""

from __future__ import annotations

from benchmarks import spec_problem
from benchmarks.measure import Size, in_turns, one_processor
from benchmarks.table import Figure, Table
from benchmarks.task import Task, Truth, errors, run, truth
from speciosa.engine.solve import Method

__all__ = ["METHODS", "tables"]

METHODS: tuple[Method, ...] = ("tsit5", "rodas5p", "vern7")
LSODA = "SciPy LSODA"
MOST_MS = {"tsit5": 0.10, "rodas5p": 0.20}
"""ms a person that each method may take."""
TIMES_LSODA = 500.0
"""How many times as fast as SciPy the fastest method should be."""
STIFF_RATIO = 2.0


def tables(size: Size) -> list[Table]:
    """One table of the plain problem, one of the stiff one."""
    with one_processor():
        plain, stiff = spec_problem.task(), spec_problem.task(spec_problem.stiff)
        exact = truth(plain, size)
        return [_plain(plain, exact, size), _stiff({"plain": plain, "stiff": stiff}, exact, size)]


def _plain(task: Task, exact: Truth, size: Size) -> Table:
    table = Table(
        f"The agreed problem (spec.py): 16 states, 42 doses, 337 rows; {size.people} people, "
        "rtol 1e-6, atol 1e-8, one thread",
        ("solver", "people", "ms a person", "times SciPy", "error", "of the peak", "steps"),
    )
    ours = {method: run(task, size.people, method) for method in METHODS}

    def lsoda() -> object:
        return task.scipy(size.few, 1e-6, 1e-8, "LSODA")

    spent = in_turns({LSODA: lsoda, **ours}, size.rounds)
    slow = spent[LSODA].cpu / size.few
    far = errors(task, task.scipy(size.few, 1e-6, 1e-8, "LSODA"), exact.values)
    table.add(
        LSODA,
        size.few,
        Figure(1e3 * slow),
        Figure(1.0),
        Figure(far.relative, ".1e"),
        Figure(far.peak, ".1e"),
        "",
    )
    for method, call in ours.items():
        found, each = call(), spent[method].cpu / size.people
        far = errors(task, found.values, exact.values)
        goal = TIMES_LSODA if method == "tsit5" else None
        table.add(
            method,
            size.people,
            Figure(1e3 * each, at_most=MOST_MS.get(method)),
            Figure(slow / each, at_least=goal),
            Figure(far.relative, ".1e"),
            Figure(far.peak, ".1e"),
            Figure(float(found.steps.mean()), ".0f"),
        )
    table.notes.append(exact.said)
    return table


def _stiff(tasks: dict[str, Task], plain: Truth, size: Size) -> Table:
    table = Table(
        "The same with kar and kp 1000 times and keo7 300 times as fast, by rodas5p",
        (
            "problem",
            "people",
            "ms a person",
            "times the plain one",
            "error",
            "of the peak",
            "steps",
        ),
    )
    calls = {name: run(task, size.people, "rodas5p") for name, task in tasks.items()}
    exact = {"plain": plain, "stiff": truth(tasks["stiff"], size)}
    spent = in_turns(calls, size.rounds)
    for name, task in tasks.items():
        found = calls[name]()
        far = errors(task, found.values, exact[name].values)
        ratio = spent[name].cpu / spent["plain"].cpu
        table.add(
            name,
            size.people,
            Figure(1e3 * spent[name].cpu / size.people),
            Figure(ratio, at_most=STIFF_RATIO if name == "stiff" else None),
            Figure(far.relative, ".1e"),
            Figure(far.peak, ".1e"),
            Figure(float(found.steps.mean()), ".0f"),
        )
    table.notes.append(f"stiff: {exact['stiff'].said}")
    return table
