"""What drugs do to enzymes: whatever the numbers, each way of acting has one sign only."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import (
    Body,
    alone,
    believed,
    entered,
    given_once,
    inside,
    moments,
    people,
    precisely,
    whole,
)

from speciosa.body.elimination import Elimination
from speciosa.body.metabolism import Metabolism
from speciosa.compile import Member

DRUGS = ("victim", "blocker", "breaker", "maker")
FATES = (("victim", "CYP3A", None), ("victim", "CYP2D6", None), ("breaker", "CYP3A", None))
ACTING = {
    "changing": [Member("CYP3A", {"enzyme": "CYP3A"})],
    "wall": [Member("victim.CYP3A", {"drug": "victim", "enzyme": "CYP3A"})],
    "inhibition": [Member("blocker.CYP3A", {"drug": "blocker", "enzyme": "CYP3A"})],
    "inactivation": [Member("breaker.CYP3A", {"drug": "breaker", "enzyme": "CYP3A"})],
    "induction": [Member("maker.CYP3A", {"drug": "maker", "enzyme": "CYP3A"})],
}
BODY = alone(Metabolism, DRUGS, FATES, ACTING)
AMOUNT = BODY.place("metabolism.amount.CYP3A")
WORKING = "metabolism.working.CYP3A"
FOLDS = (0.0, 0.5, 1.0, 3.0, 1e3)
WAYS_IN = ("unbound", "uptake")


@cache
def wired() -> Body:
    """The same drugs in a body in which they come and go."""
    outputs = (Metabolism.working, Elimination.usual)
    return whole(DRUGS, FATES, (), ACTING, outputs=outputs)


def scaled(parameters: np.ndarray, drug: str, fold: float) -> np.ndarray:
    """So many times as much of a drug in the blood and on its way in."""
    after = parameters.copy()
    for way in WAYS_IN:
        after[BODY.parameters.index(f"input.{way}.{drug}")] *= fold
    return after


def nothing_taken(parameters: np.ndarray) -> np.ndarray:
    for drug in DRUGS:
        parameters = scaled(parameters, drug, 0.0)
    return parameters


def working(states: np.ndarray, parameters: np.ndarray) -> float:
    return BODY.observed(states, parameters)[WORKING]


def growth(states: np.ndarray, parameters: np.ndarray) -> float:
    return float(BODY.rates(states, parameters)[AMOUNT])


def number(parameters: np.ndarray, name: str) -> float:
    return float(parameters[BODY.parameters.index(name)])


@given(people(BODY))
def test_without_drugs_an_enzyme_is_the_persons_own_and_stays_so(parameters):
    clean = nothing_taken(parameters)
    rest = BODY.start(clean)
    assert rest[AMOUNT] == 1.0
    assert working(rest, clean) == number(clean, "input.activity.CYP3A")
    assert growth(rest, clean) == 0.0


@given(people(BODY), moments(BODY))
def test_more_of_an_inhibitor_never_raises_what_an_enzyme_does(parameters, states):
    found = [working(states, scaled(parameters, "blocker", fold)) for fold in FOLDS]
    assert np.all(np.diff(found) <= 1e-12 * max(found))
    assert min(found) >= 0.0


@given(people(BODY), moments(BODY))
def test_an_inhibitor_leaves_the_amount_and_the_other_enzyme_alone(parameters, states):
    without, much = (scaled(parameters, "blocker", fold) for fold in (0.0, 1e3))
    assert growth(states, much) == growth(states, without)
    other = "metabolism.working.CYP2D6"
    assert BODY.observed(states, much)[other] == BODY.observed(states, without)[other]


@given(people(BODY), moments(BODY))
def test_more_of_a_destroyer_never_lets_more_of_an_enzyme_grow(parameters, states):
    found = [growth(states, scaled(parameters, "breaker", fold)) for fold in FOLDS]
    assert np.all(np.diff(found) <= 1e-12 * max(map(abs, found)))


@given(people(BODY), moments(BODY))
def test_more_of_an_inducer_never_lets_less_of_an_enzyme_grow(parameters, states):
    found = [growth(states, scaled(parameters, "maker", fold)) for fold in FOLDS]
    assert np.all(np.diff(found) >= -1e-12 * max(map(abs, found)))


@given(people(BODY), moments(BODY))
def test_an_amount_lies_between_none_and_all_that_can_be_called_for(parameters, states):
    none, most = states.copy(), states.copy()
    none[AMOUNT] = 0.0
    most[AMOUNT] = 1.0 + number(parameters, "metabolism.Emax.maker.CYP3A")
    assert growth(none, parameters) >= 0.0
    scale = number(parameters, "metabolism.kdeg.CYP3A") * most[AMOUNT]
    assert growth(most, parameters) <= 1e-12 * scale


@settings(max_examples=15)
@given(
    believed(wired()),
    st.sampled_from(DRUGS[1:]),
    st.integers(1, 200).map(lambda n: n * 1e3),
)
def test_in_a_body_each_drug_pushes_one_way_at_every_hour(parameters, drug, nmol):
    body, times = wired(), np.array([0.5, 1.0, 2.0, 6.0, 24.0, 72.0, 200.0])
    doses = [{drug: 1e-9}, {drug: nmol}, {drug: 5.0 * nmol}]
    seen = [
        precisely(body.problem, parameters, given_once(body, one), times).values[0] for one in doses
    ]
    place = body.problem.outputs.index(WORKING)
    none, some, much = (found[:, place] for found in seen)
    own = parameters[body.parameters.index("person.activity.CYP3A")]
    assert none == pytest.approx(own, rel=1e-6)
    if drug == "maker":
        assert np.all(some >= own * (1 - 1e-6))
        assert np.all(much >= some * (1 - 1e-6))
    else:
        assert np.all(some <= own * (1 + 1e-6))
        assert np.all(much <= some * (1 + 1e-6))


@settings(max_examples=15)
@given(believed(wired()))
def test_no_drug_is_lost_while_enzymes_come_and_go(parameters):
    body, until = wired(), 48.0
    events = given_once(body, dict.fromkeys(DRUGS, 1e5))
    found = precisely(body.amounts(), parameters, events, [until]).values[0, 0]
    came = entered(body, parameters, events, until)
    assert inside(body, found) == pytest.approx(came, rel=1e-6)
