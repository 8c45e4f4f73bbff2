from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.body.systems import lone, recorded

from speciosa.body.mood import Mood
from speciosa.evidence import records

RECORDS = records("mood", "fitted")
BODY = lone(Mood)
RECORDED = recorded(BODY)
REST = {
    "input.drive": 0.0,
    "input.bound": 0.0,
    "input.sensitivity": 1.0,
    "input.dopamine": 1.0,
    "input.serotonin": 1.0,
    "input.stimulus": 6.0,
    "input.felt": 6.0,
    "input.withdrawal": 0.0,
    "input.gaba": 0.0,
}
USUAL = {"drug_effect": 0.0, "wellbeing": 0.0, "anxiety": 1.0, "stress": 1.0}


def seen(**changed: float) -> dict[str, float]:
    """Outputs with the recorded numbers."""
    given_now = {f"input.{name}": value for name, value in changed.items()}
    assert set(given_now) <= set(REST)
    found = BODY.observed((), BODY.vector(RECORDED | REST | given_now))
    return {name.removeprefix("mood."): value for name, value in found.items()}


@pytest.mark.parametrize("pain", [0.0, 6.0, 10.0])
def test_at_rest_mood_is_as_usual_whatever_the_pain_that_is_usual(pain: float):
    assert seen(stimulus=pain, felt=pain) == USUAL


def test_an_opioid_is_felt_and_calms():
    found = seen(drive=2.0, bound=0.1, dopamine=1.2)
    assert found["drug_effect"] > 20
    assert found["wellbeing"] > 0
    assert found["anxiety"] < 1
    assert found["stress"] < 1


def test_at_its_own_gain_half_of_the_scale_comes_when_the_drive_equals_the_rest():
    assert seen(drive=1.0 / RECORDED["mood.gain"])["drug_effect"] == pytest.approx(50.0)


def test_the_drive_of_an_opioid_that_relieves_well_is_felt_as_strongly_as_volunteers_said():
    # 3.1 of 4 after 20 mg of oxycodone. A check of size: the drive is that of 10 mg of morphine
    # injected, which is taken for as much.
    share = RECORDS["mood/anchor/oxycodone/cooper-2012"].value / 4
    assert seen(drive=5.0, bound=0.15)["drug_effect"] == pytest.approx(100 * share, abs=15)


def test_tolerance_takes_from_what_is_felt():
    assert seen(drive=2.0, sensitivity=0.3)["drug_effect"] < seen(drive=2.0)["drug_effect"]


def test_a_sedative_is_felt_and_takes_anxiety_away():
    found = seen(gaba=0.5)
    assert found["drug_effect"] == pytest.approx(50.0)
    assert found["anxiety"] == pytest.approx(1 - 0.5 * RECORDED["mood.calmed"])


def test_less_pain_is_better_mood_and_less_fear():
    found = seen(felt=1.0)
    assert found["wellbeing"] > 0
    assert found["anxiety"] == pytest.approx(1 - 0.5 * RECORDED["mood.eased"])
    assert found["drug_effect"] == 0.0


def test_withdrawal_lowers_mood_and_raises_anxiety_and_stress():
    found = seen(withdrawal=1.0)
    assert found["wellbeing"] < -0.5
    assert found["anxiety"] == pytest.approx(1 + RECORDED["mood.unrest"])
    assert found["stress"] == pytest.approx(1 + RECORDED["mood.strained"])


def test_a_doubling_of_serotonin_moves_mood_little():
    assert seen(serotonin=2.0)["wellbeing"] < 0.25 * seen(dopamine=2.0)["wellbeing"]


@given(
    st.floats(0, 1e4),
    st.floats(0, 1e4),
    st.floats(0, 1),
    st.floats(0.1, 5),
    st.floats(0, 10),
    st.floats(0, 10),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_every_side_of_mood_stays_on_its_scale(
    drive, bound, left, dopamine, stimulus, felt, withdrawal, gaba
):
    found = seen(
        drive=drive,
        bound=bound,
        sensitivity=left,
        dopamine=dopamine,
        stimulus=stimulus,
        felt=felt,
        withdrawal=withdrawal,
        gaba=gaba,
    )
    assert np.isfinite(list(found.values())).all()
    assert 0 <= found["drug_effect"] <= 100
    assert -1 <= found["wellbeing"] <= 1
    assert found["anxiety"] > 0
    assert found["stress"] > 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_withdrawal_is_never_better_mood(one, other):
    low, high = sorted((one, other))
    better, worse = seen(withdrawal=low), seen(withdrawal=high)
    assert worse["wellbeing"] <= better["wellbeing"]
    assert worse["anxiety"] >= better["anxiety"]
    assert worse["stress"] >= better["stress"]
