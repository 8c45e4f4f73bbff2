"""Pain alone: at rest, by type, at each place where something stops it, and as laws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from tests.bodies import drawn, precisely
from tests.ranges import Range
from tests.unit.body.systems import anywhere, lone, recorded, setting

from speciosa.body.pain import Pain
from speciosa.engine import Events
from speciosa.evidence import records

BODY = lone(Pain)
SHARES = ("inflamed", "neuropathic", "muscular", "sensitised")
AT_REST = {
    "input.opioid": 0.0,
    "input.drive_outside": 0.0,
    "input.bound_outside": 0.0,
    "input.noradrenaline": 1.0,
    "input.cannabinoid": 1.0,
    "input.mediator": 1.0,
    "input.tension": 1.0,
    "input.withdrawal": 0.0,
    "input.stimulus": 6.0,
    **{f"input.{share}": 0.0 for share in SHARES},
}
USUAL = recorded(BODY) | AT_REST
PLAIN = USUAL | {"pain.spinal": 0.5, "pain.descending": 0.4, "pain.k_descending": 2.0}
RANGES = {
    **{f"pain.{name}": Range(0, 1) for name in ("mediated", "peripheral", "spinal", "spared")},
    **{f"pain.{name}": Range(0, 1) for name in ("descending", "adrenergic", "hyperalgesia")},
    "pain.gain": Range(0.05, 20, log=True),
    "pain.half_rise": Range(0.1, 10, log=True),
    "pain.soothed": Range(0, 1),
    "pain.k_descending": Range(0.05, 20, log=True),
    "pain.k_sensitisation": Range(1e-3, 1, log=True),
    "pain.k_felt": Range(0.5, 60, log=True),
    "pain.usual_time": Range(1, 120, log=True),
    "pain.stretch": Range(0.1, 10, log=True),
    **{f"input.{name}": Range(0, 1) for name in ("opioid", "mediator", "tension", "withdrawal")},
    "input.drive_outside": Range(0, 1e4),
    "input.bound_outside": Range(0, 1e4),
    "input.noradrenaline": Range(0, 10),
    "input.cannabinoid": Range(1, 3),
    "input.stimulus": Range(0, 10),
    **{f"input.{share}": Range(0, 1) for share in SHARES},
}
STATES = {
    "pain.control": Range(0, 1),
    "pain.sensitisation": Range(0, 1),
    "pain.sense": Range(0, 10),
}
REST = [0.0, 1.0, 6.0]


def seen(states=REST, **inputs: float) -> dict[str, float]:
    found = BODY.observed(states, setting(BODY, BODY.vector(PLAIN), **inputs))
    return {name.removeprefix("pain."): value for name, value in found.items()}


def settled(days: float = 60.0, **inputs: float) -> dict[str, float]:
    parameters = setting(BODY, BODY.vector(PLAIN), **inputs)
    found = precisely(BODY.problem, parameters, Events.none(), [0.0, 24.0 * days])
    return {name: float(found[f"pain.{name}"][0][-1]) for name in ("felt", "relief", "through")}


def test_before_treatment_all_of_the_signal_is_felt():
    untreated = BODY.vector(PLAIN)
    assert BODY.start(untreated).tolist() == REST
    assert seen() == {
        "through": 1.0,
        "felt": 6.0,
        "relief": 0.0,
        "tolerance_time": PLAIN["pain.usual_time"],
    }


@pytest.mark.parametrize("kind", ["none", "acute", "chronic", "neuropathic", "inflammatory"])
def test_each_type_of_pain_rests_where_it_began(kind: str):
    people = {share: records("people")[f"people/pain/{kind}/{share}"].value for share in SHARES}
    stimulus = records("people")[f"people/pain/{kind}"].value
    parameters = setting(BODY, BODY.vector(USUAL), stimulus=stimulus, **people)
    start = BODY.start(parameters)
    assert not BODY.rates(start, parameters).any()
    assert BODY.observed(start, parameters)["pain.felt"] == stimulus


def test_the_gate_closes_at_once_and_control_from_above_comes_later():
    assert seen(opioid=0.5)["relief"] == pytest.approx(0.25)
    assert seen([0.5, 1.0, 6.0], opioid=0.5)["relief"] == pytest.approx(1 - 0.75 * 0.8)


def test_control_rises_towards_the_response_at_its_pace():
    hours = np.array([0.1, 0.5, 5.0])
    parameters = setting(BODY, BODY.vector(PLAIN), opioid=0.5)
    found = precisely(BODY.amounts(), parameters, Events.none(), hours)
    assert found["pain.control"][0] == pytest.approx(0.5 * (1 - np.exp(-2.0 * hours)), rel=1e-8)


def test_what_is_felt_settles_at_what_gets_through():
    assert settled(days=1.0, opioid=0.5)["felt"] == pytest.approx(6.0 * 0.75 * 0.8)


def test_relief_has_a_meaning_without_pain():
    assert settled(days=1.0, opioid=0.5, stimulus=0.0)["relief"] == pytest.approx(1 - 0.75 * 0.8)
    assert settled(days=1.0, opioid=0.5, stimulus=0.0)["felt"] == 0.0


# ---- Where the pain comes from ------------------------------------------------------------------


def test_receptors_outside_the_brain_count_in_inflamed_tissue_only():
    assert seen(drive_outside=5.0)["relief"] == 0.0
    half = seen(drive_outside=1.0, inflamed=1.0)["relief"]
    assert half == pytest.approx(USUAL["pain.peripheral"] / 2)
    assert seen(drive_outside=1.0, bound_outside=100.0, inflamed=1.0)["relief"] < half


def test_blocking_the_receptors_outside_costs_about_as_much_relief_as_was_measured():
    """Knee surgery: 40 % more morphine with them blocked [jagla-2014]."""
    both = seen(opioid=0.4, drive_outside=2.0, inflamed=1.0)["relief"]
    central = seen(opioid=0.4, inflamed=1.0)["relief"]
    assert 1.2 < both / central < 2.0


def test_less_mediator_is_less_pain_where_tissue_is_inflamed():
    assert seen(mediator=0.2)["relief"] == 0.0
    expected = 0.8 * USUAL["pain.mediated"]
    assert seen(mediator=0.2, inflamed=1.0)["relief"] == pytest.approx(expected)


def test_looser_muscle_is_less_pain_by_the_share_of_muscle():
    assert seen(tension=0.5, muscular=0.4)["relief"] == pytest.approx(0.2)
    assert seen(tension=0.5)["relief"] == 0.0


def test_neuropathic_pain_answers_less_to_an_opioid_and_not_to_nothing():
    nerve = seen(opioid=1.0, neuropathic=1.0)["relief"]
    assert nerve == pytest.approx(0.5 * (1 - USUAL["pain.spared"]))
    assert 0.0 < nerve < seen(opioid=1.0)["relief"]


def test_opioids_help_fewer_with_neuropathic_than_with_acute_pain_as_in_trials():
    anchor = records("pain")
    acute = anchor["pain/anchor/morphine_10mg_im/NNT"].value
    nerve = anchor["pain/anchor/neuropathic/strong_opioids/NNT"].value
    ratio = seen(opioid=0.5, neuropathic=1.0)["relief"] / seen(opioid=0.5)["relief"]
    assert ratio == pytest.approx(acute / nerve, rel=0.02)


# ---- From above, and from elsewhere -------------------------------------------------------------


def test_noradrenaline_above_usual_relieves_with_a_delay_and_below_usual_does_not_hurt():
    assert seen(noradrenaline=2.0)["relief"] == 0.0
    assert 0.05 < settled(days=1.0, noradrenaline=2.0)["relief"] < 0.4
    assert settled(days=1.0, noradrenaline=0.5)["relief"] == pytest.approx(0.0, abs=1e-12)


def test_the_surge_of_noradrenaline_in_withdrawal_relieves_nothing():
    surge = settled(days=1.0, noradrenaline=3.0, withdrawal=1.0)["relief"]
    assert surge == pytest.approx(-USUAL["pain.hyperalgesia"])


def test_a_doubled_cannabinoid_tone_relieves_a_little():
    assert 0.0 < seen(cannabinoid=2.0)["relief"] < 0.1


def test_withdrawal_hurts_and_leaves_room_at_the_top_of_the_scale():
    worse = settled(days=1.0, withdrawal=1.0)
    assert worse["relief"] == pytest.approx(-0.3)
    assert 6.0 < worse["felt"] < 6.0 * 1.3
    worst = setting(BODY, BODY.vector(PLAIN), withdrawal=1.0, stimulus=10.0)
    assert BODY.rates([0.0, 1.0, 10.0], worst)[2] == 0.0


# ---- Days ---------------------------------------------------------------------------------------


def test_lasting_relief_lets_a_sensitised_cord_settle_over_days():
    first = settled(days=0.2, opioid=0.5, sensitised=0.4)["relief"]
    later = settled(days=30.0, opioid=0.5, sensitised=0.4)["relief"]
    assert later > first + 0.05
    # Where it settles: S = g (1 - share (1 - S)).
    gate = 0.75 * 0.8
    assert later == pytest.approx(1 - gate * 0.6 / (1 - gate * 0.4), rel=1e-5)


def test_a_cord_that_settled_is_sensitised_again_within_weeks():
    parameters = setting(BODY, BODY.vector(PLAIN), sensitised=0.4)
    quiet = BODY.from_state(np.array([0.0, 0.5, 4.8]))
    found = precisely(quiet, parameters, Events.none(), [1.0, 24.0 * 28])
    assert found["pain.sense"][0][0] < 5.0
    assert found["pain.sense"][0][1] == pytest.approx(6.0, abs=0.01)


# ---- Cold water ---------------------------------------------------------------------------------


def test_relief_stretches_the_time_in_cold_water_and_withdrawal_shortens_it():
    usual = seen()["tolerance_time"]
    stretched = np.exp(PLAIN["pain.stretch"] * 0.25)
    assert seen(opioid=0.5)["tolerance_time"] == pytest.approx(usual * stretched)
    shorter = seen(withdrawal=1.0)["tolerance_time"] / usual
    dependent = records("pain")["pain/anchor/pud-2006/dependent"].value
    others = records("pain")["pain/anchor/pud-2006/usual"].value
    assert shorter == pytest.approx(dependent / others, rel=0.15)


def test_a_healthy_hand_is_not_inflamed_whatever_else_hurts():
    aching = dict.fromkeys(SHARES, 0.8) | {"mediator": 0.5, "tension": 0.5, "drive_outside": 9.0}
    assert seen(opioid=0.5, **aching)["tolerance_time"] == seen(opioid=0.5)["tolerance_time"]


# ---- Laws ---------------------------------------------------------------------------------------


@given(anywhere(BODY, RANGES), drawn(BODY.states, STATES))
def test_nobody_leaves_the_scale(parameters, states):
    for place, (low, high) in enumerate([(0.0, 1.0), (0.0, 1.0), (0.0, 10.0)]):
        for bound, inward in ((low, 1.0), (high, -1.0)):
            edge = np.array(states)
            edge[place] = bound
            assert inward * BODY.rates(edge, parameters)[place] >= -1e-9
    found = BODY.observed(states, parameters)
    assert np.isfinite(list(found.values())).all()
    assert -1e-12 <= found["pain.through"] <= 1.0 + 1e-12
    assert found["pain.relief"] <= 1.0


@given(anywhere(BODY, RANGES))
def test_nothing_moves_at_rest_whoever_it_is(parameters):
    ease = {name.removeprefix("input."): value for name, value in AT_REST.items()}
    person = {name: ease[name] for name in ease if name not in (*SHARES, "stimulus")}
    untreated = setting(BODY, parameters, **person)
    start = BODY.start(untreated)
    assert not BODY.rates(start, untreated).any()
    stimulus = untreated[BODY.parameters.index("input.stimulus")]
    assert BODY.observed(start, untreated)["pain.felt"] == stimulus


@pytest.mark.parametrize(
    ("name", "rising"),
    [
        ("opioid", True),
        ("drive_outside", True),
        ("bound_outside", False),
        ("cannabinoid", True),
        ("mediator", False),
        ("tension", False),
        ("withdrawal", False),
    ],
)
@given(anywhere(BODY, RANGES), drawn(BODY.states, STATES))
def test_each_input_moves_relief_one_way_only(name: str, rising: bool, parameters, states):
    span = RANGES[f"input.{name}"]
    relief = [
        BODY.observed(states, setting(BODY, parameters, **{name: span.at(share)}))["pain.relief"]
        for share in (0.0, 0.3, 1.0)
    ]
    change = np.diff(relief) * (1.0 if rising else -1.0)
    assert (change >= -1e-12).all()


@given(anywhere(BODY, RANGES), drawn(BODY.states, STATES))
def test_relief_is_the_same_whatever_the_strength_of_the_pain(parameters, states):
    relief = {
        BODY.observed(states, setting(BODY, parameters, stimulus=stimulus))["pain.relief"]
        for stimulus in (0.0, 3.0, 10.0)
    }
    assert len(relief) == 1
