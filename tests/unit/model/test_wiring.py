from __future__ import annotations

import pytest

from speciosa.compile import Wire, giver
from speciosa.language import Quantity
from speciosa.model.wiring import EFFECTS, OUTPUTS, SYSTEMS, TRAITS, WIRES


def given(wire: Wire) -> Quantity:
    """The output that a wire begins at, whichever member of it is meant."""
    return giver(wire, None)[0]


USED = {given(wire) for wire in (*WIRES.values(), *OUTPUTS.values())}


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_every_input_of_a_system_has_one_source(system):
    for needed in system.inputs:
        assert (needed in WIRES) != (needed in TRAITS), needed


def test_every_wire_and_trait_ends_in_a_system_that_is_held():
    inputs = {needed for system in SYSTEMS for needed in system.inputs}
    outputs = {output for system in SYSTEMS for output in system.outputs}
    assert inputs == {*WIRES, *TRAITS}
    assert outputs >= USED


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_what_a_system_says_is_of_use_to_another_or_to_the_reader(system):
    """An empty room says nothing, and then it holds nothing either; no output is for nobody."""
    assert set(system.outputs) <= USED
    assert system.outputs or not system.named


def test_a_wire_that_names_a_member_names_one_that_is_there():
    """Only effects have members that do not depend on what is taken."""
    named = [wire for wire in (*WIRES.values(), *OUTPUTS.values()) if isinstance(wire, tuple)]
    for output, member in named:
        assert output.each is not None
        assert output.each.word == "effect"
        assert member in EFFECTS


def test_every_effect_that_wears_off_is_felt_somewhere():
    fed = {wire[1] for wire in WIRES.values() if isinstance(wire, tuple)}
    assert fed == set(EFFECTS)
