"""docs/report.md against what `speciosa report` writes."""

from __future__ import annotations

import re
from pathlib import Path

from reported import checked, result, unsaid
from speciosa.report.onepage import onepage

PAGE = (Path(__file__).parents[2] / "docs" / "report.md").read_text(encoding="utf-8")
JSON = PAGE.partition("\n## JSON\n")[2].partition("\n## ")[0]


def test_every_key_of_the_json_stands_in_the_page_and_the_other_way_round() -> None:
    made = onepage(result(), checked(), unsaid(), appendix=True).to_dict()
    rows = re.findall(r"^\| (`.*?) \|", JSON, re.MULTILINE)
    named = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert sorted(named) == sorted(made)


def test_every_block_of_the_page_is_explained() -> None:
    table = PAGE.partition("\n## How to read it\n")[2]
    for block in ("The answer first", "Exposure", "What would change this", "Other drugs"):
        assert f"| {block} |" in table
