"""The receptor as receptor theory has it: operational model, competition, Schild, Langmuir."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.bodies import alone

from speciosa.body.opioid import Opioid

CONCENTRATION = st.integers(-30, 50).map(lambda n: 10.0 ** (n / 10))
AFFINITY = st.integers(-20, 50).map(lambda n: 10.0 ** (n / 10))
GAIN = st.integers(-10, 20).map(lambda n: 10.0 ** (n / 10))
EFFICACY = st.integers(1, 98).map(lambda n: n / 100)
LEFT = st.integers(0, 100).map(lambda n: n / 100)

NAMES = ("first", "second", "third")
BODIES = {n: alone(Opioid, NAMES[:n]) for n in (1, 2, 3)}


def receptor(
    concentrations, EC50, Emax, gain: float = 1.0, sensitivity: float = 1.0, Ki=None
) -> dict[str, float]:
    """What one to three ligands do, alike inside the brain and outside of it."""
    body = BODIES[len(concentrations)]
    given = {"opioid.relief_gain": gain, "input.sensitivity": sensitivity}
    for name, a, ec50, emax, ki in zip(NAMES, concentrations, EC50, Emax, Ki or EC50, strict=False):
        given |= {
            f"input.ligand.{name}": a,
            f"input.outside.{name}": a,
            f"input.at_kappa.{name}": a,
            f"input.at_delta.{name}": a,
            f"opioid.EC50.{name}": ec50,
            f"opioid.Emax.{name}": emax,
            f"opioid.Ki.{name}": ki,
            f"opioid.Ki_kappa.{name}": ki,
            f"opioid.Ki_delta.{name}": ki,
        }
    seen = body.observed((), body.vector(given))
    return {name.removeprefix("opioid."): value for name, value in seen.items()}


@given(CONCENTRATION, AFFINITY, EFFICACY, GAIN, LEFT)
def test_one_ligand_follows_the_operational_model(a, ec50, emax, gain, left):
    tau = emax / (1 - emax)
    K_A = ec50 * (1 + tau)
    efficacy = gain * left * tau
    expected = efficacy * a / (K_A + a + efficacy * a)  # Black and Leff 1983, slope 1
    found = receptor([a], [ec50], [emax], gain, left)
    assert found["response"] == pytest.approx(expected, rel=1e-12)


@given(CONCENTRATION, AFFINITY, EFFICACY)
def test_in_the_tissue_of_the_assay_the_assays_own_curve_comes_back(a, ec50, emax):
    found = receptor([a], [ec50], [emax])
    assert found["response"] == pytest.approx(emax * a / (ec50 + a), rel=1e-12)


RECEPTORS = ("occupancy", "kappa", "delta")


@pytest.mark.parametrize("held", RECEPTORS)
@given(CONCENTRATION, AFFINITY)
def test_occupancy_of_one_ligand_is_the_langmuir_isotherm(held: str, a, ki):
    assert receptor([a], [1.0], [0.5], Ki=[ki])[held] == pytest.approx(a / (ki + a), rel=1e-12)


@pytest.mark.parametrize("held", RECEPTORS)
@given(st.lists(st.tuples(CONCENTRATION, AFFINITY), min_size=3, max_size=3))
def test_ligands_share_one_site(held: str, pairs):
    load = sum(a / ki for a, ki in pairs)
    found = receptor([a for a, _ in pairs], [1.0] * 3, [0.5] * 3, Ki=[ki for _, ki in pairs])
    assert found[held] == pytest.approx(load / (1 + load), rel=1e-12)


@given(CONCENTRATION, AFFINITY, EFFICACY, CONCENTRATION, AFFINITY, GAIN, LEFT)
def test_naloxone_never_raises_the_response_to_an_agonist(a, ec50, emax, b, kb, gain, left):
    before = receptor([a, 0.0], [ec50, kb], [emax, 0.0], gain, left)["response"]
    after = receptor([a, b], [ec50, kb], [emax, 0.0], gain, left)["response"]
    assert 0 <= after <= before
    assert receptor([0.0, b], [ec50, kb], [emax, 0.0], gain, left)["response"] == 0.0


@given(CONCENTRATION, AFFINITY, CONCENTRATION, CONCENTRATION, AFFINITY)
def test_more_naloxone_never_raises_the_response(a, ec50, some, more, kb):
    less, most = sorted((some, more))
    given_less = receptor([a, less], [ec50, kb], [0.8, 0.0])["response"]
    given_most = receptor([a, most], [ec50, kb], [0.8, 0.0])["response"]
    assert given_most <= given_less


@given(CONCENTRATION, AFFINITY, EFFICACY, CONCENTRATION, AFFINITY, GAIN)
def test_the_schild_shift_of_the_response_is_exact(a, ec50, emax, b, kb, gain):
    dose_ratio = 1 + b / kb
    alone_ = receptor([a, 0.0], [ec50, kb], [emax, 0.0], gain)["response"]
    shifted = receptor([a * dose_ratio, b], [ec50, kb], [emax, 0.0], gain)["response"]
    assert shifted == pytest.approx(alone_, rel=1e-12)


@given(CONCENTRATION, AFFINITY, CONCENTRATION, AFFINITY)
def test_the_shift_of_the_occupancy_is_exact(a, ki, b, kb):
    def held_by_the_agonist(a: float, b: float) -> float:
        both = receptor([a, b], [1.0, 1.0], [0.5, 0.0], Ki=[ki, kb])["occupancy"]
        # Of one site, each ligand holds in proportion to its load.
        return both * (a / ki) / (a / ki + b / kb)

    shifted = held_by_the_agonist(a * (1 + b / kb), b)
    assert shifted == pytest.approx(held_by_the_agonist(a, 0.0), rel=1e-9)


@given(AFFINITY, CONCENTRATION, AFFINITY, EFFICACY, EFFICACY, GAIN)
def test_a_weak_ligand_lowers_the_response_to_ample_full_agonist(
    ec50, weak, weak_ec50, weak_emax, strong_emax, gain
):
    assume(weak_emax < strong_emax)
    ample = 1e6 * ec50
    before = receptor([ample, 0.0], [ec50, weak_ec50], [strong_emax, weak_emax], gain)["response"]
    after = receptor([ample, weak], [ec50, weak_ec50], [strong_emax, weak_emax], gain)["response"]
    assume(weak / weak_ec50 > 1e-2)
    assert after < before


@given(CONCENTRATION, AFFINITY, EFFICACY, CONCENTRATION, AFFINITY, EFFICACY, GAIN)
def test_a_ligand_lowers_what_is_above_its_own_ceiling_and_raises_what_is_below(
    a, ec50, emax, b, other_ec50, other_emax, gain
):
    before = receptor([a, 0.0], [ec50, other_ec50], [emax, other_emax], gain)["response"]
    after = receptor([a, b], [ec50, other_ec50], [emax, other_emax], gain)["response"]
    ceiling = receptor([1e15], [1.0], [other_emax], gain)["response"]
    # Towards its own ceiling, never past it.
    assert min(before, ceiling) - 1e-12 <= after <= max(before, ceiling) + 1e-12


@given(st.lists(st.tuples(CONCENTRATION, AFFINITY, EFFICACY), min_size=3, max_size=3), GAIN, LEFT)
def test_no_mixture_reaches_the_tissues_largest_response(ligands, gain, left):
    a, ec50, emax = (list(column) for column in zip(*ligands, strict=True))
    found = receptor(a, ec50, emax, gain, left)
    assert 0.0 <= found["response"] < 1.0
    assert 0.0 < found["occupancy"] < 1.0


@given(CONCENTRATION, AFFINITY, EFFICACY, GAIN)
def test_tolerance_lowers_the_response(a, ec50, emax, gain):
    responses = [
        receptor([a], [ec50], [emax], gain, left)["response"] for left in (0.0, 0.2, 0.6, 1.0)
    ]
    assert responses[0] == 0.0
    assert np.all(np.diff(responses) > 0)


@given(CONCENTRATION, AFFINITY, EFFICACY, GAIN)
def test_halving_one_ligand_into_two_names_changes_nothing(a, k, emax, gain):
    one = receptor([a], [k], [emax], gain)
    two = receptor([a / 2, a / 2], [k, k], [emax, emax], gain)
    of_all = [name for name in one if "." not in name]
    assert {"response", "occupancy", "drive", "bound_outside", "kappa"} <= set(of_all)
    for name in of_all:
        assert two[name] == pytest.approx(one[name], rel=1e-12), name


@given(CONCENTRATION, AFFINITY, EFFICACY, CONCENTRATION, AFFINITY, GAIN)
def test_a_tissue_outside_the_brain_that_learned_no_tolerance_answers_alike(
    a, ec50, emax, b, kb, gain
):
    found = receptor([a, b], [ec50, kb], [emax, 0.0], gain, sensitivity=1.0)
    drive, bound = found["drive_outside"], found["bound_outside"]
    assert drive / (1 + bound + drive) == pytest.approx(found["response"], rel=1e-12)
