"""What is likely, in sentences: where doses end, what is told once, and withdrawal."""

from __future__ import annotations

import pytest

from advice import told
from reading import grade
from speciosa import Scenario
from speciosa.report.happens import CHOICES, WITHDRAWAL, Said, likely
from speciosa.trial.daily import scale
from speciosa.trial.glance import glance

HARDEST = 8.0
HABIT = {"experience": {"dose": "1 tsp", "every": "8 h", "for": "90 d"}}
DAILY = Scenario(
    product={"kind": "leaf"},
    regimen={"dose": "1 tsp", "every": "8 h"},
    person=HABIT,
    run={"people": 12, "replicates": 2},
)


def said(scenario: Scenario, outputs: tuple[str, ...] = (*CHOICES, WITHDRAWAL)) -> tuple[Said, ...]:
    return likely(glance(scenario, outputs).to_dict(series=True))


@pytest.fixture(scope="module")
def daily() -> tuple[Said, ...]:
    return said(DAILY)


def test_doses_that_nobody_ended_are_told_to_end(daily: tuple[Said, ...]) -> None:
    heads = [one.when for one in daily]
    stop = "Doses end at day 7, since no length was given. In the day after that"
    assert heads[-2:] == [stop, "After that, up to day 10"]
    assert "mild pain relief" in daily[0].what
    assert "no pain relief" in daily[-1].what


def test_a_length_that_was_given_is_not_called_missing() -> None:
    heads = [one.when for one in said(DAILY.replace(**{"regimen.for": "2 d"}))]
    assert any(one.startswith("Doses end at day 2. ") for one in heads)
    assert "no length" not in " ".join(heads)


def test_steps_that_end_at_nothing_are_an_end_that_was_given() -> None:
    steps = [{"from": "1 d", "dose": "0 tsp"}]
    heads = [one.when for one in said(DAILY.replace(**{"regimen.steps": steps}))]
    assert any(one.startswith("Doses end at ") for one in heads)
    assert "no length" not in " ".join(heads)


def test_doses_that_go_on_do_not_end() -> None:
    heads = [one.when for one in said(DAILY.replace(output__until="3 d"))]
    assert "Doses end" not in " ".join(heads)
    assert heads[-1].endswith(("3 days", "day 3"))


def test_neighbours_say_something_new(daily: tuple[Said, ...]) -> None:
    once = said(Scenario(product={"kind": "leaf"}, regimen={"dose": "0 g"}, run={"people": 3}))
    assert len(once) == 1
    assert once[0].when == "In the first 7 days"
    assert daily[0].what != daily[1].what


def test_withdrawal_is_told_where_there_is_a_habit_or_doses_for_days(
    daily: tuple[Said, ...],
) -> None:
    assert all("Withdrawal: " in one.what for one in daily)
    naive = DAILY.replace(person={})
    assert "Withdrawal: " in said(naive)[-1].what
    single = naive.replace(regimen={"dose": "1 tsp"})
    assert "Withdrawal" not in " ".join(one.what for one in said(single))
    assert "Withdrawal: " in said(single.replace(person=HABIT))[-1].what


def test_withdrawal_has_the_word_of_its_scale() -> None:
    plain = glance(DAILY, (*CHOICES, WITHDRAWAL)).to_dict(series=True)
    (row,) = [one for one in plain["series"]["outputs"] if one["output"] == WITHDRAWAL]
    late = [
        value
        for time, value in zip(plain["series"]["times"], row["median"], strict=True)
        if time >= 192.0
    ]
    word = ["none", *scale()][sum(max(late) >= bound for bound in scale().values())]
    assert f"Withdrawal: {word}" in likely(plain)[-1].what


def test_a_result_without_the_scale_tells_the_rest() -> None:
    assert "Withdrawal" not in said(DAILY, tuple(CHOICES))[-1].what


def test_it_can_be_read_by_anybody_and_tells_nobody_what_to_take(daily: tuple[Said, ...]) -> None:
    text = " ".join(f"{one.when}: {one.what}" for one in daily)
    assert grade(text) <= HARDEST
    assert not told(text)
