from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import alone, precisely

from speciosa.body.pain import Pain
from speciosa.engine import Events

BODY = alone(Pain)
USUAL = {
    "pain.spinal": 0.5,
    "pain.descending": 0.4,
    "pain.k_descending": 2.0,
    "pain.k_felt": 6.0,
    "input.opioid": 0.5,
    "input.stimulus": 8.0,
}


def test_before_treatment_all_of_the_signal_is_felt():
    untreated = BODY.vector(USUAL | {"input.opioid": 0.0})
    assert BODY.start(untreated).tolist() == [0.0, 8.0]
    assert BODY.observed([0.0, 8.0], untreated) == {"pain.felt": 8.0, "pain.relief": 0.0}


def test_the_gate_closes_at_once_and_control_from_above_comes_later():
    at_once = BODY.observed([0.0, 8.0], BODY.vector(USUAL))["pain.relief"]
    later = BODY.observed([0.5, 8.0], BODY.vector(USUAL))["pain.relief"]
    assert at_once == pytest.approx(0.25)
    assert later == pytest.approx(1 - 0.75 * 0.8)


def test_control_rises_towards_the_response_at_its_pace():
    hours = np.array([0.1, 0.5, 5.0])
    found = precisely(BODY.amounts(), BODY.vector(USUAL), Events.none(), hours)
    assert found["pain.control"][0] == pytest.approx(0.5 * (1 - np.exp(-2.0 * hours)), rel=1e-8)


def test_what_is_felt_settles_at_what_passes():
    found = precisely(BODY.problem, BODY.vector(USUAL), Events.none(), [0.0, 20.0])
    assert found["pain.felt"][0] == pytest.approx([8.0, 8.0 * 0.75 * 0.8])


def test_the_two_closings_multiply():
    full = BODY.vector(USUAL | {"input.opioid": 1.0})
    assert BODY.observed([1.0, 8.0], full)["pain.relief"] == pytest.approx(1 - 0.5 * 0.6)
