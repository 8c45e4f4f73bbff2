"""The page as a template reads it: the same content, with texts that only pages with columns need.

Both templates, for the web and for paper, are given this object and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from speciosa.report import words
from speciosa.report.findings import numbers_said
from speciosa.report.onepage import Appendix, OnePage
from speciosa.report.onepage_basis import short
from speciosa.report.onepage_parts import RANGE, RANKED, Figure
from speciosa.report.stopped import SEEN
from speciosa.report.tables import POSTURE, best, by_measure

__all__ = ["shown"]

_COLUMNS = (
    "Ranges hold 9 of 10. The middle is of both kinds together. "
    "Levels are in plasma; times are in h after the first dose."
)


def shown(page: OnePage) -> dict[str, Any]:
    """`page.to_dict()` and the texts of columns."""
    table = page.to_dict()
    table |= {
        "posture": POSTURE,
        "range": RANGE,
        "ranked": RANKED,
        "range_columns": _COLUMNS,
        "numbers_line": f"Numbers: {' · '.join(page.numbers)}." if page.numbers else "",
        "seen_head": SEEN,
        "limits_short": [short(one) for one in page.limits],
        "emergency_parts": [part for part in page.emergency.split("\n\n") if part.strip()],
    }
    for one in table["basis"]:
        one["recalled"] = one["read"] == words.READ["recalled"]
    line = page.timeline
    if line is not None:
        head = "from now on" if line.now is not None else "after the last dose"
        table["timeline"]["moments_head"] = head
        pairs = zip(table["timeline"]["moments"], line.moments, strict=True)
        for plain, moment in pairs:
            plain["label"] = moment.label.removesuffix(" after the last dose")
            plain["people_text"] = _bare(moment.people)
            plain["unknown_text"] = _bare(moment.unknown)
    table["appendix"] = _appendix(page.appendix) if page.appendix else None
    return table


def _bare(figure: Figure) -> str:
    """Without its unit, which stands in the heading."""
    return f"{words.number(figure.middle)} ({figure.reach})"


def _appendix(held: Appendix) -> dict[str, Any]:
    records = [line for line in held.assumptions if "/" in line.partition(" = ")[0]]
    hidden = ", ".join(words.output_title(name) for name in held.hidden)
    return {
        "findings": [_whole(one) for one in held.findings],
        "given": [line for line in held.assumptions if line not in set(records)],
        "assumed": records,
        "rows": list(_rows(held.measures)),
        "hidden_line": f"Left out in this company: {hidden}." if hidden else "",
        "source_parts": [" ".join(part.split("\n")) for part in held.sources.split("\n\n")],
    }


def _whole(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {**finding, "numbers": "; ".join(numbers_said(finding, True))}


def _rows(measures: tuple[Mapping[str, Any], ...]) -> Iterator[list[str]]:
    """A row for each output, measure and window, with its three ranges."""
    for (output, measure, window), kinds in by_measure(measures).items():
        middle = best(kinds) or {}
        ranges = (kinds.get(kind, {}) for kind in words.KINDS)
        yield [
            words.output_title(output),
            words.measure(measure),
            words.WINDOWS.get(window) or "whole time",
            "" if middle["unit"] == "1" else middle["unit"],
            words.number(middle["median"]),
            *(words.span(one.get("p05"), one.get("p95")) for one in ranges),
        ]
