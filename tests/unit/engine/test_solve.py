from __future__ import annotations

import math
import re
from collections.abc import Callable

import numpy as np
import pytest
from tests.compartments import ONE, exponentials, problem

from speciosa.engine import Events, Outcome, Solution, reference, solve
from speciosa.engine.save import Measures
from speciosa.engine.solve import Method
from speciosa.errors import InputError

P = {"ka": 1.5, "cl": 1.1, "v": 20.0, "lag": 0.0, "f": 1.0}
ROW = list(P.values())
TIMES = [0.0, 1.0, 4.0, 24.0]
BOLUS = Events.build(person=0, time=0.0, amount=100.0, compartment=1)

both = pytest.mark.parametrize("solver", [solve, reference.solve], ids=["machine", "reference"])
Solver = Callable[..., Solution]


def plasma(times: list[float]) -> np.ndarray:
    ((weight, k),) = exponentials(ONE, P, 1)
    return 100 * weight * np.exp(-k * np.array(times))


@both
def test_a_bolus_decays(solver: Solver) -> None:
    solution = solver(ONE, [ROW], BOLUS, TIMES)
    assert solution.outputs == ("plasma", "depot.amount", "central.amount")
    assert solution.values.shape == (1, 4, 3)
    assert solution["plasma"][0] == pytest.approx(plasma(TIMES), rel=1e-5)
    assert solution.outcome.tolist() == [Outcome.OK]
    assert solution.failed.size == 0


@both
def test_only_asked_outputs_are_kept_in_the_order_asked(solver: Solver) -> None:
    solution = solver(ONE, [ROW], BOLUS, TIMES, ["central.amount", "plasma"])
    assert solution.values.shape == (1, 4, 2)
    assert solution.values[0, :, 0] == pytest.approx(20 * solution.values[0, :, 1])


@both
def test_an_output_at_a_dose_is_after_the_dose(solver: Solver) -> None:
    events = Events.build(person=0, time=[0.0, 4.0, 24.0], amount=100.0, compartment=1)
    found = solver(ONE, [ROW], events, TIMES, ["central.amount"])["central.amount"][0]
    before = solver(ONE, [ROW], events, [3.999999, 23.999999], ["central.amount"])
    assert found[0] == 100.0
    assert found[2:] - before["central.amount"][0] == pytest.approx([100.0, 100.0], rel=1e-5)


@both
def test_coincident_records_all_count(solver: Solver) -> None:
    many = Events.build(person=0, time=[0.0] * 4, amount=25.0, compartment=1)
    found = solver(ONE, [ROW], many, TIMES).values
    assert found == pytest.approx(solver(ONE, [ROW], BOLUS, TIMES).values)


@both
def test_an_event_may_follow_in_no_time_at_all(solver: Solver) -> None:
    events = Events.build(person=0, time=[0.0, 2e-313], amount=[60.0, 40.0], compartment=1)
    found = solver(ONE, [ROW], events, TIMES)
    assert found["plasma"][0] == pytest.approx([3.0, *plasma(TIMES)[1:]], rel=1e-5)


@both
def test_nothing_given_stays_nothing(solver: Solver) -> None:
    nothing = solver(ONE, [ROW, ROW], Events.none(), TIMES)
    assert (nothing.values == 0).all()
    zero = Events.build(person=0, time=[0.0, 24.0], amount=0.0)
    assert (solver(ONE, [ROW, ROW], zero, TIMES).values == 0).all()
    one_of_two = solver(ONE, [ROW, ROW], BOLUS, TIMES)
    assert (one_of_two.values[1] == 0).all()
    assert (one_of_two["plasma"][0] > 0).all()


@both
def test_nobody_is_no_trouble(solver: Solver) -> None:
    assert solver(ONE, np.zeros((0, 5)), Events.none(), TIMES).values.shape == (0, 4, 3)


@both
def test_events_after_the_last_output_change_nothing(solver: Solver) -> None:
    late = Events.build(person=0, time=[0.0, 25.0, 1e6], amount=100.0, compartment=1)
    found = solver(ONE, [ROW], late, TIMES)["plasma"][0]
    assert found == pytest.approx(plasma(TIMES), rel=1e-5)


@both
def test_one_output_time_is_enough(solver: Solver) -> None:
    assert solver(ONE, [ROW], BOLUS, [0.0])["plasma"][0, 0] == 5.0
    assert solver(ONE, [ROW], BOLUS, [7.0])["plasma"][0] == pytest.approx(plasma([7.0]), rel=1e-5)


@both
def test_time_may_begin_before_zero(solver: Solver) -> None:
    events = Events.build(person=0, time=-10.0, amount=100.0, compartment=1)
    found = solver(ONE, [ROW], events, [-10.0, 0.0, 5.0])["plasma"][0]
    assert found == pytest.approx(plasma([0.0, 10.0, 15.0]), rel=1e-5)


