"""The pages on credibility: as their script writes them, honest about what shows what."""

from __future__ import annotations

import json
import math
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.reading import grade

from speciosa.cli.app import commands
from speciosa.evidence import observations, sources
from speciosa.evidence.fits import fits
from speciosa.trial.observed import is_ratio
from speciosa.trial.run import How

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "credibility"
RESULTS: dict[str, Any] = json.loads((FOLDER / "results.json").read_text(encoding="utf-8"))
CONTEXTS = ("lay", "poison-centre", "clinician", "research")
FACTORS = [one["name"] for one in yaml.safe_load((FOLDER / "factors.yaml").read_text("utf-8"))]
AGAIN = "run python3 docs/all.py, with --runs if a figure moved"
HEADINGS = (
    "## Question of interest",
    "## Context of use",
    "## Model risk: ",
    "### Model influence: ",
    "### Decision consequence: ",
    "## Verification",
    "### Code verification",
    "### Calculation verification",
    "## Validation",
    "### Computational model",
    "### Comparator",
    "### Assessment",
    "## Applicability",
)

each_context = pytest.mark.parametrize("name", CONTEXTS)


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "credibility.py"))


@pytest.fixture(scope="module")
def results_script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "docs" / "credibility_results.py"))


def page(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def cells(text: str) -> list[list[str]]:
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("|")
    ]


