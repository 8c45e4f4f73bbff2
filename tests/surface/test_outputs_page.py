"""The page of outputs and variants says what the code has, no more and no less."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa.model.variants import VARIANTS
from speciosa.model.wiring import OUTPUTS

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGE = (DOCS / "outputs.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "outputs.py"))


def first_cells(heading: str) -> list[str]:
    """What stands first in the rows of a part of the page."""
    part = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^\| `([^`]+)`", part, flags=re.MULTILINE)


def test_the_page_is_what_the_code_says(script: dict[str, Any]) -> None:
    assert script["page"]() == PAGE


def test_every_output_is_on_the_page_and_every_name_on_it_is_an_output() -> None:
    assert [re.sub(r"\.\[\w+\]$", "", name) for name in first_cells("Outputs")] == [*OUTPUTS]


def test_every_variant_is_on_the_page_and_every_name_on_it_is_a_variant() -> None:
    assert list(dict.fromkeys(first_cells("Variants"))) == [*VARIANTS]
    for variant in VARIANTS.values():
        for usual, other in variant.instead.items():
            assert f"| `{variant.name}` | {variant.says} | `{usual}` | `{other}` |" in PAGE


@pytest.mark.parametrize("page", ["scenario.md", "python.md", "command-line.md", "../README.md"])
def test_the_page_is_found_from_where_its_names_are_used(page: str) -> None:
    text = (DOCS / page).read_text(encoding="utf-8")
    assert re.search(r"\]\((docs/)?outputs\.md[#)]", text)
