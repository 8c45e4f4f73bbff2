"""Forward sensitivities against central differences of the slow twin, and against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import ONE, problem
from tests.solvers import FAST, Solver

from speciosa.engine import Covariates, Events, reference, solve
from speciosa.errors import InputError

TIMES = np.array([0.0, 0.25, 0.5, 1.0, 1.9, 3.1, 4.7, 7.9, 8.6, 12.3, 20.0, 33.0])
ROW = [1.5, 1.1, 20.0, 0.4, 0.7]  # ka cl v lag f

# Saturable loss, an effect with a Hill term, a clock, a start value that is a parameter.
BENT = problem(
    "depot central effect",
    "ka vmax km keo n e0",
    "central effect ratio",
    lambda x: [
        -(x["ka"] * x["depot"]),
        x["ka"] * x["depot"] - x["vmax"] * x["central"] / (x["km"] + x["central"]),
        x["keo"]
        * (x["central"] ** x["n"] / (x["central"] ** x["n"] + 1.0) - x["effect"])
        * (1.0 + x["t"] / (x["t"] + 2.0)),
    ],
    lambda x: [x["central"], x["effect"], x["effect"] / (x["km"] + x["central"])],
    start=lambda x: [0.0, 0.0, x["e0"]],
    lower=0.0,
)
BENT_ROW = [1.2, 3.0, 8.0, 0.5, 1.6, 0.3]

each_method = pytest.mark.parametrize("solver", FAST)


def agree(found: np.ndarray, expected: np.ndarray, allowed: float = 1e-4) -> None:
    """Each derivative within a share of its own largest size in time.

    One that is 0 comes out of differences as 1e-8 of the others.
    """
    peak = np.abs(expected).max(axis=1, keepdims=True)
    noise = 1e-4 * np.abs(expected).max()
    assert (np.abs(found - expected) <= allowed * np.maximum(peak, noise)).all()


@each_method
def test_every_parameter_of_a_curved_model(solver: Solver) -> None:
    events = Events.build(
        person=[0, 0, 0, 1],
        time=[0.0, 3.0, 8.0, 1.0],
        amount=[30.0, 10.0, 20.0, 25.0],
        compartment=[0, 1, 0, 1],
        rate=[0.0, 5.0, 0.0, 4.0],
    )
    rows = np.array([BENT_ROW, np.array(BENT_ROW) * 1.3])
    asked = (BENT, rows, events, TIMES)
    found = solver(*asked, sensitivities=BENT.parameters)
    slow = reference.solve(*asked, sensitivities=BENT.parameters)
    assert not found.advice
    agree(found.sensitivities, slow.sensitivities)
    assert found.sensitivities.shape == (2, TIMES.size, 3, 6)


@each_method
@pytest.mark.parametrize("rate", [0.0, 20.0])
@pytest.mark.parametrize("into", [0, 1])
def test_lag_and_F_of_doses_and_infusions(solver: Solver, rate: float, into: int) -> None:
    events = Events.build(
        person=0, time=0.0, amount=100.0, compartment=into, rate=rate, addl=2, ii=8.0
    )
    asked = (ONE, [ROW], events, TIMES)
    found = solver(*asked, sensitivities=["f", "lag", "ka", "v"])
    slow = reference.solve(*asked, sensitivities=["f", "lag", "ka", "v"])
    agree(found.sensitivities, slow.sensitivities)


@each_method
def test_a_bolus_in_closed_form(solver: Solver) -> None:
    """dC/dCL = -t/V C and dC/dV = (k t - 1)/V C, for C = D/V e^(-k t)."""
    events = Events.build(person=0, time=0.0, amount=100.0, compartment=1)
    row = [1.5, 1.1, 20.0, 0.0, 1.0]
    found = solver(ONE, [row], events, TIMES, ["plasma"], sensitivities=["cl", "v"])
    c = 5.0 * np.exp(-1.1 / 20 * TIMES)
    expected = np.stack([-TIMES / 20 * c, (1.1 / 20 * TIMES - 1) / 20 * c], axis=1)
    assert found.sensitivities[0, :, 0] == pytest.approx(expected, abs=1e-6)


@each_method
def test_resets_and_steady_states(solver: Solver) -> None:
    events = Events.build(
        person=[0, 0, 1, 1],
        time=[0.0, 9.0, 0.0, 2.0],
        amount=[100.0, 50.0, 100.0, 40.0],
        compartment=[0, 1, 0, 1],
        evid=[1, 4, 1, 1],
        ss=[0, 0, 1, 0],
        ii=[0.0, 0.0, 12.0, 0.0],
    )
    names = ["ka", "cl", "v", "f"]
    asked = (ONE, [ROW, ROW], events, TIMES, ["plasma"])
    found = solver(*asked, sensitivities=names)
    slow = reference.solve(*asked, sensitivities=names)
    agree(found.sensitivities, slow.sensitivities)


def test_states_are_those_of_a_tighter_run_without_sensitivities() -> None:
    events = Events.build(person=0, time=0.0, amount=30.0)
    plain = solve(BENT, [BENT_ROW], events, TIMES, rtol=2.5e-7, atol=2.5e-9)
    both = solve(BENT, [BENT_ROW], events, TIMES, sensitivities=["ka"])
    assert both.values == pytest.approx(plain.values, rel=1e-9, abs=1e-12)


def test_a_person_has_the_same_columns_in_any_company() -> None:
    rng = np.random.default_rng(3)
    rows = np.array(BENT_ROW) * np.exp(0.2 * rng.standard_normal((150, 6)))
    events = Events.build(person=np.arange(150), time=0.0, amount=30.0, addl=2, ii=9.0)
    every = solve(BENT, rows, events, TIMES, sensitivities=["ka", "n"]).sensitivities
    who = rng.permutation(150)[:21]
    some = solve(
        BENT, rows[who], events.only(who), TIMES, sensitivities=["ka", "n"], threads=1
    ).sensitivities
    assert some.tobytes() == every[who].tobytes()


def test_events_that_change_places_have_no_derivative() -> None:
    events = Events.build(
        person=[0, 0], time=[0.0, 0.4], amount=[10.0, 0.0], compartment=[1, 1], evid=[1, 3]
    )
    found = solve(ONE, [ROW], events, TIMES, sensitivities=["lag"])
    assert "change places" in found.advice[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"sensitivities": ["kaa"]}, "sensitivities: got 'kaa'; expected one of ka, cl, v"),
        ({"sensitivities": ["ka", "ka"]}, "sensitivities: got 'ka, ka'; expected each"),
        (
            {
                "sensitivities": ["cl"],
                "covariates": Covariates.build(person=0, time=[0, 1], parameter=1, value=[1, 2]),
            },
            "sensitivities: got 'cl'; expected a parameter that stays the same",
        ),
    ],
)
def test_a_wrong_request_is_named(change: dict[str, object], message: str) -> None:
    events = Events.build(person=0, time=0.0, amount=1.0)
    with pytest.raises(InputError) as caught:
        solve(ONE, [ROW], events, TIMES, **change)  # pyright: ignore[reportArgumentType] - wrong on purpose
    assert str(caught.value).startswith(message)
