from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import ONE

from speciosa.engine import Events, reference
from speciosa.engine.timetable import ADD, INFUSE, RESET, timetable

SETTLE = reference.settle(ONE, 1e-9, np.full(2, 1e-11), 10_000)


def actions(
    events: Events, lag: float = 0.0, f: float = 1.0
) -> list[tuple[float, int, int, float]]:
    table = timetable(ONE, np.array([[1.5, 1.1, 20.0, lag, f]]), events, settle=SETTLE)
    columns = (table.time, table.kind, table.where, table.value)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_lag_and_f_belong_to_the_dose() -> None:
    events = Events.build(person=0, time=2.0, amount=10.0, compartment=1)
    assert actions(events, lag=0.5, f=0.8) == [(2.5, ADD, 1, 8.0)]


def test_repeats_are_evenly_spaced() -> None:
    events = Events.build(person=0, time=1.0, amount=10.0, addl=2, ii=8)
    assert [time for time, *_ in actions(events)] == [1.0, 9.0, 17.0]


def test_an_infusion_keeps_its_rate_and_lasts_for_f_times_the_amount() -> None:
    events = Events.build(person=0, time=0.0, amount=10.0, rate=2.0, compartment=1)
    assert actions(events, f=0.5) == [(0.0, INFUSE, 1, 2.0), (2.5, INFUSE, 1, 0.0)]


def test_infusions_add_up_and_end_in_exactly_nothing() -> None:
    events = Events.build(person=0, time=[0, 1, 2], amount=[1, 2, 3], rate=[0.1, 0.2, 0.3])
    levels = [value for *_, value in actions(events)]
    assert max(levels) == pytest.approx(0.6)
    assert levels[-1] == 0.0


def test_a_dose_of_nothing_is_no_action() -> None:
    assert actions(Events.build(person=0, time=0.0, amount=0.0)) == []
    assert actions(Events.build(person=0, time=0.0, amount=5.0), f=0.0) == []
    assert actions(Events.build(person=0, time=0.0, evid=[2])) == []
    assert actions(Events.build(person=0, time=0.0, evid=[0])) == []


def test_an_infusion_too_short_to_time_is_a_dose_at_once() -> None:
    events = Events.build(person=0, time=100.0, amount=5.0, rate=1e20)
    assert actions(events) == [(100.0, ADD, 0, 5.0)]


def test_a_reset_cancels_what_was_recorded_before_it() -> None:
    events = Events.build(
        person=0,
        time=[0, 4, 4, 10],
        amount=[10, 6, 0, 3],
        rate=[0, 1, 0, 0],
        addl=[5, 0, 0, 0],
        ii=[3, 0, 0, 0],
        evid=[1, 1, 3, 1],
    )
    assert actions(events, lag=2.0) == [
        (2.0, ADD, 0, 10.0),
        (4.0, RESET, 0, 0.0),
        (12.0, ADD, 0, 3.0),
    ]


def test_a_reset_ends_a_running_infusion() -> None:
    events = Events.build(person=0, time=[0, 4], amount=[100, 0], rate=[1, 0], evid=[1, 3])
    assert actions(events) == [
        (0.0, INFUSE, 0, 1.0),
        (4.0, RESET, 0, 0.0),
        (4.0, INFUSE, 0, 0.0),
    ]


def test_reset_and_dose_keeps_its_own_dose() -> None:
    events = Events.build(
        person=0, time=[0, 4], amount=[10, 20], evid=[1, 4], addl=[3, 1], ii=[3, 5]
    )
    assert actions(events) == [
        (0.0, ADD, 0, 10.0),
        (3.0, ADD, 0, 10.0),
        (4.0, RESET, 0, 0.0),
        (4.0, ADD, 0, 20.0),
        (9.0, ADD, 0, 20.0),
    ]


def test_resets_of_one_person_do_not_touch_another() -> None:
    events = Events.build(
        person=[0, 0, 1], time=[0, 4, 0], amount=[10, 0, 10], evid=[1, 3, 1], addl=[2, 0, 2], ii=3
    )
    table = timetable(ONE, np.array([[1.5, 1.1, 20.0, 0.0, 1.0]] * 2), events, settle=SETTLE)
    assert table.time[table.first[1] :].tolist() == [0.0, 3.0, 6.0]


@pytest.mark.parametrize(("lag", "f", "word"), [(-1.0, 1.0, "lag"), (0.0, np.nan, "F")])
def test_a_lag_or_f_that_cannot_be_is_said(lag: float, f: float, word: str) -> None:
    events = Events.build(person=0, time=0.0, amount=1.0)
    table = timetable(ONE, np.array([[1.5, 1.1, 20.0, lag, f]]), events, settle=SETTLE)
    assert f"person 0: {word} of doses into depot" in table.wrong[0]


def test_time_begins_at_the_first_record_before_zero() -> None:
    events = Events.build(person=[1, 2], time=[-24.0, 3.0], amount=1.0)
    table = timetable(ONE, np.array([[1.5, 1.1, 20.0, 0.0, 1.0]] * 3), events, settle=SETTLE)
    assert table.begin.tolist() == [0.0, -24.0, 0.0]
