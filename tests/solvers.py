"""The solvers that every test of what events mean is run with."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from speciosa.engine import Solution, reference, solve
from speciosa.engine.codegen.lanes import METHODS

Solver = Callable[..., Solution]

FAST = [pytest.param(partial(solve, method=method), id=method) for method in METHODS]

SOLVERS = [*FAST, pytest.param(reference.solve, id="reference")]

every_solver = pytest.mark.parametrize("solver", SOLVERS)

TIGHT: dict[str, Any] = {"rtol": 1e-10, "atol": 1e-12}
"""Any, as it stands beside arguments of other types."""
