"""Courses: how a stop, a taper, breaks and a titration fall and rise, in hours and amounts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from speciosa.errors import InputError
from speciosa.regimen import doses, plans
from speciosa.regimen.plans import DAY, MONTH, WEEK


def test_an_abrupt_stop_leaves_no_dose() -> None:
    course = plans.stop()
    assert course.stops
    assert doses(course.dose, 8.0, course.end, course.steps).times == ()


def test_a_tenth_a_week_is_nine_steps_down_and_then_nothing() -> None:
    course = plans.taper(3.0, 0.1, WEEK)
    assert course.doses == pytest.approx([2.7, 2.4, 2.1, 1.8, 1.5, 1.2, 0.9, 0.6, 0.3, 0.0])
    assert [start for start, _ in course.steps] == [WEEK * n for n in range(1, 10)]
    assert course.stops


def test_a_tenth_a_month_takes_as_many_steps_as_a_tenth_a_week() -> None:
    week, month = (plans.taper(3.0, 0.1, period) for period in (WEEK, MONTH))
    assert week.doses == month.doses
    assert (week.end, month.end) == (70 * DAY, 300 * DAY)


def test_a_share_that_does_not_divide_the_dose_ends_with_a_smaller_cut() -> None:
    assert plans.taper(10.0, 0.3, WEEK).doses == pytest.approx([7.0, 4.0, 1.0, 0.0])


def test_a_tenth_of_what_is_left_cuts_less_each_time_and_stops_where_it_is_told() -> None:
    course = plans.fading(1.0, 0.1, WEEK, until=0.5)
    assert course.doses == pytest.approx([0.9, 0.81, 0.729, 0.6561, 0.59049, 0.531441, 0.0])


@drawn(
    dose=st.floats(0.1, 100.0),
    share=st.floats(0.01, 0.9),
    period=st.sampled_from([DAY, WEEK, MONTH]),
)
def test_a_taper_only_falls_and_ends_at_nothing(dose: float, share: float, period: float) -> None:
    for course in (plans.taper(dose, share, period), plans.fading(dose, share, period)):
        sizes = (dose, *course.doses)
        assert all(one > other for one, other in pairwise(sizes))
        assert course.stops
        assert course.end == pytest.approx(len(course.doses) * period)


@drawn(dose=st.floats(0.1, 100.0), share=st.floats(0.01, 0.9))
def test_of_what_is_left_never_cuts_faster_than_of_the_first_dose(
    dose: float, share: float
) -> None:
    straight, bent = plans.taper(dose, share, WEEK), plans.fading(dose, share, WEEK, until=0.001)
    for week in range(len(straight.doses)):
        time = (week + 0.5) * WEEK
        assert bent.at(time) >= straight.at(time) - 1e-6


def test_two_days_off_in_seven() -> None:
    course = plans.breaks(3.0, 2 * DAY, WEEK, 14 * DAY)
    taken = [course.at((day + 0.5) * DAY) for day in range(14)]
    assert taken == [3.0] * 5 + [0.0] * 2 + [3.0] * 5 + [0.0] * 2


def test_a_titration_starts_low_and_ends_where_it_was_to_go() -> None:
    course = plans.titration(1.0, 3.0, rises=4, period=3 * DAY, length=30 * DAY)
    assert course.doses == (1.0, 1.5, 2.0, 2.5, 3.0)
    assert not course.stops


def test_rotation_of_strains_is_the_same_course() -> None:
    course = plans.steady(3.0, 30 * DAY)
    assert plans.rotation(course, ["Red Bali", "Green Maeng Da"]) is course


def test_capsules_are_taken_whole() -> None:
    course = plans.whole(plans.taper(4.0, 0.1, WEEK), 1.0)
    assert course.doses == (4.0, 3.0, 2.0, 1.0, 0.0)
    assert [start / WEEK for start, _ in course.steps] == [1.0, 3.0, 6.0, 8.0]


@drawn(dose=st.integers(1, 30), share=st.floats(0.02, 0.9), pieces=st.sampled_from([0.5, 1.0]))
def test_whole_pieces_never_rise_and_end_at_nothing(dose: int, share: float, pieces: float) -> None:
    course = plans.whole(plans.taper(float(dose), share, WEEK), pieces)
    assert all((size / pieces).is_integer() for size in course.doses)
    assert list(course.doses) == sorted(course.doses, reverse=True)
    assert course.stops


def test_a_clinicians_own_is_kept_as_it_is_written() -> None:
    course = plans.given(3.0, [(7 * DAY, 2.0), (14 * DAY, 0.0)], 21 * DAY)
    assert course.doses == (3.0, 2.0, 0.0)


def test_what_went_before_comes_first() -> None:
    course = plans.after(plans.taper(3.0, 0.5, WEEK), 2.0, [(2 * DAY, 3.0)], 10 * DAY)
    assert course.dose == 2.0
    assert course.steps == ((2 * DAY, 3.0), (10 * DAY, 1.5), (10 * DAY + WEEK, 0.0))
    assert course.end == 10 * DAY + 2 * WEEK


@pytest.mark.parametrize(
    ("make", "key"),
    [
        (lambda: plans.taper(0.0, 0.1, WEEK), "dose"),
        (lambda: plans.taper(3.0, 1.0, WEEK), "share"),
        (lambda: plans.taper(3.0, 0.1, 0.0), "period"),
        (lambda: plans.fading(3.0, 0.1, WEEK, until=0.0), "until"),
        (lambda: plans.given(3.0, [(7.0, 2.0), (7.0, 1.0)], 9.0), "steps"),
        (lambda: plans.given(3.0, [(7.0, -2.0)], 9.0), "steps"),
        (lambda: plans.given(3.0, [(7.0, 2.0)], 7.0), "end"),
        (lambda: plans.breaks(3.0, WEEK, WEEK, MONTH), "off"),
        (lambda: plans.titration(3.0, 2.0, 2, WEEK, MONTH), "high"),
        (lambda: plans.titration(1.0, 2.0, 0, WEEK, MONTH), "rises"),
        (lambda: plans.titration(1.0, 2.0, 9, WEEK, MONTH), "length"),
        (lambda: plans.rotation(plans.stop(), ["Red Bali"]), "strains"),
        (lambda: plans.whole(plans.stop(), 0.0), "unit"),
    ],
)
def test_what_is_no_course_is_refused_by_its_key(make: object, key: str) -> None:
    with pytest.raises(InputError) as error:
        make()  # pyright: ignore[reportCallIssue] - a function without arguments
    assert error.value.key == key
