"""Draw the example of docs/report.md: `python3 docs/report.py` writes docs/pictures/report.png."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from speciosa import Scenario, check, simulate
from speciosa.inference import missing
from speciosa.report.onepage import onepage
from speciosa.report.onepage_pdf import pictures

DOCS = Path(__file__).parent
EXAMPLE = DOCS.parent / "examples" / "with-quetiapine.toml"
NOW = 60.0  # h after the first dose
TODAY = date(2026, 11, 25)


def main() -> None:
    """The first sheet of the page of the example."""
    scenario = Scenario.load(EXAMPLE)
    result = simulate(scenario, series=True)
    facts = missing(scenario, result.rows)
    page = onepage(result, check(scenario, today=TODAY), facts, now=NOW)
    first, *_ = pictures(page)
    (DOCS / "pictures" / "report.png").write_bytes(first)


if __name__ == "__main__":
    main()
