"""In how many the breath stops in a run, and whether that is an emergency.

True: nobody is revived in the model, so a breath that falls to nothing once has stopped.
Assumed: below 1 % of usual it is said to have stopped. One person by the central numbers, or a
tenth of all people of all draws of what we do not know, make an emergency; conventions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

__all__ = ["LEAST_BREATH", "LIKELY", "RARE", "STOPPED", "Stops", "sentences", "told"]

STOPPED = 0.01
"""Share of the usual breath below which it is said to have stopped."""
LEAST_BREATH = ("breathing.drive", "min", "all")
"""The output, measure and window in which a stop is seen."""
RARE = 0.01
"""Share of all people of all draws below which a stop is told as not excluded, and not as seen."""
LIKELY = 0.1
"""Share of them from which a stop is an emergency, also where the central numbers show none."""

_SEEN = "BREATHING STOPS"


@dataclass(frozen=True, slots=True)
class Stops:
    """In how many it stops.

    Attributes:
        people: by the central numbers, of `of` people.
        of: people whose breath was followed.
        draws: draws of what we do not know in which it stops in somebody, of `of_draws`.
        of_draws: draws; 0 where there were none.
        share: of all people of all draws; without draws of the people.
    """

    people: int = 0
    of: int = 0
    draws: int = 0
    of_draws: int = 0
    share: float = 0.0

    @property
    def any(self) -> bool:
        """Whether it stops in anybody at all."""
        return bool(self.people or self.draws)

    @property
    def emergency(self) -> bool:
        """Whether it is an emergency, if somebody took this."""
        return self.people > 0 or self.share >= LIKELY

    @property
    def percent(self) -> str:
        """The share of all people of all draws, in words."""
        return f"{100 * self.share:.0f} %" if self.share >= RARE else f"less than {100 * RARE:g} %"

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {**asdict(self), "emergency": self.emergency}

    @classmethod
    def from_dict(cls, table: Mapping[str, Any]) -> Self:
        """Of the same plain data."""
        return cls(**{one.name: table[one.name] for one in fields(cls)})


def sentences(stops: Stops) -> Iterator[str]:
    """What has to be known of it before any number; nothing where breath stops in nobody."""
    if not stops.any:
        return
    if not stops.people and stops.share < RARE:
        yield (
            f"Not excluded: in {stops.draws} of {stops.of_draws} draws of what we do not know "
            f"breath stops in somebody, {stops.percent} of all people of all draws; by the "
            "central numbers in nobody."
        )
        return
    said = f"{_SEEN} in {stops.people} of {stops.of} simulated people by the central numbers"
    if stops.of_draws:
        said += (
            f", and in {stops.draws} of {stops.of_draws} draws of what we do not know it stops in "
            f"somebody ({stops.percent} of all people of all draws)"
        )
    yield f"{said}: it falls below {100 * STOPPED:g} % of usual. Nobody is revived in the model."


def told(warnings: Iterable[str]) -> tuple[str, ...]:
    """Of the warnings of a run, or of several, those that tell of a breath that stops."""
    return tuple(one for one in warnings if one.startswith(_SEEN))
