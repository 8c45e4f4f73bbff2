from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.body.systems import lone, recorded

from speciosa.body.heart import Heart
from speciosa.evidence import records

HEART = records("heart")
PREFIX = "heart/hERG/IC50/"
BLOCKERS = tuple(
    identity.removeprefix(PREFIX)
    for identity in HEART
    if identity.startswith(PREFIX) and identity.count("/") == 3
)
BODY = lone(Heart, herg=BLOCKERS)
NUMBERS = recorded(BODY)
REST = {
    "input.sympathetic": 1.0,
    "input.stimulation": 0.0,
    "input.alpha1": 0.0,
    "input.drive": 0.0,
    "input.bound": 0.0,
    "input.withdrawal": 0.0,
}
concentrations = st.lists(st.floats(0.0, 1e6), min_size=len(BLOCKERS), max_size=len(BLOCKERS))
shares = st.floats(0.0, 1.0)


def seen(plasma: dict[str, float] | None = None, **inputs: float) -> dict[str, float]:
    """Outputs at unbound plasma concentrations, nmol/L, and at other inputs."""
    free = {f"input.at_herg.{drug}": (plasma or {}).get(drug, 0.0) for drug in BLOCKERS}
    given = NUMBERS | REST | free | {f"input.{name}": value for name, value in inputs.items()}
    found = BODY.observed((), BODY.vector(given))
    return {name.removeprefix("heart."): value for name, value in found.items()}


def herg_block(found: dict[str, float]) -> float:
    """Share of the current that is blocked, as the lengthened QTc tells it."""
    return (found["qt"] - NUMBERS["heart.usual_qt"]) / NUMBERS["heart.lengthening"]


def test_at_rest_everything_is_as_usual():
    assert seen() == {
        "qt": HEART["heart/usual_qt"].value,
        "rate": HEART["heart/usual_rate"].value,
        "standing": HEART["heart/usual_fall"].value,
        "dizziness": 0.0,
    }


def test_at_its_ic50_a_drug_blocks_half_of_the_current():
    at_half = seen({"mitragynine": HEART["heart/hERG/IC50/mitragynine"].value})
    assert herg_block(at_half) == pytest.approx(0.5)


def test_the_slope_is_that_of_dofetilide_in_people():
    """A ng/mL of dofetilide, three tenths of a nmol/L of it free, lengthened QTc by 13.5 ms."""
    free = 1000 / HEART["heart/dofetilide/molar_mass"].value * HEART["heart/dofetilide/fu"].value
    block = free / HEART["heart/dofetilide/IC50"].value
    assert NUMBERS["heart.lengthening"] * block == pytest.approx(
        HEART["heart/dofetilide/QTc_slope"].value, rel=0.01
    )


def test_two_grams_of_leaf_do_not_move_qtc_and_a_large_excess_does_in_the_cautious_reading():
    # 82 nmol/L in plasma, a twentieth of it free.
    two_grams = seen({"mitragynine": 4.5})
    assert 0.002 < herg_block(two_grams) < 0.007
    assert two_grams["qt"] - seen()["qt"] < 1.0
    cautious = HEART["heart/hERG/IC50/mitragynine/tay-2019"].value
    assert NUMBERS["heart.lengthening"] * 50 / (50 + cautious) > 10.0


@given(concentrations, st.integers(0, len(BLOCKERS) - 1), st.floats(0.0, 1e6), shares, shares)
def test_no_drug_ever_shortens_qtc_whatever_else_is_there(free, which, more, alpha1, withdrawal):
    plasma = dict(zip(BLOCKERS, free, strict=True))
    plus = plasma | {BLOCKERS[which]: plasma[BLOCKERS[which]] + more}
    before = seen(plasma, alpha1=alpha1, withdrawal=withdrawal)["qt"]
    after = seen(plus, alpha1=alpha1, withdrawal=withdrawal)["qt"]
    assert after >= before - 1e-9
    assert HEART["heart/usual_qt"].value <= after <= 500.0


def test_prazosin_leaves_the_pressure_on_standing_that_it_left_young_men():
    fall = seen(alpha1=0.8)["standing"]
    assert 120 - fall == pytest.approx(HEART["heart/standing/prazosin_1mg"].value, abs=7)
    assert seen(alpha1=0.8)["dizziness"] > 0.5


def test_mitragynine_of_a_cup_is_too_little_for_alpha1():
    """4.5 nmol/L free against an affinity of 1340 nmol/L."""
    assert seen(alpha1=4.5 / (4.5 + 1340))["dizziness"] < 0.001


def test_opioids_lower_pressure_on_standing_and_the_pulse():
    found = seen(drive=10.0)
    assert found["standing"] > seen()["standing"] + 5
    assert 0.9 * seen()["rate"] < found["rate"] < seen()["rate"]


def test_noradrenaline_stimulation_and_withdrawal_quicken_the_pulse():
    usual = seen()["rate"]
    assert seen(sympathetic=3.0)["rate"] == pytest.approx(71 / 65 * usual, rel=0.01)  # reboxetine
    assert seen(withdrawal=1.0)["rate"] == pytest.approx(90.0)
    assert usual < seen(stimulation=1.0)["rate"] < usual + 10
    assert seen(sympathetic=0.5)["rate"] < usual


@given(st.floats(0.0, 100.0), shares, shares, shares, st.floats(0.0, 1e6))
def test_the_pulse_stays_a_pulse(sympathetic, stimulation, withdrawal, alpha1, drive):
    found = seen(
        sympathetic=sympathetic,
        stimulation=stimulation,
        withdrawal=withdrawal,
        alpha1=alpha1,
        drive=drive,
    )
    assert 30 < found["rate"] < 150
    assert 0 <= found["dizziness"] < 1
    assert found["standing"] >= HEART["heart/usual_fall"].value
