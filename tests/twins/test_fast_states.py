"""States that are fast and all but empty, between the steps of a method.

At the ends of its steps an explicit method sees what such a state does to its error. Inside a step
it may not: stages that serve outputs alone multiply the state by their step once more each, and
where a state is held at a bound no stage before them shows it.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.compartments import problem
from tests.kernels import methods

from speciosa.engine import Events, Problem, reference, solve
from speciosa.engine.codegen.lanes import Method

HOURS = np.linspace(0.0, 20.0, 21)
RTOL, ATOL = 1e-6, 1e-8
HELD = [132.175552, 59091.6186, 0.0147235692, 4.46837622e-14]  # k1 k2 k a


def exchange(lower: float) -> Problem:
    """`one` is filled slowly, lost slowly, and exchanged with `two` as fast as one likes."""
    return problem(
        "one two slow", "k1 k2 k a", "one two slow",
        lambda x: [
            x["a"] * x["slow"] - (x["k"] + x["k1"]) * x["one"] + x["k2"] * x["two"],
            x["k1"] * x["one"] - x["k2"] * x["two"],
            -x["slow"],
        ],
        lambda x: [x["one"], x["two"], x["slow"]], start=lambda x: [0.0, 0.0, 1.0],
        lower=lower,
    )  # fmt: skip


@methods
@pytest.mark.parametrize("times", [2, 21, 201, 2001])
def test_what_is_all_but_empty_at_each_step_is_so_in_between(method: Method, times: int) -> None:
    asked = np.linspace(0.0, 20.0, times)
    found = solve(exchange(0.0), [HELD], Events.none(), asked, method=method)
    twin = reference.solve(exchange(0.0), [HELD], Events.none(), asked, method="Radau")
    assert found.advice == {}
    assert found.values == pytest.approx(twin.values, rel=1e-5, abs=1e-7)


@methods
@pytest.mark.parametrize(
    ("lower", "tolerances"),
    [
        pytest.param(math.nan, 20.0, id="free"),
        # Who is held at a bound hides part of the error from an explicit method.
        pytest.param(0.0, 200.0, id="held"),
    ],
)
def test_whatever_the_pace(method: Method, lower: float, tolerances: float) -> None:
    drawn = np.random.default_rng(3).uniform
    low, high = np.log([1e-2, 1e-2, 1e-3, 1e-15]), np.log([1e4, 1e4, 10.0, 1.0])
    rows = np.exp(drawn(low, high, (400, 4)))
    asked = (exchange(lower), rows, Events.none(), HOURS)
    found = solve(*asked, method=method, rtol=RTOL, atol=ATOL)
    close = solve(*asked, method="rodas5p", rtol=1e-12, atol=1e-14)
    assert found.advice == close.advice == {}
    off = np.abs(found.values - close.values) / (ATOL + RTOL * np.abs(close.values))
    assert off.max() < tolerances
