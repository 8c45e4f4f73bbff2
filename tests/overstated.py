"""Words in a text that claim more than its certainty allows."""

from __future__ import annotations

import re
from collections.abc import Mapping

from speciosa.claims.grade import LEVELS

__all__ = ["OVERSTATED", "overstated"]

OVERSTATED: Mapping[str, tuple[str, ...]] = {
    "high": ("cure", "always", "never fails", "guarantee"),
    "moderate": ("prove", "certain", "It is so that", "It is not so that"),
    "low": ("likely",),
    "very low": ("It may be that", "It may not be so that"),
}
"""Words that claim more than a certainty allows: those of a level and of all above it.

Those with a capital do so at the start of a sentence alone.
"""


def overstated(text: str, certainty: str) -> list[str]:
    """Those words, with their endings: "proves" is found as "prove" is, "improve" is not."""
    levels = LEVELS[LEVELS.index(certainty) :]
    return [
        found[0]
        for level in levels
        for word in OVERSTATED[level]
        for found in re.finditer(rf"\b{word}\w*", text, 0 if word[0].isupper() else re.IGNORECASE)
    ]
