"""Write the results into `docs/validation.md`, from what `speciosa validate` says.

`speciosa validate --figure docs/pictures/validation.png --json - | python3 docs/validation.py`
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from speciosa.evidence.fits import fits
from speciosa.report.comparisons import moment, off
from speciosa.report.words import number, span

PAGE = Path(__file__).with_suffix(".md")
START = "<!-- results, written by docs/validation.py -->\n"
END = "<!-- end of results -->\n"

PARTS = (
    ("What the model was fitted to", "fit", False),
    ("What it has never seen", "validate", False),
    ("Medicines", "validate", True),
)
GROUPS = (
    "group",
    "values",
    "mean fold error",
    "within 1.5-fold",
    "within 2-fold",
    "mean difference",
    "inside 90 %",
    "bounds",
    "interval score",
    "baseline",
    "model on the same",
)
COMPARISONS = ("what", "statistic", "observed", "simulated", "90 %", "off", "n", "arm", "read")


def results(outcome: Mapping[str, Any]) -> str:
    """The tables; `outcome` is the object that `speciosa validate --json` prints."""
    parts = [
        f"Fit: {', '.join(f'`{run}`' for run in fits()) or 'none'}. {outcome['trials']} virtual "
        f"trials of each arm, seed {outcome['seed']}.",
        table(GROUPS, map(group, outcome["groups"])),
    ]
    for heading, use, medicine in PARTS:
        rows = [
            row
            for row in outcome["comparisons"]
            if (row["use"], row.get("medicine", False)) == (use, medicine)
        ]
        parts.append(f"### {heading}")
        parts.append(table(COMPARISONS, map(comparison, rows)))
    if outcome["left_out"]:
        parts.append("### What could not be compared")
        left_out = ((f"`{row['id']}`", row["because"]) for row in outcome["left_out"])
        parts.append(table(("observation", "because"), left_out))
    return "\n\n".join(parts) + "\n"


def written(page: str, outcome: Mapping[str, Any]) -> str:
    """The page with its results replaced."""
    before, _, rest = page.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{results(outcome)}\n{END}{after}"


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def group(row: Mapping[str, Any]) -> Sequence[str]:
    """One group of observations."""
    against = (row["baseline_gmfe"], row["gmfe_beside_baseline"])
    apart = "–" if row["off_sd"] is None else f"{number(row['off_sd'], 2)} SD"
    scores = [number(row["interval_score"]) if row["interval_score"] is not None else ""]
    scores += [f"{number(row['interval_score_sd'])} SD" if row["interval_score_sd"] else ""]
    return (
        row["group"],
        str(row["n"]),
        number(row["gmfe"]),
        percent(row["within_1_5"]),
        percent(row["within_2"]),
        apart,
        percent(row["inside_90"]),
        f"{percent(row['inside_90_low'])} to {percent(row['inside_90_high'])}",
        ", ".join(score for score in scores if score) or "–",
        *map(number, against),
    )


def percent(share: float | None) -> str:
    """A share in per cent."""
    return "–" if share is None else f"{100 * share:.0f} %"


def comparison(row: Mapping[str, Any]) -> Sequence[str]:
    """One observation beside its simulation."""
    what = f"{row['output']} {moment(row)}, {row['unit']}"
    values = (number(row["observed"]), number(row["simulated"]), span(row["p05"], row["p95"]))
    people = "–" if row["n"] is None else str(row["n"])
    where = f"{row['study']}: {row['arm']}"
    statistic = row["statistic"].replace("_", " ")
    window = "" if row["window"] == "all" else f", {row['window']} dose"
    return (what + window, statistic, *values, off(row), people, where, row["read"])


if __name__ == "__main__":
    text = written(PAGE.read_text(encoding="utf-8"), json.load(sys.stdin))
    PAGE.write_text(text, encoding="utf-8")
