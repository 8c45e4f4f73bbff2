from __future__ import annotations

import pytest

from speciosa.model.wiring import OUTPUTS, SYSTEMS, TRAITS, WIRES


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_every_input_of_a_system_has_one_source(system):
    for needed in system.inputs:
        assert (needed in WIRES) != (needed in TRAITS), needed


def test_every_wire_and_trait_ends_in_a_system_that_is_held():
    inputs = {needed for system in SYSTEMS for needed in system.inputs}
    outputs = {given for system in SYSTEMS for given in system.outputs}
    assert inputs == {*WIRES, *TRAITS}
    assert set(WIRES.values()) | set(OUTPUTS.values()) <= outputs


def test_every_output_is_of_use_to_another_system_or_to_the_reader():
    for system in SYSTEMS:
        used = {*WIRES.values(), *OUTPUTS.values()} & set(system.outputs)
        assert used, system.word
