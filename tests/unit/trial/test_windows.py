from __future__ import annotations

import numpy as np
import pytest

from speciosa.trial.windows import Look, Window, look


def window(plan: Look, name: str) -> Window:
    return next(w for w in plan.windows if w.name == name)


def sampled(plan: Look, name: str) -> list[float]:
    return plan.times[window(plan, name).samples].tolist()


def test_a_single_dose_has_one_window():
    plan = look([0.0], None, 48.0, None)
    assert [(w.name, w.start, w.end) for w in plan.windows] == [("all", 0.0, 48.0)]
    assert (plan.times[0], plan.times[-1]) == (0.0, 48.0)


def test_repeated_doses_have_a_first_a_last_and_a_whole_window():
    plan = look([0.0, 8.0, 16.0], 8.0, 72.0, None)
    assert [(w.name, w.start, w.end) for w in plan.windows] == [
        ("first", 0.0, 8.0),
        ("last", 16.0, 24.0),
        ("all", 0.0, 72.0),
    ]


def test_the_last_window_ends_with_the_run():
    plan = look([0.0, 8.0, 16.0], 8.0, 20.0, None)
    last = window(plan, "last")
    assert (last.start, last.end) == (16.0, 20.0)
    assert sampled(plan, "last")[-1] == 20.0


def test_doses_at_or_after_the_end_are_not_looked_at():
    plan = look([0.0, 8.0, 16.0, 24.0], 8.0, 16.0, None)
    assert window(plan, "last").start == 8.0
    assert plan.times[-1] == 16.0


def test_a_regimen_of_one_dose_is_a_single_dose():
    assert [w.name for w in look([0.0], 24.0, 48.0, None).windows] == ["all"]


def test_without_any_dose_there_is_still_something_to_draw():
    plan = look([], None, 24.0, None)
    assert [w.name for w in plan.windows] == ["all"]
    assert plan.times[-1] == 24.0


def test_times_rise_strictly_and_hold_every_dose_and_the_end():
    doses = np.arange(15) * 24.0
    plan = look(doses.tolist(), 24.0, 500.0, [0.5, 1.0, 7.3])
    assert (np.diff(plan.times) > 1e-9).all()
    assert np.isin(doses, plan.times).all()
    assert plan.times[-1] == 500.0


def test_the_grid_is_close_after_every_dose_and_closest_after_the_first_and_the_last():
    plan = look([0.0, 24.0, 48.0], 24.0, 96.0, None)
    for start, gap in ((0.0, 0.1), (24.0, 0.25), (48.0, 0.1)):
        near = plan.times[(plan.times >= start) & (plan.times <= start + 3)]
        assert np.diff(near).max() == pytest.approx(gap)


def test_a_study_samples_when_it_says_from_each_windows_start():
    plan = look([0.0, 24.0], 24.0, 72.0, [1.0, 2.5, 30.0])
    assert sampled(plan, "first") == [0.0, 1.0, 2.5]
    assert sampled(plan, "last") == [24.0, 25.0, 26.5]
    assert sampled(plan, "all") == [0.0, 1.0, 2.5, 30.0]


def test_the_tail_goes_on_after_the_interval():
    plan = look([0.0, 24.0], 24.0, 72.0, [1.0, 2.5, 30.0, 60.0])
    assert plan.times[window(plan, "last").tail].tolist() == [24.0, 25.0, 26.5, 54.0]
    dense = look([0.0, 24.0], 24.0, 72.0, None)
    assert dense.times[window(dense, "last").tail][-1] == 72.0


def test_samples_of_a_study_are_no_points_of_the_drawn_curve():
    plan = look([0.0], None, 24.0, [1.234])
    assert 1.234 in plan.times
    assert 1.234 not in plan.times[plan.series]


def test_doses_closer_than_the_dense_grid_are_told_apart():
    plan = look([0.0, 0.03, 0.06], 0.03, 2.0, None)
    assert {0.03, 0.06} <= set(plan.times.tolist())
    assert window(plan, "first").end == 0.03
    assert sampled(plan, "first") == [0.0, pytest.approx(0.03, abs=2e-6)]


def test_an_interval_that_ends_with_the_next_dose_is_read_just_before_it():
    plan = look([0.0, 24.0], 24.0, 72.0, None)
    assert sampled(plan, "first")[-1] == pytest.approx(24.0 - 1e-6, abs=1e-9)
    assert sampled(plan, "last")[0] == 24.0
    # Nothing is taken at 48 h.
    assert sampled(plan, "last")[-1] == 48.0
    assert (np.diff(plan.times) > 0).all()


def test_one_moment_written_in_two_ways_is_one_time():
    plan = look([0.0, 0.1 + 0.2], 0.3, 1.0, None)
    assert np.count_nonzero(np.isclose(plan.times, 0.3, rtol=0, atol=1e-8)) == 1