@both
def test_reset_returns_to_the_start_values(solver: Solver) -> None:
    growing = problem(
        "a", "a0", "a", lambda x: [x["a"]], lambda x: [x["a"]], start=lambda x: [x["a0"]]
    )
    events = Events.build(person=0, time=[1.0, 2.0], amount=[0.0, 5.0], evid=[3, 4])
    found = solver(growing, [[2.0]], events, [0.0, 1.0, 1.5, 2.0])["a"][0]
    assert found == pytest.approx([2.0, 2.0, 2.0 * math.exp(0.5), 7.0], rel=1e-5)


@both
def test_rates_may_depend_on_time(solver: Solver) -> None:
    ramp = problem("a", "p", "a clock", lambda x: [x["t"]], lambda x: [x["a"], x["t"]])
    found = solver(ramp, [[0.0]], Events.none(), [1.0, 10.0]).values[0]
    assert found[:, 0] == pytest.approx([0.5, 50.0])
    assert found[:, 1].tolist() == [1.0, 10.0]


@both
def test_equations_see_states_inside_their_bounds(solver: Solver) -> None:
    falling = problem(
        "a b",
        "k",
        "root a",
        lambda x: [-x["k"], x["a"] ** 0.5],
        lambda x: [x["a"] ** 0.5, x["a"]],
        start=lambda x: [1.0, 0.0],
        constants=(0.0, 1.0, 0.5),
        lower=0.0,
    )
    found = solver(falling, [[1.0]], Events.none(), [0.5, 3.0])
    assert found.outcome.tolist() == [Outcome.OK]
    assert found["a"][0].tolist() == [pytest.approx(0.5), 0.0]


@both
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_parameter_that_is_no_number_is_an_outcome(solver: Solver, value: float) -> None:
    broken = [*ROW]
    broken[1] = value
    solution = solver(ONE, [ROW, broken], BOLUS, TIMES)
    assert solution.outcome.tolist() == [Outcome.OK, Outcome.BAD_INPUT]
    assert solution.advice[1] == f"person 1: parameter cl is {value}; give it a finite value"
    assert np.isnan(solution.values[1]).all()
    assert solution.failed.tolist() == [1]


@pytest.mark.parametrize("threads", [1, 3])
def test_whoever_fails_is_named_by_the_number_in_the_whole_cohort(threads: int) -> None:
    rows = np.tile(ROW, (700, 1))
    rows[[3, 411, 699], 2] = 0.0
    rows[650, 1] = np.nan
    keep = Measures(["cmax"])
    solution = solve(ONE, rows, BOLUS, TIMES, keep=keep, threads=threads)
    assert list(solution.advice) == [3, 411, 650, 699]
    for person, sentence in solution.advice.items():
        assert sentence.startswith((f"person {person}, at 0 h: ", f"person {person}: parameter cl"))
    assert np.isnan(keep.values["cmax"][:, 0]).nonzero()[0].tolist() == [3, 411, 650, 699]


@both
def test_a_division_by_zero_is_an_outcome(solver: Solver) -> None:
    broken = [*ROW]
    broken[2] = 0.0
    solution = solver(ONE, [broken, ROW], BOLUS, TIMES)
    assert solution.outcome.tolist() == [Outcome.NOT_FINITE, Outcome.OK]
    assert solution.advice[0].startswith("person 0, at 0 h: ")
    assert "infinite or undefined" in solution.advice[0]


EXPLODING = problem(
    "calm wild", "k", "wild", lambda x: [0.0, x["k"] * x["wild"] ** 2.0], lambda x: [x["wild"]],
    start=lambda x: [0.0, 1.0],
)  # fmt: skip


@both
def test_an_explosion_names_person_time_and_state(solver: Solver) -> None:
    solution = solver(EXPLODING, [[0.01], [1.0]], Events.none(), [0.5, 2.0])
    assert solution.outcome[0] == Outcome.OK
    assert solution.outcome[1] in (Outcome.NOT_FINITE, Outcome.STEP_TOO_SMALL)
    assert re.match(r"person 1, at (1|0\.9999\d*) h: wild ", solution.advice[1])
    assert np.isnan(solution.values[1]).all()


STEEP = problem("y", "n begin", "y", lambda x: [x["y"] ** x["n"]], lambda x: [x["y"]],
    start=lambda x: [x["begin"]])  # fmt: skip


