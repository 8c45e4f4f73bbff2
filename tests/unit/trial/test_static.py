"""The static calculation beside its formula, and beside what was printed of it."""

from __future__ import annotations

import pytest

from speciosa.evidence import Record, find, records
from speciosa.model import Substance
from speciosa.trial.static import Cause, static_ratio

TEA = Substance("mitragynine", "tea", "mitragynine")
MG_39 = 39.0 * 1e6 / 398.5
"""nmol in the tea of the trial."""


def value(identity: str) -> float:
    held: Record = find([identity])[identity]
    return held.value


def tea(cmax: float = 205.0, dose: float = MG_39) -> Cause:
    """Kratom tea with a peak of 82 ng/mL, as people had after 2 g."""
    return Cause(TEA, cmax, dose)


def test_the_formula_written_out_for_midazolam():
    taken_up = value("absorption/delivered/tea") * value("absorption/ka/mitragynine") / 3 * MG_39
    gut = taken_up / value("metabolism/flow/gut")
    fu = value("distribution/fu/mitragynine")
    liver = fu * (205.0 + taken_up / value("metabolism/flow/liver"))

    def left(enzyme: str, kinact: str, half: str, level: float) -> float:
        name = f"mitragynine.{enzyme}"
        loss = value(f"metabolism/kinact/{name}{kinact}") * level
        loss /= value(f"metabolism/KI/{name}{half}") + level
        turnover = value(f"metabolism/kdeg/{enzyme}")
        busy = f"metabolism/Ki/{name}"
        free = 1 + level / value(busy) if busy in records("metabolism") else 1.0
        return turnover / (turnover + loss) / free

    fg = 1 - value("metabolism/wall/midazolam.gut_CYP3A4")
    fm = value("metabolism/share/midazolam.CYP3A4")
    by_wall = 1 / (left("gut_CYP3A4", "", "/prior", gut) * (1 - fg) + fg)
    by_liver = 1 / (fm * left("CYP3A4", "/tube", "", liver) + 1 - fm)
    assert static_ratio("midazolam", [tea()]) == pytest.approx(by_wall * by_liver, rel=1e-12)
    assert static_ratio("midazolam", [tea()], swallowed=False) == pytest.approx(by_liver, rel=1e-12)


def test_it_says_far_more_than_the_trial_saw_as_was_printed_of_it():
    """tanna-2021 predicted 5.69 for 2 g; the trial of tanna-2023 saw 1.39."""
    said = static_ratio("midazolam", [tea()])
    printed = value("metabolism/static/ratio/midazolam")
    assert said is not None
    assert printed / 2 < said < printed * 2
    assert said > 2 * 1.39


def test_no_dose_and_no_level_change_nothing():
    assert static_ratio("midazolam", [tea(0.0, 0.0)]) == pytest.approx(1.0)


def test_no_number_where_nothing_is_known_to_act():
    assert static_ratio("morphine", [tea()]) is None
    assert static_ratio("midazolam", []) is None
