"""numbalsoda: LSODA and DOP853 in Fortran and C++, rates and the loop over people by numba."""

# The packages may be missing where types are checked.
# pyright: reportMissingImports=false

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np

from benchmarks import spec, spec_problem
from benchmarks.expressions import assignments
from benchmarks.peer import ATOL, FLOORED, RTOL, Peer, starts
from benchmarks.task import Array

__all__ = ["peers", "rates"]

LOOP = """
def loop(table, begin, out):
    for person in range(table.shape[0]):
        y = begin[person].copy()
        p = table[person].copy()
        out[person, 0] = y
        for dose in range(DOSES):
            y[0] += DOSE
            at = dose * EVERY
            found, fine = method(address, y, hours + at, p, RTOL, ATOL)
            if not fine:
                found[:] = np.nan
            out[person, at + 1 : at + EVERY + 1] = found[1:]
            y = found[-1].copy()
"""


def peers() -> list[Peer]:
    """Both methods. Raises ImportError where it is not installed."""
    import numba
    import numbalsoda

    address = numba.cfunc(numbalsoda.lsoda_sig)(rates()).address
    every = int(spec.II)

    def peer(name: str, method: object) -> Peer:
        scope: dict[str, Any] = {
            "np": np,
            "method": method,
            "address": address,
            "hours": np.arange(every + 1.0),
            "DOSES": spec.NDOSE,
            "DOSE": spec.DOSE,
            "EVERY": every,
            "RTOL": RTOL,
            "ATOL": ATOL,
        }
        exec(LOOP, scope)
        loop = numba.njit(scope["loop"])

        def solve(table: Array) -> Array:
            out = np.empty((len(table), spec_problem.HOURS.size, len(spec.STATES)))
            loop(table, starts(table), out)
            return out

        return Peer(f"numbalsoda {version('numbalsoda')} {name}", solve)

    return [peer("LSODA", numbalsoda.lsoda), peer("DOP853", numbalsoda.dop853)]


def rates() -> Any:
    """`rates(t, u, du, p)`."""
    names = ["t", *(f"y{i}" for i in range(len(spec.STATES)))]
    names += [f"p[{i}]" for i in range(len(spec.THETA))]
    lines, results = assignments(spec_problem.problem().rates, names)
    states = [f"max(u[{i}], 0.0)" if s in FLOORED else f"u[{i}]" for i, s in enumerate(spec.STATES)]
    lines = [f"y{i} = {text}" for i, text in enumerate(states)] + lines
    lines += [f"du[{i}] = {name}" for i, name in enumerate(results)]
    scope: dict[str, Any] = {}
    exec("\n    ".join(["def rates(t, u, du, p):", *lines]), scope)
    return scope["rates"]
