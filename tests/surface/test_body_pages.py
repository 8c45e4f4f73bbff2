"""A page for each body system, written by its script from what is run."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa.compile import giver
from speciosa.evidence import observations
from speciosa.language import System
from speciosa.model.wiring import OUTPUTS, SYSTEMS, TRAITS, WIRES

DOCS = Path(__file__).parents[2] / "docs"
FOLDER = DOCS / "body"
AGAIN = "run python3 docs/body.py"


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "body.py"))


@pytest.fixture(scope="module")
def observed() -> list[dict[str, Any]]:
    return json.loads((FOLDER / "observed.json").read_text(encoding="utf-8"))["comparisons"]


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_a_page_is_what_its_system_says(
    system: type[System], made: dict[str, Any], observed: list[dict[str, Any]]
) -> None:
    text = (FOLDER / f"{system.word}.md").read_text(encoding="utf-8")
    assert text == made["page"](system, observed), AGAIN


def test_the_list_of_systems_is_what_the_wiring_says(made: dict[str, Any]) -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == made["index"](), AGAIN


def test_there_is_no_page_of_a_system_that_is_gone() -> None:
    pages = {path.stem for path in FOLDER.glob("*.md")} - {"README"}
    drawings = {path.stem for path in FOLDER.glob("*.svg")}
    assert pages == drawings == {system.word for system in SYSTEMS}, AGAIN


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.word)
def test_a_drawing_shows_every_wire(system: type[System], made: dict[str, Any]) -> None:
    drawn = (FOLDER / f"{system.word}.svg").read_text(encoding="utf-8")
    assert f"<desc>{made['description'](system)}</desc>" in drawn, AGAIN
    shown = drawn.partition("</desc>")[2]
    for wire in made["arriving"](system):
        assert f">{wire.quantity.name}<" in shown, AGAIN
        assert all(f">{end}<" in shown for end in wire.ends), AGAIN
    for wire in made["leaving"](system):
        assert f">{wire.quantity.name}<" in shown, AGAIN
        # One that is read stands by its full name; several by the words of their systems.
        fed = [end for end in wire.ends if not end.startswith("result: ")]
        ends = fed if len(fed) == 1 else made["systems_of"](fed)
        assert all(re.search(rf"[>\s]{re.escape(end)}[<,]", shown) for end in ends), AGAIN


def test_every_wire_and_trait_and_result_stands_on_a_page(made: dict[str, Any]) -> None:
    arriving = {w.quantity: w.ends for one in SYSTEMS for w in made["arriving"](one)}
    leaving = {w.quantity: w.ends for one in SYSTEMS for w in made["leaving"](one)}
    assert set(arriving) == {*WIRES, *TRAITS}
    for wire in WIRES.values():
        assert leaving[giver(wire, None)[0]]
    for name, wire in OUTPUTS.items():
        assert f"result: {name}" in leaving[giver(wire, None)[0]]


def test_what_is_assumed_and_left_out_is_told_apart_from_what_is_said(made: dict[str, Any]) -> None:
    said, assumed, left_out = made["paragraphs"](
        "One.\n\nTwo\nlines.\n\nAssumed: a;\nb.\nLeft out: c."
    )
    assert (said, assumed, left_out) == (["One.", "Two\nlines."], "A; b.", "C.")


def test_only_what_may_be_compared_is_shown(observed: list[dict[str, Any]]) -> None:
    known = {(one.output, one.study, one.measure, one.value) for one in observations().values()}
    assert observed
    for row in observed:
        assert row["use"] in ("fit", "validate")
        assert any((row["output"], row["study"], row["measure"]) == one[:3] for one in known), row


def test_cells_hold_no_bar_of_their_own() -> None:
    for path in FOLDER.glob("*.md"):
        columns = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            bars = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("| ") else 0
            assert columns in (0, bars) or bars == 0, f"{path.name}: {line[:60]}"
            columns = bars
