import math

import pytest
from tests.unit.compile.parts import (
    ENZYME,
    LIGAND,
    MEMBERS,
    ROUTE,
    TRAITS,
    WIRES,
    Body,
    Habit,
    Reader,
    Readers,
    Receptor,
)

from speciosa.compile import Member, flat_name, flatten, flatten_alone
from speciosa.errors import ModelError
from speciosa.language import Input, Parameter, State, System
from speciosa.units import unit


@pytest.fixture(scope="module")
def flat():
    return flatten((Body, Receptor, Habit), WIRES, MEMBERS, TRAITS)


def test_names(flat):
    assert flat.problem.states == ("body.amount.mit", "body.amount.hydroxy", "habit.x")
    assert flat.problem.outputs == (
        "body.plasma.mit",
        "body.plasma.hydroxy",
        "body.inside",
        "receptor.bound",
        "habit.level",
    )
    assert [p.name for p in flat.parameters] == [
        "body.CL.first",
        "body.CL.second",
        "body.V.mit",
        "body.V.hydroxy",
        "body.delay",
        "body.share.mit",
        "body.share.hydroxy",
        "receptor.K.hydroxy",
        "habit.k",
        "habit.usual",
    ]
    assert flat.traits == ("person.activity.3a4", "person.activity.2d6", "person.weight")
    assert flat.inputs == ()
    assert flat.problem.parameters == (*(p.name for p in flat.parameters), *flat.traits)


def test_parameters_know_their_records(flat):
    first = flat.parameters[0]
    assert (first.evidence, first.unit, first.member, first.doc) == (
        "body/CL/mit/3a4",
        unit("L/h"),
        "first",
        "clearance",
    )
    assert flat.parameters[4].member is None


def test_every_name_has_a_unit_and_a_line(flat):
    problem = flat.problem
    names = {*problem.states, *problem.parameters, *problem.outputs}
    assert set(flat.units) == set(flat.docs) == names
    assert flat.units["body.plasma.mit"] == unit("ng/mL")
    assert flat.docs["person.weight"] == "weight"


# CL first, second; V mit, hydroxy; delay; share; K; k, usual; activities; weight
NUMBERS = (6.0, 4.0, 2.0, 0.5, 0.25, 0.4, 0.3, 8.0, 0.1, 0.7, 1.5, 0.5, 10.0)
STATE = (40.0, 20.0, 0.2)


def test_rates_and_outputs_are_the_equations(flat, run):
    mit, hydroxy = 40.0 / 20.0, 20.0 / 5.0
    first, second = 6.0 * 1.5 * mit, 4.0 * 0.5 * hydroxy
    bound = (hydroxy / 8.0) / (1 + hydroxy / 8.0)
    rates = run(flat.problem.rates, 0.0, *STATE, *NUMBERS)
    assert rates == pytest.approx([-first, first - second, 0.1 * (bound - 0.2)])
    outputs = run(flat.problem.observe, 0.0, *STATE, *NUMBERS)
    assert outputs == pytest.approx([mit, hydroxy, 60.0, bound, 0.2])


def test_start_lag_and_share(flat, run):
    assert run(flat.problem.start, *NUMBERS) == [0.0, 0.0, 0.7]
    assert run(flat.problem.dosing, *NUMBERS) == pytest.approx(
        [0.25, 0.25, 0.0, 0.8, 0.6, 1.0, *[math.nan] * 6], nan_ok=True
    )


def test_bounds(flat):
    assert flat.problem.lower == (0.0, 0.0, 0.0)
    assert flat.problem.upper == (math.inf, math.inf, 1.0)


def test_a_state_without_bounds_has_none():
    class Free(System):
        k = Parameter("1/h", "speed", evidence="free/k")
        x = State("1", "x")
        x.rate = -k * x

    problem = flatten((Free,), {}, {}, {}).problem
    assert math.isnan(problem.lower[0])
    assert math.isnan(problem.upper[0])


