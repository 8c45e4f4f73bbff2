"""Jobs whose runs wait until they are let go."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from slow_runs import Slow
from speciosa.web import whole
from speciosa.web.jobs import Jobs


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    held = Slow()
    monkeypatch.setattr(whole, "simulate", held)
    return held


@pytest.fixture
def jobs(slow: Slow) -> Iterator[Jobs]:
    held = Jobs()
    yield held
    held.close()
