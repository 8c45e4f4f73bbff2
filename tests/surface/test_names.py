"""One name has one meaning, and the page of names is up to date."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "names.py"))


def test_one_name_has_one_unit_and_one_description(names: dict[str, Any]) -> None:
    torn = {name: list(said) for name, said in names["meanings"]().items() if len(said) > 1}
    assert torn == {}


def test_the_page_of_names_is_what_the_systems_say(names: dict[str, Any]) -> None:
    assert (DOCS / "names.md").read_text(encoding="utf-8") == names["page"]()
