"""How many people are integrated at once, and how far along a run of several integrations is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

__all__ = ["LANES", "Ahead", "Progress", "blocks"]

Progress = Callable[[int, int], None]
"""Called with (people done, people)."""

LANES = 2000
"""People integrated side by side; more would only take memory."""


def blocks(people: int, replicates: int, lanes: int = LANES) -> Iterator[range]:
    """Replicates in groups that fill the lanes."""
    size = max(1, lanes // people)
    for start in range(0, replicates, size):
        yield range(start, min(start + size, replicates))


class Ahead:
    """Progress over several integrations, in people."""

    def __init__(self, report: Progress | None, total: int) -> None:
        self.report, self.total, self.before = report, total, 0

    def step(self, done: int, of: int) -> None:
        """People done in the integration that runs now."""
        if self.report is not None:
            self.report(min(self.before + done, self.total), self.total)

    def finish(self, lanes: int) -> None:
        """One integration is over."""
        self.before += lanes
        self.step(0, lanes)
