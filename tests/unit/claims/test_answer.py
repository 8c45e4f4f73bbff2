"""How answers go together: Kleene's logic, with a value for what depends."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from on_the_bench import answered
from speciosa.claims.answer import Answer, Point, Reply, agree, decide, every, some

WEAKEST_FIRST = (Answer.NO, Answer.UNSURE, Answer.MIXED, Answer.YES)
KLEENE = (Answer.YES, Answer.UNSURE, Answer.NO)
NOT = {Answer.YES: Answer.NO, Answer.UNSURE: Answer.UNSURE, Answer.NO: Answer.YES}

answers = st.sampled_from(Answer)
many = st.lists(answers, min_size=1, max_size=6)
numbers = st.floats(-1e6, 1e6)


@given(many, st.randoms())
def test_the_order_in_which_studies_are_named_changes_nothing(held, luck) -> None:
    shuffled = luck.sample(held, len(held))
    for together in (every, some, lambda replies: agree(replies, "it")):
        assert together(answered(held)).answer == together(answered(shuffled)).answer


@given(many)
def test_a_claim_is_as_strong_as_its_weakest_part(held) -> None:
    rank = WEAKEST_FIRST.index
    assert rank(every(answered(held)).answer) == min(map(rank, held))


@given(many, answers)
def test_one_part_more_never_makes_a_claim_stronger(held, more) -> None:
    rank = WEAKEST_FIRST.index
    before, after = every(answered(held)).answer, every(answered([*held, more])).answer
    assert rank(after) <= rank(before)


@given(many, many)
def test_parts_may_be_gathered_in_any_way(some_parts, others) -> None:
    whole = every(answered([*some_parts, *others])).answer
    halves = [every(answered(some_parts)), every(answered(others))]
    assert every(halves).answer == whole


@given(st.lists(st.sampled_from(KLEENE), min_size=1, max_size=6))
def test_not_every_one_is_the_same_as_some_one_not(held) -> None:
    denied = [NOT[one] for one in held]
    assert some(answered(held)).answer == NOT[every(answered(denied)).answer]


@pytest.mark.parametrize(
    ("held", "all_of_them", "one_of_them"),
    [
        (("yes", "yes"), "yes", "yes"),
        (("yes", "mixed"), "mixed", "yes"),
        (("mixed", "unsure"), "unsure", "mixed"),
        (("unsure", "yes"), "unsure", "yes"),
        (("no", "unsure"), "no", "unsure"),
    ],
)
def test_every_and_some_by_example(held, all_of_them: str, one_of_them: str) -> None:
    replies = answered(Answer(one) for one in held)
    assert every(replies).answer == all_of_them
    assert some(replies).answer == one_of_them


@given(st.lists(st.sampled_from((Answer.UNSURE, Answer.MIXED)), max_size=4), st.booleans())
def test_studies_that_are_sure_decide_over_those_that_are_not(unsure, so) -> None:
    sure = Answer.YES if so else Answer.NO
    assert agree(answered([*unsure, sure, sure]), "which is right").answer == sure


@given(many)
def test_a_yes_against_a_no_depends_on_which_is_right(held) -> None:
    found = agree(answered([*held, Answer.YES, Answer.NO]), "which study is right")
    assert (found.answer, found.on) == (Answer.MIXED, "which study is right")
    assert "reason 0; reason 1" in found.because  # all of them are heard


def test_studies_none_of_which_is_sure_leave_it_open() -> None:
    assert agree(answered([Answer.UNSURE, Answer.UNSURE]), "it").answer == Answer.UNSURE


def test_what_decides_gives_the_reason_and_all_that_was_looked_at_is_kept() -> None:
    point = Point("relief", 1.0, 0.5, 2.0, "1", "record", 1.0)
    yes, no, other = answered([Answer.YES, Answer.NO, Answer.NO])
    twice = replace(other, records=no.records, points=(point,))
    found = every([replace(yes, points=(point,)), no, twice])
    assert found.because == "reason 1; reason 2"
    assert found.on == "condition 1"
    assert found.records == (*yes.records, *no.records)
    assert found.simulations == ("run-0", "run-1", "run-2")
    assert found.points == (point,)


@pytest.mark.parametrize("together", [every, some, lambda held: agree(held, "it")])
def test_of_nothing_nothing_follows(together) -> None:
    with pytest.raises(ValueError, match="nothing was asked"):
        together([])


@given(numbers, numbers, numbers)
def test_an_interval_decides_only_if_it_lies_on_one_side(one, other, bound) -> None:
    low, high = sorted((one, other))
    least, most = decide(low, high, bound, None), decide(low, high, None, bound)
    assert (least == Answer.YES) == (low >= bound)
    assert (least == Answer.NO) == (high < bound)
    assert (most == Answer.YES) == (high <= bound)
    assert (most == Answer.NO) == (low > bound)


@given(numbers, st.floats(0, 1e6), st.floats(0, 1e6), numbers)
def test_knowing_less_never_turns_a_no_into_a_yes(middle, narrow, more, bound) -> None:
    ends = (middle - narrow, middle + narrow), (middle - narrow - more, middle + narrow + more)
    sharp, blurred = (decide(low, high, bound, None) for low, high in ends)
    assert blurred in (sharp, Answer.UNSURE)


def test_a_bound_must_be_given() -> None:
    with pytest.raises(ValueError, match="a bound is missing"):
        decide(0.0, 1.0, None, None)


def test_only_yes_and_no_are_sure() -> None:
    assert [one for one in Answer if one.sure] == [Answer.YES, Answer.NO]


def test_a_point_is_plain_data() -> None:
    point = Point("relief", 1.0, 0.5, 2.0, "1", "record")
    assert Point(**point.to_dict()) == point
    assert Reply(Answer.YES, "so").points == ()
