from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.invented import believe, evidence

from speciosa.compile import giver
from speciosa.errors import EvidenceError
from speciosa.evidence.record import Observation
from speciosa.evidence.spread import Printed
from speciosa.model.wiring import CONCENTRATIONS, OUTPUTS
from speciosa.trial.observed import (
    ASSUMED_N,
    is_additive,
    is_kinetic,
    measured,
    molecule,
    sd_of_share,
    to_measure,
)
from speciosa.trial.windows import look
from speciosa.units import unit


@pytest.fixture(autouse=True)
def invented(monkeypatch: pytest.MonkeyPatch):
    believe(monkeypatch, evidence())


def observed(measure: str, unit: str, output: str = "plasma.leafine") -> Observation:
    return Observation(
        id=f"known-2020/{measure}",
        study="known-2020",
        output=output,
        measure=measure,
        window="all",
        statistic="median",
        arms=("tea",),
        value=1.0,
        unit_text=unit,
        spread=Printed("none"),
        n=6,
        source="known-2020",
        where="table 1",
        read="verified",
        use="fit",
    )


def test_the_drug_is_the_last_word_of_the_output():
    assert molecule(observed("cmax", "ng/mL")) == "leafine"


@pytest.mark.parametrize(
    ("measure", "unit", "expected"),
    [
        ("cmax", "ng/mL", 10.0),
        ("cmax", "ug/L", 10.0),
        ("cmax", "ug/mL", 10_000.0),
        ("auc_inf", "ng*h/mL", 10.0),
        ("auc_inf", "ug*h/mL", 10_000.0),
        ("tmax", "h", 10.0),
        ("tmax", "min", 10.0 / 60.0),
        ("half_life", "d", 240.0),
        ("accumulation", "1", 10.0),
    ],
)
def test_ten_of_a_printed_unit_in_the_unit_of_the_measure(measure, unit, expected):
    assert to_measure(observed(measure, unit), 10.0, "ng/mL") == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("measure", "unit", "expected"),
    [("cmax", "nmol/L", 4.0), ("cmax", "umol/L", 4000.0), ("auc_inf", "nmol*h/L", 4.0)],
)
def test_an_amount_meets_a_mass_through_the_molar_mass(measure, unit, expected):
    # 400 g/mol: 10 nmol/L are 4 ng/mL.
    assert to_measure(observed(measure, unit), 10.0, "ng/mL") == pytest.approx(expected, rel=1e-14)


def test_an_effect_keeps_its_own_unit():
    assert to_measure(observed("max", "%", "pain.relief.leafine"), 50.0, "1") == 0.5


@pytest.mark.parametrize(("measure", "unit"), [("cmax", "h"), ("tmax", "ng/mL"), ("auc_inf", "L")])
def test_units_that_never_meet_are_refused_by_name(measure: str, unit: str):
    with pytest.raises(EvidenceError, match=f"known-2020/{measure}, unit"):
        to_measure(observed(measure, unit), 10.0, "ng/mL")


def test_an_effect_meets_no_other_unit_through_a_molar_mass():
    with pytest.raises(EvidenceError, match="known-2020/change, unit"):
        to_measure(observed("change", "nmol/L", "autonomic.pupil"), 10.0, "mm")


@pytest.mark.parametrize(
    ("output", "measure", "statistic", "kinetic", "additive"),
    [
        ("plasma.leafine", "cmax", "mean", True, False),
        ("plasma.leafine", "tmax", "median", True, False),
        ("plasma.leafine", "cmax", "share", True, True),
        ("autonomic.pupil", "change", "mean", False, True),
        ("autonomic.pupil", "lowest_ratio", "mean", False, False),
        ("mood.drug_effect", "max", "mean", False, True),
        ("mood.drug_effect", "tmax", "mean", False, False),
        ("pain.tolerance_time", "ratio", "mean", False, False),
        ("pain.tolerance_time", "at", "mean", False, False),
        ("pain.tolerance_time", "rise", "mean", False, True),
    ],
)
def test_what_is_off_by_a_fold_and_what_by_a_difference(
    output, measure, statistic, kinetic, additive
):
    one = replace(observed(measure, "1", output), statistic=statistic)
    assert (is_kinetic(one), is_additive(one)) == (kinetic, additive)


@pytest.mark.parametrize(
    ("measure", "at", "expected"),
    [
        ("at", 1.0, [3.0, 0.0]),
        ("change", 1.0, [2.0, -4.0]),
        ("ratio", 1.0, [3.0, 0.0]),
        ("rise", None, [2.0, -2.0]),
        ("fall", None, [0.0, -4.0]),
        ("lowest_ratio", None, [1.0, 0.0]),
        ("max", None, None),
    ],
)
def test_measures_of_an_effect_look_at_what_was_before(measure, at, expected):
    seen = look((0.0,), None, 4.0, None)
    # Before it was 1 and 4; after the dose 1 rises to 3 within an hour, 4 falls from 2 to nothing.
    hours = np.minimum(seen.times, 1.0)
    curves = np.stack([1.0 + 2.0 * hours, 2.0 - 2.0 * hours])
    one = replace(observed(measure, "1", "mood.level"), at=at)
    found = measured(one, curves, np.array([1.0, 4.0]), seen)
    assert (None if found is None else found.tolist()) == expected


def test_a_moment_between_two_output_times_is_on_the_line_between_them():
    seen = look((0.0,), None, 4.0, None)
    one = replace(observed("at", "1", "mood.level"), at=1.234)
    found = measured(one, seen.times[None, :], np.zeros(1), seen)
    assert found == pytest.approx([1.234])


def test_over_nothing_there_is_no_ratio():
    seen = look((0.0,), None, 4.0, None)
    one = replace(observed("ratio", "1", "mood.level"), at=1.0)
    found = measured(one, np.ones((1, seen.times.size)), np.zeros(1), seen)
    assert found is not None
    assert np.isnan(found).all()


@pytest.mark.parametrize(
    ("share", "n", "taken_as"),
    [(0.2, 10, 0.2), (0.0, 10, 0.05), (1.0, 10, 0.95), (0.0, None, 0.5 / ASSUMED_N), (0.0, 1, 0.5)],
)
def test_a_share_of_none_or_all_is_half_a_person_off(
    share: float, n: int | None, taken_as: float
) -> None:
    assert sd_of_share(share, n) ** 2 == pytest.approx(taken_as * (1.0 - taken_as))


def test_concentrations_are_those_outputs_that_are_amounts_in_a_volume() -> None:
    in_volume = {
        name
        for name, wire in OUTPUTS.items()
        if giver(wire, None)[0].unit.same_dimension(unit("nmol/L"))
        or giver(wire, None)[0].unit.same_dimension(unit("ng/mL"))
    }
    assert in_volume == set(CONCENTRATIONS)
