"""Directions that must hold, each labelled by what makes it hold.

What follows from measured records holds with every assumed record drawn anew inside its spread, and
says something about the world. What holds by construction is put there by an assumed number: the
test watches over the equations and validates nothing.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.cups import PRODUCT
from tests.someone import Taken, curves, daily, leaf

from speciosa import Scenario, simulate
from speciosa.evidence import records

DAY = np.arange(0.0, 24.01, 0.1)
DRAWS = 64
RISKS = ("breathing.risk", "arousal.risk", "heart.qt")

FENTANYL = Taken("fentanyl", 1.0, route="intravenous")
OPIOID = records("opioid")


class TestFollowsFromMeasuredRecords:
    """Wherever the assumed records lie."""

    def test_7_hydroxymitragynine_does_more_than_mitragynine_at_every_concentration(self):
        """EC50 and Emax of both in one assay at the human receptor [kruegel-2016]."""
        drugs = ("hydroxymitragynine", "mitragynine")
        for drug in drugs:
            for quantity in ("EC50", "Emax"):
                assert OPIOID[f"opioid/mu/{quantity}/{drug}"].status in ("measured", "derived")
        for gain in (0.5, 6.0, 40.0):
            more, less = (_response(drug, np.logspace(-1, 5, 61), gain) for drug in drugs)
            assert (more > less).all()

    def test_naloxone_takes_breathing_depression_by_fentanyl_away(self):
        """Both hold one receptor, with affinities that were measured."""
        minutes = np.arange(0.0, 1.0, 0.02)
        taken = [FENTANYL]
        rescued = [*taken, Taken("naloxone", 2.0, (0.1,), "intravenous")]
        named = ["breathing.depression"]
        alone = curves(taken, minutes, named, draws=DRAWS)
        with_antidote = curves(rescued, minutes, named, draws=DRAWS)
        at = np.searchsorted(minutes, 0.3)
        lost, left = alone[named[0]][:, at], with_antidote[named[0]][:, at]
        assert (left < lost).all()
        assert np.median(left / lost) < 0.5

    @pytest.mark.parametrize(
        ("output", "most"),
        [
            ("inflammation.inhibition", 0.02),
            ("muscle.block", 0.02),
            ("inflammation.scavenged", 1e-4),
        ],
    )
    def test_cox_2_muscle_and_oxidants_are_out_of_reach_of_ten_grams(self, output, most):
        """In vitro it takes micro- to millimolar concentrations; people have nanomolar ones."""
        seen = curves(leaf(10.0), DAY, [output], draws=DRAWS)[output]
        assert seen.max() < most

    @pytest.mark.parametrize("strain", ["Red Bali", "White Maeng Da", "Green Malay"])
    def test_the_colour_of_a_vein_does_nothing_at_equal_content(self, strain):
        given = {"regimen": {"dose": "2 g"}, "run": {"people": 4, "replicates": 2, "seed": 3}}
        plain = simulate(Scenario(product=PRODUCT, **given))
        named = simulate(Scenario(product={**PRODUCT, "strain": strain}, **given))
        assert named.rows == plain.rows

    def test_occupancy_is_told_only_within_wide_bounds(self):
        """Ki of the alkaloids differ tenfold between laboratories."""
        occupancy = "opioid.occupancy"
        given = {"regimen": {"dose": "2 g"}, "run": {"people": 40, "replicates": 40, "seed": 3}}
        cup = Scenario(product=PRODUCT, **given)
        rows = [r for r in simulate(cup, outputs=[occupancy]).rows if r["measure"] == "max"]
        assert {row["kind"] for row in rows} == {"uncertainty", "both"}
        assert all(row["p95"] > 4.0 * row["p05"] for row in rows)
        assert not simulate(cup, replicates=1, outputs=[occupancy]).rows


class TestByConstruction:
    """An assumed number puts it in; nothing is validated."""

    def test_breath_can_stop_under_a_full_agonist(self):
        """The collapse is assumed; what oxycodone and morphine take before it was measured."""
        seen = curves([FENTANYL], DAY, ["breathing.drive"])["breathing.drive"]
        assert seen.min() < 0.01

    def test_breath_does_not_stop_under_any_dose_of_leaf_alone(self):
        seen = curves(leaf(40.0), DAY, ["breathing.drive"])["breathing.drive"]
        assert seen.min() > 0.5

    @pytest.mark.parametrize("other", [Taken("alcohol", 60e3), Taken("midazolam", 15.0)])
    def test_the_margin_shrinks_with_a_sedative_on_top(self, other):
        """Anchored on oxycodone with ethanol in people [vanderschrier-2017]."""
        assert _fatal_fentanyl([other]) < _fatal_fentanyl([])

    @pytest.mark.parametrize("grams", [1.0, 5.0, 15.0])
    @pytest.mark.parametrize(
        "company",
        [
            Taken("morphine", 30.0),
            Taken("oxycodone", 20.0),
            Taken("fentanyl", 0.1, route="intravenous"),
            Taken("buprenorphine", 8.0),
            Taken("tramadol", 100.0),
            Taken("midazolam", 15.0),
            Taken("alcohol", 42e3),
        ],
        ids=lambda taken: taken.drug,
    )
    def test_kratom_on_top_never_lowers_a_displayed_risk(self, company, grams):
        """Partial agonists get no credit, nor does tolerance."""
        alone = curves([company], DAY, RISKS, draws=16)
        both = curves([company, *leaf(grams)], DAY, RISKS, draws=16)
        for risk in RISKS:
            assert (both[risk] >= alone[risk] - 1e-6).all(), risk

    def test_stimulation_and_relief_come_together(self):
        """Mitragynine stimulates by a term of its own; ten of ten users report both."""
        seen = curves(leaf(3.0), DAY, ["arousal.stimulation", "pain.relief"])
        together = np.minimum(*(curve[0] for curve in seen.values()))
        assert together.max() > 0.1

    def test_the_same_dose_does_less_soon_after_a_month_of_use_and_as_much_after_a_break(self):
        """Looked at three days after the last dose, when little of it is left in the blood."""
        relief = [
            self._relief_by_a_cup_after(habit, days)
            for habit, days in (((), 33), (daily(3, 30), 33), (daily(3, 30), 33 + 60))
        ]
        naive, soon, later = relief
        assert soon < later < naive
        assert later > 0.9 * naive

    @staticmethod
    def _relief_by_a_cup_after(habit: tuple[float, ...], days: int) -> float:
        at = 24.0 * days
        hours = np.arange(at, at + 8.0, 0.1)
        named = "pain.relief"
        found = curves(leaf(5.0, (*habit, at)), hours, [named])[named][0]
        return float(found.max() - found[0])

    def test_withdrawal_comes_after_the_last_of_daily_doses_and_goes(self):
        hours = np.arange(0.0, 24.0 * 90, 1.0)
        named = "dependence.withdrawal"
        seen = curves(leaf(5.0, daily(3, 30)), hours, [named])[named][0]
        during, after = seen[24 * 29 : 24 * 30], seen[24 * 31 : 24 * 37]
        assert after.max() > during.max()
        assert seen[-1] < 0.2 * after.max()

    def test_naloxone_brings_withdrawal_on_in_who_takes_it_daily_and_not_in_others(self):
        hours = np.arange(0.0, 24.0 * 30, 0.25)
        naloxone = Taken("naloxone", 2.0, (24.0 * 28 + 2.0,), "intravenous")
        named = ["dependence.withdrawal"]
        habit = leaf(5.0, daily(3, 29))
        quiet = curves(habit, hours, named)[named[0]]
        thrown = curves([*habit, naloxone], hours, named)[named[0]]
        naive = curves([naloxone], hours, named)[named[0]]
        soon = (hours > 24.0 * 28 + 2.0) & (hours < 24.0 * 28 + 4.0)
        assert thrown[0, soon].max() > 1.5 * quiet[0, soon].max()
        assert naive.max() == 0.0

    def test_cannabinoid_receptors_stay_empty_even_where_direct_action_is_on(self):
        """No Ki was ever measured: a lower bound that a screen could have missed stands for it."""
        given = {"regimen": {"dose": "10 g"}, "run": {"people": 8, "replicates": 4, "seed": 3}}
        found = simulate(
            Scenario(product=PRODUCT, **given),
            variants=["endocannabinoid-direct"],
            outputs=["endocannabinoid.occupancy"],
        )
        highest = [row["p95"] for row in found.rows if row["measure"] == "max"]
        assert 0 < max(highest) < 0.05


def _response(drug: str, nmol_per_l: np.ndarray, gain: float) -> np.ndarray:
    most, half = (OPIOID[f"opioid/mu/{q}/{drug}"].value for q in ("Emax", "EC50"))
    tau = most / (1 - most)
    bound = nmol_per_l / (half * (1 + tau))
    return gain * tau * bound / (1 + bound + gain * tau * bound)


def _fatal_fentanyl(company: list[Taken]) -> float:
    """The least fentanyl into a vein, mg, after which breath stops, one hour after the company."""
    hours = np.arange(0.0, 4.0, 0.05)
    for mg in np.geomspace(0.05, 5.0, 40):
        shot = Taken("fentanyl", float(mg), (1.0,), "intravenous")
        seen = curves([*company, shot], hours, ["breathing.drive"])["breathing.drive"]
        if seen.min() < 0.01:
            return float(mg)
    return np.inf
