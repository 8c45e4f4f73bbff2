from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.body.systems import lone, recorded

from speciosa.body.autonomic import Autonomic
from speciosa.evidence import records

BODY = lone(Autonomic)
NUMBERS = recorded(BODY)
AUTONOMIC, OPIOID = records("autonomic"), records("opioid")
REST = {
    "input.drive": 0.0,
    "input.bound": 0.0,
    "input.pupil_sensitivity": 1.0,
    "input.withdrawal": 0.0,
}
USUAL = AUTONOMIC["autonomic/usual_pupil"].value
amounts = st.floats(0.0, 1e4)


def seen(**inputs: float) -> tuple[float, float]:
    """Diameter in mm, and the share of people with a dry mouth."""
    given = NUMBERS | REST | {f"input.{name}": value for name, value in inputs.items()}
    found = BODY.observed((), BODY.vector(given))
    return found["autonomic.pupil"], found["autonomic.dry_mouth"]


def morphine(plasma: float) -> dict[str, float]:
    """What a plasma concentration, nmol/L, in balance with the brain does to the receptor."""
    kinetics = records("distribution")
    brain = plasma * kinetics["distribution/fu/morphine"].value
    brain *= kinetics["distribution/Kpuu/morphine"].value
    tau = 1 / (1 - OPIOID["opioid/mu/Emax/morphine"].value) - 1
    held = brain / (OPIOID["opioid/mu/EC50/morphine"].value * (1 + tau))
    return {"drive": OPIOID["opioid/mu/gain"].value * tau * held, "bound": held}


def narrowed(plasma: float) -> float:
    """Share of the largest constriction."""
    return (1 - seen(**morphine(plasma))[0] / USUAL) / AUTONOMIC["autonomic/narrowing"].value


def test_at_rest_the_pupil_has_its_usual_size_and_few_mouths_are_dry():
    assert seen() == (USUAL, AUTONOMIC["autonomic/usual_dry"].value)


@pytest.mark.parametrize("study", ["lotsch-2001", "skarke-2003"])
def test_morphine_narrows_the_pupil_by_half_where_it_did_in_people(study):
    assert narrowed(AUTONOMIC[f"autonomic/pupil/EC50/{study}"].value) == pytest.approx(
        0.5,
        abs=0.08,  # what kratom did to pupils moved the gain by a tenth
    )


def test_much_opioid_makes_pinpoint_pupils():
    assert 1.4 < seen(drive=1e6)[0] < 2.0


def test_an_antagonist_gives_the_pupil_back():
    assert seen(drive=10.0, bound=1e5)[0] == pytest.approx(USUAL, rel=1e-3)


def test_tolerance_gives_the_pupil_back_in_part():
    assert seen(drive=3.0)[0] < seen(drive=3.0, pupil_sensitivity=0.3)[0] < USUAL


def test_withdrawal_widens_the_pupil_and_leaves_the_mouth():
    pupil, mouth = seen(withdrawal=1.0)
    assert pupil == pytest.approx(USUAL * (1 + NUMBERS["autonomic.widening"]))
    assert mouth == seen()[1]


def test_as_many_mouths_are_dry_as_in_trials_where_the_response_is_three_quarters():
    dry = seen(drive=3.0 / NUMBERS["autonomic.pupil_gain"])[1]
    assert dry == pytest.approx(
        AUTONOMIC["autonomic/dry_mouth/share/opioid_trials"].value, abs=0.02
    )


@given(amounts, amounts, amounts, st.floats(0.0, 1.0))
def test_more_drive_is_a_smaller_pupil_and_a_drier_mouth(drive, more, bound, withdrawal):
    pupil, mouth = seen(drive=drive, bound=bound, withdrawal=withdrawal)
    smaller, drier = seen(drive=drive + more, bound=bound, withdrawal=withdrawal)
    assert 0 < smaller <= pupil + 1e-12
    assert mouth - 1e-12 <= drier <= 1
