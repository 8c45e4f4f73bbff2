from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import ONE, P1

from speciosa.engine import Covariates, Events
from speciosa.engine.solution import ask
from speciosa.errors import InputError

ROWS = np.array([list(P1.values())] * 2)


def asked(times: object, covariates: Covariates | None = None):
    return ask(ONE, ROWS, Events.none(), times, None, 1e-6, 1e-8, 100, covariates)  # pyright: ignore[reportArgumentType] - also wrong ones


def test_times_of_all_are_those_of_each() -> None:
    found = asked([0.0, 2.0, 5.0])
    assert found.times.shape == (2, 3)
    assert found.times.strides[0] == 0
    assert found.given.tolist() == [0.0, 2.0, 5.0]


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ([[0.0, 1.0]], r"times: got \(1, 2\); expected shape \(T,\), or \(2, T\)"),
        ([[0.0], [np.nan]], r"times of person 1: got \[nan\]; expected at least one finite time"),
        ([[0.0], [np.inf]], r"times of person 1: got \[inf\]; expected at least one finite time"),
        ([[0.0, np.inf], [0.0, 1.0]], r"times of person 0: .* expected finite times in h, with"),
        ([[0.0, np.nan, 2.0], [0.0, 1.0, 2.0]], r"times of person 0: .* expected no time after"),
        ([[0.0, 1.0], [3.0, 3.0]], r"times of person 1: .* expected times that rise within"),
    ],
)
def test_times_that_cannot_be_are_named_with_the_person(times: object, message: str) -> None:
    with pytest.raises(InputError, match=message):
        asked(times)


def test_parameters_are_those_in_force_at_the_beginning() -> None:
    covariates = Covariates.build(person=1, time=[3.0, 5.0], parameter=1, value=[7.0, 8.0])
    found = asked([1.0], covariates)
    assert found.parameters[:, 1].tolist() == [1.1, 7.0]
    assert found.problem is ONE


def test_lines_add_their_slope_and_beginning() -> None:
    covariates = Covariates.build(
        person=1, time=[3.0, 5.0], parameter=1, value=[7.0, 8.0], kind="linear"
    )
    found = asked([1.0], covariates)
    assert found.problem.parameters[5:] == ("slope of cl", "beginning of cl")
    assert found.parameters[:, 5:].tolist() == [[0.0, 0.0]] * 2


def test_covariates_without_records_are_none() -> None:
    nobody = Covariates.build(person=(), time=(), parameter=(), value=())
    assert asked([1.0], nobody).covariates is None
