"""What is kept of the last validation is what the documents show."""

from __future__ import annotations

import json
from pathlib import Path

from speciosa.report.validated import groups, validated

RESULTS = Path(__file__).parents[3] / "docs" / "credibility" / "results.json"
AGAIN = "run docs/credibility_results.py --validation and --interactions"


def test_it_is_what_the_documents_show() -> None:
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    for name, part in validated().items():
        kept = {key: held for key, held in results[name].items() if key != "rows"}
        assert part == kept, AGAIN


def test_what_was_never_seen_comes_before_what_was_fitted() -> None:
    fitted = ["fitted" in one["group"] for one in groups()]
    assert fitted == sorted(fitted)
    assert len(groups()) == sum(len(part["groups"]) for part in validated().values())
