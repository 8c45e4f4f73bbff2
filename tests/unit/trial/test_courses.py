from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from speciosa.trial import courses
from speciosa.trial.courses import ERROR, Courses
from speciosa.trial.percentiles import PERCENTILES, percentiles, told
from speciosa.trial.result import Course

UNITS = {"plasma.leafine": "ng/mL", "pain.felt": "1"}


def curves(people: int, seed: int) -> np.ndarray:
    """(people, 6 times, 2 outputs); one person failed."""
    values = np.exp(np.random.default_rng(seed).normal(size=(people, 6, 2)))
    values[1] = np.nan
    return told(values.astype(np.float32))


def gathered(
    central: np.ndarray, drawn: Sequence[np.ndarray], chunk: int = 100
) -> tuple[Courses, dict[str, Course]]:
    held = Courses(len(central), len(drawn), *central.shape[1:])
    for first in range(0, len(central), chunk):
        held.central(first, central[first : first + chunk])
    for replicate, values in enumerate(drawn):
        for first in range(0, len(values), chunk):
            held.drawn(replicate, first, values[first : first + chunk])
    return held, held.found(UNITS)


def expected(central: np.ndarray, drawn: Sequence[np.ndarray], place: int) -> dict[str, dict]:
    all_of = np.stack(drawn)[..., place]
    return {
        "variability": percentiles(central[:, :, place]),
        "uncertainty": percentiles(percentiles(all_of, axis=1)["median"]),
        "both": percentiles(all_of.reshape(-1, 6)),
    }


@pytest.mark.parametrize("chunk", [1, 7, 100])
def test_few_curves_have_exact_percentiles(chunk: int) -> None:
    central, drawn = curves(20, 1), [curves(20, seed) for seed in (2, 3, 4)]
    held, found = gathered(central, drawn, chunk)
    assert held.error == 0.0
    for place, (name, unit) in enumerate(UNITS.items()):
        assert found[name].unit == unit
        for kind, band in expected(central, drawn, place).items():
            for percentile in PERCENTILES:
                close = pytest.approx(band[percentile], rel=1e-6)
                assert found[name].bands[kind][percentile] == close


# All are counted, or only all replicates together: a curve takes 48 bytes.
@pytest.mark.parametrize("exact", [10 * 48, 30 * 48])
def test_many_curves_have_percentiles_within_the_error_that_is_said(
    monkeypatch, exact: int
) -> None:
    monkeypatch.setattr(courses, "EXACT", exact)
    central, drawn = curves(20, 1), [curves(20, seed) for seed in (2, 3, 4)]
    held, found = gathered(central, drawn, 7)
    assert held.error == ERROR
    for place, name in enumerate(UNITS):
        for kind, band in expected(central, drawn, place).items():
            for percentile in PERCENTILES:
                close = pytest.approx(band[percentile], rel=1.01 * ERROR)
                assert found[name].bands[kind][percentile] == close, (kind, percentile)


def test_chunks_change_no_bit_of_counted_percentiles(monkeypatch) -> None:
    monkeypatch.setattr(courses, "EXACT", 0)
    central, drawn = curves(20, 1), [curves(20, 2), curves(20, 3)]
    _, one = gathered(central, drawn, 20)
    _, other = gathered(central, drawn, 3)
    for name in UNITS:
        for kind, band in one[name].bands.items():
            for percentile, curve in band.items():
                assert other[name].bands[kind][percentile].tobytes() == curve.tobytes()


def test_without_replicates_people_differ_and_that_is_all() -> None:
    _, found = gathered(curves(5, 1), [])
    assert set(found["pain.felt"].bands) == {"variability"}


def test_when_nobody_has_a_value_there_is_no_percentile() -> None:
    _, found = gathered(np.full((3, 6, 2), np.nan), [])
    assert np.isnan(found["pain.felt"].bands["variability"]["median"]).all()
