from __future__ import annotations

import numpy as np
import pytest
from tests.compartments import MODELLED, ONE

from speciosa.engine import Covariates, Events, Outcome, Problem, reference
from speciosa.engine.doses import LATE
from speciosa.engine.timetable import ADD, FILL, INFUSE, RAISE, RESET, SET, Timetable, timetable
from speciosa.errors import InputError

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


ROW = [1.5, 1.1, 20.0, 0.0, 1.0]


def made(
    events: Events,
    covariates: Covariates | None = None,
    row: list[float] = ROW,
    model: Problem = ONE,
    **more: object,
) -> Timetable:
    return timetable(model, np.array([row]), events, covariates, settle=SETTLE, **more)  # pyright: ignore[reportArgumentType] - whatever a test gives


def listed(table: Timetable) -> list[tuple[float, int, int, float]]:
    columns = (table.time, table.kind, table.where, table.value)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def after(time: float) -> float:
    return time + LATE * max(1.0, abs(time))


def test_a_duration_is_kept_and_carries_what_arrives() -> None:
    events = Events.build(person=0, time=1.0, amount=10.0, duration=4.0)
    assert actions(events, f=0.5) == [(1.0, INFUSE, 0, 1.25), (5.0, INFUSE, 0, 0.0)]


def test_modelled_rate_and_duration() -> None:
    row = [1.5, 1.1, 20.0, 0.0, 0.5, 8.0, 2.0]
    found = [
        listed(
            made(
                Events.build(person=0, time=0.0, amount=16.0, rate=rate, compartment=1),
                row=row,
                model=MODELLED,
            )
        )
        for rate in (-1, -2)
    ]
    assert found == [
        [(0.0, INFUSE, 1, 2.0), (4.0, INFUSE, 1, 0.0)],
        [(0.0, INFUSE, 1, 1.0), (8.0, INFUSE, 1, 0.0)],
    ]


@pytest.mark.parametrize(("rate", "word"), [(-1, "rate R"), (-2, "duration D")])
def test_what_the_model_does_not_have_is_refused(rate: float, word: str) -> None:
    events = Events.build(person=0, time=[0.0, 1.0], amount=16.0, rate=[0.0, rate])
    with pytest.raises(
        InputError, match=f"column rate, row 1: .*the model has no {word} for depot"
    ):
        made(events)


@pytest.mark.parametrize(
    ("rate", "row", "sentence"),
    [
        (-1, [1.0, 0.0], "person 0: R of doses into central is 0; expected above 0, finite"),
        (-2, [-1.0, 1.0], "person 0: D of doses into central is -1; expected 0 or more, finite"),
    ],
)
def test_a_rate_or_duration_that_cannot_be_is_said(
    rate: float, row: list[float], sentence: str
) -> None:
    events = Events.build(person=0, time=0.0, amount=16.0, rate=rate, compartment=1)
    table = made(events, row=[*ROW, *row], model=MODELLED)
    assert table.wrong[0].startswith(sentence)
    assert table.outcome.tolist() == [Outcome.BAD_INPUT]


def test_values_of_a_step_are_set_where_they_begin() -> None:
    for kind, times in (("nocb", [after(2.0), after(6.0)]), ("locf", [6.0, 9.0])):
        covariates = Covariates.build(
            person=0, time=[2.0, 6.0, 9.0], parameter=1, value=[1.0, 2.0, 3.0], kind=kind
        )
        found = listed(made(Events.none(), covariates))
        assert found == [(times[0], SET, 1, 2.0), (times[1], SET, 1, 3.0)]


