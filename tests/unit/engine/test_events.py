from __future__ import annotations

import numpy as np
import pytest

from speciosa.engine import Events
from speciosa.errors import InputError

RATES = "0, a finite rate above 0, -1 (the model's rate) or -2 (the model's duration)"
GOOD: dict[str, object] = {"person": [0, 0], "time": [0.0, 8.0], "amount": [100.0, 50.0]}


@pytest.mark.parametrize(
    ("column", "values", "message"),
    [
        ("person", [0, -1], "column person, row 1: got -1; expected an index from 0"),
        ("person", [0.5, 1], "column person, row 0: got 0.5; expected a whole number"),
        ("time", [0, np.nan], "column time, row 1: got nan; expected a finite time in h"),
        ("amount", [-5, 1], "column amount, row 0: got -5.0; expected 0 or more, finite"),
        ("amount", [1, np.inf], "column amount, row 1: got inf; expected 0 or more, finite"),
        ("evid", [1, 7], "column evid, row 1: got 7; expected 0, 1, 2, 3 or 4"),
        ("evid", [0, 1], "column amount, row 0: got 100.0; expected 0 unless evid is 1 or 4"),
        ("compartment", [-2, 0], "column compartment, row 0: got -2; expected an index from 0"),
        ("rate", [-3, 0], f"column rate, row 0: got -3.0; expected {RATES}"),
        ("rate", [0, np.inf], f"column rate, row 1: got inf; expected {RATES}"),
        (
            "duration",
            [-1, 0],
            "column duration, row 0: got -1.0; expected 0, or a finite duration above 0 h",
        ),
        ("ss", [3, 0], "column ss, row 0: got 3; expected 0, 1 or 2"),
        (
            "ss",
            [0, 1],
            "column ii, row 1: got 0.0; expected above 0 h where ss is 1 or 2 (only with"
            " ss 1 and amount 0 it may be 0)",
        ),
        ("addl", [1, 0], "column ii, row 0: got 0.0; expected above 0 h where addl is above 0"),
        ("addl", [-1, 0], "column addl, row 0: got -1; expected 0 to 1000000 further doses"),
        ("ii", [0, -8], "column ii, row 1: got -8.0; expected 0 or more h, finite"),
        ("amount", ["a", "b"], "column amount: got ['a', 'b']; expected numbers"),
        ("amount", [1, 2, 3], "column amount: got '3 rows'; expected 2 rows, or one value"),
        ("amount", [[1, 2]], "column amount: got (1, 2); expected one dimension"),
    ],
)
def test_a_wrong_value_is_named_with_column_and_row(
    column: str, values: object, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        Events.build(**(GOOD | {column: values}))  # pyright: ignore[reportArgumentType] - wrong on purpose
    assert str(caught.value) == f"events, {message}"


@pytest.mark.parametrize("column", ["amount", "rate", "duration", "addl", "ss"])
def test_only_doses_carry_doses(column: str) -> None:
    with pytest.raises(InputError, match=f"column {column}, row 0: .*0 unless evid is 1 or 4"):
        Events.build(person=0, time=0.0, evid=3, **{column: 1})


@pytest.mark.parametrize("rate", [10.0, -1.0, -2.0])
def test_a_duration_leaves_no_room_for_a_rate(rate: float) -> None:
    with pytest.raises(InputError, match=r"column duration, row 0: .*0 where a rate is given"):
        Events.build(person=0, time=0.0, amount=1.0, duration=2.0, rate=rate)


@pytest.mark.parametrize("more", [{"duration": 2.0}, {"rate": -2.0}, {"addl": 1, "ii": 8.0}])
def test_an_input_that_went_on_for_ever_has_neither_length_nor_repeats(
    more: dict[str, float],
) -> None:
    Events.build(person=0, time=0.0, amount=0.0, ss=1, rate=10.0)
    Events.build(person=0, time=0.0, amount=0.0, ss=1)
    with pytest.raises(InputError, match=r"column amount, row 0: .*an input that went on for ever"):
        Events.build(person=0, time=0.0, amount=0.0, ss=1, **more)


def test_records_are_sorted_and_keep_their_order_at_one_time() -> None:
    events = Events.build(
        person=[1, 0, 0, 0], time=[0, 5, 2, 5], amount=[1, 2, 3, 4], compartment=0
    )
    assert events.person.tolist() == [0, 0, 0, 1]
    assert events.amount.tolist() == [3, 2, 4, 1]
    assert len(events) == 4


def test_one_value_stands_for_every_row() -> None:
    events = Events.build(person=[0, 1], time=0.0, amount=5.0)
    assert events.amount.tolist() == [5.0, 5.0]
    assert len(Events.build(person=0, time=1.0)) == 1
    assert len(Events.none()) == 0


def test_only_some_people_in_an_order_of_choice() -> None:
    events = Events.build(person=[0, 1, 1, 3], time=[0, 1, 2, 3], amount=[10, 11, 12, 13])
    some = events.only(np.array([3, 2, 1]))
    assert some.person.tolist() == [0, 2, 2]
    assert some.amount.tolist() == [13, 11, 12]
    assert len(events.only(np.array([], dtype=np.intp))) == 0


def test_people_and_compartments_must_exist() -> None:
    events = Events.build(person=[0, 2], time=0.0, amount=1.0, compartment=[0, 3])
    events.check(people=3, states=4)
    with pytest.raises(InputError, match="column person, row 1: got 2; expected 0 to 1"):
        events.check(people=2, states=4)
    with pytest.raises(InputError, match="column compartment, row 1: got 3; expected 0 to 2"):
        events.check(people=3, states=3)
