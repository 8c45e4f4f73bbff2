"""What the model says: how many of the same people have so much, in how many draws."""

from __future__ import annotations

import numpy as np
import pytest

from on_the_bench import Made, ran, record
from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import BASE, Need, Ran
from speciosa.claims.margins import MOST, SURE
from speciosa.claims.ran import People
from speciosa.errors import EvidenceError, InputError
from speciosa.evidence import find
from speciosa.evidence.spread import Spread

LEAST = "opioid/made-up/least"


def of(people: object, **asked: object) -> Made:
    """A bench on which leaf was given to these people."""
    # Keywords of any kind go through, as a test wants them.
    held: Ran = ran(people, **asked)  # pyright: ignore[reportArgumentType]
    rows = next(iter(held.values.values())).shape[0]
    return Made(replicates=rows, runs={("leaf", BASE): held})


def draws(yes: int, of_all: int = 20) -> np.ndarray:
    """Four people; in so many draws three of them have relief, in the others one."""
    with_relief, without = [0.5, 0.5, 0.5, 0.0], [0.5, 0.0, 0.0, 0.0]
    return np.array([with_relief] * yes + [without] * (of_all - yes))


def ask(on: Made, variant: str = BASE, **asked: object) -> Reply:
    given = {"at_least": 0.2} | asked
    # Keywords of any kind go through, as a test wants them.
    return People("leaf", "pain.relief", **given).ask(on, variant)  # pyright: ignore[reportArgumentType]


def test_most_people_and_nine_draws_in_ten_are_what_was_fixed_beforehand() -> None:
    assert find([MOST])[MOST].value == 0.5
    assert find([SURE])[SURE].value == 0.9


@pytest.mark.parametrize(
    ("yes", "answer"),
    [
        (20, Answer.YES),
        (18, Answer.YES),
        (17, Answer.UNSURE),
        (10, Answer.UNSURE),
        (3, Answer.UNSURE),
        (2, Answer.NO),
        (0, Answer.NO),
    ],
)
def test_nine_draws_in_ten_must_say_the_same(yes: int, answer: Answer) -> None:
    assert ask(of(draws(yes))).answer == answer


def test_the_reply_says_how_many_people_and_how_many_would_do() -> None:
    found = ask(of(draws(20)))
    assert found.because == (
        "simulated: pain.relief at least 0.2 in leaf in 75% of people (90 %: 75% to 75%), asked "
        "of 50%"
    )
    assert found.records == (MOST,)
    assert found.simulations == ("leaf",)
    (point,) = found.points
    assert (point.value, point.bound, point.kind) == (0.75, 0.5, "simulated")


def test_another_share_may_be_asked_for() -> None:
    assert ask(of(draws(20)), share=0.9).answer == Answer.NO
    assert ask(of(draws(0)), share=0.2).answer == Answer.YES


def test_at_most_counts_the_others() -> None:
    assert ask(of(draws(20)), at_least=None, at_most=0.2).answer == Answer.NO
    assert ask(of(draws(0)), at_least=None, at_most=0.2).answer == Answer.YES


def test_a_bound_that_is_a_record_is_drawn_from_its_spread() -> None:
    on = of(np.full((40, 4), 0.2))
    least = record(LEAST, 0.2, Spread("normal", 0.2, sd=0.05), unit="1")
    on.instead = {LEAST: least}
    found = ask(on, at_least=LEAST)
    assert found.answer == Answer.UNSURE  # half of the draws lie above what everybody has
    assert found.records == (LEAST, MOST)
    on.instead = {LEAST: record(LEAST, 0.2, unit="1")}
    assert ask(on, at_least=LEAST).answer == Answer.YES


def test_a_bound_in_another_unit_is_refused() -> None:
    on = of(draws(20))
    on.instead = {LEAST: record(LEAST, 0.2, unit="ng/mL")}
    with pytest.raises(EvidenceError, match=f"unit of {LEAST}: got 'ng/mL'; expected 1"):
        ask(on, at_least=LEAST)


def test_a_measure_that_was_not_taken_is_refused_with_those_that_were() -> None:
    on = of(draws(20))
    with pytest.raises(
        InputError,
        match=r"measure of pain\.relief in leaf: got 'auc in all'; expected one of max in all",
    ):
        ask(on, measure="auc")


