import math

import pytest

from speciosa.compile import Member, flat_name, flatten, flatten_alone
from speciosa.errors import ModelError, UnitMismatch, WiringError
from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    State,
    System,
    at,
    in_unit,
    total,
)
from speciosa.units import unit

DRUG = Each("drug", "a substance")
ENZYME = Each("enzyme", "an enzyme")
LIGAND = Each("ligand", "a drug that binds")
ROUTE = Each("route", "a route", drug=DRUG, enzyme=ENZYME, product=DRUG)


class Body(System):
    __module__ = "body"

    activity = Input("1", "activity", each=ENZYME)
    weight = Input("kg", "weight")
    CL = Parameter("L/h", "clearance", evidence="body/CL/{drug}/{enzyme}", each=ROUTE)
    V = Parameter("L/kg", "volume", evidence="body/V/{drug}", each=DRUG)
    delay = Parameter("h", "delay", evidence="body/delay")
    share = Parameter("1", "share", evidence="body/share/{form}", each=DRUG)
    amount = State("ug", "amount", each=DRUG, between=(0, math.inf), lag=delay, F=share * 2)
    level = amount / (V * weight)
    lost = CL * at(activity, ROUTE.enzyme) * at(level, ROUTE.drug)
    amount.rate = total(lost, by=ROUTE.product) - total(lost, by=ROUTE.drug)
    plasma = Output(in_unit(level, "ng/mL"), "plasma")
    inside = Output(total(amount), "all that is inside")


class Receptor(System):
    __module__ = "receptor"

    ligand = Input("ng/mL", "concentration", each=LIGAND)
    K = Parameter("ng/mL", "affinity", evidence="receptor/K/{ligand}", each=LIGAND)
    load = total(ligand / K)
    bound = Output(load / (1 + load), "occupancy")


class Habit(System):
    __module__ = "habit"

    response = Input("1", "response")
    k = Parameter("1/h", "speed", evidence="habit/k")
    usual = Parameter("1", "where it starts", evidence="habit/usual")
    x = State("1", "level", start=usual, between=(0, 1))
    x.rate = k * (response - x)
    level = Output(x, "level")


DRUGS = [Member("mit", attributes={"form": "tea"}), Member("hydroxy", attributes={"form": "tea"})]
MEMBERS = {
    DRUG: DRUGS,
    ENZYME: [Member("3a4"), Member("2d6")],
    LIGAND: [Member("hydroxy")],
    ROUTE: [
        Member("first", {"drug": "mit", "enzyme": "3a4", "product": "hydroxy"}),
        Member("second", {"drug": "hydroxy", "enzyme": "2d6", "product": None}),
    ],
}
WIRES = {Receptor.ligand: Body.plasma, Habit.response: Receptor.bound}
TRAITS = {Body.activity: "activity", Body.weight: "weight"}


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


class Reader(System):
    __module__ = "reader"

    level = Input("ng/mL", "one level")
    twice = Output(level * 2, "twice")


class Readers(System):
    __module__ = "readers"

    level = Input("ng/mL", "a level for each ligand", each=LIGAND)
    twice = Output(level * 2, "twice")


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


