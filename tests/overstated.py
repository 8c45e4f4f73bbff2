"""Words in a text that claim more than its certainty allows."""

from __future__ import annotations

import re

from speciosa.claims.grade import LEVELS
from speciosa.claims.words import OVERSTATED

__all__ = ["overstated"]


def overstated(text: str, certainty: str) -> list[str]:
    """Those words, with their endings: "proves" is found as "prove" is, "improve" is not."""
    levels = LEVELS[LEVELS.index(certainty) :]
    return [
        found[0]
        for level in levels
        for word in OVERSTATED[level]
        for found in re.finditer(rf"\b{word}\w*", text, 0 if word[0].isupper() else re.IGNORECASE)
    ]