def test_another_measure_is_named_in_the_reply() -> None:
    assert "auc of pain.relief at least" in ask(of(draws(20), measure="auc"), measure="auc").because


def test_a_bound_must_be_given() -> None:
    with pytest.raises(ValueError, match=r"leaf, pain\.relief: a bound is missing"):
        ask(of(draws(20)), at_least=None)


def test_people_whose_value_is_not_known_are_not_counted() -> None:
    people = np.array([[0.5, np.nan, np.nan, 0.0, 0.5]] * 10)
    found = ask(of(people))
    assert found.points[0].value == pytest.approx(2 / 3)


def test_a_draw_in_which_nobody_is_known_is_left_out() -> None:
    people = np.array([[0.5, 0.5]] * 9 + [[np.nan, np.nan]])
    assert ask(of(people)).answer == Answer.YES


def test_of_nobody_nothing_can_be_told() -> None:
    found = ask(of(np.full((10, 3), np.nan)))
    assert (found.answer, found.points) == (Answer.UNSURE, ())
    assert found.because.endswith("can be told of nobody")
    assert found.simulations == ("leaf",)


def test_with_a_variant_its_own_run_is_asked() -> None:
    on = of(draws(20))
    on.runs = {**on.runs, ("leaf", "herg-sensitive"): ran(draws(0))}
    assert ask(on).answer == Answer.YES
    assert ask(on, "herg-sensitive").answer == Answer.NO


# ---- two runs, person by person --------------------------------------------------------------


def beside(leaf: object, oxycodone: object, **asked: object) -> Made:
    on = of(leaf, **asked)
    # Keywords of any kind go through, as a test wants them.
    on.runs = {**on.runs, ("oxycodone", BASE): ran(oxycodone, **asked)}  # pyright: ignore[reportArgumentType]
    return on


LEAF = np.array([[0.1, 0.9]] * 10)
OXYCODONE = np.array([[0.9, 0.1]] * 10)


def test_people_are_compared_with_themselves() -> None:
    # The two groups are the same; each person is not.
    on = beside(LEAF, OXYCODONE)
    assert ask(on, than="oxycodone", how="apart", at_least=0.7).answer == Answer.YES
    assert ask(on, than="oxycodone", at_least=0.7).points[0].value == 0.5


@pytest.mark.parametrize(
    ("how", "low", "high"), [("difference", -0.4, 0.0), ("apart", 0.4, 0.5), ("ratio", 0.2, 0.3)]
)
def test_a_difference_has_a_sign_its_size_has_none_and_a_ratio_no_unit(
    how: str, low: float, high: float
) -> None:
    on = beside(np.full((10, 2), 0.1), np.full((10, 2), 0.5))
    assert ask(on, than="oxycodone", how=how, at_least=low - 0.01).answer == Answer.YES
    assert ask(on, than="oxycodone", how=how, at_least=high).answer == Answer.NO


def test_a_ratio_is_held_against_a_bound_without_a_unit() -> None:
    people = np.full((10, 2), 50.0)
    on = beside(people, people, unit="ng/mL")
    on.instead = {LEAST: record(LEAST, 0.8, unit="1")}
    assert ask(on, than="oxycodone", how="ratio", at_least=LEAST).answer == Answer.YES
    with pytest.raises(EvidenceError, match="got '1'; expected ng/mL"):
        ask(on, than="oxycodone", at_least=LEAST)


def test_nobody_is_so_many_times_nothing() -> None:
    on = beside(np.full((10, 2), 0.1), np.zeros((10, 2)))
    assert ask(on, than="oxycodone", how="ratio", at_least=2.0).answer == Answer.UNSURE


def test_both_runs_are_needed_and_named() -> None:
    people = People("leaf", "pain.relief", at_least=0.1, than="oxycodone")
    assert people.needs == (Need("leaf", "pain.relief"), Need("oxycodone", "pain.relief"))
    found = people.ask(beside(LEAF, OXYCODONE), BASE)
    assert found.simulations == ("leaf", "oxycodone")
    assert "(difference from oxycodone)" in found.because


def test_a_comparison_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="'sum'; expected one of difference, apart, ratio"):
        People("leaf", "pain.relief", at_least=0.1, than="oxycodone", how="sum")
