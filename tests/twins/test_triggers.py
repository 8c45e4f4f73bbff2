"""Events that hang on the states, against closed forms and the slow twin."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.compartments import ONE, problem
from tests.solvers import SOLVERS, TIGHT, Solver

from speciosa.engine import Events, Trigger, reference, solve
from speciosa.errors import InputError

ROW = [1.5, 1.1, 20.0, 0.0, 1.0]  # ka cl v lag f
K = 1.1 / 20
TIMES = np.linspace(0.0, 60.0, 61)

every_solver = pytest.mark.parametrize("solver", SOLVERS)

BOLUS = Events.build(person=0, time=0.0, amount=100.0, compartment=1)


@every_solver
def test_a_crossing_is_found_to_1e_8_h(solver: Solver) -> None:
    """5 e^(-k t) falls to 2 at log(2.5) / k."""
    down = Trigger("plasma", 2.0, rising=False)
    found = solver(ONE, [ROW], BOLUS, TIMES, triggers=[down], **TIGHT)
    assert found.crossings[0, 0, 0] == pytest.approx(np.log(2.5) / K, abs=1e-8)


@every_solver
def test_a_rescue_dose_each_time_the_level_is_low(solver: Solver) -> None:
    """From 2 to 2 + 60/20 at once, and down again: the same time from one dose to the next."""
    low = Trigger("plasma", 2.0, rising=False, doses={"central": 60.0}, most=3)
    found = solver(ONE, [ROW], BOLUS, TIMES, ["plasma"], triggers=[low], **TIGHT)
    between = np.log(5.0 / 2.0) / K
    assert found.crossings[0, 0] == pytest.approx(between * np.array([1, 2, 3]), abs=3e-8)
    exact = np.where(
        3 * between > TIMES,
        5 * np.exp(-K * (TIMES % between)),
        5 * np.exp(-K * (TIMES - 3 * between)),
    )
    assert found["plasma"][0] == pytest.approx(exact, rel=1e-7)


@every_solver
def test_what_begins_beyond_a_level_has_not_crossed_it(solver: Solver) -> None:
    up = Trigger("plasma", -1.0)
    down = Trigger("plasma", 6.0, rising=False)
    found = solver(ONE, [ROW], BOLUS, TIMES, triggers=[up, down], **TIGHT)
    assert np.isnan(found.crossings).all()


@every_solver
def test_a_dose_that_carries_an_output_over_the_level_crosses_it_then(solver: Solver) -> None:
    events = Events.build(person=0, time=[2.0, 12.0], amount=[20.0, 100.0], compartment=1)
    high = Trigger("plasma", 3.0, doses={"depot": 10.0}, most=5)
    found = solver(ONE, [ROW], events, TIMES, ["depot.amount"], triggers=[high], **TIGHT)
    assert found.crossings[0, 0, 0] == 12.0
    assert found["depot.amount"][0, 12] == pytest.approx(10.0)
    assert np.isnan(found.crossings[0, 0, 1:]).all()


@every_solver
def test_one_trigger_may_set_off_another(solver: Solver) -> None:
    first = Trigger("plasma", 4.0, rising=False, doses={"depot": 30.0})
    second = Trigger("depot.amount", 20.0, reset=True)
    found = solver(ONE, [ROW], BOLUS, TIMES, ["plasma"], triggers=[first, second], **TIGHT)
    at = np.log(5 / 4) / K
    assert found.crossings[0, :, 0] == pytest.approx([at, at], abs=1e-8)
    assert (found["plasma"][0, at < TIMES] == 0).all()


@every_solver
def test_a_reset_by_a_trigger_leaves_a_drip_running(solver: Solver) -> None:
    """R / CL (1 - e^(-k t)) begins again each time it reaches the level."""
    drip = Events.build(person=0, time=0.0, amount=600.0, compartment=1, rate=10.0)
    high = Trigger("plasma", 4.0, reset=True, most=9)
    found = solver(ONE, [ROW], drip, TIMES, ["plasma"], triggers=[high], **TIGHT)
    between = -np.log(1 - 4.0 * 1.1 / 10.0) / K
    assert found.crossings[0, 0, :5] == pytest.approx(between * np.arange(1, 6), abs=1e-7)
    exact = 10 / 1.1 * (1 - np.exp(-K * (TIMES % between)))
    assert found["plasma"][0] == pytest.approx(exact, rel=1e-7)


WAVE = problem(
    "a b", "w", "a", lambda x: [x["w"] * x["b"], -x["w"] * x["a"]], lambda x: [x["a"]],
    start=lambda x: [0.0, 1.0],
)  # fmt: skip


@every_solver
def test_crossings_of_a_wave_are_counted_up_to_most(solver: Solver) -> None:
    up, down = Trigger("a", 0.5, most=3), Trigger("a", 0.5, rising=False, most=20)
    found = solver(WAVE, [[1.0]], Events.none(), [30.0], triggers=[up, down], **TIGHT)
    turns = 2 * np.pi * np.arange(5)
    assert found.crossings[0, 0, :3] == pytest.approx(np.pi / 6 + turns[:3], abs=1e-8)
    assert found.crossings[0, 1, :5] == pytest.approx(5 * np.pi / 6 + turns, abs=1e-8)
    assert np.isnan(found.crossings[0, 1, 5:]).all()


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        # No dose, or one that leads well beyond the level: an excursion that is over within a
        # step is seen by neither solver, or by one of them.
        st.tuples(
            st.floats(0.3, 6.0),
            st.booleans(),
            st.sampled_from([0.0, 20.0, 40.0]),
            st.integers(1, 4),
        ),
        min_size=1,
        max_size=3,
    ),
    st.integers(0, 2**32 - 1),
)
def test_random_triggers_agree_with_the_slow_twin(
    drawn: list[tuple[float, bool, float, int]], seed: int
) -> None:
    # On one level, what one sets off may carry another back over it at the same moment.
    levels = sorted(level for level, *_ in drawn)
    assume(all(b - a > 1e-3 for a, b in pairwise(levels)))
    triggers = [
        Trigger("plasma", level, rising, {"depot": amount}, most=most)
        for level, rising, amount, most in drawn
    ]
    spread = np.exp(0.3 * np.random.default_rng(seed).standard_normal((3, 5)))
    rows = np.array([1.5, 1.1, 20.0, 0.1, 1.0]) * spread
    events = Events.build(person=[0, 1, 2], time=0.0, amount=100.0, addl=3, ii=9.0)
    asked = (ONE, rows, events, TIMES)
    slow = reference.solve(*asked, triggers=triggers, method="DOP853", **TIGHT)
    fast = solve(*asked, triggers=triggers, **TIGHT)
    # What touches a level without passing it may go either way; leave such people out.
    same = (np.isnan(fast.crossings) == np.isnan(slow.crossings)).all(axis=(1, 2))
    assert same.any() or len(triggers) > 1
    assert fast.crossings[same] == pytest.approx(slow.crossings[same], abs=1e-6, nan_ok=True)
    assert fast.values[same] == pytest.approx(slow.values[same], rel=1e-5, abs=1e-5)


def test_a_person_crosses_at_the_same_time_in_any_company() -> None:
    rng = np.random.default_rng(5)
    rows = np.array(ROW) * np.exp(0.3 * rng.standard_normal((90, 5)))
    events = Events.build(person=np.arange(90), time=0.0, amount=100.0, compartment=1)
    triggers = [Trigger("plasma", 2.0, rising=False, doses={"depot": 50.0}, most=4)]
    every = solve(ONE, rows, events, TIMES, triggers=triggers)
    who = rng.permutation(90)[:11]
    some = solve(ONE, rows[who], events.only(who), TIMES, triggers=triggers, threads=1)
    assert some.crossings.tobytes() == every.crossings[who].tobytes()
    assert some.values.tobytes() == every.values[who].tobytes()


@pytest.mark.parametrize(
    ("trigger", "message"),
    [
        (Trigger("blood", 1.0), "trigger 0, output: got 'blood'; expected one of plasma"),
        (Trigger("plasma", np.nan), "trigger 0, level: got nan; expected a finite number"),
        (Trigger("plasma", 1.0, most=0), "trigger 0, most: got 0; expected 1 to 10000"),
        (Trigger("plasma", 1.0, doses={"gut": 1.0}), "trigger 0, doses: got 'gut'; expected one"),
        (Trigger("plasma", 1.0, doses={"depot": -1.0}), "trigger 0, dose into depot: got -1.0"),
    ],
)
def test_a_trigger_that_cannot_be_is_named(trigger: Trigger, message: str) -> None:
    for solver in (solve, reference.solve):
        with pytest.raises(InputError) as caught:
            solver(ONE, [ROW], BOLUS, TIMES, triggers=[trigger])
        assert str(caught.value).startswith(message)