class TestRefused:
    def test_an_open_end(self):
        with pytest.raises(WiringError, match=r"habit.response has no source; wire an output"):
            flatten((Habit,), {}, {}, {})

    def test_a_source_outside_the_build(self):
        with pytest.raises(WiringError, match=r"no source: receptor.bound is not in this build"):
            flatten((Habit,), WIRES, MEMBERS, {})

    def test_two_sources(self):
        with pytest.raises(WiringError, match=r"two sources: receptor.bound, and person.answer"):
            flatten((Habit, Receptor), WIRES, MEMBERS, {Habit.response: "answer"})

    def test_a_wire_between_units(self):
        wires = {**WIRES, Habit.response: Body.inside}
        with pytest.raises(
            UnitMismatch, match=r"response needs \[1\], but body.inside gives \[ug\]"
        ):
            flatten((Body, Habit), wires, MEMBERS, TRAITS)

    def test_a_trait_with_two_units(self):
        class Other(System):
            __module__ = "other"
            weight = Input("g", "weight")
            twice = Output(weight * 2, "twice")

        with pytest.raises(
            UnitMismatch,
            match=r"other.weight reads person.weight in \[g\], but body.weight in \[kg\]",
        ):
            flatten((Body, Other), {}, MEMBERS, {**TRAITS, Other.weight: "weight"})

    def test_a_trait_may_have_two_readers(self):
        class Other(System):
            __module__ = "other"
            weight = Input("kg", "weight")
            twice = Output(weight * 2, "twice")

        found = flatten((Body, Other), {}, MEMBERS, {**TRAITS, Other.weight: "weight"})
        assert found.traits.count("person.weight") == 1

    def test_a_member_that_the_source_lacks(self):
        members = {**MEMBERS, LIGAND: [Member("naloxone")]}
        with pytest.raises(
            WiringError, match=r"ligand needs 'naloxone', which body.plasma does not"
        ):
            flatten((Body, Receptor, Habit), WIRES, members, TRAITS)

    def test_one_value_from_many(self):
        class Scalar(System):
            __module__ = "scalar"
            level = Input("ng/mL", "level")
            twice = Output(level * 2, "twice")

        with pytest.raises(WiringError, match=r"scalar\.level needs one value, not one for each"):
            flatten((Body, Scalar), {Scalar.level: Body.plasma}, MEMBERS, TRAITS)

    def test_a_member_that_nobody_is(self):
        with pytest.raises(
            WiringError, match=r"reader\.level needs 'caffeine', which body\.plasma does not give"
        ):
            flatten((Body, Reader), {Reader.level: (Body.plasma, "caffeine")}, MEMBERS, TRAITS)

    def test_a_member_of_what_has_none(self):
        with pytest.raises(
            WiringError, match=r"habit\.response needs 'mit', which receptor\.bound does not give"
        ):
            flatten(
                (Body, Receptor, Habit),
                {**WIRES, Habit.response: (Receptor.bound, "mit")},
                MEMBERS,
                TRAITS,
            )

    def test_a_member_in_another_unit(self):
        with pytest.raises(
            UnitMismatch, match=r"response needs \[1\], but body\.plasma\.mit gives \[ng/mL\]"
        ):
            flatten((Body, Habit), {Habit.response: (Body.plasma, "mit")}, MEMBERS, TRAITS)

    def test_a_member_of_a_source_outside_the_build(self):
        with pytest.raises(WiringError, match=r"no source: body\.plasma\.mit is not in this build"):
            flatten((Reader,), {Reader.level: (Body.plasma, "mit")}, MEMBERS, {})

    def test_a_member_beside_a_trait(self):
        with pytest.raises(WiringError, match=r"two sources: body\.plasma\.mit, and person\.level"):
            flatten(
                (Body, Reader),
                {Reader.level: (Body.plasma, "mit")},
                MEMBERS,
                {**TRAITS, Reader.level: "level"},
            )

    def test_an_instant_loop_through_one_member_is_told_by_its_path(self):
        class Circle(System):
            __module__ = "circle"
            c = Input("1", "c")
            f = Parameter("1", "f", evidence="circle/f/{drug}", each=DRUG)
            out = Output(f * c, "out")

        with pytest.raises(
            WiringError, match=r"circle\.out\.mit -> circle\.c -> circle\.out\.mit$"
        ):
            flatten((Circle,), {Circle.c: (Circle.out, "mit")}, MEMBERS, {})

    def test_a_name_twice(self):
        class Again(System):
            __module__ = "habit"
            k = Parameter("1/h", "speed", evidence="habit/k")
            twice = Output(k * 2, "twice")

        with pytest.raises(ModelError, match=r"two quantities of this build are called habit.k"):
            flatten((Habit, Again), {}, {}, {Habit.response: "answer"})

    def test_a_map_that_leads_nowhere(self):
        class Lost(System):
            __module__ = "lost"
            x = Input("1", "x", each=DRUG)
            y = Output(at(x, ROUTE.product), "y")

        with pytest.raises(
            ModelError, match=r"asks for the product of route 'second', which has no"
        ):
            flatten_alone(Lost, MEMBERS)

    @pytest.mark.parametrize("word", ["start", "lag", "F"])
    def test_a_beginning_that_depends_on_a_state(self, word):
        class Early(System):
            __module__ = "early"
            given = Input("1", "given")
            hour = Parameter("h", "an hour", evidence="early/hour")
            x = state_with(word, given * hour if word == "lag" else given)
            x.rate = -x / hour

        with pytest.raises(ModelError, match=rf"{word} of early.x depends on the state habit.x"):
            flatten((Habit, Early), {Early.given: Habit.level}, {}, {Habit.response: "answer"})

    def test_an_instant_loop_is_told_by_its_path(self):
        with pytest.raises(
            WiringError,
            match=r"at one instant, with no state between: "
            r"a\.out -> b\.b -> b\.out -> a\.a -> a\.out$",
        ):
            flatten((A, B), {A.a: B.out, B.b: A.out}, {}, {})

    def test_a_loop_that_is_met_in_the_middle(self):
        class C(System):
            __module__ = "c"
            c = Input("1", "c")
            x = State("1", "x")
            k = Parameter("1/h", "k", evidence="c/k")
            drive = 1 - c
            x.rate = k * drive
            out = Output(drive * 2, "out")

        with pytest.raises(WiringError, match=r"c\.out -> c\.c -> c\.out$"):
            flatten((C,), {C.c: C.out}, {}, {})


def state_with(word, value):
    return State("1", "x", **{word: value})


class A(System):
    __module__ = "a"
    a = Input("1", "a")
    out = Output(1 - a, "out")


class B(System):
    __module__ = "b"
    b = Input("1", "b")
    out = Output(1 - b, "out")


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
