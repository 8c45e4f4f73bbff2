"""Which measure of an output tells most, and how large a change of it is a change at all.

Of a concentration it is the peak. Of an effect it is the highest value, but for those that fall:
there it is the lowest. One place for tables, `explain` and `--variants all`.
"""

from __future__ import annotations

from speciosa.model.wiring import CONCENTRATIONS

__all__ = ["FALLING", "NEGLIGIBLE", "is_concentration", "negligible", "telling"]

FALLING = frozenset(
    {
        "arousal.focus",
        "arousal.sleep",
        "autonomic.pupil",
        "breathing.drive",
        "gut.transit",
        "inflammation.mediator",
        "mood.anxiety",
        "mood.stress",
        "muscle.tension",
        "pain.felt",
    }
)
"""Effects that a drug lowers: of these the lowest value tells most."""

NEGLIGIBLE = 1e-3
"""Below it, a share or a fold is nothing that anybody could feel; of what has a unit, as a part."""


def telling(output: str) -> str:
    """The measure that tells most of an output: `cmax`, `max` or `min`."""
    if is_concentration(output):
        return "cmax"
    return "min" if output in FALLING else "max"


def is_concentration(output: str) -> bool:
    """Whether an output is the level of a drug somewhere."""
    return output.partition(".")[0] in CONCENTRATIONS


def negligible(change: float, unit: str, size: float) -> bool:
    """Whether a change of an output that has this unit and is of this size is none at all."""
    return abs(change) < NEGLIGIBLE * (1.0 if unit == "1" else abs(size))