@pytest.mark.parametrize("method", ["Radau", "BDF"])
def test_a_slope_without_a_number_is_an_outcome_of_the_implicit_twins(
    method: reference.Method,
) -> None:
    """5.88^400 is a number, 400 times 5.88^399 is none."""
    rows = [[400.0, 5.88], [-1.0, 1.0]]
    solution = reference.solve(STEEP, rows, Events.none(), [0.0, 1.0], method=method)
    assert solution.outcome.tolist() == [Outcome.NOT_FINITE, Outcome.OK]
    assert solution["y"][1, 1] == pytest.approx(math.sqrt(3.0), rel=1e-5)


STIFF = problem(
    "fast slow",
    "k",
    "fast slow",
    lambda x: [x["k"] * (x["slow"] - x["fast"]), -x["slow"]],
    lambda x: [x["fast"], x["slow"]],
    start=lambda x: [0.0, 1.0],
)


@pytest.mark.parametrize("method", ["tsit5", "vern7"])
def test_a_stiff_person_goes_to_the_method_for_stiff_systems(method: Method) -> None:
    asked = (STIFF, [[1e6], [2.0]], Events.none(), [1.0, 3.0])
    solution = solve(*asked, max_steps=200, method=method)
    assert solution.outcome.tolist() == [Outcome.OK, Outcome.OK]
    assert solution.advice == {}
    safe = solve(*asked, max_steps=200)
    assert solution.values[0].tobytes() == safe.values[0].tobytes()
    assert solution.steps[0] == 200 + safe.steps[0]
    assert safe.values[0, :, 0] == pytest.approx(np.exp([-1.0, -3.0]), rel=1e-5)


@pytest.mark.parametrize("method", ["tsit5", "vern7"])
def test_a_stiff_person_is_handed_over_on_the_way_to_a_steady_state(method: Method) -> None:
    steady = Events.build(person=0, time=0.0, amount=1.0, compartment=1, ss=1, ii=24.0)
    asked = (STIFF, [[1e6]], steady, [0.0, 1.0])
    solution, safe = (solve(*asked, max_steps=200, method=m) for m in (method, "rodas5p"))
    assert solution.advice == {}
    assert solution.values == pytest.approx(safe.values, rel=1e-6, abs=1e-8)


def test_what_no_method_can_do_in_so_many_steps_is_an_outcome() -> None:
    wave = problem("a b", "w", "a", lambda x: [x["w"] * x["b"], -x["w"] * x["a"]],
        lambda x: [x["a"]], start=lambda x: [0.0, 1.0])  # fmt: skip
    solution = solve(wave, [[1000.0], [0.1]], Events.none(), [50.0], max_steps=100)
    assert solution.outcome.tolist() == [Outcome.STEP_LIMIT, Outcome.OK]
    assert "raise max_steps" in solution.advice[0]


def test_progress_is_told_and_ends_complete() -> None:
    told: list[tuple[int, int]] = []
    solve(ONE, [ROW] * 50, BOLUS, TIMES, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1] == (50, 50)
    told.clear()
    reference.solve(ONE, [ROW] * 3, BOLUS, TIMES, progress=lambda d, of: told.append((d, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_interrupt_passes_through() -> None:
    def stop(done: int, of: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        solve(ONE, [ROW] * 3, BOLUS, TIMES, progress=stop)
    assert solve(ONE, [ROW], BOLUS, TIMES).outcome.tolist() == [Outcome.OK]


@both
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"parameters": [ROW[:3]]}, "parameters: got (1, 3); expected shape (people, 5)"),
        ({"times": []}, "times: got []; expected a list of at least one finite time in h"),
        ({"times": [0.0, 2.0, 2.0]}, "times: got 2.0; expected times that rise; row 2 does not"),
        ({"times": [math.nan]}, "times: got [nan]; expected a list of at least one finite"),
        ({"outputs": ["blood"]}, "outputs: got 'blood'; expected one of plasma, depot.amount"),
        ({"rtol": 0.0}, "rtol: got 0.0; expected a number from 1e-13 to 0.1"),
        ({"atol": -1.0}, "atol: got -1.0; expected one positive number, or one per state"),
        ({"max_steps": 0}, "max_steps: got 0; expected at least 1"),
        ({"events": Events.build(person=5, time=0.0)}, "events, column person, row 0: got 5"),
    ],
)
def test_a_wrong_request_is_named(solver: Solver, change: dict[str, object], message: str) -> None:
    request: dict[str, object] = {"parameters": [ROW], "events": BOLUS, "times": TIMES}
    with pytest.raises(InputError) as caught:
        solver(ONE, **(request | change))
    assert str(caught.value).startswith(message)


def test_an_unknown_output_of_a_solution_is_named() -> None:
    solution = solve(ONE, [ROW], BOLUS, TIMES, ["plasma"])
    with pytest.raises(InputError, match="output: got 'x'; expected one of plasma"):
        solution["x"]
