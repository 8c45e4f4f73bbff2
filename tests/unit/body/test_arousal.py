from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.body.systems import lone, recorded

from speciosa.body.arousal import Arousal
from speciosa.evidence import records

RECORDS = records("arousal")
LIGANDS = ("mitragynine", "hydroxymitragynine", "morphine", "naloxone")
BODY = lone(
    Arousal,
    ligand=LIGANDS,
    antidote=("naloxone",),
    sedative=("midazolam", "alcohol"),
    awakener=("caffeine",),
    stimulant=("mitragynine",),
)
RECORDED = recorded(BODY)
REST = {name: 0.0 for name in BODY.parameters if name.startswith("input.")} | {
    "input.sensitivity": 1.0,
    "input.sympathetic": 1.0,
    "input.dopamine": 1.0,
}
MIDAZOLAM = RECORDS["arousal/gaba/EC50/midazolam"].value
ALCOHOL = 1e9 / 46.069  # nmol/L of 1 g/L

Opioids = dict[str, tuple[float, float]]


def seen(
    opioids: Opioids | None = None, sensitivity: float = 1.0, **given: float
) -> dict[str, float]:
    """Outputs with the recorded numbers; each opioid by its pull and what it holds."""
    taken: dict[str, float] = {"input.sensitivity": sensitivity}
    for drug, (pull, held) in (opioids or {}).items():
        taken |= {f"input.pull.{drug}": pull, f"input.held.{drug}": held}
        if drug == "naloxone":
            taken["input.antidote.naloxone"] = held
    pairs = list((opioids or {}).values())
    taken |= {"input.drive": sum(p for p, _ in pairs), "input.bound": sum(h for _, h in pairs)}
    taken |= {f"input.{name.replace('__', '.')}": value for name, value in given.items()}
    assert set(taken) <= set(REST)
    found = BODY.observed((), BODY.vector(RECORDED | REST | taken))
    return {name.removeprefix("arousal."): value for name, value in found.items()}


def test_at_rest_nobody_is_sedated_or_stimulated_and_sleep_and_focus_are_as_usual():
    found = seen()
    assert found.pop("focus") == found.pop("sleep") == 1.0
    assert set(found.values()) == {0.0}


def test_midazolam_reaches_a_ceiling_and_alcohol_does_not():
    ceiling = RECORDS["arousal/gaba/Emax/midazolam"].value
    assert seen(sedative__midazolam=MIDAZOLAM)["gaba"] == pytest.approx(ceiling / 2)
    assert seen(sedative__midazolam=1000 * MIDAZOLAM)["gaba"] == pytest.approx(ceiling, abs=1e-3)
    assert seen(sedative__alcohol=8 * ALCOHOL)["gaba"] > 0.85 > ceiling


def test_the_stages_of_alcohol_hardly_sedated_at_half_a_gram_and_stuporous_at_four():
    # Dubowski's stages: nearly normal to 0.5 g/L, stupor from 2.5, coma from 3.5 g/L.
    assert seen(sedative__alcohol=0.5 * ALCOHOL)["sedation"] < 0.1
    assert 0.4 < seen(sedative__alcohol=2.5 * ALCOHOL)["sedation"] < 0.6
    assert seen(sedative__alcohol=4.5 * ALCOHOL)["sedation"] > 0.7


def test_midazolam_counts_by_its_unbound_part_as_the_eeg_of_volunteers_did():
    # 31 and 290 ng/mL of total plasma were half of the largest effect in two studies.
    low, high = (ng / 325.77 * 1e3 * 0.04 for ng in (31.0, 290.0))
    assert low < MIDAZOLAM < high
    spread = RECORDS["arousal/gaba/EC50/midazolam"].spread
    assert spread.p05 < low
    assert high < spread.p95


def test_an_opioid_makes_midazolam_act_as_if_there_were_about_twice_as_much():
    # 3 ug/kg of alfentanil, far below what sedates alone, halves the dose [kissin-1990].
    # It is taken for a third of the drive that 10 mg of morphine have in the brain at their peak.
    little = {"morphine": (0.31, 0.009)}
    alone = seen(little)["sedation"]
    beside = seen(little, sedative__midazolam=MIDAZOLAM)["sedation"]
    midazolam = seen(sedative__midazolam=MIDAZOLAM)["sedation"]
    assert alone < 0.2
    assert beside > 1 - (1 - alone) * (1 - midazolam)
    assert beside == pytest.approx(seen(sedative__midazolam=2 * MIDAZOLAM)["sedation"], abs=0.12)


def test_ten_mg_of_morphine_make_drowsy_and_leave_awake():
    # 18 nmol/L unbound in the brain, two hours after a vein: a drive of 0.93 at c/K_A = 0.027.
    wanted = RECORDS["arousal/people/morphine_10mg"].value
    assert seen({"morphine": (0.93, 0.027)})["sedation"] == pytest.approx(wanted, abs=0.02)


def test_two_grams_of_leaf_sedate_less_than_a_tenth():
    found = seen({"mitragynine": (0.03, 0.009), "hydroxymitragynine": (0.13, 0.025)})
    assert found["sedation"] < 0.1


def test_coffee_wakes():
    # 200 mg give some 4 mg/L of plasma, three quarters of it unbound.
    found = seen(awakener__caffeine=4e6 / 194.19 * 0.74)
    assert 0.1 < found["stimulation"] < 0.8
    assert found["focus"] > 1.0
    assert found["sleep"] < 1.0


