"""How hard a text is to read, in years of school."""

from __future__ import annotations

import textstat

__all__ = ["grade"]


def grade(text: str) -> float:
    """Flesch-Kincaid grade of a text."""
    return textstat.flesch_kincaid_grade(text)  # pyright: ignore[reportAttributeAccessIssue]
