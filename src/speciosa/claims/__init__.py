"""Popular claims, put to the test: a case for each, and a verdict that is computed.

The public names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speciosa.claims.bench import Bench
    from speciosa.claims.claim import Claim, claims
    from speciosa.claims.judging import Verdicts, all_cases, judge
    from speciosa.claims.verdict import Verdict

__all__ = ["Bench", "Claim", "Verdict", "Verdicts", "all_cases", "claims", "judge"]

_MODULES = {
    "Bench": "bench",
    "Claim": "claim",
    "Verdict": "verdict",
    "Verdicts": "judging",
    "all_cases": "judging",
    "claims": "claim",
    "judge": "judging",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'speciosa.claims' has no attribute {name!r}")
    return getattr(import_module(f"speciosa.claims.{_MODULES[name]}"), name)
