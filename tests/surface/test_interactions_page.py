"""The page on interactions: written by its script, of the fit and the observations shipped."""

from __future__ import annotations

import math
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa.evidence import observations
from speciosa.evidence.fits import fits
from speciosa.trial.observed import is_ratio

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "interactions.md").read_text(encoding="utf-8")
AGAIN = "run the command under the results of docs/interactions.md"
BLOCKS = ("kratom", "summary", "worst", "pairs", "peaks", "fitted", "left out")

RATIOS = [o for o in observations().values() if is_ratio(o) and o.use != "none"]


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "interactions.py"))


def block(name: str, page: str = PAGE) -> list[list[str]]:
    """The rows of a table of the page, cell by cell, without its head."""
    held = re.search(rf"<!-- made: {name} -->\n(.*?)\n<!-- end -->", page, re.DOTALL)
    assert held is not None
    lines = [line for line in held[1].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def made_up(identity: str, simulated: float, static: float | None = 2.0) -> dict[str, Any]:
    o = observations()[identity]
    return {
        "id": o.id,
        "study": o.study,
        "arm": ", ".join(o.arms),
        "measure": o.measure,
        "use": o.use,
        "observed": o.value,
        "simulated": simulated,
        "p05": 0.9 * simulated,
        "p95": 1.1 * simulated,
        "baseline": static,
        "fold": simulated / o.value,
        "inside_90": False,
        "read": o.read,
    }


def test_near_is_the_share_within_two_fold_and_the_mean_fold_error(script: dict[str, Any]) -> None:
    assert script["near"]([1.0, 2.0, 0.25, 4.0]) == ["50 %", "2.38"]
    assert float(script["near"]([2.0, 0.5])[1]) == 2.0
    assert script["near"]([]) == ["–", "–"]


def test_of_a_pair_that_is_far_off_the_reason_is_told_if_it_is_known(
    script: dict[str, Any],
) -> None:
    known = made_up("vlase-2010/omeprazole/fluoxetine/auc_ratio", 1.0)
    other = made_up("varhe-1994/triazolam/itraconazole/auc_ratio", 5.0)
    table = list(script["worst"]([known, other]))
    assert "CYP2C19" in table[3]
    assert "| not known |" in table[2]  # 3.8-fold, before 3.5-fold


def test_every_reason_is_of_a_pair_that_is_compared(script: dict[str, Any]) -> None:
    pairs = {script["pair"]({"id": o.id}) for o in RATIOS if o.use == "validate"}
    assert set(script["REASONS"]) <= pairs


def test_writing_the_page_again_changes_only_what_is_made(script: dict[str, Any]) -> None:
    rows = [made_up("varhe-1994/triazolam/itraconazole/auc_ratio", 5.0)]
    told = {"comparisons": rows, "left_out": [], "trials": 20, "seed": 1}
    visits = script["run_trial"](2)
    once = script["page"](PAGE, told, visits)
    assert script["page"](once, told, visits) == once
    for name in BLOCKS:
        start = f"<!-- made: {name} -->"
        assert once.count(start) == PAGE.count(start) == 1
    bare = re.compile(r"(<!-- made: [\w ]+ -->\n).*?(<!-- end -->)", re.DOTALL)
    assert bare.sub(r"\1\2", once) == bare.sub(r"\1\2", PAGE)
    assert len(block("pairs", once)) == 1


def test_the_page_is_of_the_fit_that_is_shipped() -> None:
    run = next(name for name in fits() if name.startswith("interactions"))
    assert f"`{run}`" in PAGE, AGAIN


def test_the_page_has_a_line_for_each_ratio() -> None:
    left_out = {row[0].strip("`") for row in block("left out")}
    for name, use, measure in (
        ("pairs", "validate", "auc_ratio"),
        ("peaks", "validate", "cmax_ratio"),
        ("fitted", "fit", "auc_ratio"),
    ):
        held = [o for o in RATIOS if (o.use, o.measure) == (use, measure)]
        assert len(block(name)) == len([o for o in held if o.id not in left_out]), AGAIN
    assert left_out <= {o.id for o in RATIOS}


def test_the_figures_of_the_page_are_those_of_its_lines() -> None:
    found = {row[0]: row for row in block("summary")}
    for group, name in (("never seen, AUC", "pairs"), ("fitted, AUC of midazolam", "fitted")):
        off = [abs(math.log(float(row[3]) / float(row[2]))) for row in block(name)]
        assert int(found[group][1]) == len(off)
        assert float(found[group][4]) == pytest.approx(math.exp(sum(off) / len(off)), abs=0.02)


def test_most_unseen_pairs_are_within_two_fold_and_more_than_by_the_static_rule() -> None:
    row = next(row for row in block("summary") if row[0] == "never seen, AUC")
    pairs, within, static, same = (float(row[i].removesuffix(" %")) for i in (2, 3, 7, 9))
    assert pairs >= 40
    assert within >= 80
    assert same >= 80
    assert static < same


def test_the_static_rule_fails_for_kratom_with_midazolam_and_the_model_does_not() -> None:
    row = next(row for row in block("kratom") if row[0] == "midazolam, AUC")
    seen, printed, static, tubes, _, fitted = (float(cell.split()[0]) for cell in row[1:])
    assert min(printed, static) > 2 * seen
    for said in (tubes, fitted):
        assert said == pytest.approx(seen, rel=0.1)


def test_dextromethorphan_is_unchanged_by_all() -> None:
    row = next(row for row in block("kratom") if row[0] == "dextromethorphan, AUC")
    assert all(0.95 < float(cell.split()[0]) < 1.1 for cell in row[1:])


def test_the_readme_says_what_the_page_says() -> None:
    row = next(row for row in block("summary") if row[0] == "never seen, AUC")
    readme = (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert f"no fit has seen {row[3]} are within two-fold" in readme
