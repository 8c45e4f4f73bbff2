"""Speciosa: an open, executable pharmacology of kratom.

The public names are loaded when they are first used, so that `speciosa --help` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speciosa import claims
    from speciosa.errors import SpeciosaError
    from speciosa.inference import explain
    from speciosa.model import Model
    from speciosa.report.figures import figure
    from speciosa.report.system import show
    from speciosa.safety import check
    from speciosa.trial import Pairs, Result, Scenario, bands, compare, simulate, validate

__version__ = "0.1.0.dev0"

__all__ = [
    "Model",
    "Pairs",
    "Result",
    "Scenario",
    "SpeciosaError",
    "__version__",
    "bands",
    "check",
    "claims",
    "compare",
    "explain",
    "figure",
    "show",
    "simulate",
    "validate",
]

_HOME = {
    "Model": "speciosa.model",
    "Pairs": "speciosa.trial",
    "Result": "speciosa.trial",
    "Scenario": "speciosa.trial",
    "SpeciosaError": "speciosa.errors",
    "bands": "speciosa.trial",
    "check": "speciosa.safety",
    "compare": "speciosa.trial",
    "explain": "speciosa.inference",
    "figure": "speciosa.report.figures",
    "show": "speciosa.report.system",
    "simulate": "speciosa.trial",
    "validate": "speciosa.trial",
}


def __getattr__(name: str) -> object:
    if name == "claims":  # the package itself: `speciosa.claims.judge()`
        return import_module("speciosa.claims")
    if name not in _HOME:
        raise AttributeError(f"module 'speciosa' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
