"""What a page shows of a result, whether of a first look or of a whole run.

see=pain.relief    the output whose curve is drawn
show=people        how people differ; show=unknown: what we do not know; without it both
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request

from speciosa.errors import InputError
from speciosa.report import happens, words
from speciosa.report.dots import dots
from speciosa.report.figures import describe, redrawn
from speciosa.report.icons import icons, said
from speciosa.report.rows import TABLES
from speciosa.report.tables import (
    IN_COMPANY,
    RANGES_EXPLAINED,
    UNFELT,
    by_measure,
    cells,
    evidence_sentence,
    headline,
    run_line,
    sections,
)
from speciosa.trial import Scenario
from speciosa.trial.company import RISKS, withheld
from speciosa.trial.glance import glance, levels
from speciosa.web.form.query import Pairs, address
from speciosa.web.rules import SIGNS, rules_of
from speciosa.web.svg import inline
from speciosa.web.whole import Done

__all__ = ["KINDS", "Look", "context", "first_look", "look_of"]

KINDS = {"people": "variability", "unknown": "uncertainty"}
"""Words of an address, and the kinds of spread that they show."""


@dataclass(frozen=True)
class Look:
    """What is to be seen: an output, and kinds of spread by their words in an address."""

    see: str
    show: tuple[str, ...]
    choices: Mapping[str, str]

    @property
    def pairs(self) -> Pairs:
        """As an address says it."""
        return [("see", self.see), *(("show", word) for word in self.show)]


def look_of(request: Request, scenario: Scenario) -> Look:
    """What a request wants to see. Raises InputError for what may not be looked at."""
    plain = scenario.filled()
    offered = happens.choices(plain, levels(scenario))
    see = request.query_params.get("see") or happens.first(plain)
    if see not in offered:
        raise InputError("see", see, f"one of {', '.join(offered)}")
    asked = [word for word in KINDS if word in request.query_params.getlist("show")]
    return Look(see, tuple(asked or KINDS), offered)


def first_look(scenario: Scenario) -> Done:
    """A few people at once; whatever may be looked at, so that the model stays the same."""
    seen = [*happens.CHOICES, happens.WITHDRAWAL, *levels(scenario)]
    found = glance(scenario, tuple(dict.fromkeys(seen)))
    return Done(scenario, found.to_dict(series=True), found.breath_stops)


def context(found: Done, scenario: Scenario, look: Look, pairs: Pairs) -> dict[str, Any]:
    """What the templates show of a result."""
    plain = found.plain
    hidden = withheld(plain["scenario"])
    rows = by_measure(plain["measures"])
    whole = plain["people"]["replicates"] > 0
    return {
        "look": look,
        "whole": whole,
        "people": plain["people"]["n"],
        "crowd": scenario.run.people * (1 + scenario.run.replicates),
        "likely": happens.likely(plain),
        "breath": happens.breath(plain),
        "rules": rules_of(scenario),
        "signs": SIGNS,
        "warnings": plain["warnings"],
        "charts": _curve(plain, look),
        "missing": "unknown" in look.show and not whole,
        "when": _when(plain, look.see) if whole else None,
        "hundreds": _hundreds(plain, hidden, draw=whole),
        "headline": headline(rows),
        "sections": [(one, [cells(*line) for line in one.lines]) for one in sections(rows, hidden)],
        "left_out": _left_out(hidden),
        "explained": RANGES_EXPLAINED,
        "kinds": list(words.KINDS.values()),
        "evidence": evidence_sentence(plain["evidence"]),
        "run": run_line(plain),
        "csv": {name: address("/data.csv", [*pairs, ("table", name)]) for name in TABLES},
        "links": {
            "The curve as a table (CSV)": address("/data.csv", [*pairs, ("see", look.see)]),
            "All numbers (JSON)": address("/data.json", pairs),
            "What was entered, as a file (TOML)": address("/scenario.toml", pairs),
            "One page for a professional": address("/report", pairs),
            "Is it dangerous?": address("/danger", pairs),
        },
    }


def _curve(plain: Mapping[str, Any], look: Look) -> dict[str, Any] | None:
    """The curve in two sizes, and in words."""
    fan = happens.shown(plain, look.see, [KINDS[word] for word in look.show])
    if fan is None:
        return None
    until = fan.visible_until if fan.is_concentration else None
    drawn = [
        inline(redrawn(fan, until=until, width=width), f"curve-{width}", width)
        for width in ("wide", "narrow")
    ]
    return {"title": fan.title, "drawn": drawn, "words": describe(fan)}


def _when(plain: Mapping[str, Any], output: str) -> dict[str, Any] | None:
    """When the output is most, by person; of repeated doses after the last one."""
    windows = [row["window"] for row in plain["peaks"] if row["output"] == output]
    if not windows:
        return None
    charts = {
        width: dots(plain, output, window=windows[-1], width=width) for width in ("wide", "narrow")
    }
    drawn = [inline(chart, f"when-{width}", width) for width, chart in charts.items()]
    return {"drawn": drawn, "words": charts["wide"].description}


def _hundreds(plain: Mapping[str, Any], hidden: Sequence[str], draw: bool) -> dict[str, Any] | None:
    """How many of 100 have how much of an effect: in words, and of a whole run drawn."""
    counted = dict.fromkeys(row["output"] for row in plain["shares"])
    shown = [name for name in happens.EFFECTS if name in counted and name not in hidden]
    if not shown:
        return None
    shares = plain["shares"]
    drawn = [
        inline(icons(shares, shown, width=width), f"icons-{width}", width)
        for width in (("wide", "narrow") if draw else ())
    ]
    return {"drawn": drawn, "words": [said(shares, name) for name in shown]}


def _left_out(hidden: Sequence[str]) -> str:
    """Why numbers on breath and sleep are not there."""
    if not hidden:
        return ""
    return UNFELT if set(RISKS) <= set(hidden) else IN_COMPANY
