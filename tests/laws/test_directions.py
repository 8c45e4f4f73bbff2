"""Directions that must hold, each labelled by what makes it hold.

What follows from measured records holds with every assumed and every derived record drawn anew
inside its spread, and says something about the world. What holds by construction is put there by an
assumed number or by what a program does: the test watches over the equations and validates nothing.
The order of potency is in tests/unit/evidence/test_potency.py, with the assays behind it.
"""

from __future__ import annotations

import numpy as np
import pytest
from tests.cups import PRODUCT
from tests.someone import Taken, curves, daily, leaf, receptor

from speciosa import Scenario, simulate

DAY = np.arange(0.0, 24.01, 0.1)
DRAWS = 64
RISKS = ("breathing.risk", "arousal.risk", "heart.qt")

FENTANYL = Taken("fentanyl", 1.0, route="intravenous")


class TestFollowsFromMeasuredRecords:
    """Wherever the assumed records lie."""

    @pytest.mark.parametrize("gain", [0.5, 6.0, 40.0])
    def test_7_hydroxymitragynine_does_more_than_mitragynine_at_every_concentration(self, gain):
        """EC50 and Emax of both in one assay at the human receptor [kruegel-2016]."""
        for nmol_per_l in np.logspace(-1, 5, 25):
            more, less = (
                receptor(drug, float(nmol_per_l), relief_gain=gain)
                for drug in ("hydroxymitragynine", "mitragynine")
            )
            assert more > less

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

    def test_naloxone_takes_breathing_depression_by_kratom_away(self):
        named, hours = "breathing.depression", np.arange(0.0, 3.01, 0.05)
        rescued = [*leaf(15.0), Taken("naloxone", 2.0, (2.0,), "intravenous")]
        lost = curves(leaf(15.0), hours, [named], draws=DRAWS)[named][:, -10]
        left = curves(rescued, hours, [named], draws=DRAWS)[named][:, -10]
        assert (left < lost).all()

    @pytest.mark.parametrize(
        ("output", "most"),
        [("muscle.block", 0.02), ("inflammation.scavenged", 1e-4)],
    )
    def test_muscle_and_oxidants_are_out_of_reach_of_ten_grams(self, output, most):
        """In vitro it takes micro- to millimolar concentrations; people have nanomolar ones."""
        seen = curves(leaf(10.0), DAY, [output], draws=DRAWS)[output]
        assert seen.max() < most


class TestByConstruction:
    """An assumed number puts it in; nothing is validated."""

    def test_cox_2_is_out_of_reach_of_ten_grams(self):
        """Half inhibition is assumed to lie inside what was tried in cells, 1.3 to 50 umol/L."""
        named = "inflammation.inhibition"
        assert curves(leaf(10.0), DAY, [named], draws=DRAWS)[named].max() < 0.02

    @pytest.mark.parametrize("strain", ["Red Bali", "White Maeng Da", "Green Malay"])
    def test_the_colour_of_a_vein_does_nothing_at_equal_content(self, strain):
        given = {"regimen": {"dose": "2 g"}, "run": {"people": 4, "replicates": 2, "seed": 3}}
        plain = simulate(Scenario(product=PRODUCT, **given))
        named = simulate(Scenario(product={**PRODUCT, "strain": strain}, **given))
        assert named.rows == plain.rows

    def test_occupancy_is_told_only_within_wide_bounds(self):
        """Ki of the alkaloids differ tenfold between laboratories; how wide is a judgement."""
        occupancy = "opioid.occupancy"
        given = {"regimen": {"dose": "2 g"}, "run": {"people": 40, "replicates": 40, "seed": 3}}
        cup = Scenario(product=PRODUCT, **given)
        rows = [r for r in simulate(cup, outputs=[occupancy]).rows if r["measure"] == "max"]
        assert {row["kind"] for row in rows} == {"uncertainty", "both"}
        assert all(row["p95"] > 4.0 * row["p05"] for row in rows)
        assert not simulate(cup, replicates=1, outputs=[occupancy]).rows

    def test_breath_can_stop_under_a_full_agonist(self):
        """Where the rhythm ends is set by fentanyl in people [dahan-2005]."""
        seen = curves([FENTANYL], DAY, ["breathing.drive"])["breathing.drive"]
        assert seen.min() < 0.01

    def test_breath_does_not_stop_under_forty_grams_of_leaf_alone(self):
        """In the middle of what is possible; some draws of the records say otherwise."""
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
        _never_lower([company], leaf(grams))

    @pytest.mark.parametrize("luck", range(8))
    def test_nor_at_other_times_after_a_habit_or_with_an_antidote(self, luck):
        chance = np.random.default_rng(luck)
        company = [
            Taken(name, mg * chance.uniform(0.3, 2.0), (float(chance.uniform(0, 12)),))
            for name, mg in (("oxycodone", 20.0), ("morphine", 30.0), ("alcohol", 42e3))
            if chance.random() < 0.7
        ]
        company += [Taken("tramadol", 100.0, daily(3, 1))]
        if luck % 2:
            company.append(Taken("naloxone", 2.0, (6.0,), "intravenous"))
        if luck % 3 == 0:
            company.append(Taken("hydroxymitragynine", 15.0, (2.0,)))
        grams = float(chance.uniform(0.5, 8.0))
        _never_lower(company, leaf(grams, tuple(np.sort(chance.uniform(0, 20, 4)))))

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

    def test_naloxone_brings_on_withdrawal_after_daily_use_and_hardly_any_after_one_cup(
        self,
    ):
        hours = np.arange(0.0, 24.0 * 30, 0.25)
        naloxone = Taken("naloxone", 2.0, (24.0 * 28 + 2.0,), "intravenous")
        named = ["dependence.withdrawal"]
        habit = leaf(5.0, daily(3, 29))
        quiet = curves(habit, hours, named)[named[0]]
        thrown = curves([*habit, naloxone], hours, named)[named[0]]
        once = [*leaf(5.0, (24.0 * 28,)), naloxone]
        naive = curves(once, hours, named)[named[0]]
        soon = (hours > 24.0 * 28 + 2.0) & (hours < 24.0 * 28 + 4.0)
        assert thrown[0, soon].max() > 1.5 * quiet[0, soon].max()
        assert naive.max() < 0.02

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


def _never_lower(company: list[Taken], kratom: list[Taken]) -> None:
    alone = curves(company, DAY, RISKS, draws=16)
    both = curves([*company, *kratom], DAY, RISKS, draws=16)
    for risk in RISKS:
        assert (both[risk] >= alone[risk] - 1e-6).all(), risk


def _fatal_fentanyl(company: list[Taken]) -> float:
    """The least fentanyl into a vein, mg, after which breath stops, one hour after the company."""
    hours = np.arange(0.0, 4.0, 0.05)
    for mg in np.geomspace(0.05, 5.0, 40):
        shot = Taken("fentanyl", float(mg), (1.0,), "intravenous")
        seen = curves([*company, shot], hours, ["breathing.drive"])["breathing.drive"]
        if seen.min() < 0.01:
            return float(mg)
    return np.inf