def test_shared_work_is_done_once_and_keeps_its_name(flat):
    labels = [label for label in flat.problem.rates.labels if label]
    assert labels.count("body.level.mit") == 1
    assert "body.lost.first" in labels


def test_the_same_build_has_the_same_digest(flat):
    again = flatten((Body, Receptor, Habit), WIRES, MEMBERS, TRAITS)
    assert again.problem.digest == flat.problem.digest


def test_without_members_quantities_vanish_and_totals_are_zero(run):
    found = flatten((Body,), {}, {**MEMBERS, ROUTE: [], ENZYME: []}, TRAITS)
    assert found.traits == ("person.weight",)
    assert run(found.problem.rates, *(1.0,) * found.problem.rates.inputs) == [0.0, 0.0]


def test_an_input_without_members_needs_no_source(run):
    found = flatten((Receptor,), {}, {LIGAND: []}, {})
    assert run(found.problem.observe, 0.0) == [0.0]


def test_one_system_alone(run):
    found = flatten_alone(Receptor, {LIGAND: [Member("a"), Member("b")]})
    assert found.inputs == ("input.ligand.a", "input.ligand.b")
    assert found.problem.parameters == ("receptor.K.a", "receptor.K.b", *found.inputs)
    assert run(found.problem.observe, 0.0, 1.0, 2.0, 1.0, 4.0) == [0.75]


@pytest.mark.parametrize(("member", "expected"), [("mit", 40.0 / 20.0), ("hydroxy", 20.0 / 5.0)])
def test_one_member_of_an_output_feeds_an_input_of_one_value(run, member: str, expected: float):
    found = flatten((Body, Reader), {Reader.level: (Body.plasma, member)}, MEMBERS, TRAITS)
    assert found.problem.outputs[-1] == "reader.twice"
    numbers = (*NUMBERS[:7], *NUMBERS[10:])
    assert run(found.problem.observe, 0.0, *STATE[:2], *numbers)[-1] == pytest.approx(2 * expected)


def test_one_member_of_an_output_feeds_every_member_of_an_input(run):
    members = {**MEMBERS, LIGAND: [Member("hydroxy"), Member("blocker")]}
    found = flatten((Body, Readers), {Readers.level: (Body.plasma, "mit")}, members, TRAITS)
    assert found.problem.outputs[-2:] == ("readers.twice.hydroxy", "readers.twice.blocker")
    numbers = (*NUMBERS[:7], *NUMBERS[10:])
    assert run(found.problem.observe, 0.0, *STATE[:2], *numbers)[-2:] == pytest.approx([4.0, 4.0])


def test_wires_into_absent_systems_are_passed_over():
    assert flatten((Body,), WIRES, MEMBERS, TRAITS).problem.states == (
        "body.amount.mit",
        "body.amount.hydroxy",
    )


def test_a_loop_through_a_state_is_fine(run):
    found = flatten((Habit,), {Habit.response: Habit.level}, {}, {})
    assert run(found.problem.rates, 0.0, 0.5, 0.1, 0.7) == [0.0]


def test_a_flat_name_needs_a_system():
    assert flat_name(Body.plasma, "mit") == "body.plasma.mit"
    with pytest.raises(ModelError, match="has no name in a system"):
        flat_name(Input("1", "x"))


def test_modelled_durations_and_rates_follow_lags_and_shares(run):
    class Drip(System):
        __module__ = "drip"
        k = Parameter("1/h", "loss", evidence="drip/k")
        lasts = Parameter("h", "duration", evidence="drip/D")
        pace = Parameter("mg/h", "rate", evidence="drip/R")
        x = State("mg", "amount", D=lasts * 2, R=pace)
        x.rate = -k * x

    found = flatten((Drip,), {}, {}, {})
    assert run(found.problem.dosing, 0.1, 3.0, 20.0) == [0.0, 1.0, 6.0, 20.0]
