"""One integration: a model, people's numbers and doses in; named outputs out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speciosa.engine import Covariates, Events, solve
from speciosa.engine.codegen.lanes import Method
from speciosa.engine.save import Keeper
from speciosa.model import Model

__all__ = ["Dose", "How", "Ran", "integrate", "run"]

Array = NDArray[np.float64]

_VEIN = "intravenous"


@dataclass(frozen=True)
class Dose:
    """The same drug given at several times: `nmol` is (people, doses) or broadcasts to it."""

    drug: str
    times: Array
    nmol: Array
    route: str = "oral"


@dataclass(frozen=True)
class How:
    """By which method people are integrated, and what a step may err, relative to a state."""

    method: Method
    rtol: float = 1e-6


@dataclass(frozen=True)
class Ran:
    """What a run kept: outputs by public name, (people, times), and who failed and why.

    Where a keeper took the outputs there are no values.
    """

    times: Array
    values: Mapping[str, Array]
    failed: NDArray[np.intp]
    advice: Mapping[int, str]


def run(
    model: Model,
    parameters: Array,
    doses: Iterable[Dose],
    times: Array,
    outputs: Sequence[str],
    *,
    start: float = 0.0,
    keep: Keeper | None = None,
    progress: Callable[[int, int], None] | None = None,
    how: How | None = None,
) -> Ran:
    """Integrate people from `start` (h, at or before 0) and read outputs at `times` (h).

    `parameters` is (people, parameters of the problem). A failed person has NaN throughout. `keep`
    takes the outputs as people are finished, in place of all values.
    """
    given = _events(model, doses, len(parameters), start)
    ran = integrate(
        model, parameters, given, times - start, outputs, keep=keep, progress=progress, how=how
    )
    return replace(ran, times=times)


def integrate(
    model: Model,
    parameters: Array,
    events: Events,
    times: Array,
    outputs: Sequence[str],
    *,
    covariates: Covariates | None = None,
    keep: Keeper | None = None,
    progress: Callable[[int, int], None] | None = None,
    how: How | None = None,
) -> Ran:
    """Integrate people under event records and read outputs at `times` (h).

    `times` is (T,) for all, or (people, T) with nan after a person's last. `how` is that of the
    model where none is given.
    """
    inner = [model.outputs[name] for name in outputs]
    how = how or How(model.method)
    solution = solve(
        model.problem,
        parameters,
        events,
        times,
        inner,
        atol=model.tolerances,
        method=how.method,
        rtol=how.rtol,
        covariates=covariates,
        keep=keep,
        progress=progress,
    )
    held = zip(outputs, inner, strict=True) if keep is None else ()
    values = {name: solution[flat] for name, flat in held}
    return Ran(times, values, solution.failed, solution.advice)


def _events(model: Model, doses: Iterable[Dose], people: int, start: float) -> Events:
    """Doses as event records, equal doses at equal intervals as one record with ADDL and II."""
    rows: list[tuple[Array, Array, float, int, float]] = []
    where: list[int] = []
    for dose in doses:
        entry = "distribution.central" if dose.route == _VEIN else "absorption.gut"
        compartment = model.problem.states.index(f"{entry}.{dose.drug}")
        amounts = np.broadcast_to(dose.nmol, (people, len(dose.times)))
        for first, count, gap in _runs(dose.times, amounts):
            here = amounts[:, first]
            rows.append((np.arange(people, dtype=float), here, dose.times[first], count - 1, gap))
            where.append(compartment)
    if not rows:
        return Events.none()
    return Events.build(
        person=np.concatenate([row[0] for row in rows]).astype(np.int64),
        time=np.repeat([row[2] - start for row in rows], people),
        amount=np.concatenate([row[1] for row in rows]),
        compartment=np.repeat(where, people),
        addl=np.repeat([row[3] for row in rows], people),
        ii=np.repeat([row[4] for row in rows], people),
    )


def _runs(times: Array, amounts: Array) -> Iterable[tuple[int, int, float]]:
    """Stretches of equal doses at equal gaps: first index, how many, and the gap in h."""
    i = 0
    while i < len(times):
        gap = round(float(times[i + 1] - times[i]), 9) if i + 1 < len(times) else 0.0
        j = i
        while (
            gap > 0.0
            and j + 1 < len(times)
            and round(float(times[j + 1] - times[j]), 9) == gap
            and np.array_equal(amounts[:, j + 1], amounts[:, i])
        ):
            j += 1
        yield i, j - i + 1, gap if j > i else 0.0
        i = j + 1
