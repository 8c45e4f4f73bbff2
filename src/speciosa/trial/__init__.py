"""People, regimen and model meet here: scenarios in, results by name out.

The public names are loaded when they are first used: reading a scenario needs no arrays.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speciosa.trial.dose_bands import Bands, bands
    from speciosa.trial.paired import Pairs
    from speciosa.trial.pairs import compare
    from speciosa.trial.result import Result
    from speciosa.trial.scenario import Scenario
    from speciosa.trial.simulation import evidence, simulate
    from speciosa.trial.validation import Validation, validate

__all__ = [
    "Bands",
    "Pairs",
    "Result",
    "Scenario",
    "Validation",
    "bands",
    "compare",
    "evidence",
    "simulate",
    "validate",
]

_MODULES = {
    "Bands": "dose_bands",
    "Pairs": "paired",
    "bands": "dose_bands",
    "compare": "pairs",
    "Result": "result",
    "Scenario": "scenario",
    "Validation": "validation",
    "evidence": "simulation",
    "simulate": "simulation",
    "validate": "validation",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'speciosa.trial' has no attribute {name!r}")
    return getattr(import_module(f"speciosa.trial.{_MODULES[name]}"), name)
