"""The page on bands of dose: what it says of bounds, and its pictures."""

from __future__ import annotations

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from speciosa import bands
from speciosa.trial import Bands

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "dose-bands.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "dose_bands.py"))


@pytest.fixture(scope="module")
def found() -> Bands:
    return bands(people=2, replicates=2)


def block(name: str) -> str:
    held = re.search(rf"<!-- made: {name} -->\n(.*?)\n<!-- end -->", PAGE, re.DOTALL)
    assert held is not None
    return held[1]


def test_bounds_and_pictures_are_what_the_records_say(made: dict[str, Any], found: Bands) -> None:
    for name in ("bounds", "pictures"):
        assert block(name) == "\n".join(made[name](found))


def test_a_table_has_a_row_for_each_band_and_content(made: dict[str, Any], found: Bands) -> None:
    def rows(text: str) -> list[str]:
        return re.findall(r"^\| \S+ to \S+ g \| \w+ \|", text, re.MULTILINE)

    assert rows(block("shares")) == rows("\n".join(made["shares"](found)))


def test_writing_the_page_again_changes_only_what_is_made(
    made: dict[str, Any], found: Bands
) -> None:
    again = made["page"](PAGE, found)
    assert made["page"](again, found) == again
    assert again.split("<!-- made: shares -->")[0] == PAGE.split("<!-- made: shares -->")[0]
