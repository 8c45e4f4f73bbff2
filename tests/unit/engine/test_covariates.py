from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import ONE, problem

from speciosa.engine import Covariates
from speciosa.engine.covariates import with_linear
from speciosa.engine.python_code import scalar
from speciosa.errors import InputError

GOOD: dict[str, object] = {
    "person": [0, 0],
    "time": [0.0, 8.0],
    "parameter": 1,
    "value": [1.0, 2.0],
}


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("person", [0, -1], "covariates, column person, row 1: got -1; expected an index from 0"),
        ("parameter", 0.5, "covariates, column parameter, row 0: got 0.5; expected a whole number"),
        ("person", [0, 1e300], "covariates, column person, row 1: got 1e+300; expected a whole"),
        ("time", [0, np.nan], "covariates, column time, row 1: got nan; expected a finite time"),
        ("value", [1, np.inf], "covariates, column value, row 1: got inf; expected a finite"),
        ("value", ["a", "b"], "covariates, column value: got ['a', 'b']; expected numbers"),
        ("value", [[1.0]], "covariates, column value: got (1, 1); expected one dimension"),
        ("value", [1, 2, 3], "covariates, column value: got '3 rows'; expected 2 rows, or one"),
        ("kind", "spline", "covariates, column kind, row 0: got 'spline'; expected one of nocb, "),
        ("kind", ["nocb", "locf"], "covariates, column kind, row 1: got 'locf'; expected nocb, as"),
    ],
)
def test_a_wrong_value_is_named_with_column_and_row(
    column: str, values: object, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        Covariates.build(**(GOOD | {column: values}))  # pyright: ignore[reportArgumentType] - wrong on purpose
    assert str(caught.value).startswith(message)


def test_people_and_parameters_must_exist() -> None:
    covariates = Covariates.build(person=[0, 2], time=0.0, parameter=[0, 3], value=1.0)
    covariates.check(people=3, parameters=4)
    with pytest.raises(InputError, match="column person, row 1: got 2; expected 0 to 1"):
        covariates.check(people=2, parameters=4)
    with pytest.raises(InputError, match="column parameter, row 1: got 3; expected 0 to 2"):
        covariates.check(people=3, parameters=3)


AT = [-1.0, 0.0, 1.0, 4.0, 6.0, 8.0, 9.0]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("nocb", [10, 10, 30, 30, 20, 20, 20]),
        ("locf", [10, 10, 10, 30, 30, 20, 20]),
        ("linear", [10, 10, 15, 30, 25, 20, 20]),
    ],
)
def test_what_is_in_force(kind: str, expected: list[float]) -> None:
    covariates = Covariates.build(
        person=[2, 0, 2, 2], time=[8, 0, 0, 4], parameter=1, value=[20, 99, 10, 30], kind=kind
    )
    rows = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
    person = np.full(7, 2)
    found = covariates.at(person, np.array(AT), rows)
    assert found[:, 1].tolist() == expected
    assert found[:, 0].tolist() == [5.0] * 7
    others = covariates.at(np.array([0, 1]), np.array([3.0, 3.0]), rows)
    assert others.tolist() == [[1.0, 99.0], [3.0, 4.0]]


@pytest.mark.parametrize(("kind", "kept"), [("nocb", 1.0), ("locf", 2.0), ("linear", 2.0)])
def test_of_two_records_at_one_time_one_counts(kind: str, kept: float) -> None:
    covariates = Covariates.build(
        person=0, time=[0.0, 0.0], parameter=0, value=[1.0, 2.0], kind=kind
    )
    assert covariates.value.tolist() == [kept]


def test_only_some_people_in_an_order_of_choice() -> None:
    covariates = Covariates.build(
        person=[0, 1, 1, 3], time=[0, 2, 1, 3], parameter=0, value=[10, 12, 11, 13]
    )
    some = covariates.only(np.array([3, 2, 1]))
    assert some.person.tolist() == [0, 2, 2]
    assert some.value.tolist() == [13, 11, 12]


def test_what_stays_the_same_is_no_change() -> None:
    covariates = Covariates.build(person=0, time=[0, 1, 2, 3], parameter=4, value=[5, 5, 6, 6])
    changes = covariates.changes(10)
    assert changes.time.tolist() == [1.0]
    assert changes.value.tolist() == [6.0]
    assert changes.after.tolist() == [True]


def test_without_records_nothing_changes() -> None:
    nobody = Covariates.build(person=(), time=(), parameter=(), value=())
    assert nobody.changes(3).time.size == 0
    assert nobody.linear() == ()


CLOCK = problem(
    "a b",
    "p q",
    "x y",
    lambda x: [x["p"] * x["a"] + x["q"], x["t"] * x["p"]],
    lambda x: [x["p"], x["q"] - x["b"]],
    start=lambda x: [x["p"], x["q"]],
    dosing=lambda x: [x["p"], x["q"], 1.0, 1.0],
)


def test_a_line_takes_the_place_of_a_parameter_in_rates_and_outputs() -> None:
    lined = with_linear(CLOCK, [1, 0])
    assert lined.parameters == ("p", "q", "slope of q", "beginning of q", "slope of p",
        "beginning of p")  # fmt: skip
    t, a, b, p, q = 5.0, 2.0, 3.0, 7.0, 11.0
    inputs = [t, a, b, p, q, 0.5, 1.0, -2.0, 4.0]
    p_now, q_now = p - 2.0 * (t - 4.0), q + 0.5 * (t - 1.0)
    for name in ("rates", "observe"):
        plain = scalar(getattr(CLOCK, name))([t, a, b, p_now, q_now])
        assert scalar(getattr(lined, name))(inputs) == pytest.approx(plain)
    for name in ("start", "dosing"):
        plain = scalar(getattr(CLOCK, name))([p, q])
        found = scalar(getattr(lined, name))(inputs[3:])
        assert found == pytest.approx(plain, nan_ok=True)


def test_without_lines_a_problem_stays_itself() -> None:
    assert with_linear(ONE, ()) is ONE
