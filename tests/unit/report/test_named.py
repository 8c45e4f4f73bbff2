"""Names of files: the same for the same run, another for any other."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa import Scenario, compare, simulate
from speciosa.report.named import compared_file, run_file
from speciosa.report.onepage_basis import run_of

LEAF: dict[str, Any] = {"product": {"kind": "leaf"}, "output": {"until": "24 h"}}
FEW: dict[str, Any] = {"people": 2, "replicates": 1}


def leaf(dose: str = "2 g", **regimen: str) -> Scenario:
    return Scenario(regimen={"dose": dose, **regimen}, **LEAF)


def test_a_run_has_the_hash_that_its_report_prints() -> None:
    plain = simulate(leaf(), **FEW).to_dict()
    run = run_of(plain).hash
    assert run_file(plain, "json") == f"speciosa-{run}.json"
    assert run_file(plain, "csv", "pain.relief") == f"speciosa-pain.relief-{run}.csv"


@pytest.mark.parametrize(
    ("other", "more"),
    [("3 g", {}), ("4 g", {"seed": 2}), ("4 g", {"people": 3}), ("4 g", {"replicates": 2})],
)
def test_a_comparison_of_anything_else_has_another_name(other: str, more: dict[str, int]) -> None:
    table = compare(leaf(), {"more": leaf("4 g")}, **FEW).to_dict()
    name = compared_file(table, "csv", "pain.relief")
    assert name.startswith("speciosa-compare-pain.relief-")
    again = compare(leaf(), {"more": leaf("4 g")}, **FEW).to_dict(series=True)
    assert compared_file(again, "csv", "pain.relief") == name
    changed = compare(leaf(), {"more": leaf(other)}, **{**FEW, **more}).to_dict()
    assert compared_file(changed, "csv", "pain.relief") != name
