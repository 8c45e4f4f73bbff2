from __future__ import annotations

import pytest
from tests.invented import believe, evidence

from speciosa.errors import EvidenceError
from speciosa.evidence.record import Observation
from speciosa.evidence.spread import Printed
from speciosa.trial.observed import molecule, to_measure


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
