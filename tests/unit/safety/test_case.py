"""A scenario as it is checked: names that nobody knows are kept apart, and nothing is guessed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from speciosa.errors import ScenarioError
from speciosa.safety.case import Case

TEA: dict[str, Any] = {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}}


def test_without_company_nothing_is_unknown() -> None:
    case = Case.of(TEA)
    assert case.unknown == ()
    assert case.scenario.medicines == ()


def test_a_name_that_nobody_knows_is_kept_as_it_was_written() -> None:
    case = Case.of(TEA | {"with": [{"drug": "midazolam"}, {"drug": "  Unobtainium XR "}]})
    assert case.unknown == ("Unobtainium XR",)
    assert [m.drug for m in case.scenario.medicines] == ["midazolam"]


def test_a_brand_is_known_by_its_substance() -> None:
    case = Case.of(TEA | {"with": [{"drug": "Klonopin"}]})
    assert case.unknown == ()
    assert [m.drug for m in case.scenario.medicines] == ["clonazepam"]


@pytest.mark.parametrize(
    "company",
    ["alcohol", [{"drug": ""}], [{"dose": "1 mg"}], [{"drug": 5}], ["alcohol"]],
)
def test_what_is_no_company_is_refused_as_a_scenario_is(company: object) -> None:
    with pytest.raises(ScenarioError, match="with"):
        Case.of(TEA | {"with": company})


def test_a_file_is_read_with_its_certificate_beside_it(tmp_path: Path) -> None:
    (tmp_path / "sheet.toml").write_text('lab = "A"\n[alkaloids]\nmitragynine = "14 mg/g"\n')
    (tmp_path / "case.toml").write_text(
        '[product]\nkind = "leaf"\ncertificate = "sheet.toml"\n[regimen]\ndose = "2 g"\n'
        '[[with]]\ndrug = "nobody knows it"\n'
    )
    case = Case.load(tmp_path / "case.toml")
    assert case.unknown == ("nobody knows it",)
    assert case.scenario.product.certificate is not None


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(ScenarioError, match="nowhere"):
        Case.load("nowhere.toml")
