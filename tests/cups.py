"""Small scenarios of known content, and runs of them that several tests look at."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from speciosa import Scenario, simulate
from speciosa.trial.result import Result

ROOT = Path(__file__).parents[1]
TWO_GRAMS = ROOT / "examples" / "two-grams-of-tea.toml"

# Only these alkaloids, and exactly so much of them: nothing about the product is left to chance.
PRODUCT: dict[str, Any] = {
    "kind": "tea",
    "mitragynine": "19.5 mg/g",
    "profile": {
        "paynantheine": "0 mg/g",
        "speciogynine": "0 mg/g",
        "speciociliatine": "5.12 mg/g",
        "mitraciliatine": "0 mg/g",
        "isopaynantheine": "0 mg/g",
        "hydroxymitragynine": "0 mg/g",
    },
}


def tea(**tables: Any) -> Scenario:
    """One cup of two grams, followed for three days, by few people."""
    given: dict[str, Any] = {
        "product": PRODUCT,
        "regimen": {"dose": "2 g"},
        "output": {"until": "72 h"},
        "run": {"people": 4, "replicates": 2, "seed": 3},
    }
    return Scenario(**{**given, **tables})


@cache
def two_grams(people: int = 200, replicates: int = 1) -> Result:
    """The example of two grams of tea."""
    return simulate(Scenario.load(TWO_GRAMS), people=people, replicates=replicates)
