"""Crowds: kept while few, counted beyond."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from speciosa.trial.crowd import Counted, Kept, Replicates, Room
from speciosa.trial.percentiles import PERCENTILES, percentiles

PEOPLE, REPLICATES, MEASURES = 50, 4, 3
ALL = 4 * PEOPLE * REPLICATES * MEASURES
VALUES = np.random.default_rng(1).lognormal(size=(REPLICATES, PEOPLE, MEASURES)).astype(np.float32)
VALUES[0, 7] = np.nan


def gathered(most: int, chunk: int = 50) -> Replicates:
    held = Replicates(PEOPLE, REPLICATES, Room((MEASURES,), most, 0.001))
    for replicate, people in enumerate(VALUES):
        for first in range(0, PEOPLE, chunk):
            held.take(replicate, first, people[first : first + chunk].astype(np.float64))
    return held


def expected() -> dict[str, Mapping[str, np.ndarray]]:
    medians = percentiles(VALUES, axis=1)["median"]
    return {
        "uncertainty": percentiles(medians),
        "both": percentiles(VALUES.reshape(-1, MEASURES)),
    }


def test_few_are_kept_and_many_counted() -> None:
    room = Room((MEASURES,), ALL, 0.001)
    assert isinstance(room.of(PEOPLE * REPLICATES), Kept)
    assert isinstance(room.of(PEOPLE * REPLICATES + 1), Counted)


# All are kept; or a replicate is, and not all of them together; or nobody is.
@pytest.mark.parametrize(("most", "error"), [(ALL, 0.0), (ALL // 2, 0.001), (0, 0.001)])
def test_percentiles_are_right_to_within_what_is_said(most: int, error: float) -> None:
    held = gathered(most)
    assert held.error == error
    for kind, band in expected().items():
        for name in PERCENTILES:
            close = pytest.approx(band[name], rel=1e-6 + error)
            assert held.bands()[kind][name] == close, (kind, name)


@pytest.mark.parametrize("most", [ALL, 0])
def test_chunks_change_no_bit(most: int) -> None:
    one, other = gathered(most).bands(), gathered(most, chunk=7).bands()
    for kind, band in one.items():
        for name in PERCENTILES:
            assert band[name].tobytes() == other[kind][name].tobytes()


def test_without_replicates_there_is_nothing_to_say() -> None:
    held = Replicates(PEOPLE, 0, Room((MEASURES,), ALL, 0.001))
    assert held.bands() == {}
    assert held.error == 0.0
