"""Numbers from data, and what data would be worth having: what drives the spread of a result.

The public names are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from speciosa.inference.explanation import Explanation, explain

__all__ = ["Explanation", "explain"]

_MODULES = {"Explanation": "explanation", "explain": "explanation"}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module 'speciosa.inference' has no attribute {name!r}")
    return getattr(import_module(f"speciosa.inference.{_MODULES[name]}"), name)
