"""Two visits of the same people."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from speciosa.evidence import observations, studies
from speciosa.trial.observed import is_additive, is_effect, is_kinetic, is_ratio, unit_of_measure
from speciosa.trial.ratios import crossover

STUDY = studies()["tanna-2023"]
RATIOS = [o for o in observations().values() if o.study == STUDY.id and is_ratio(o)]
MIDAZOLAM = [o for o in RATIOS if o.output == "plasma.midazolam"]


def test_a_ratio_is_of_two_arms_and_neither_a_level_nor_an_effect():
    assert MIDAZOLAM
    for o in MIDAZOLAM:
        assert is_ratio(o)
        assert not any(kind(o) for kind in (is_kinetic, is_effect, is_additive))
        assert unit_of_measure(o, "ng/mL") == "1"


def test_kratom_with_midazolam_as_in_the_trial():
    seen = crossover(STUDY, MIDAZOLAM[0].arms, MIDAZOLAM, trials=4, seed=1)
    assert seen.failed == 0
    for o in MIDAZOLAM:
        assert seen.nominal[o.id].shape == seen.uncertain[o.id].shape == (4,)
        assert np.isfinite(seen.uncertain[o.id]).all()
    middle = {o.measure: float(np.median(seen.nominal[o.id])) for o in MIDAZOLAM}
    assert middle["auc_ratio"] == pytest.approx(1.39, rel=0.05)  # fitted to it
    assert 1.3 < middle["cmax_ratio"] < 1.7
    assert 0.95 < middle["half_life_ratio"] < 1.15


def test_an_arm_over_itself_is_one_in_every_trial():
    same = [replace(o, arms=("tea", "tea")) for o in MIDAZOLAM]
    seen = crossover(STUDY, ("tea", "tea"), same, trials=3, seed=1)
    for o in same:
        assert seen.uncertain[o.id] == pytest.approx([1.0] * 3, rel=1e-12)
