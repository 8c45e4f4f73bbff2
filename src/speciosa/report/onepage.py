"""One page for a professional, read in a minute: the answer first, then what it rests on.

    facts = missing(result.scenario, result.rows)    # of speciosa.inference
    page = onepage(result, check(scenario), facts)
    page.to_dict()

One place for the terminal, the web page and the PDF. Every number is one of the result's, of the
check's, of a record, or of what the facts that were not stated would change; nothing here computes
any. It gives no dose, no equivalents of other drugs, and no risk without its range.

In an emergency there is no page: `emergency` holds what to do, and nothing else is filled but
`seen`: where breath stops in the simulation, how often, and the dangers that the check found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from speciosa.evidence.cite import cite
from speciosa.inference import Fact
from speciosa.report.asked import QUESTION, within
from speciosa.report.chart import Chart
from speciosa.report.fan import Fan, fans
from speciosa.report.figures import Place, fan_chart
from speciosa.report.findings import who_of
from speciosa.report.onepage_answer import answers, interactions, main_level, timeline
from speciosa.report.onepage_basis import parameters, run_of
from speciosa.report.onepage_case import BY_HAND, exposure, title, use
from speciosa.report.onepage_missing import missing
from speciosa.report.onepage_parts import (
    Answer,
    Field,
    Interaction,
    Missing,
    Parameter,
    Run,
    Timeline,
    Use,
    plain,
)
from speciosa.report.stopped import seen
from speciosa.safety.emergencies import breath_stops_card
from speciosa.trial.company import withheld
from speciosa.trial.writing import toml

__all__ = [
    "NOT_VALIDATED",
    "Appendix",
    "OnePage",
    "chart_of",
    "onepage",
]

NOT_VALIDATED = "not validated for individual decisions"

_CALLED = ("emergency", "poison")
"""Kinds of numbers to call that a professional needs."""


@dataclass(frozen=True)
class Appendix:
    """All measures, all findings whole, sources, assumptions, and the scenario as run."""

    measures: tuple[Mapping[str, Any], ...]
    hidden: tuple[str, ...]
    findings: tuple[Mapping[str, Any], ...]
    sources: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class OnePage:
    """The content of the page; `fan` is what its chart is drawn of."""

    title: str
    question: str
    today: date
    run: Run
    emergency: str = ""
    seen: tuple[str, ...] = ()
    answer: tuple[Answer, ...] = ()
    exposure: tuple[Field, ...] = ()
    by_hand: tuple[str, ...] = BY_HAND
    timeline: Timeline | None = None
    fan: Fan | None = None
    interactions: tuple[Interaction, ...] = ()
    unsimulated: str = ""
    missing: tuple[Missing, ...] = ()
    use: tuple[Use, ...] = ()
    basis: tuple[Parameter, ...] = ()
    limits: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    scenario: str = ""
    appendix: Appendix | None = None
    status: str = field(default=NOT_VALIDATED)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as `speciosa report --json` prints it."""
        parts = ("answer", "exposure", "interactions", "missing", "use", "basis")
        table: dict[str, Any] = {
            "title": self.title,
            "question": self.question,
            "status": self.status,
            "today": self.today.isoformat(),
            "run": {**plain(self.run), "code": self.run.code},
            "emergency": self.emergency,
            "seen": list(self.seen),
            **{name: [plain(one) for one in getattr(self, name)] for name in parts},
            "by_hand": list(self.by_hand),
            "timeline": plain(self.timeline) if self.timeline else None,
            "unsimulated": self.unsimulated,
            "limits": list(self.limits),
            "numbers": list(self.numbers),
            "scenario": self.scenario,
        }
        if self.appendix is not None:
            table["appendix"] = plain(self.appendix)
        return table


def onepage(
    result: Any,
    found: Any,
    facts: Sequence[Fact],
    *,
    now: float | None = None,
    question: str = QUESTION,
    appendix: bool = False,
) -> OnePage:
    """The page of a result with time courses and of the check of the same scenario.

    Args:
        result: of `simulate(..., series=True)`, or its `to_dict(series=True)`.
        found: of `check(...)`, or its `to_dict()`.
        facts: what the scenario left open, as `inference.missing` ranks it for this result.
        now: the time of asking, h after the first dose; none where it is not known.
        question: what was asked, in the words of who asked it.
        appendix: whether all measures, findings, sources and assumptions come along.

    Raises:
        InputError: the result holds no time courses, or `now` lies outside them.
    """
    table = result.to_dict(series=True) if hasattr(result, "to_dict") else result
    checked = found.to_dict() if hasattr(found, "to_dict") else found
    drawable = fans(table)
    within(now, table["series"]["times"][-1])
    head = title(table, checked["unknown"])
    day, run = date.fromisoformat(checked["today"]), run_of(table)
    stops = table["stops"]["emergency"]
    if checked["emergency"] or stops:
        told = checked["card"] or breath_stops_card(day, who_of(table).get("jurisdiction"))
        lines = seen(table["warnings"], checked["findings"]) if stops else ()
        return OnePage(head, question, day, run, emergency=told, seen=lines)
    fan = main_level(drawable, table["scenario"])
    line = timeline(table, fan, now) if fan else None
    return OnePage(
        head,
        question,
        day,
        run,
        answer=tuple(answers(table, checked, drawable, line)),
        exposure=tuple(exposure(table, checked, now)),
        timeline=line,
        fan=fan,
        interactions=tuple(interactions(checked)),
        unsimulated=checked["unsimulated"],
        missing=tuple(missing(table, facts, now)),
        use=tuple(use(table)),
        basis=tuple(parameters(table)),
        limits=tuple(table["warnings"]),
        numbers=_numbers(table, checked),
        scenario=toml(table["scenario"]),
        appendix=_appendix(table, checked) if appendix else None,
    )


def chart_of(page: OnePage, width: Place = "page") -> Chart | None:
    """The chart of the timeline; None where there is none."""
    line = page.timeline
    if line is None or page.fan is None:
        return None
    chart = fan_chart(page.fan, since=line.since, until=line.until, now=line.now, width=width)
    chart.description = line.description
    return chart


def _numbers(table: Mapping[str, Any], checked: Mapping[str, Any]) -> tuple[str, ...]:
    """Whom a professional calls, where the place is known."""
    if who_of(table).get("jurisdiction") is None:
        return ()
    return tuple(one for one in checked["numbers"] if one.partition(":")[0] in _CALLED)


def _appendix(table: Mapping[str, Any], checked: Mapping[str, Any]) -> Appendix:
    hidden = withheld(table["scenario"])
    return Appendix(
        measures=tuple(row for row in table["measures"] if row["output"] not in hidden),
        hidden=hidden,
        findings=tuple(checked["findings"]),
        sources=cite(row["id"] for row in table["evidence"]),
        assumptions=tuple(table["assumptions"]),
    )