def test_at_one_time_values_then_resets_then_doses_then_carried_back_values() -> None:
    covariates = Covariates.build(
        person=0,
        time=[0.0, 4.0, 8.0] * 2,
        parameter=[1] * 3 + [2] * 3,
        value=[1.0, 2.0, 3.0, 10.0, 20.0, 30.0],
        kind=["nocb"] * 3 + ["locf"] * 3,
    )
    events = Events.build(
        person=0, time=4.0, amount=[5.0, 6.0, 7.0], evid=[4, 1, 1], rate=[0, 2, 0], ss=[0, 0, 2],
        ii=[0, 0, 12],
    )  # fmt: skip
    found = [row[1:3] for row in listed(made(events, covariates)) if 4.0 <= row[0] < 5.0]
    assert found == [(SET, 2), (RESET, 0), (RAISE, 0), (INFUSE, 0), (ADD, 0), (ADD, 0), (SET, 1)]


def test_before_a_dose_means_that_every_action_comes_a_hair_later() -> None:
    events = Events.build(
        person=0, time=[0.0, 100.0], amount=[6.0, 0.0], rate=[2.0, 0.0], evid=[1, 3]
    )
    late = [row[0] for row in listed(made(events, at_dose="before"))]
    assert late == [after(0.0), after(3.0), after(100.0)]
    with pytest.raises(InputError, match="at_dose: got 'during'; expected after or before"):
        made(events, at_dose="during")


def test_records_after_an_observation_of_their_time_come_a_hair_later() -> None:
    events = Events.build(
        person=0, time=[1.0, 1.0, 1.0, 2.0], amount=[5.0, 0.0, 7.0, 9.0], evid=[1, 0, 1, 1]
    )
    assert listed(made(events)) == [
        (1.0, ADD, 0, 5.0),
        (after(1.0), ADD, 0, 7.0),
        (2.0, ADD, 0, 9.0),
    ]


def test_a_steady_state_fills_the_states_and_cancels_what_was_to_come() -> None:
    events = Events.build(
        person=0, time=[0.0, 6.0], amount=[9.0, 10.0], compartment=1, addl=[5, 1], ii=4.0, ss=[0, 1]
    )
    table = made(events)
    assert listed(table) == [
        (0.0, ADD, 1, 9.0),
        (4.0, ADD, 1, 9.0),
        (6.0, FILL, 0, 0.0),
        (6.0, ADD, 1, 10.0),
        (10.0, ADD, 1, 10.0),
    ]
    kept = np.exp(-4.0 * 1.1 / 20.0)
    assert table.vectors[0] == pytest.approx([0.0, 10.0 * kept / (1 - kept)], rel=1e-6)


def test_doses_that_still_wait_at_a_steady_state_enter_after_it() -> None:
    row = [1.5, 1.1, 20.0, 9.0, 1.0]
    events = Events.build(person=0, time=2.0, amount=10.0, ii=4.0, ss=1)
    found = [(time, kind) for time, kind, *_ in listed(made(events, row=row))]
    assert found == [(2.0, FILL), (3.0, ADD), (7.0, ADD), (11.0, ADD)]


def test_infusions_that_run_at_a_steady_state_run_to_their_end() -> None:
    events = Events.build(person=0, time=0.0, amount=10.0, rate=1.0, ii=4.0, ss=1)
    found = listed(made(events))
    assert found[0][:2] == (0.0, FILL)
    assert found[1:] == [
        *((0.0, INFUSE, 0, level) for level in (1.0, 2.0, 3.0)),
        (2.0, INFUSE, 0, 2.0),
        (6.0, INFUSE, 0, 1.0),
        (10.0, INFUSE, 0, 0.0),
    ]


def test_an_infusion_that_would_run_a_million_times_at_once_is_refused() -> None:
    events = Events.build(person=0, time=0.0, amount=10.0, rate=1e-9, ii=1.0, ss=1)
    assert "an infusion into depot at steady state lasts 1e+10 h" in made(events).wrong[0]
    late = made(Events.build(person=0, time=0.0, amount=1.0, ii=1e-3, ss=1), row=[1, 1, 1, 1e5, 1])
    assert "the lag of a steady state dose is 100000 h" in late.wrong[0]
