"""What stays of people, whoever is finished first."""

from __future__ import annotations

import numpy as np
from tests.cups import tea

from speciosa.engine.save import Keeper
from speciosa.trial.plan import plan
from speciosa.trial.reduced import Reduced

OUTPUTS = ("plasma.mitragynine", "pain.felt")


def kept(order: list[int], curves: int = 9) -> Reduced:
    """Nine people in chunks of three, in an order; the fifth failed."""
    prepared = plan(tea())
    times = prepared.look.times
    values = np.random.default_rng(1).uniform(0.1, 1.0, (9, len(times), len(OUTPUTS)))
    values[4] = np.nan
    room = np.empty((curves, prepared.look.series.size, len(OUTPUTS)))
    keeper = Reduced(prepared, OUTPUTS, room)
    held: Keeper = keeper
    held.begin(9, times, OUTPUTS)
    for first in order:
        held.take(first, values[first : first + 3], np.zeros(3, dtype=np.int8))
    held.end()
    return keeper


def test_the_order_of_chunks_changes_nothing() -> None:
    one, other = kept([0, 3, 6]), kept([6, 0, 3])
    assert one.curves.tobytes() == other.curves.tobytes()
    for a, b in zip(one.measures, other.measures, strict=True):
        assert (a.output, a.measure, a.window, a.unit) == (b.output, b.measure, b.window, b.unit)
        assert a.values.tobytes() == b.values.tobytes()


def test_every_output_is_measured_in_order_and_who_failed_has_no_number() -> None:
    found = kept([0, 3, 6]).measures
    assert list(dict.fromkeys(one.output for one in found)) == list(OUTPUTS)
    for one in found:
        assert np.isnan(one.values[4])
        if one.measure in ("cmax", "max"):
            assert np.isfinite(np.delete(one.values, 4)).all()


def test_curves_are_those_of_the_first_at_the_times_of_the_series() -> None:
    few, all_of = kept([6, 3, 0], curves=4), kept([0, 3, 6])
    assert few.curves.shape == (4, plan(tea()).look.series.size, len(OUTPUTS))
    assert np.array_equal(few.curves, all_of.curves[:4])
    assert kept([0, 3, 6], curves=0).curves.shape[0] == 0


def test_a_keeper_can_be_used_again() -> None:
    keeper = kept([0, 3, 6])
    keeper.begin(2, np.zeros(0), OUTPUTS)
    assert keeper.numbers.shape == (2, len(keeper.names))
    assert np.isnan(keeper.numbers).all()
    assert np.isnan(keeper.curves).all()
