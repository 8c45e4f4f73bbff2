"""Results that nobody simulated, for tests of what tables, figures and files make of a result."""

from __future__ import annotations

from typing import Any

import numpy as np

TIMES = np.concatenate([np.arange(0.0, 6.0, 0.25), np.arange(6.0, 72.5, 2.0)])
WIDTHS = {"variability": 0.5, "uncertainty": 0.25, "both": 0.6}
UNITS = {"plasma.mitragynine": "ng/mL", "opioid.occupancy": "1"}


def result(series: bool = False) -> dict[str, Any]:
    """What `speciosa simulate --json` prints, with two outputs."""
    table: dict[str, Any] = {
        "scenario": {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}},
        "model": {"version": "0.1", "hash": "abc", "variants": [], "method": "rodas5p"},
        "seed": 1,
        "people": {"n": 200, "replicates": 50, "failed": 0},
        "measures": [
            *_rows("plasma.mitragynine", "cmax", "ng/mL", 60.0),
            *_rows("plasma.mitragynine", "tmax", "h", 1.2),
            *_rows("opioid.occupancy", "max", "1", 0.3),
        ],
        "warnings": ["Pain is a sketch."],
        "evidence": [
            {"id": "a/b", "status": "measured", "read": "verified"},
            {"id": "a/c", "status": "assumed", "read": "recalled"},
        ],
        "assumptions": ["person.weight = 70 kg: the customary adult"],
    }
    if series:
        outputs = [_course(name, kind) for name in UNITS for kind in WIDTHS]
        table["series"] = {"times": TIMES.tolist(), "doses": [0.0], "outputs": outputs}
    return table


def validation() -> dict[str, Any]:
    """What `speciosa validate --json` prints, with one comparison of each use."""
    common = {
        "part": "levels",
        "output": "plasma.mitragynine",
        "window": "all",
        "error": "fold",
        "inside_90": True,
        "kratom": True,
        "statistic": "median",
        "arm": "tea",
        "n": 5,
        "source": "somebody-2020",
    }
    return {
        "comparisons": [
            common
            | {"measure": "cmax", "unit": "ng/mL", "observed": 60.0, "simulated": 66.0}
            | {"p05": 40.0, "p95": 90.0, "fold": 1.1, "study": "first", "use": "fit"},
            common
            | {"measure": "half_life", "unit": "h", "observed": 40.0, "simulated": 100.0}
            | {"p05": 60.0, "p95": 150.0, "fold": 2.5, "study": "second", "use": "validate"}
            | {"inside_90": False},
        ],
        "groups": [_group("fitted", 1.1, None), _group("never seen, shape", 2.5, 3.0)],
    }


def _rows(output: str, measure: str, unit: str, median: float) -> list[dict[str, Any]]:
    return [
        {
            "output": output,
            "measure": measure,
            "window": "all",
            "unit": unit,
            "kind": kind,
            "median": median,
            "p05": median * (1 - width),
            "p25": median * (1 - width / 2),
            "p75": median * (1 + width / 2),
            "p95": median * (1 + width),
        }
        for kind, width in WIDTHS.items()
    ]


def _course(output: str, kind: str) -> dict[str, Any]:
    middle = 60 * (np.exp(-0.1 * TIMES) - np.exp(-1.5 * TIMES))
    width = WIDTHS[kind]
    factors = {"p05": 1 - width, "p25": 1 - width / 2, "median": 1.0}
    factors |= {"p75": 1 + width / 2, "p95": 1 + width}
    bands = {name: (factor * middle).tolist() for name, factor in factors.items()}
    return {"output": output, "unit": UNITS[output], "kind": kind, **bands}


def _group(name: str, gmfe: float, baseline: float | None) -> dict[str, Any]:
    return {
        "group": name,
        "n": 1,
        "gmfe": gmfe,
        "within_1_5": 1.0,
        "within_2": 1.0,
        "inside_90": 0.0,
        "interval_score": 1.2,
        "baseline_gmfe": baseline,
    }
