"""The check as a whole: rules first, a simulation where it may, and what it may change."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

import pytest

from speciosa.safety import Case, Check, check
from speciosa.safety.finding import SEVERITIES
from speciosa.trial import Scenario

TODAY = date(2026, 11, 25)


def case(*company: dict[str, Any], **person: Any) -> Case:
    return Case.of(
        {
            "person": person,
            "product": {"kind": "tea", "mitragynine": "19.5 mg/g"},
            "regimen": {"dose": "2 g"},
            "with": list(company),
        }
    )


QUETIAPINE = {"drug": "quetiapine", "dose": "100 mg"}


@cache
def with_quetiapine(*, quick: bool) -> Check:
    return check(case(QUETIAPINE), today=TODAY, quick=quick)


def severities(found: Check) -> dict[str, int]:
    return {one.id: SEVERITIES.index(one.severity) for one in found.findings}


def test_a_quick_check_has_the_same_findings_and_no_numbers() -> None:
    quick, whole = with_quetiapine(quick=True), with_quetiapine(quick=False)
    assert {f.id for f in quick.findings} == {f.id for f in whole.findings}
    assert quick.exposures is None
    assert quick.unsimulated == "a quick check was asked for"
    assert whole.exposures is not None
    assert whole.unsimulated == ""


def test_a_simulation_makes_a_finding_graver_and_never_less_grave() -> None:
    quick, whole = (severities(with_quetiapine(quick=quick)) for quick in (True, False))
    assert all(whole[identity] <= quick[identity] for identity in quick)


def test_findings_are_gravest_first() -> None:
    places = [SEVERITIES.index(f.severity) for f in with_quetiapine(quick=False).findings]
    assert places == sorted(places)


@pytest.mark.parametrize("sign", ["blue lips", "seizure", "suicidal thoughts"])
def test_an_emergency_stops_the_simulation(sign: str) -> None:
    found = check(case(QUETIAPINE, signs=[sign]), today=TODAY)
    assert found.emergency
    assert found.findings[0].area == "emergency"
    assert found.exposures is None
    assert "emergency" in found.unsimulated
    assert found.card
    # What else is dangerous is told all the same, after it.
    assert "interaction/quetiapine" in {f.id for f in found.findings}


@pytest.mark.parametrize("person", [{"age": "16 y"}, {"weight": "28 kg"}])
def test_nobody_is_simulated_whom_the_model_is_not_made_for(person: dict[str, str]) -> None:
    found = check(case(QUETIAPINE, **person), today=TODAY)
    assert found.exposures is None
    assert found.unsimulated == "the model is made for adults"
    assert not found.emergency


def test_breath_that_stops_in_the_simulation_is_an_emergency_and_comes_first() -> None:
    fentanyl = {"drug": "fentanyl", "dose": "1 mg", "route": "intravenous"}
    quick = check(case(fentanyl), today=TODAY, quick=True)
    assert not quick.emergency
    found = check(case(fentanyl, jurisdiction="US"), today=TODAY)
    assert found.exposures is not None
    assert found.exposures.breath_stops
    assert found.emergency
    first = found.findings[0]
    assert (first.id, first.severity) == ("emergency/breath-stops", "emergency")
    assert "911" in first.plain


def test_a_cup_of_tea_alone_is_no_emergency_and_has_no_company() -> None:
    found = check(case(), today=TODAY)
    assert not found.emergency
    assert found.card == ""
    assert found.exposures is not None
    assert found.exposures.ratios == ()
    assert "interaction" not in {f.area for f in found.findings}


def test_a_name_that_nobody_knows_stops_nothing() -> None:
    found = check(case(QUETIAPINE, {"drug": "quetiapin"}), today=TODAY, quick=True)
    assert found.case.unknown == ("quetiapin",)
    told = {f.id: f for f in found.findings}
    assert "interaction/quetiapine" in told
    unknown = told["interaction/unknown-quetiapin"]
    assert "quetiapine" in unknown.plain


def test_a_scenario_and_its_file_give_the_same(tmp_path: Any) -> None:
    text = '[product]\nkind = "tea"\n[regimen]\ndose = "2 g"\n[[with]]\ndrug = "Seroquel"\n'
    file = tmp_path / "case.toml"
    file.write_text(text)
    scenario = Scenario(
        product={"kind": "tea"}, regimen={"dose": "2 g"}, medicines=[{"drug": "quetiapine"}]
    )
    by_file, by_scenario = (check(x, today=TODAY, quick=True) for x in (file, scenario))
    assert by_file.findings == by_scenario.findings


def test_it_is_plain_data() -> None:
    told = with_quetiapine(quick=False).to_dict()
    assert json.loads(json.dumps(told, allow_nan=False)) == told
    assert set(told) == {
        *("scenario", "unknown", "version", "today", "emergency", "card"),
        *("findings", "numbers", "exposures", "unsimulated"),
    }


def test_the_day_is_the_present_one_if_none_is_given() -> None:
    assert check(case(), quick=True).today == date.today()
