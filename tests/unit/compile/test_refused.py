"""What cannot be wired, and the one message that says so."""

import pytest
from tests.unit.compile.parts import (
    DRUG,
    LIGAND,
    MEMBERS,
    ROUTE,
    TRAITS,
    WIRES,
    A,
    B,
    Body,
    Habit,
    Reader,
    Receptor,
)

from speciosa.compile import Member, flatten, flatten_alone
from speciosa.errors import ModelError, UnitMismatch, WiringError
from speciosa.language import Input, Output, Parameter, State, System, at


def state_with(word, value):
    return State("1", "x", **{word: value})


def test_an_open_end():
    with pytest.raises(WiringError, match=r"habit.response has no source; wire an output"):
        flatten((Habit,), {}, {}, {})


def test_a_source_outside_the_build():
    with pytest.raises(WiringError, match=r"no source: receptor.bound is not in this build"):
        flatten((Habit,), WIRES, MEMBERS, {})


def test_two_sources():
    with pytest.raises(WiringError, match=r"two sources: receptor.bound, and person.answer"):
        flatten((Habit, Receptor), WIRES, MEMBERS, {Habit.response: "answer"})


def test_a_wire_between_units():
    wires = {**WIRES, Habit.response: Body.inside}
    with pytest.raises(UnitMismatch, match=r"response needs \[1\], but body.inside gives \[ug\]"):
        flatten((Body, Habit), wires, MEMBERS, TRAITS)


def test_a_trait_with_two_units():
    class Other(System):
        __module__ = "other"
        weight = Input("g", "weight")
        twice = Output(weight * 2, "twice")

    with pytest.raises(
        UnitMismatch,
        match=r"other.weight reads person.weight in \[g\], but body.weight in \[kg\]",
    ):
        flatten((Body, Other), {}, MEMBERS, {**TRAITS, Other.weight: "weight"})


def test_a_trait_may_have_two_readers():
    class Other(System):
        __module__ = "other"
        weight = Input("kg", "weight")
        twice = Output(weight * 2, "twice")

    found = flatten((Body, Other), {}, MEMBERS, {**TRAITS, Other.weight: "weight"})
    assert found.traits.count("person.weight") == 1


def test_a_member_that_the_source_lacks():
    members = {**MEMBERS, LIGAND: [Member("naloxone")]}
    with pytest.raises(WiringError, match=r"ligand needs 'naloxone', which body.plasma does not"):
        flatten((Body, Receptor, Habit), WIRES, members, TRAITS)


def test_one_value_from_many():
    class Scalar(System):
        __module__ = "scalar"
        level = Input("ng/mL", "level")
        twice = Output(level * 2, "twice")

    with pytest.raises(WiringError, match=r"scalar\.level needs one value, not one for each"):
        flatten((Body, Scalar), {Scalar.level: Body.plasma}, MEMBERS, TRAITS)


def test_a_member_that_nobody_is():
    with pytest.raises(
        WiringError, match=r"reader\.level needs 'caffeine', which body\.plasma does not give"
    ):
        flatten((Body, Reader), {Reader.level: (Body.plasma, "caffeine")}, MEMBERS, TRAITS)


def test_a_member_of_what_has_none():
    with pytest.raises(
        WiringError, match=r"habit\.response needs 'mit', which receptor\.bound does not give"
    ):
        flatten(
            (Body, Receptor, Habit),
            {**WIRES, Habit.response: (Receptor.bound, "mit")},
            MEMBERS,
            TRAITS,
        )


def test_a_member_in_another_unit():
    with pytest.raises(
        UnitMismatch, match=r"response needs \[1\], but body\.plasma\.mit gives \[ng/mL\]"
    ):
        flatten((Body, Habit), {Habit.response: (Body.plasma, "mit")}, MEMBERS, TRAITS)


def test_a_member_of_a_source_outside_the_build():
    with pytest.raises(WiringError, match=r"no source: body\.plasma\.mit is not in this build"):
        flatten((Reader,), {Reader.level: (Body.plasma, "mit")}, MEMBERS, {})


def test_a_member_beside_a_trait():
    with pytest.raises(WiringError, match=r"two sources: body\.plasma\.mit, and person\.level"):
        flatten(
            (Body, Reader),
            {Reader.level: (Body.plasma, "mit")},
            MEMBERS,
            {**TRAITS, Reader.level: "level"},
        )


def test_an_instant_loop_through_one_member_is_told_by_its_path():
    class Circle(System):
        __module__ = "circle"
        c = Input("1", "c")
        f = Parameter("1", "f", evidence="circle/f/{drug}", each=DRUG)
        out = Output(f * c, "out")

    with pytest.raises(WiringError, match=r"circle\.out\.mit -> circle\.c -> circle\.out\.mit$"):
        flatten((Circle,), {Circle.c: (Circle.out, "mit")}, MEMBERS, {})


def test_a_name_twice():
    class Again(System):
        __module__ = "habit"
        k = Parameter("1/h", "speed", evidence="habit/k")
        twice = Output(k * 2, "twice")

    with pytest.raises(ModelError, match=r"two quantities of this build are called habit.k"):
        flatten((Habit, Again), {}, {}, {Habit.response: "answer"})


def test_a_map_that_leads_nowhere():
    class Lost(System):
        __module__ = "lost"
        x = Input("1", "x", each=DRUG)
        y = Output(at(x, ROUTE.product), "y")

    with pytest.raises(ModelError, match=r"asks for the product of route 'second', which has no"):
        flatten_alone(Lost, MEMBERS)


@pytest.mark.parametrize("word", ["start", "lag", "F"])
def test_a_beginning_that_depends_on_a_state(word):
    class Early(System):
        __module__ = "early"
        given = Input("1", "given")
        hour = Parameter("h", "an hour", evidence="early/hour")
        x = state_with(word, given * hour if word == "lag" else given)
        x.rate = -x / hour

    with pytest.raises(ModelError, match=rf"{word} of early.x depends on the state habit.x"):
        flatten((Habit, Early), {Early.given: Habit.level}, {}, {Habit.response: "answer"})


def test_an_instant_loop_is_told_by_its_path():
    with pytest.raises(
        WiringError,
        match=r"at one instant, with no state between: "
        r"a\.out -> b\.b -> b\.out -> a\.a -> a\.out$",
    ):
        flatten((A, B), {A.a: B.out, B.b: A.out}, {}, {})


def test_a_loop_that_is_met_in_the_middle():
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
