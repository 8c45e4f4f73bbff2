"""The page of results: written by its script, of the fit and the observations that are shipped."""

from __future__ import annotations

import math
import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa.evidence import observations
from speciosa.evidence.fits import fits
from speciosa.trial.observed import is_ratio
from speciosa.trial.validation import SCALE

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
    "error": "fold",
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
    "by_difference": 0,
    "off_sd": None,
    "inside_90": 0.75,
    "inside_90_low": 0.194,
    "inside_90_high": 0.994,
    "interval_score": 0.916,
    "interval_score_sd": None,
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
    line = (
        "| never seen | 4 | 1.25 | 100 % | 100 % | – | 75 % | 19 % to 99 % | 0.916 | 2.00 | 1.50 |"
    )
    assert line in script["results"](outcome())
    bare = GROUP | {"baseline_gmfe": None, "gmfe_beside_baseline": None}
    assert "| 0.916 | – | – |" in script["results"](outcome(groups=[bare]))


def test_effects_are_off_by_standard_deviations(script: dict[str, Any]) -> None:
    effect = ROW | {"output": "autonomic.pupil", "measure": "change", "unit": "mm", "at": 1.0}
    effect |= {"window": "all", "error": "difference", "in_sd": -0.52, "fold": None, "above": None}
    told = script["results"](outcome(comparisons=[effect]))
    assert "| autonomic.pupil change at 1 h, mm | highest group mean | 10.0 | 12.5 |" in told
    assert "| -0.5 SD |" in told
    group = GROUP | {"group": "effects, never seen", "gmfe": None, "within_1_5": None}
    group |= {"within_2": None, "off_sd": 0.52, "interval_score": None, "interval_score_sd": 3.1}
    group |= {"baseline_gmfe": None, "gmfe_beside_baseline": None}
    line = (
        "| effects, never seen | 4 | – | – | – | 0.52 SD | 75 % | 19 % to 99 % | 3.10 SD | – | – |"
    )
    assert line in script["results"](outcome(groups=[group]))


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
    held = [o for o in observations().values() if o.use != "none" and o.comparable]
    compared = [o for o in held if not is_ratio(o)]  # these have a page of their own
    left_out = [o for o in compared if f"| `{o.id}` |" in PAGE]
    assert len(rows()) + len(left_out) == len(compared), AGAIN


def rows() -> list[tuple[str, float, float, str]]:
    """Every comparison of the page: what, observed, simulated, and under which heading."""
    found: list[tuple[str, float, float, str]] = []
    heading = ""
    for line in PAGE.splitlines():
        heading = line.removeprefix("### ") if line.startswith("### ") else heading
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9 and cells[0] not in ("what", "---"):
            found.append((cells[0], plain(cells[2]), plain(cells[3]), heading))
    return found


def plain(cell: str) -> float:
    """A number of the page: `1,230`, or `1.06×10^6`."""
    return float(cell.replace(",", "").replace("×10^", "e"))


def fold_error(of: list[tuple[str, float, float, str]]) -> float:
    """The geometric mean of how many fold the model is off."""
    return math.exp(sum(abs(math.log(simulated / seen)) for _, seen, simulated, _ in of) / len(of))


def kinetic(heading: str) -> list[tuple[str, float, float, str]]:
    return [row for row in rows() if row[0].startswith("plasma.") and row[3] == heading]


FITTED, UNSEEN = "What the model was fitted to", "What it has never seen"


def test_fitted_kinetics_are_within_a_third_on_average() -> None:
    found = kinetic(FITTED)
    assert len(found) >= 35
    assert fold_error(found) <= 1.3


def test_the_shape_of_what_was_never_seen_is_within_two_fold_on_average() -> None:
    found = [row for row in kinetic(UNSEEN) if row[0].split()[1].rstrip(",") not in SCALE]
    assert len(found) >= 13
    assert fold_error(found) <= 2.0


def test_the_groups_of_the_page_are_those_of_its_lines() -> None:
    line = next(line for line in PAGE.splitlines() if line.startswith("| fitted |"))
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert int(cells[1]) == len(kinetic(FITTED))
    assert float(cells[2]) == pytest.approx(fold_error(kinetic(FITTED)), abs=0.01)


def test_scale_stands_beside_a_rule_without_a_model() -> None:
    line = next(line for line in PAGE.splitlines() if line.startswith("| never seen, scale |"))
    baseline, model = (cell.strip() for cell in line.strip("|").split("|")[-2:])
    assert float(baseline) > 1.0
    assert float(model) > 1.0