def test_mitragynine_stimulates_at_5_mg_and_hardly_more_at_40():
    five, forty = (seen(stimulant__mitragynine=c)["stimulation"] for c in (0.6, 4.8))
    assert five > 0.08
    assert forty < 2 * five


def test_stimulation_and_sedation_can_be_there_together():
    found = seen({"mitragynine": (0.3, 0.05)}, stimulant__mitragynine=2.0)
    assert found["stimulation"] > 0.1
    assert found["sedation"] > 0.02
    assert found["alertness"] == pytest.approx(found["stimulation"] - found["sedation"])


def test_a_blocked_transporter_of_noradrenaline_hardly_stimulates_and_much_more_does():
    # Reboxetine leaves people as awake as placebo does; 400 mg of tramadol are felt as stimulating.
    most = seen(sympathetic=1 + records("monoamine")["monoamine/noradrenaline/NET"].value)
    cup = seen(awakener__caffeine=2e6 / 194.19 * 0.74)["stimulation"]  # 100 mg, 2 mg/L of plasma
    assert 0 < most["stimulation"] < cup
    assert seen(sympathetic=8.0)["stimulation"] > cup


def test_withdrawal_excites_and_spoils_sleep_and_focus():
    found = seen(withdrawal=1.0, sympathetic=2.0, dopamine=0.8)
    assert 0 < found["stimulation"] < 0.1  # what it does to sleep and focus does not go that way
    assert found["sleep"] < 0.5
    assert found["focus"] < 1.0


def test_noradrenaline_and_dopamine_below_usual_are_no_negative_stimulation():
    assert seen(sympathetic=1.0, dopamine=0.5)["stimulation"] == 0.0


def test_the_displayed_risk_gives_no_credit_for_tolerance():
    opioid = {"morphine": (20.0, 0.5)}
    naive, used = (seen(opioid, sensitivity=left) for left in (1.0, 0.1))
    assert used["sedation"] < naive["sedation"]
    assert used["oversedation"] == naive["oversedation"]


def test_for_one_opioid_in_a_body_without_tolerance_the_displayed_risk_is_the_sedation():
    found = seen({"morphine": (10.0, 0.3)}, sedative__midazolam=MIDAZOLAM)
    assert found["oversedation"] == pytest.approx(found["sedation"], rel=1e-12)


def test_naloxone_lowers_the_displayed_risk():
    opioid = {"morphine": (20.0, 0.5)}
    assert (
        seen(opioid | {"naloxone": (0.0, 20.0)})["oversedation"]
        < 0.5 * (seen(opioid)["oversedation"])
    )


def test_a_partial_agonist_may_lower_the_sedation_by_a_full_one_and_never_the_displayed_risk():
    strong = {"morphine": (400.0, 12.0)}
    both = strong | {"mitragynine": (60.0, 20.0)}
    assert seen(both)["sedation"] < seen(strong)["sedation"]
    assert seen(both)["oversedation"] >= seen(strong)["oversedation"]


pulls = st.tuples(st.floats(0, 1e3), st.floats(0, 1e3))
opioids = st.fixed_dictionaries({n: pulls for n in LIGANDS if n != "naloxone"})
gaba = st.fixed_dictionaries(
    {"sedative__midazolam": st.floats(0, 1e3), "sedative__alcohol": st.floats(0, 3e8)}
)


@given(opioids, gaba, st.floats(0, 10), st.floats(0, 1))
def test_adding_kratom_never_lowers_the_displayed_risk(taken, sedatives, antidote, left):
    rest = sedatives | {"antidote__naloxone": antidote, "sensitivity": left}
    without = taken | {"mitragynine": (0.0, 0.0), "hydroxymitragynine": (0.0, 0.0)}
    added = seen(taken, **rest)["oversedation"]
    assert added >= seen(without, **rest)["oversedation"] - 1e-12
    assert added >= seen({}, **rest)["oversedation"] - 1e-12


@given(opioids, gaba, st.floats(0, 1))
def test_the_displayed_risk_is_never_below_the_sedation(taken, sedatives, left):
    found = seen(taken, sensitivity=left, **sedatives)
    assert found["oversedation"] >= found["sedation"] - 1e-12


@given(opioids, gaba, st.floats(0, 1e6), st.floats(0, 1e3), st.floats(1, 10), st.floats(0, 1))
def test_shares_stay_shares(taken, sedatives, caffeine, mitragynine, sympathetic, withdrawal):
    found = seen(
        taken,
        awakener__caffeine=caffeine,
        stimulant__mitragynine=mitragynine,
        sympathetic=sympathetic,
        withdrawal=withdrawal,
        **sedatives,
    )
    assert np.isfinite(list(found.values())).all()
    for name in ("sedation", "stimulation", "gaba", "sleep", "oversedation"):
        assert 0 <= found[name] <= 1
    assert -1 <= found["alertness"] <= 1
    assert found["focus"] >= 0


@given(opioids, gaba, st.floats(1, 3))
def test_more_of_a_sedative_is_never_less_sedation(taken, sedatives, factor):
    more = {name: factor * value for name, value in sedatives.items()}
    less, now = (seen(taken, **amount) for amount in (sedatives, more))
    for name in ("gaba", "sedation", "oversedation"):
        assert now[name] >= less[name] - 1e-12


def test_without_any_of_these_drugs_nothing_stands_in_the_sums():
    body = lone(Arousal)
    numbers = recorded(body)
    found = body.observed((), body.vector(numbers | REST))
    assert found.pop("arousal.focus") == found.pop("arousal.sleep") == 1.0
    assert set(found.values()) == {0.0}