def data(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def rules() -> list[dict[str, Any]]:
    return data("ten-rules")["rules"]


# ---- As they are written -------------------------------------------------------------------------


def test_the_pages_are_as_the_script_writes_them(script: dict[str, Any]) -> None:
    made = script["pages"](RESULTS)
    assert {path.name for path in FOLDER.glob("*.md")} == set(made)
    for name, text in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: {AGAIN}"


def test_the_results_are_of_the_fits_and_observations_that_are_shipped() -> None:
    for part in ("validation", "interactions"):
        assert RESULTS[part]["fits"] == list(fits()), AGAIN
    held = [o for o in observations().values() if o.use != "none" and o.comparable]
    plain = {o.id for o in held if not is_ratio(o)}
    assert {row["id"] for row in RESULTS["validation"]["rows"]} <= plain, AGAIN
    groups = {one["group"]: one["n"] for one in RESULTS["validation"]["groups"]}
    kinetic = ("fitted", "never seen", "medicines", "effects, fitted", "effects, never seen")
    assert sum(groups[name] for name in kinetic) == len(RESULTS["validation"]["rows"]), AGAIN


def test_the_results_are_those_of_the_page_of_validation() -> None:
    text = (ROOT / "docs" / "validation.md").read_text(encoding="utf-8")
    told = {row[0]: row for row in cells(text) if len(row) == 11}
    for one in RESULTS["validation"]["groups"]:
        assert int(told[one["group"]][1]) == one["n"], AGAIN
        assert float(told[one["group"]][2]) == pytest.approx(one["gmfe"], rel=5e-3), AGAIN


@each_context
def test_every_heading_of_the_standard_is_there_in_its_order(name: str) -> None:
    places = [page(name).find(f"\n{heading}") for heading in HEADINGS]
    assert -1 not in places
    assert places == sorted(places)


@each_context
def test_every_factor_is_judged_once(name: str) -> None:
    found = [row[0] for row in cells(page(name)) if row[0] in FACTORS]
    assert sorted(found) == sorted(FACTORS)
    assert len(FACTORS) == 13


@each_context
def test_the_numbers_of_a_page_are_those_of_the_results(name: str) -> None:
    rows = {row[0]: row for row in cells(page(name).partition("\n## Validation\n")[2])}
    groups = (*RESULTS["validation"]["groups"], *RESULTS["interactions"]["groups"])
    shown = [one for one in groups if one["group"] in data(name)["groups"]]
    assert len(shown) == len(data(name)["groups"])
    for one in shown:
        row = rows[one["group"]]
        assert int(row[1]) == one["n"]
        assert float(row[2].removesuffix("-fold")) == pytest.approx(one["gmfe"], rel=5e-3)
        assert float(row[5].removesuffix(" %")) == pytest.approx(100 * one["inside_90"], abs=0.51)
    folders = RESULTS["tests"]["folders"].values()
    for how, word in (("passed", "tests pass"), ("failed", "fail"), ("skipped", "were skipped")):
        assert f"{sum(one[how] for one in folders):,} {word}" in page(name)


# ---- Honest --------------------------------------------------------------------------------------


@each_context
def test_what_is_met_names_what_shows_it(name: str, script: dict[str, Any]) -> None:
    for one in script["factors"](data(name), RESULTS):
        assert one["state"] in script["STATES"]
        assert one["part"] in script["PARTS"]
        assert one["evidence"] or one["state"] != "met"
        never = set(RESULTS["tests"]["never_ran"]) & set(one["evidence"])
        assert not never, f"{one['name']} rests on tests that did not run: {never}"


def test_everything_that_is_named_exists() -> None:
    judged = [*data("factors"), *rules()]
    judged += [one for name in CONTEXTS for one in data(name)["factors"].values()]
    named = {path for one in judged for path in one.get("evidence", ())}
    files = {path for path in named if not path.startswith("speciosa ")}
    assert [path for path in sorted(files) if not (ROOT / path).exists()] == []
    assert {path.split()[1] for path in named - files} <= set(commands.commands)
    for context in CONTEXTS:
        assert set(data(context)["factors"]) <= set(FACTORS)


@each_context
def test_the_weakest_stands_first(name: str, script: dict[str, Any]) -> None:
    goals = script["weakest_first"](RESULTS, data(name)["goals"])
    far = [script["too_far"](goal, found) for goal, found, _ in goals]
    assert far == sorted(far, reverse=True)
    shown = page(name).partition("\n## Weakest first\n")[2].partition("\n## ")[0]
    assert [row[0] for row in cells(shown)[2:]] == [goal["what"] for goal, _, _ in goals]
    assert page(name).index("## Weakest first") < page(name).index("## Question of interest")


@each_context
def test_the_factor_called_weakest_is_in_the_lowest_state(
    name: str, script: dict[str, Any]
) -> None:
    states = {one["name"]: one["state"] for one in script["factors"](data(name), RESULTS)}
    lowest = min(states.values(), key=script["STATES"].index)
    assert states[data(name)["weakest"]["factor"]] == lowest


def test_a_result_below_its_goal_shows_as_that(script: dict[str, Any]) -> None:
    goal = {"of": {"group": "never seen, scale"}, "figure": "fold", "goal": 2}
    found, n = script["reached"](RESULTS, goal)
    assert n == 1
    assert script["verdict"](goal, 5.59) == "**missed**: goal 2-fold, reached 5.59-fold"
    assert script["verdict"](goal, 1.2) == "met: goal 2-fold, reached 1.20-fold"
    assert script["verdict"](goal, None) == "**never compared**: goal 2-fold"
    assert script["verdict"](goal, found) in page("lay")


@pytest.mark.parametrize(
    ("figure", "goal", "good", "bad"),
    [
        ("fold", 2, 1.9, 2.1),
        ("sd", 0.5, 0.4, 0.6),
        ("within", 0.8, 0.9, 0.7),
        ("inside", 0.9, 0.9, 0.8),
        ("rule", 1, 0.9, 1.1),
    ],
)
def test_a_goal_is_reached_from_the_right_side(
    figure: str, goal: float, good: float, bad: float, script: dict[str, Any]
) -> None:
    one = {"figure": figure, "goal": goal}
    assert script["too_far"](one, good) <= 1.0 < script["too_far"](one, bad)
    assert script["too_far"](one, None) == math.inf


def test_of_an_output_only_what_was_asked_for_is_compared(script: dict[str, Any]) -> None:
    goal = {"of": {"output": "breathing"}, "figure": "sd", "goal": 0.5}
    _, all_drugs = script["reached"](RESULTS, goal)
    goal["of"] = {"output": "breathing", "kratom": True}
    assert all_drugs > 0
    assert script["reached"](RESULTS, goal) == (None, 0)


def test_risk_grows_with_influence_and_with_consequence(script: dict[str, Any]) -> None:
    levels = script["LEVELS"]
    table = [[levels.index(word) for word in row] for row in script["RISKS"]]
    assert all(row == sorted(row) for row in table)
    assert all(list(column) == sorted(column) for column in zip(*table, strict=True))
    low = {"influence": {"level": "low"}, "consequence": {"level": "high"}}
    assert script["risk"](low) == script["RISKS"][0][2]


def test_the_words_that_rest_on_results_still_do(script: dict[str, Any]) -> None:
    """Summaries say of levels that times hold and heights do not, and of ranges that they fail."""
    for name, what, met in (
        ("lay", "when a level peaks and how long it lasts", True),
        ("lay", "how much is in the blood (one number, a volume)", False),
        ("lay", "breathing after kratom", False),
        ("poison-centre", "half-life of mitragynine, not fitted", True),
        ("poison-centre", "time of peak of mitragynine, not fitted", True),
        ("poison-centre", "ranges of ratios of exposure", False),
        ("research", "how much is in the blood, not fitted (one number, a volume)", False),
    ):
        (goal,) = [one for one in data(name)["goals"] if one["what"] == what]
        far = script["too_far"](goal, script["reached"](RESULTS, goal)[0])
        assert (far <= 1.0) == met, f"{name}: {what}"


def test_a_lay_reader_can_read_the_opening() -> None:
    opening = page("lay").partition("\nThis page is written")[0]
    text = re.sub(r"^# .*|\*\*|^- ", "", opening, flags=re.MULTILINE)
    assert grade(text) <= 8.0


# ---- The ten rules -------------------------------------------------------------------------------


def test_there_are_ten_rules_with_words_of_the_rubric(script: dict[str, Any]) -> None:
    assert len(rules()) == 10
    assert {one["score"] for one in rules()} <= set(script["SCORES"])
    assert tuple(data("ten-rules")["words"]) == script["SCORES"]


def test_a_rule_below_the_best_names_its_gap(script: dict[str, Any]) -> None:
    best = script["SCORES"][-1]
    assert [one["rule"] for one in rules() if one["score"] != best and not one.get("gap")] == []


def test_without_a_review_the_rule_of_reviews_is_insufficient() -> None:
    (reviews,) = [one for one in rules() if one["rule"] == "Get independent reviews"]
    assert (reviews["score"], reviews["evidence"]) == ("insufficient", [])


def test_every_source_of_the_words_is_in_the_bibliography() -> None:
    texts = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.yaml"))
    named = set(re.findall(r"`([a-z][\w-]*-\w*\d+)`", texts))
    assert named == set(data("overview")["sources"])
    assert named <= set(sources())


# ---- What runs showed ----------------------------------------------------------------------------

REPORT = """<testsuites><testsuite>
<testcase classname="tests.twins.test_a" name="a"><properties>
<property name="error" value="tea rodas5p 1e-06 4.4e-07"/></properties></testcase>
<testcase classname="tests.twins.test_a" name="b"><failure message="off"/></testcase>
<testcase classname="tests.twins.test_b" name="c"><skipped message="no neon"/></testcase>
<testcase classname="tests.surface.test_c" name="d"/>
</testsuite></testsuites>"""


def test_tests_are_counted_by_folder(results_script: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "tests.xml"
    file.write_text(REPORT, encoding="utf-8")
    told = results_script["counted"](file)
    assert told["folders"]["twins"] == {"passed": 1, "failed": 1, "skipped": 1}
    assert sum(told["folders"]["laws"].values()) == 0
    assert told["skipped"] == {"no neon": 1}
    assert told["never_ran"] == ["tests/twins/test_b.py"]
    assert told["errors"] == [{"problem": "tea", "method": "rodas5p", "rtol": 1e-6, "off": 4.4e-7}]


def test_a_wrong_word_is_refused(results_script: dict[str, Any]) -> None:
    with pytest.raises(SystemExit, match="got '--all'; expected --validation"):
        results_script["main"](["--all"])


def test_the_tolerance_is_that_of_a_run(script: dict[str, Any]) -> None:
    assert How.rtol == script["USUAL"]
    assert {one["rtol"] for one in RESULTS["tests"]["errors"]} >= {script["USUAL"]}
