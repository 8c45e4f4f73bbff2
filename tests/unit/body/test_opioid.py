from __future__ import annotations

import pytest
from tests.bodies import Body

from speciosa.body.opioid import DELTA, KAPPA, LIGAND, Opioid
from speciosa.compile import Member, flatten_alone

LIGANDS = ("mitragynine", "morphine", "naloxone")
MEMBERS = [Member(name) for name in LIGANDS]
BODY = Body(flatten_alone(Opioid, {LIGAND: MEMBERS, KAPPA: MEMBERS[:1], DELTA: []}))
RECEPTOR = {
    "opioid.Ki.mitragynine": 100.0,
    "opioid.EC50.mitragynine": 300.0,
    "opioid.Emax.mitragynine": 0.3,
    "opioid.Ki.morphine": 2.0,
    "opioid.EC50.morphine": 50.0,
    "opioid.Emax.morphine": 0.9,
    "opioid.Ki.naloxone": 1.0,
    "opioid.EC50.naloxone": 1.0,
    "opioid.Emax.naloxone": 0.0,
    "opioid.relief_gain": 1.0,
    "opioid.Ki_kappa.mitragynine": 800.0,
    "input.sensitivity": 1.0,
}


def outputs(gain: float = 1.0, left: float = 1.0, **nmol_per_l: float) -> dict[str, float]:
    """Everything that leaves, with the same free drug inside and outside of the brain."""
    taken = {
        f"input.{place}.{name}": nmol_per_l.get(name, 0.0)
        for name in LIGANDS
        for place in ("ligand", "outside", "at_kappa")
    }
    given = RECEPTOR | taken | {"opioid.relief_gain": gain, "input.sensitivity": left}
    return BODY.observed((), BODY.vector(given))


def seen(gain: float = 1.0, left: float = 1.0, **nmol_per_l: float) -> tuple[float, float]:
    """Occupancy and response."""
    found = outputs(gain, left, **nmol_per_l)
    return found["opioid.occupancy"], found["opioid.response"]


def test_at_its_ec50_a_ligand_gives_half_of_its_own_largest_response():
    assert seen(mitragynine=300.0)[1] == pytest.approx(0.15)
    assert seen(morphine=50.0)[1] == pytest.approx(0.45)


def test_at_its_ki_a_ligand_holds_half_of_the_receptors():
    assert seen(mitragynine=100.0)[0] == pytest.approx(0.5)


def test_an_antagonist_holds_the_receptor_and_gives_no_response():
    assert seen(naloxone=9.0) == pytest.approx((0.9, 0.0))


def test_naloxone_shifts_morphine_by_one_plus_its_concentration_over_its_affinity():
    assert seen(morphine=500.0, naloxone=9.0)[1] == pytest.approx(seen(morphine=50.0)[1])


def test_mitragynine_on_top_of_ample_morphine_lowers_the_response():
    # Loads of 10 and 70 over K_A, drives of 90 and 30: 90/101 becomes 120/201.
    assert seen(morphine=5000.0)[1] == pytest.approx(90 / 101)
    assert seen(morphine=5000.0, mitragynine=30000.0)[1] == pytest.approx(120 / 201)


def test_a_tissue_that_multiplies_the_drive_answers_more_and_tolerance_takes_it_back():
    plain = seen(mitragynine=300.0)[1]
    assert seen(gain=6.0, mitragynine=300.0)[1] > plain
    assert seen(gain=6.0, left=1 / 6, mitragynine=300.0)[1] == pytest.approx(plain)


def test_tolerance_leaves_the_occupancy_alone():
    assert seen(left=0.1, morphine=10.0)[0] == seen(left=1.0, morphine=10.0)[0]


def test_drive_and_bound_make_the_response_of_any_tissue():
    found = outputs(morphine=20.0, naloxone=3.0)
    drive, bound = found["opioid.drive"], found["opioid.bound"]
    assert found["opioid.response"] == pytest.approx(drive / (1 + bound + drive))


def test_each_ligand_pulls_for_itself_and_all_pulls_are_the_drive():
    found = outputs(gain=6.0, mitragynine=50.0, morphine=20.0, naloxone=3.0)
    pulls = [found[f"opioid.pull.{name}"] for name in LIGANDS]
    assert sum(pulls) == pytest.approx(found["opioid.drive"])
    assert pulls[2] == 0.0
    assert found["opioid.held.naloxone"] == pytest.approx(3.0)


def test_outside_the_brain_the_same_drug_makes_the_same_drive():
    found = outputs(gain=6.0, morphine=20.0)
    assert found["opioid.drive_outside"] == found["opioid.drive"]
    assert found["opioid.bound_outside"] == found["opioid.bound"]


def test_tolerance_of_relief_leaves_the_drive_of_other_tissues_alone():
    assert (
        outputs(left=0.1, morphine=20.0)["opioid.drive"] == outputs(morphine=20.0)["opioid.drive"]
    )


def test_at_its_ki_a_ligand_holds_half_of_the_kappa_receptors():
    found = outputs(mitragynine=800.0)
    assert found["opioid.kappa"] == pytest.approx(0.5)
    assert found["opioid.delta"] == 0.0
