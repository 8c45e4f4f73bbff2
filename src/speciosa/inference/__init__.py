"""What data would be worth having: what drives the spread of a result, and what to ask first.

The public names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speciosa.inference.explanation import Explanation, explain
    from speciosa.inference.swings import Fact, Swing, missing

__all__ = ["Explanation", "Fact", "Swing", "explain", "missing"]

_MODULES = {
    "Explanation": "explanation",
    "Fact": "swings",
    "Swing": "swings",
    "explain": "explanation",
    "missing": "swings",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'speciosa.inference' has no attribute {name!r}")
    return getattr(import_module(f"speciosa.inference.{_MODULES[name]}"), name)
