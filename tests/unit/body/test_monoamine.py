from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.bodies import Body

from speciosa.body.monoamine import BINDING, DRUG, SITE, Monoamine
from speciosa.compile import Member, flatten_alone
from speciosa.evidence import records

RECORDS = records("monoamine")
KI = "monoamine/Ki/"
BINDINGS = [
    identity.removeprefix(KI)
    for identity in RECORDS
    if identity.startswith(KI) and "/" not in identity.removeprefix(KI)
]
DRUGS = list(dict.fromkeys(name.split(".")[0] for name in BINDINGS))
SITES = list(dict.fromkeys(name.split(".")[1] for name in BINDINGS))
BODY = Body(
    flatten_alone(
        Monoamine,
        {
            DRUG: [Member(name) for name in DRUGS],
            SITE: [Member(name) for name in SITES],
            BINDING: [
                Member(name, dict(zip(("drug", "site"), name.split("."), strict=True)))
                for name in BINDINGS
            ],
        },
    )
)
RECORDED = {p.name: RECORDS[p.evidence].value for p in BODY.flat.parameters if p.evidence}
NOTHING = {f"input.brain.{drug}": 0.0 for drug in DRUGS} | {
    "input.opioid": 0.0,
    "input.withdrawal": 0.0,
}


def seen(opioid: float = 0.0, withdrawal: float = 0.0, **nmol_per_l: float) -> dict[str, float]:
    """Outputs with the recorded numbers, at these unbound concentrations in the brain."""
    taken = {f"input.brain.{drug}": value for drug, value in nmol_per_l.items()}
    changed = taken | {"input.opioid": opioid, "input.withdrawal": withdrawal}
    found = BODY.observed((), BODY.vector(RECORDED | NOTHING | changed))
    return {name.removeprefix("monoamine."): value for name, value in found.items()}


def test_at_rest_every_transmitter_is_as_usual_and_every_site_empty():
    found = seen()
    folds = ("noradrenaline", "sympathetic", "serotonin", "dopamine")
    assert [found.pop(name) for name in folds] == [1.0] * 4
    assert not any(found.values())


@pytest.mark.parametrize("name", BINDINGS)
def test_at_its_ki_a_drug_fills_half_of_a_site(name: str):
    drug, site = name.split(".")
    found = seen(**{drug: RECORDS[KI + name].value})
    assert found[f"occupancy.{site}"] == pytest.approx(0.5)


def test_two_drugs_share_one_site():
    ki = RECORDS[KI + "speciogynine.5HT1A"].value, RECORDS[KI + "paynantheine.5HT1A"].value
    both = seen(speciogynine=ki[0], paynantheine=2 * ki[1])
    assert both["occupancy.5HT1A"] == pytest.approx(3 / 4)


def test_no_alkaloid_moves_an_alpha_receptor_at_human_exposure():
    # 5 nmol/L unbound is what 2 g of tea reaches at most.
    found = seen(mitragynine=5.0)
    assert all(found[f"occupancy.{s}"] < 0.005 for s in SITES if s.startswith("alpha"))
    assert found["noradrenaline"] == pytest.approx(1.0, abs=0.01)
    assert found["alpha1"] < 0.005


def test_corynantheidine_can_block_alpha_1_receptors_of_vessels_in_part():
    found = seen(corynantheidine=41.7)
    assert found["alpha1"] == pytest.approx(0.5 * RECORDS["monoamine/vessels/alpha1D"].value)


def test_100_mg_of_tramadol_fills_half_of_the_serotonin_transporter_as_seen_in_people():
    # 0.33 mg/L of total plasma, 263.38 g/mol, four fifths unbound [ogawa-2014].
    found = seen(tramadol=0.33e6 / 263.38 * 0.8)
    assert found["occupancy.SERT"] == pytest.approx(0.5, abs=0.02)
    assert found["occupancy.NET"] == pytest.approx(found["occupancy.SERT"], abs=0.05)
    assert found["serotonin"] > 1.5
    assert found["noradrenaline"] > 1.5


def test_a_silent_drug_on_5ht1a_leaves_serotonin_as_it_was():
    assert seen(speciogynine=1e6, paynantheine=1e6)["serotonin"] == 1.0


def test_opioid_response_recruits_noradrenaline_in_the_cord_and_nowhere_else():
    found = seen(opioid=0.5)
    recruited = RECORDS["monoamine/noradrenaline/recruited"].value
    assert found["noradrenaline"] == pytest.approx(1 + 0.5 * recruited)
    assert found["sympathetic"] == 1.0
    assert found["dopamine"] > 1.0


def test_withdrawal_floods_with_noradrenaline_and_takes_dopamine():
    found = seen(withdrawal=1.0)
    assert found["sympathetic"] == pytest.approx(1 + RECORDED["monoamine.rebound"])
    assert found["dopamine"] == pytest.approx(1 - RECORDED["monoamine.depleted"])


def test_without_a_drug_that_binds_there_is_no_site_and_nothing_changes():
    members = {DRUG: [Member("caffeine")], SITE: [], BINDING: []}
    body = Body(flatten_alone(Monoamine, members))
    numbers = RECORDED | {"input.brain.caffeine": 1e4, "input.opioid": 0.0, "input.withdrawal": 0.0}
    found = body.observed((), body.vector(numbers))
    assert found.pop("monoamine.alpha1") == 0.0
    assert set(found.values()) == {1.0}


def test_every_site_has_its_number_for_noradrenaline_serotonin_and_vessels():
    for site in SITES:
        for group in ("noradrenaline", "serotonin", "vessels"):
            record = RECORDS[f"monoamine/{group}/{site}"]
            assert record.spread.kind == "exact" if record.value == 0 else record.range


@given(
    st.lists(st.floats(0, 1e5), min_size=len(DRUGS), max_size=len(DRUGS)),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_occupancy_is_a_share_and_transmitters_stay_positive(doses, opioid, withdrawal):
    found = seen(opioid, withdrawal, **dict(zip(DRUGS, doses, strict=True)))
    for name, value in found.items():
        assert np.isfinite(value)
        assert 0 <= value <= 1 if name.startswith(("occupancy", "alpha1")) else value > 0
    assert found["noradrenaline"] >= found["sympathetic"] >= 1
