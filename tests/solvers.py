"""The solvers that every test of what events mean is run with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from speciosa.engine import Solution, reference

Solver = Callable[..., Solution]

SOLVERS = [pytest.param(reference.solve, id="reference")]

every_solver = pytest.mark.parametrize("solver", SOLVERS)

TIGHT = {"rtol": 1e-10, "atol": 1e-12}
