"""A result as `simulate(..., series=True)` gives it, made by hand; its check and open facts."""

from __future__ import annotations

from datetime import date
from typing import Any

from speciosa.inference import Fact, Swing
from speciosa.inference.plausible import plausible
from speciosa.inference.swings import NOW
from speciosa.safety import check
from speciosa.trial import Scenario
from speciosa.trial.stops import Stops, sentences

__all__ = ["TEA", "checked", "result", "stopping", "unsaid"]

TODAY = date(2026, 11, 25)
TEA: dict[str, Any] = {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}}
KINDS = ("variability", "uncertainty", "both")

_PEAKS = {"variability": (38.0, 18.0, 85.0), "uncertainty": (40.0, 14.0, 97.0)}
_TIMES = (0.0, 1.0, 2.0, 4.0, 6.0, 12.0, 24.0, 48.0, 168.0)
_FALL = (0.0, 1.0, 0.6, 0.3, 0.2, 0.1, 0.05, 0.02, 0.005)
_MEASURES = (
    ("plasma.mitragynine", "cmax", "ng/mL", {**_PEAKS, "both": (39.0, 9.6, 149.0)}),
    ("plasma.mitragynine", "tmax", "h", dict.fromkeys(KINDS, (1.0, 0.5, 2.0))),
    ("plasma.mitragynine", "half_life", "h", dict.fromkeys(KINDS, (42.0, 20.0, 81.0))),
    ("breathing.risk", "max", "1", dict.fromkeys(KINDS, (0.13, 0.018, 0.49))),
    ("arousal.risk", "max", "1", dict.fromkeys(KINDS, (0.15, 0.008, 0.69))),
    ("gut.transit", "min", "1", dict.fromkeys(KINDS, (0.88, 0.39, 0.98))),
    ("dependence.score", "max", "1", dict.fromkeys(KINDS, (11.0, 0.1, 39.0))),
    ("dependence.score", "tmax", "h", dict.fromkeys(KINDS, (57.0, 41.0, 97.0))),
)
_USED = ("elimination/CL/mitragynine", "absorption/scale/kratom", "opioid/mu/Ki/mitragynine")


def result(**tables: Any) -> dict[str, Any]:
    """Of leaf tea once, unless other tables are given."""
    scenario = Scenario.from_dict({**TEA, **tables})
    return {
        "scenario": scenario.filled(),
        "model": {"version": "1.0", "hash": "0123456789abcdef", "variants": [], "method": "x"},
        "seed": 1,
        "people": {"n": 20, "replicates": 10, "failed": 0},
        "measures": [
            {"output": output, "measure": measure, "window": "all", "unit": unit, "kind": kind}
            | dict(zip(("median", "p05", "p95"), held[kind], strict=True))
            | {"p25": held[kind][1], "p75": held[kind][2]}
            for output, measure, unit, held in _MEASURES
            for kind in KINDS
        ],
        "stops": Stops(of=20, of_draws=10).to_dict(),
        "warnings": ["Effects rest on cells. Read them as directions.", "3 of 5 are from memory."],
        "evidence": [{"id": i, "status": "fitted", "read": "verified"} for i in _USED],
        "assumptions": [*scenario.defaulted(), "absorption/scale/kratom = 1 1: nobody knows"],
        "series": {
            "times": list(_TIMES),
            "doses": [0.0],
            "outputs": [
                {"output": output, "unit": unit, "kind": kind, **_band(top)}
                for output, unit, top in (
                    ("plasma.mitragynine", "ng/mL", 40.0),
                    ("breathing.risk", "1", 0.13),
                    ("arousal.risk", "1", 0.15),
                )
                for kind in KINDS
            ],
        },
    }


def stopping(stops: Stops, **tables: Any) -> dict[str, Any]:
    """The same, with a breath that stops in so many."""
    held = result(**tables)
    warnings = [*sentences(stops), *held["warnings"]]
    return {**held, "stops": stops.to_dict(), "warnings": warnings}


def checked(**tables: Any) -> dict[str, Any]:
    """The check of the same, by rules alone."""
    return check(Scenario.from_dict({**TEA, **tables}), today=TODAY, quick=True).to_dict()


def unsaid(**tables: Any) -> tuple[Fact, ...]:
    """What the same left open, each fact moving less than the one before, the last ones nothing."""
    held = list(plausible(Scenario.from_dict({**TEA, **tables})))
    facts = [Fact(NOW, ("at its highest", "24 h after the last dose"), _moved(0.9, "at"))]
    for place, one in enumerate(held):
        first, second = one.ends
        still = one.key.endswith(("age", "sex", "conditions"))
        moved = () if still else _moved(0.8 / (1 + place), "cmax")
        facts.append(Fact(one.key, (first.says, second.says), moved))
    return tuple(sorted(facts, key=lambda one: -one.share))


def _moved(share: float, measure: str) -> tuple[Swing, ...]:
    level = Swing("plasma.mitragynine", measure, "ng/mL", 40.5, (21.5, 83.5), share)
    breath = Swing("breathing.risk", "max", "1", 0.135, (0.0655, 0.245), share / 2)
    return level, breath


def _band(top: float) -> dict[str, list[float]]:
    factors = {"p05": 0.4, "p25": 0.8, "median": 1.0, "p75": 1.3, "p95": 2.5}
    return {name: [top * share * factor for share in _FALL] for name, factor in factors.items()}
