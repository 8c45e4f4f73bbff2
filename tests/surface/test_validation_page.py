"""The page of results: written by its script, of the fit and the observations that are shipped."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa.evidence import observations
from speciosa.evidence.fits import fits

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "validation.md").read_text(encoding="utf-8")
AGAIN = "run the command under the results of docs/validation.md"

ROW = {
    "output": "plasma.mitragynine",
    "measure": "cmax",
    "window": "last",
    "statistic": "highest_group_mean",
    "arm": "a, b",
    "unit": "ng/mL",
    "observed": 10.0,
    "simulated": 12.5,
    "p05": 8.0,
    "p95": 20.0,
    "fold": 1.25,
    "n": None,
    "study": "somebody-2020",
    "read": "secondary",
    "use": "validate",
}
GROUP = {
    "group": "never seen",
    "n": 4,
    "gmfe": 1.25,
    "within_1_5": 1.0,
    "within_2": 1.0,
    "inside_90": 0.75,
    "interval_score": 0.916,
    "baseline_n": 3,
    "baseline_gmfe": 2.0,
    "gmfe_beside_baseline": 1.5,
}


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "validation.py"))


def outcome(**changed: Any) -> dict[str, Any]:
    told = {"groups": [GROUP], "comparisons": [ROW], "left_out": [], "trials": 60, "seed": 1}
    return told | changed


def test_a_comparison_is_one_line(script: dict[str, Any]) -> None:
    line = (
        "| plasma.mitragynine cmax, ng/mL, last dose | highest group mean | 10.0 | 12.5 | 8.0–20 "
        "| 1.25 | – | somebody-2020: a, b | secondary |"
    )
    assert line in script["results"](outcome())


def test_a_baseline_stands_beside_the_model_on_the_same_observations(
    script: dict[str, Any],
) -> None:
    line = "| never seen | 4 | 1.25 | 100 % | 100 % | 75 % | 0.916 | 2.00 | 1.50 |"
    assert line in script["results"](outcome())
    bare = GROUP | {"baseline_gmfe": None, "gmfe_beside_baseline": None}
    assert "| 0.916 | – | – |" in script["results"](outcome(groups=[bare]))


def test_what_was_left_out_stands_with_its_reason(script: dict[str, Any]) -> None:
    told = script["results"](outcome(left_out=[{"id": "a/b", "because": "no urine"}]))
    assert "| `a/b` | no urine |" in told


def test_only_the_results_of_the_page_change(script: dict[str, Any]) -> None:
    once = script["written"](PAGE, outcome())
    assert script["written"](once, outcome()) == once
    for end in (script["START"], script["END"]):
        assert once.count(end) == PAGE.count(end) == 1
    assert once.partition(script["START"])[0] == PAGE.partition(script["START"])[0]
    assert once.partition(script["END"])[2] == PAGE.partition(script["END"])[2]


def test_the_page_is_of_the_fit_that_is_shipped() -> None:
    missing = [run for run in fits() if f"`{run}`" not in PAGE]
    assert missing == [], AGAIN


def test_the_page_has_a_line_for_each_observation_that_is_compared() -> None:
    compared = [o for o in observations().values() if o.use != "none" and o.comparable]
    lines = [line for line in PAGE.splitlines() if line.startswith("| plasma.")]
    assert len(lines) == len(compared), AGAIN
