from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.body.systems import lone, recorded

from speciosa.body.gut import Gut
from speciosa.evidence import records

BODY = lone(Gut, slower=("mitragynine",))
NUMBERS = recorded(BODY)
REST = {
    "input.drive": 0.0,
    "input.bound": 0.0,
    "input.drive_outside": 0.0,
    "input.bound_outside": 0.0,
    "input.gut_sensitivity": 1.0,
    "input.nausea_sensitivity": 1.0,
    "input.withdrawal": 0.0,
    "input.exposure": 0.0,
}
GUT, OPIOID, KINETICS = records("gut"), records("opioid"), records("distribution", "elimination")
amounts = st.floats(0.0, 1e3)
shares = st.floats(0.0, 1.0)


def seen(numbers: dict[str, float] = NUMBERS, **inputs: float) -> dict[str, float]:
    given = numbers | REST | {f"input.{name}": value for name, value in inputs.items()}
    return BODY.observed((), BODY.vector(given))


def test_at_rest_nobody_is_sick_and_the_gut_has_its_usual_speed():
    assert seen() == {"gut.nausea": 0.0, "gut.transit": 1.0}


def test_morphine_by_vein_delays_arrival_in_the_caecum_as_in_people():
    def number(name: str) -> float:
        return KINETICS[name].value

    central_volume, deep_volume = (number(f"distribution/V{i}/morphine") for i in (1, 2))
    cleared, exchanged = number("elimination/CL/morphine"), number("distribution/Q/morphine")
    unbound = number("distribution/fu/morphine")
    tau = 1 / (1 - OPIOID["opioid/mu/Emax/morphine"].value) - 1
    affinity = OPIOID["opioid/mu/EC50/morphine"].value * (1 + tau)
    gain = OPIOID["opioid/mu/gain"].value

    # 0.05 mg/kg of a person of 70 kg, in nmol; small steps of Euler do for a mean over hours.
    step, hours, moved, blood, deep = 1e-3, 0.0, 0.0, 3.5e6 / 285.34, 0.0
    while moved < GUT["gut/transit/time/placebo"].value / 60:
        held = unbound * blood / central_volume / affinity
        moved += step * seen(drive_outside=gain * tau * held, bound_outside=held)["gut.transit"]
        away = exchanged * (blood / central_volume - deep / deep_volume)
        blood -= step * (away + cleared * blood / central_volume)
        deep += step * away
        hours += step
    assert 60 * hours == pytest.approx(GUT["gut/transit/time/morphine"].value, rel=0.05)


def test_an_antagonist_that_stays_outside_the_brain_frees_the_gut_and_leaves_nausea():
    blocked = seen(drive=5.0, bound=0.1, drive_outside=8.0, bound_outside=1000.0)
    assert blocked["gut.transit"] > GUT["gut/transit/outside_share"].value
    assert blocked["gut.nausea"] > 0.3


def test_no_dose_stops_the_gut_for_good():
    assert seen(drive_outside=1e9)["gut.transit"] == pytest.approx(
        1 - GUT["gut/transit_slowing"].value
    )


def test_as_many_healthy_people_are_sick_after_morphine_as_were():
    """At a response of 0.53, of 12 mg by vein; thresholds are 0.6 apart on the log scale."""
    usual = NUMBERS["gut.nausea_threshold"]

    def nausea(z: float) -> float:
        own = NUMBERS | {"gut.nausea_threshold": usual * math.exp(0.6 * z)}
        return seen(own, drive=0.53 / 0.47)["gut.nausea"]

    luck = np.random.default_rng(1).standard_normal(2000)
    share = np.mean([nausea(z) >= 0.1 for z in luck])
    assert share == pytest.approx(GUT["gut/nausea/share/morphine_iv"].value, abs=0.05)


def test_a_person_with_a_low_threshold_is_sick_where_another_is_not():
    delicate = NUMBERS | {"gut.nausea_threshold": 0.2}
    assert seen(delicate, drive=0.3)["gut.nausea"] > 0.5
    assert seen(drive=0.3)["gut.nausea"] < 0.05


def test_tolerance_of_one_effect_leaves_the_other():
    used = seen(drive=3.0, drive_outside=3.0, nausea_sensitivity=0.0)
    assert used["gut.nausea"] == 0.0
    assert used["gut.transit"] == seen(drive=3.0, drive_outside=3.0)["gut.transit"] < 0.6


def test_withdrawal_sickens_and_hurries():
    worst = seen(withdrawal=1.0)
    assert worst["gut.nausea"] == NUMBERS["gut.withdrawal_nausea"]
    assert worst["gut.transit"] == 1 + NUMBERS["gut.withdrawal_hurry"]


def test_what_is_no_opioid_slows_only_where_it_is_switched_on():
    assert seen(exposure=1e5)["gut.transit"] == 1.0
    on = NUMBERS | {"gut.other_slowing": GUT["gut/other_slowing/on"].value}
    half = NUMBERS["gut.other_half.mitragynine"]
    assert seen(on, exposure=half)["gut.transit"] == pytest.approx(1 - 0.3 / 2)
    # Naloxone has nothing to act on here.
    assert seen(on, exposure=half, bound_outside=1e6) == seen(on, exposure=half)


@given(amounts, amounts, amounts, shares)
def test_nausea_is_a_share_and_the_gut_never_runs_backwards(drive, bound, more, withdrawal):
    found = seen(
        drive=drive, bound=bound, drive_outside=drive, bound_outside=bound, withdrawal=withdrawal
    )
    assert 0.0 <= found["gut.nausea"] <= 1.0
    assert found["gut.transit"] >= 0.0
    stronger = seen(
        drive=drive + more,
        bound=bound,
        drive_outside=drive + more,
        bound_outside=bound,
        withdrawal=withdrawal,
    )
    assert stronger["gut.nausea"] >= found["gut.nausea"] - 1e-12
    assert stronger["gut.transit"] <= found["gut.transit"] + 1e-12
