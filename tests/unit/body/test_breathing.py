"""Breathing, with the numbers of the records: what people showed, and where it stops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bodies import Range, drawn, precisely
from tests.someone import Taken, curves, leaf
from tests.unit.body.systems import lone, recorded

from speciosa.body.breathing import Breathing
from speciosa.engine import Events
from speciosa.evidence import records

LIGANDS = ("mitragynine", "hydroxymitragynine", "oxycodone", "fentanyl", "morphine")
LIGANDS += ("buprenorphine", "naloxone")
KNOWN = {
    identity: record.value
    for word in ("breathing", "opioid")
    for identity, record in records(word).items()
}
BODY = lone(Breathing, ligand=LIGANDS, antidote=("naloxone",))
NUMBERS = recorded(BODY)
ALCOHOL = 0.134  # of the largest GABA-A effect, at 1 g/L
BENZODIAZEPINE = 0.65  # the most that it does
HOURS = np.concatenate([np.arange(0.0, 1.0, 1 / 60), np.arange(1.0, 24.1, 0.25)])
KG = 70.0

WIDE = {
    "breathing.breath_gain": Range(0.3, 40, log=True),
    "breathing.sedative": Range(0, 0.95),
    "breathing.resting": Range(30, 55),
    "breathing.feedback": Range(1.2, 9),
    "breathing.most": Range(3, 20),
    "breathing.k_co2": Range(1, 15, log=True),
    "breathing.numbing": Range(60, 130),
    "breathing.steepness": Range(3, 15),
    "breathing.highest": Range(180, 400),
    "breathing.failing": Range(0.05, 0.6),
    "breathing.abruptness": Range(3, 40),
    "input.plain": Range(0, 1e4),
    "input.held": Range(0, 1e4),
    "input.antidote": Range(0, 1e3),
    "input.sensitivity": Range(0, 1),
    "input.gaba": Range(0, 1),
}


def taken(gaba: float = 0.0, left: float = 1.0, **nmol_per_l: float) -> np.ndarray:
    """Parameters of a person with these unbound concentrations in the brain."""
    given = NUMBERS | {"input.gaba": gaba, "input.sensitivity": left}
    for name in LIGANDS:
        most = KNOWN[f"opioid/mu/Emax/{name}"]
        tau = most / (1 - most)
        held = nmol_per_l.get(name, 0.0) / (KNOWN[f"opioid/mu/EC50/{name}"] * (1 + tau))
        given[f"input.held.{name}"] = held
        given[f"input.plain.{name}"] = tau * held
    constant = KNOWN["opioid/antidote/naloxone"]
    given["input.antidote.naloxone"] = nmol_per_l.get("naloxone", 0.0) / constant
    return BODY.vector(given)


def at_once(**drugs: float) -> dict[str, float]:
    """Before carbon dioxide has had time to rise."""
    parameters = taken(**drugs)
    return BODY.observed(BODY.start(parameters), parameters)


def settled(hours: float = 6.0, **drugs: float) -> dict[str, float]:
    """After hours in which nothing changes."""
    found = precisely(BODY.problem, taken(**drugs), Events.none(), [hours])
    return {
        name: float(found[f"breathing.{name}"][0, 0]) for name in ("ventilation", "co2", "risk")
    }


def test_without_drugs_nothing_moves():
    parameters = taken()
    assert BODY.rates(BODY.start(parameters), parameters) == pytest.approx([0.0], abs=1e-12)
    assert at_once() == pytest.approx(
        {
            "breathing.depression": 0.0,
            "breathing.ventilation": 1.0,
            "breathing.co2": NUMBERS["breathing.resting"],
            "breathing.risk": 0.0,
        }
    )


def test_morphine_takes_a_quarter_and_a_half_at_the_concentrations_seen_in_people():
    half = KNOWN["breathing/free/morphine"]
    assert at_once(morphine=half)["breathing.depression"] == pytest.approx(0.5, abs=0.01)
    assert at_once(morphine=half / 3)["breathing.depression"] == pytest.approx(0.25, abs=0.02)


def test_oxycodone_20_mg_and_alcohol_take_what_they_took_of_people_at_unchanged_co2():
    usual, drug, both = (
        KNOWN[f"breathing/people/isohypercapnic/{arm}"]
        for arm in ("control", "oxycodone_20mg", "oxycodone_20mg_alcohol")
    )
    free = KNOWN["breathing/free/oxycodone_20mg"]
    alone = at_once(oxycodone=free)["breathing.depression"]
    together = at_once(oxycodone=free, gaba=ALCOHOL)["breathing.depression"]
    assert alone == pytest.approx(1 - drug / usual, abs=0.01)
    assert together == pytest.approx(1 - both / usual, abs=0.03)  # people: 0.44 to 0.62


def test_fentanyl_halves_breath_where_it_does_in_people_and_four_times_later_in_the_tolerant():
    half = KNOWN["breathing/free/fentanyl"]
    fold = KNOWN["breathing/plasma/C50/fentanyl/tolerant"] / KNOWN["breathing/plasma/C50/fentanyl"]
    assert at_once(fentanyl=half)["breathing.depression"] == pytest.approx(0.5, abs=0.01)
    tolerant = at_once(fentanyl=half * fold, left=1 / fold)["breathing.depression"]
    assert tolerant == pytest.approx(0.5, abs=0.03)


def test_buprenorphine_and_kratom_have_a_ceiling_and_fentanyl_has_none():
    flood = 1e6
    ceiling = KNOWN["breathing/people/ceiling/buprenorphine"]
    assert at_once(buprenorphine=flood)["breathing.depression"] == pytest.approx(ceiling, abs=0.01)
    ranked = [
        at_once(**{name: flood})["breathing.depression"]
        for name in ("buprenorphine", "mitragynine", "hydroxymitragynine", "fentanyl")
    ]
    assert ranked == sorted(ranked)
    assert ranked[2] < 0.8 < 0.95 < ranked[3]


def test_carbon_dioxide_makes_good_most_of_a_moderate_loss():
    free = KNOWN["breathing/free/oxycodone_20mg"]
    after = settled(oxycodone=free)
    assert at_once(oxycodone=free)["breathing.ventilation"] < 0.6
    assert 0.8 < after["ventilation"] < 0.95
    assert 45 < after["co2"] < 52


def test_rest_is_exact_whatever_the_rhythm_hangs_on():
    for failing, abruptness in ((0.05, 40.0), (0.245, 12.0), (0.6, 3.0)):
        parameters = taken()
        parameters[BODY.parameters.index("breathing.failing")] = failing
        parameters[BODY.parameters.index("breathing.abruptness")] = abruptness
        seen = BODY.observed(BODY.start(parameters), parameters)
        assert seen["breathing.ventilation"] == 1.0


def test_the_rhythm_leaves_moderate_losses_alone_and_takes_half_where_it_fails():
    """By construction: what was measured at up to half the drive stays as it was."""
    moderate = at_once(oxycodone=KNOWN["breathing/free/oxycodone_20mg"])
    assert moderate["breathing.ventilation"] == pytest.approx(
        1 - moderate["breathing.depression"], rel=1e-3
    )
    failing = KNOWN["breathing/failing"]
    lost = at_once(gaba=(1 - failing) / KNOWN["breathing/sedative"])
    assert lost["breathing.depression"] == pytest.approx(1 - failing)
    assert lost["breathing.ventilation"] == pytest.approx(failing / 2, rel=1e-6)


def test_breath_stops_for_a_full_agonist_and_not_for_a_partial_one():
    assert settled(fentanyl=20 * KNOWN["breathing/free/fentanyl"])["ventilation"] < 0.01
    assert settled(mitragynine=1e6)["ventilation"] > 0.7
    assert settled(buprenorphine=1e6)["ventilation"] > 0.7


def test_alcohol_alone_stops_breath_at_levels_that_kill():
    """By construction: it follows from the stages of drunkenness and from `failing`."""
    assert settled(gaba=_of_alcohol(4.0))["ventilation"] > 0.6
    assert settled(gaba=_of_alcohol(7.0))["ventilation"] < 0.01


def _of_alcohol(g_per_l: float) -> float:
    """Share of the largest GABA-A effect."""
    arousal = {identity: record.value for identity, record in records("arousal").items()}
    half = arousal["arousal/gaba/EC50/alcohol/dubowski-1980"]
    ratio = (g_per_l / half) ** arousal["arousal/gaba/slope/alcohol"]
    return arousal["arousal/gaba/Emax/alcohol"] * ratio / (1 + ratio)


def test_carbon_dioxide_comes_to_its_end_when_breath_has_stopped():
    after = settled(hours=1000.0, fentanyl=1e6)
    assert after["co2"] == pytest.approx(KNOWN["breathing/highest"], rel=1e-6)
    assert 0.0 <= after["ventilation"] < 1e-6


def test_when_breath_has_just_stopped_carbon_dioxide_rises_by_some_mmhg_a_minute():
    parameters = taken(fentanyl=1e6)
    per_minute = BODY.rates(BODY.start(parameters), parameters)[0] / 60
    assert 2.5 < per_minute < 4.5


def test_a_benzodiazepine_alone_never_stops_breath_and_it_and_alcohol_shrink_the_margin():
    assert settled(gaba=BENZODIAZEPINE)["ventilation"] > 0.7
    drugs = [{}, {"gaba": ALCOHOL}, {"gaba": BENZODIAZEPINE}]
    fatal = [_least_fatal(**drug) for drug in drugs]
    assert fatal[0] > 1.1 * fatal[1] > 1.1 * fatal[2]


def _least_fatal(gaba: float = 0.0) -> float:
    """nmol/L of fentanyl from which breath stops."""
    low, high = 0.0, 100.0
    for _ in range(12):
        middle = (low + high) / 2
        stops = settled(hours=12, fentanyl=middle, gaba=gaba)["ventilation"] < 0.05
        low, high = (low, middle) if stops else (middle, high)
    return high


def test_naloxone_gives_breath_back_and_makes_the_risk_less():
    overdose = {"fentanyl": 10 * KNOWN["breathing/free/fentanyl"]}
    bare, saved = at_once(**overdose), at_once(**overdose, naloxone=60.0)
    assert saved["breathing.ventilation"] > 3 * bare["breathing.ventilation"]
    assert saved["breathing.risk"] < 0.5 * bare["breathing.risk"]


def test_mitragynine_on_top_takes_the_place_of_fentanyl_and_yet_never_shows_less_risk():
    fentanyl = 40 * KNOWN["breathing/free/fentanyl"]
    bare, both = at_once(fentanyl=fentanyl), at_once(fentanyl=fentanyl, mitragynine=1e5)
    assert both["breathing.depression"] < bare["breathing.depression"]
    assert both["breathing.risk"] > bare["breathing.risk"]


def test_tolerance_gives_no_credit_in_the_risk():
    drug = {"morphine": 100.0}
    assert (
        at_once(**drug, left=0.2)["breathing.depression"] < at_once(**drug)["breathing.depression"]
    )
    assert at_once(**drug, left=0.2)["breathing.risk"] == at_once(**drug)["breathing.risk"]


def test_one_drug_alone_shows_as_risk_what_it_takes():
    seen = at_once(oxycodone=KNOWN["breathing/free/oxycodone_20mg"])
    assert seen["breathing.risk"] == pytest.approx(seen["breathing.depression"])


@settings(max_examples=100)
@given(data=st.data())
def test_more_of_any_agonist_or_sedative_never_shows_less_risk(data):
    parameters = data.draw(drawn(BODY.parameters, WIDE))
    drug = data.draw(st.sampled_from([*LIGANDS, "sedative"]))
    more = parameters.copy()
    if drug == "sedative":
        more[BODY.parameters.index("input.gaba")] = 1.0
    else:  # a concentration scales what it holds and how hard it pulls alike
        fold = data.draw(st.floats(1.0, 1e3))
        for name in ("plain", "held"):
            more[BODY.parameters.index(f"input.{name}.{drug}")] *= fold
    start = BODY.start(parameters)
    before, after = (BODY.observed(start, p)["breathing.risk"] for p in (parameters, more))
    assert after >= before - 1e-12
    assert 0.0 <= before <= 1.0


@settings(max_examples=100)
@given(data=st.data())
def test_more_antidote_never_shows_more_risk(data):
    parameters = data.draw(drawn(BODY.parameters, WIDE))
    more = parameters.copy()
    more[BODY.parameters.index("input.antidote.naloxone")] += data.draw(st.floats(0.0, 1e3))
    start = BODY.start(parameters)
    before, after = (BODY.observed(start, p)["breathing.risk"] for p in (parameters, more))
    assert after <= before + 1e-12


@settings(max_examples=50)
@given(data=st.data())
def test_carbon_dioxide_stays_between_none_and_the_most_that_blood_takes_up(data):
    parameters = data.draw(drawn(BODY.parameters, WIDE))
    highest = parameters[BODY.parameters.index("breathing.highest")]
    assert BODY.rates([1e-9], parameters)[0] > 0
    assert BODY.rates([highest], parameters)[0] <= 1e-9


@settings(max_examples=100)
@given(data=st.data())
def test_more_drive_lost_is_never_more_breath_nor_less_carbon_dioxide(data):
    """At whatever carbon dioxide, and so at all times from the same beginning."""
    parameters = data.draw(drawn(BODY.parameters, WIDE))
    more = parameters.copy()
    if data.draw(st.booleans()):
        more[BODY.parameters.index("input.gaba")] = 1.0
    else:
        drug = data.draw(st.sampled_from(LIGANDS))
        more[BODY.parameters.index(f"input.plain.{drug}")] *= data.draw(st.floats(1.0, 1e3))
    highest = parameters[BODY.parameters.index("breathing.highest")]
    dissolved = [data.draw(st.floats(20.0, float(highest)))]
    before, after = (BODY.observed(dissolved, p) for p in (parameters, more))
    assert after["breathing.depression"] >= before["breathing.depression"] - 1e-12
    breath = before["breathing.ventilation"]
    assert after["breathing.ventilation"] <= breath + 1e-9 * (1 + breath)
    slow, fast = (BODY.rates(dissolved, p)[0] for p in (parameters, more))
    assert fast >= slow - 1e-9 * (1 + abs(slow))


class TestInTheWholeBody:
    """Somebody of 70 kg, records at their central values."""

    @staticmethod
    def _least_breath(*taken: Taken) -> float:
        return float(curves(taken, HOURS, ["breathing.drive"])["breathing.drive"][0].min())

    @staticmethod
    def _fentanyl(ug_per_kg: float) -> Taken:
        return Taken("fentanyl", ug_per_kg * KG / 1000, route="intravenous")

    def test_fentanyl_stops_breath_at_the_doses_that_did_and_not_at_those_that_did_not(self):
        """Fitted: `failing` was set between the two doses."""
        apnoea = KNOWN["breathing/people/apnoea/fentanyl_dose"]
        assert self._least_breath(self._fentanyl(2.0)) > 0.4
        assert self._least_breath(self._fentanyl(apnoea)) < 0.2
        assert self._least_breath(self._fentanyl(1.2 * apnoea)) < 0.01

    def test_midazolam_takes_fentanyl_2_ug_per_kg_to_the_edge(self):
        """Not fitted: 6 of 12 people stopped [bailey-1990], whom neither drug stopped alone."""
        midazolam = Taken("midazolam", 0.05 * KG, route="intravenous")
        assert self._least_breath(midazolam) > 0.7
        assert self._least_breath(midazolam, self._fentanyl(2.0)) < 0.2

    def test_midazolam_alone_never_stops_breath(self):
        """By construction: what GABA-A receptors take at most, and the ceiling of the drug."""
        assert self._least_breath(Taken("midazolam", 500.0, route="intravenous")) > 0.4

    @pytest.mark.parametrize(
        "overdose",
        [
            Taken("oxycodone", 300.0),
            Taken("oxycodone", 5000.0),
            Taken("morphine", 100.0, route="intravenous"),
            Taken("morphine", 300.0, route="intravenous"),
            Taken("alcohol", 500e3),
        ],
        ids=lambda taken: f"{taken.drug}-{taken.mg:g}-mg",
    )
    def test_an_overdose_stops_breath(self, overdose):
        """By construction: doses that kill stand in no record."""
        assert self._least_breath(overdose) < 0.01

    def test_usual_doses_do_not(self):
        for usual in (
            Taken("oxycodone", 20.0),
            Taken("morphine", 10.0, route="intravenous"),
            Taken("alcohol", 50e3),
        ):
            assert self._least_breath(usual) > 0.8

    def test_leaf_and_buprenorphine_do_not_at_any_dose_that_is_taken(self):
        """By construction: partial agonists leave more than `failing`."""
        assert self._least_breath(*leaf(40.0)) > 0.7
        assert self._least_breath(Taken("buprenorphine", 30.0, route="intravenous")) > 0.7
