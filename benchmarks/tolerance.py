"""Work and precision: what each tolerance costs, and how large the error then is."""

from __future__ import annotations

from benchmarks import spec_problem
from benchmarks.measure import Size, in_turns, one_processor
from benchmarks.speed import METHODS
from benchmarks.table import Figure, Table
from benchmarks.task import errors, run, truth

__all__ = ["tables"]

DIGITS = range(3, 11)
SHARE = 5
"""A fifth of the people is enough here."""
ROUNDS = 3


def tables(size: Size) -> list[Table]:
    """Each method at rtol 1e-3 to 1e-10, with atol a hundredth of it."""
    people = max(1, size.people // SHARE)
    table = Table(
        f"The agreed problem at other tolerances: {people} people, atol = rtol / 100, one thread",
        ("method", "rtol", "ms a person", "error", "of the peak", "of the peak / rtol", "steps"),
    )
    task = spec_problem.task()
    with one_processor():
        exact = truth(task, size, people)
        for method in METHODS:
            calls = {
                f"1e-{k}": run(task, people, method, rtol=10.0**-k, atol=10.0 ** -(k + 2))
                for k in DIGITS
            }
            spent = in_turns(calls, min(size.rounds, ROUNDS))
            for rtol, call in calls.items():
                found = call()
                far = errors(task, found.values, exact.values)
                table.add(
                    method,
                    rtol,
                    Figure(1e3 * spent[rtol].cpu / people),
                    Figure(far.relative, ".1e"),
                    Figure(far.peak, ".1e"),
                    Figure(far.peak / float(rtol)),
                    Figure(float(found.steps.mean()), ".0f"),
                )
    table.notes.append(exact.said)
    return [table]
