"""The pages on claims: as their scripts write them from the verdicts that are kept beside them."""

from __future__ import annotations

import io
import json
import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

from speciosa.claims import all_cases, claims, judge
from speciosa.claims.answer import Answer
from speciosa.claims.case import ABOUT
from speciosa.claims.claim import KINDS
from speciosa.claims.grade import DOMAINS, STARTS
from speciosa.claims.own import own
from speciosa.claims.ran import HOW
from speciosa.evidence import records
from speciosa.model import VARIANTS
from speciosa.trial.measures import CONCENTRATION_MEASURES, EFFECT_MEASURES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FOLDER = DOCS / "claims"
PICTURES = DOCS / "pictures" / "claims"
PAGE = (DOCS / "claims.md").read_text(encoding="utf-8")
OWN = (DOCS / "own-claims.md").read_text(encoding="utf-8")
NAV = (ROOT / "zensical.toml").read_text(encoding="utf-8")
SAID = json.loads((FOLDER / "verdicts.json").read_text(encoding="utf-8"))
ONES: dict[str, dict[str, Any]] = {one["id"]: one for one in SAID["claims"]}
EXAMPLES = sorted((ROOT / "examples" / "claims").glob("*.toml"))
AGAIN = "run python3 docs/claims.py"
AGAIN_OWN = "run python3 docs/own_claims.py"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "claims.py"))


@pytest.fixture(scope="module")
def own_script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "own_claims.py"))


def told(one: dict[str, Any]) -> dict[str, Any]:
    """What a machine with other vectors must say too."""
    parts = [(part["answer"], part["certainty"], part["beside"]) for part in one["parts"]]
    return {key: one[key] for key in ("verdict", "certainty", "plain", "records")} | {
        "parts": parts
    }


def block(text: str, name: str) -> str:
    held = re.search(rf"<!-- made: {name} -->(.*?)<!-- end -->", text, re.DOTALL)
    assert held is not None
    return held[1].strip()


