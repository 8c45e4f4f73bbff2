from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from speciosa.regimen import Schedule, before, doses


def test_one_dose() -> None:
    assert doses(2.0) == Schedule((0.0,), (2.0,), None)


def test_a_start_moves_every_dose() -> None:
    assert doses(2.0, every=8.0, duration=24.0, start=1.0).times == (1.0, 9.0, 17.0)


def test_the_dose_due_at_the_very_end_is_not_taken() -> None:
    assert len(doses(2.0, every=8.0, duration=14 * 24.0).times) == 42


def test_an_end_between_doses_cuts_nothing_off() -> None:
    assert doses(2.0, every=8.0, duration=20.0).times == (0.0, 8.0, 16.0)


def test_steps_titrate_pause_and_taper() -> None:
    plan = doses(1.0, every=12.0, duration=72.0, steps=[(24.0, 2.0), (36.0, 0.0), (60.0, 0.5)])
    assert plan.times == (0.0, 12.0, 24.0, 60.0)
    assert plan.amounts == (1.0, 1.0, 2.0, 0.5)


def test_a_step_holds_from_its_very_moment() -> None:
    assert doses(1.0, every=8.0, duration=16.0, steps=[(8.0, 3.0)]).amounts == (1.0, 3.0)


def test_no_dose_at_all() -> None:
    assert doses(0.0) == Schedule()
    assert doses(0.0, every=8.0, duration=24.0).times == ()
    assert doses(0.0).first is None


def test_first_and_last_interval() -> None:
    plan = doses(1.0, every=8.0, duration=48.0, steps=[(24.0, 0.0)])
    assert plan.first == (0.0, 8.0)
    assert plan.last == (16.0, 24.0)
    assert doses(1.0).last == (0.0, None)


def test_a_habit_ends_one_interval_before_time_zero() -> None:
    assert before(3.0, every=8.0, duration=24.0, memory=1e6).times == (-24.0, -16.0, -8.0)


def test_a_habit_is_followed_only_as_far_as_memory_reaches() -> None:
    assert before(3.0, every=8.0, duration=8766.0, memory=20.0).times == (-16.0, -8.0)
    assert before(3.0, every=8.0, duration=8766.0, memory=4.0).times == ()


@given(
    every=st.floats(0.25, 100.0),
    count=st.integers(1, 200),
    memory=st.floats(0.0, 1e4),
)
def test_history_and_regimen_join_without_a_gap(every: float, count: int, memory: float) -> None:
    past = before(1.0, every, count * every, memory)
    ahead = doses(1.0, every, count * every)
    assert all(-memory <= t < 0.0 for t in past.times)
    assert len(ahead.times) in (count, count + 1)  # the product of two floats may round up
    assert list(past.times + ahead.times) == sorted(set(past.times + ahead.times))
    if past.times:
        assert past.times[-1] == -every