def keys(text: str, heading: str) -> set[str]:
    part = text.partition(f"\n## {heading}")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (`[^|]+) \|", part, re.MULTILINE)
    return {key for row in rows for key in re.findall(r"`(\w+)`", row)}


# ---- The verdicts that are kept ------------------------------------------------------------------


def test_they_are_of_every_claim_as_its_case_is_written() -> None:
    assert [*ONES] == [*claims()], AGAIN
    for identity, one in ONES.items():
        case, claim = all_cases()[identity], claims()[identity]
        assert (one["claim"], one["system"], one["kind"]) == (
            claim.claim,
            claim.system,
            claim.kind,
        ), AGAIN
        assert [part["that"] for part in one["parts"]] == [p.that for p in case.parts], AGAIN
        assert (one["gap"], one["short"]) == (case.gap, case.short or claim.claim), AGAIN


def test_those_that_need_no_simulation_are_what_the_records_say() -> None:
    cases = all_cases().values()
    ids = [case.id for case in cases if not any(part.needs for part in case.parts)]
    assert len(ids) >= 10
    found = judge(ids).to_dict()["claims"]
    for one in json.loads(json.dumps(found)):
        assert told(one) == told(ONES[one["id"]]), AGAIN


@pytest.mark.slow
def test_all_of_them_are_what_records_and_model_say() -> None:
    for one in json.loads(json.dumps(judge().to_dict()["claims"])):
        assert told(one) == told(ONES[one["id"]]), AGAIN


# ---- The pages of popular claims -----------------------------------------------------------------


def test_the_pages_are_as_the_script_writes_them(script: dict[str, Any]) -> None:
    assert script["page"](PAGE, SAID) == PAGE, AGAIN
    made = script["pages"](SAID)
    assert {path.name for path in FOLDER.glob("*.md")} == set(made), AGAIN
    for name, text in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, f"{name}: {AGAIN}"


def test_every_topic_has_its_line_in_the_navigation(script: dict[str, Any]) -> None:
    assert script["navigation"](NAV, SAID) == NAV, AGAIN
    assert re.findall(r"\"claims/([\w-]+\.md)\"", NAV) == [*script["pages"](SAID)]


def test_the_overview_leads_to_every_case(script: dict[str, Any]) -> None:
    links = re.findall(r"\]\(claims/([\w-]+\.md)#([^)]+)\)", block(PAGE, "verdicts"))
    assert len(links) == len(set(links)) == len(claims())
    for name, anchor in links:
        headings = re.findall(r"^## (.+)$", (FOLDER / name).read_text("utf-8"), re.MULTILINE)
        assert anchor in {script["anchor"](heading) for heading in headings}


def test_the_commands_of_the_pages_name_what_is_there() -> None:
    said = re.findall(r"^speciosa claims ([\w/.*-]+)", PAGE + OWN, re.MULTILINE)
    assert len(said) == 3
    for name in said:
        assert name in claims() or [*ROOT.glob(name)], name


def test_a_case_is_told_whole(script: dict[str, Any]) -> None:
    for one in ONES.values():
        text = (FOLDER / f"{one['system']}.md").read_text(encoding="utf-8")
        assert f"`speciosa claims {one['id']}`" in text
        assert one["plain"] in text
        for part in one["parts"]:
            assert f"Is it so that {part['that']}?" in text
            for step in part["certainty"]["steps"]:
                assert f"for {step['domain']}: {step['why']}" in text


def test_no_place_for_a_name_and_no_mark_of_bibtex_is_left() -> None:
    for path in FOLDER.glob("*.md"):
        assert re.findall(r"\{\w*\}|``", path.read_text(encoding="utf-8")) == [], path.name


def test_sources_are_led_to_and_stand_once_in_a_page() -> None:
    for path in FOLDER.glob("*.md"):
        text = path.read_text(encoding="utf-8")
        there = re.findall(r'<a id="([^"]+)">', text)
        assert len(there) == len(set(there))
        assert set(re.findall(r"\]\(#([^)]+)\)", text)) == set(there)


def test_a_case_with_several_numbers_has_its_picture(script: dict[str, Any]) -> None:
    wanted = {f"{one['id']}.svg" for one in ONES.values() if len(script["numbers"](one)) >= 2}
    assert {path.name for path in PICTURES.glob("*.svg")} == wanted, AGAIN
    shown = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md"))
    assert set(re.findall(r"pictures/claims/([\w-]+\.svg)", shown)) == wanted


def test_a_picture_is_of_the_verdict_that_is_kept(script: dict[str, Any]) -> None:
    one = ONES["less-respiratory-depression"]
    chart = script["claim_chart"](one)
    assert chart.description.startswith(f"{one['claim']} Verdict: {one['verdict']}")
    for path in PICTURES.glob("*.svg"):
        kept = ONES[path.stem]
        said = f"Verdict: {kept['verdict']}, certainty {kept['certainty']}."
        assert said in path.read_text(encoding="utf-8"), AGAIN


def test_the_overview_tells_every_word_bound_and_variant() -> None:
    for name in (*DOMAINS, *STARTS):
        assert name in PAGE.lower()
    assert len(re.findall(r"^\| ", block(PAGE, "words"), re.MULTILINE)) == 2 + len(Answer)
    assert re.findall(r"^\| `([\w/]+)`", block(PAGE, "bounds"), re.MULTILINE) == [
        *records("claims")
    ]
    assert re.findall(r"^- `([\w-]+)`", block(PAGE, "variants"), re.MULTILINE) == [*VARIANTS]


def test_what_is_no_claim_any_more_goes_from_the_pages(
    script: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = {**SAID, "claims": [ONES["fda-warnings"], ONES["organ-damage"]]}
    places = {
        "PAGE": tmp_path / "claims.md",
        "FOLDER": tmp_path / "claims",
        "PICTURES": tmp_path / "pictures",
        "VERDICTS": tmp_path / "claims" / "verdicts.json",
        "NAV": tmp_path / "zensical.toml",
    }
    names = script["main"].__globals__
    for name, place in places.items():
        monkeypatch.setitem(names, name, place)
    places["FOLDER"].mkdir()
    (places["FOLDER"] / "gone.md").touch()
    places["PAGE"].write_text(PAGE, encoding="utf-8")
    places["NAV"].write_text(NAV, encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", io.StringIO(json.dumps(some)))
    script["main"](["-"])
    assert {path.name for path in places["FOLDER"].glob("*.md")} == {"law.md", "liver.md"}
    assert {path.stem for path in places["PICTURES"].iterdir()} <= {"organ-damage"}
    assert re.findall(r"\"claims/(\w+)\.md\"", places["NAV"].read_text("utf-8")) == ["law", "liver"]
    assert json.loads(places["VERDICTS"].read_text("utf-8")) == some
    assert (
        places["PAGE"].read_text("utf-8").partition("## What a verdict is")[2]
        == (PAGE.partition("## What a verdict is")[2])
    )
    with pytest.raises(SystemExit, match="got '--all'; expected - or nothing"):
        script["main"](["--all"])


# ---- A claim of one's own ------------------------------------------------------------------------


def test_every_key_of_a_file_is_told_and_no_other() -> None:
    text = (ROOT / "src" / "speciosa" / "claims" / "own.py").read_text(encoding="utf-8")
    asked = set(re.findall(r'\b(?:f|part)\.\w+\(\s*"(\w+)"', text))
    asked |= set(re.findall(r'_(?:list|bound)\(\w+, "(\w+)"', text)) | {"at_least", "at_most"}
    told = set[str]()
    for heading in ("The claim", "`[[part]]`", "`[[part.simulated]]`", "`[[part.seen]]`"):
        told |= keys(OWN, heading)
    seen = OWN.partition("\n## `[[part.seen]]`")[2].partition("\n## ")[0]
    told |= set(re.findall(r"`(under|second|log|species|looked)\b", seen))
    assert told | keys(OWN, "`[part.grade]`") == asked


def test_every_word_that_a_key_takes_is_told() -> None:
    words = (*KINDS, *ABOUT, *HOW, *STARTS, *DOMAINS, *CONCENTRATION_MEASURES, *EFFECT_MEASURES)
    assert [word for word in words if f"`{word}`" not in OWN] == []


def test_the_file_that_is_shown_is_the_example(own_script: dict[str, Any]) -> None:
    file = own_script["EXAMPLE"]
    shown = own_script["fenced"]("toml", file.read_text(encoding="utf-8"))
    assert block(OWN, "file") == shown.strip(), AGAIN_OWN
    assert block(OWN, "simulations").startswith("`green-leaf-3-g`"), AGAIN_OWN


def test_every_example_has_its_line() -> None:
    lines = re.findall(r"^\| \[`([^`]+)`\]", block(OWN, "results"), re.MULTILINE)
    assert lines == [path.name for path in EXAMPLES], AGAIN_OWN


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_read(path: Path) -> None:
    claim, case, scenarios = own(str(path))
    assert claim.id == path.stem
    assert scenarios
    line = next(line for line in block(OWN, "results").splitlines() if f"`{path.name}`" in line)
    assert claim.claim in line, AGAIN_OWN
    assert case.gap in line, AGAIN_OWN


@pytest.mark.slow
def test_the_page_is_what_the_examples_come_to(own_script: dict[str, Any]) -> None:
    found = judge([str(path) for path in EXAMPLES]).to_dict()
    assert own_script["page"](OWN, found) == OWN, AGAIN_OWN


# ---- The command ---------------------------------------------------------------------------------


def test_every_key_of_the_json_is_told() -> None:
    page = (DOCS / "command-line.md").read_text(encoding="utf-8")
    part = page.partition("\n## `speciosa claims ID`\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"`(\w+)`", part)) | {"n", "replicates"}
    assert set(SAID) <= told
    for one in ONES.values():
        assert set(one) <= told
        for held in one["parts"]:
            assert set(held) | set(held["certainty"]) <= told
            for inner in (*held["certainty"]["steps"], *held["points"]):
                assert set(inner) <= told
