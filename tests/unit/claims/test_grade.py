"""Steps of GRADE: where evidence starts, what moves it, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.claims.grade import DOMAINS, LEVELS, STARTS, UP, Grade, Step, graded, undecided

DOWN = [one for one in DOMAINS if one not in UP]
steps = st.one_of(
    st.builds(Step, st.integers(-3, -1), st.sampled_from(DOWN), st.just("a reason")),
    st.builds(Step, st.integers(1, 3), st.sampled_from(UP), st.just("a reason")),
)
grades = st.builds(Grade, st.sampled_from(sorted(STARTS)), st.lists(steps, max_size=4).map(tuple))


@pytest.mark.parametrize(
    ("start", "level"),
    [
        ("trial", "high"),
        ("experiment", "high"),
        ("document", "high"),
        ("model", "high"),
        ("observational", "low"),
        ("cases", "very low"),
        ("none", "very low"),
    ],
)
def test_evidence_starts_by_its_kind(start: str, level: str) -> None:
    assert graded(Grade(start)).level == level


def test_each_step_moves_one_level() -> None:
    bias = Step(-1, "risk of bias", "nobody was blind")
    animals = Step(-2, "indirectness", "mice alone")
    assert graded(Grade("trial", (bias,))).level == "moderate"
    assert graded(Grade("trial", (animals,))).level == "low"
    assert graded(Grade("trial", (bias,)), [animals]).level == "very low"


def test_a_strong_relation_to_the_dose_lifts_what_was_only_watched() -> None:
    dose = Step(1, "dose response", "more with each glass")
    assert graded(Grade("observational", (dose,))).level == "moderate"


@given(grades, st.lists(steps, max_size=4))
def test_a_level_never_leaves_the_scale_and_keeps_every_reason(grade, more) -> None:
    found = graded(grade, more)
    reached = STARTS[grade.start] + sum(one.by for one in found.steps)
    assert LEVELS.index(found.level) <= max(0, min(reached, 3))
    assert found.steps == (*grade.steps, *more)


@given(grades, st.integers(-3, -1))
def test_a_step_down_always_costs_what_it_says(grade, by) -> None:
    before = LEVELS.index(graded(grade).level)
    after = graded(grade, [Step(by, "imprecision", "nine people")])
    assert LEVELS.index(after.level) == max(0, before + by)


@given(grades)
def test_the_order_of_the_steps_changes_nothing(grade) -> None:
    backwards = Grade(grade.start, grade.steps[::-1])
    assert graded(backwards).level == graded(grade).level


@given(grades)
def test_what_does_not_decide_is_very_low_and_says_why(grade) -> None:
    found = undecided(grade)
    assert found.level == "very low"
    lifted = graded(grade).level != "very low"
    assert (len(found.steps) > len(grade.steps)) == lifted
    assert not lifted or found.steps[-1].why == "what is known does not decide"


@pytest.mark.parametrize(
    ("by", "domain"),
    [(-1, "bad luck"), (0, "imprecision"), (-4, "imprecision"), (4, "large effect")],
)
def test_a_step_is_small_and_of_a_known_domain(by: int, domain: str) -> None:
    with pytest.raises(ValueError, match="a domain of GRADE and one to three steps"):
        Step(by, domain, "a reason")


@pytest.mark.parametrize(("by", "domain"), [(1, "risk of bias"), (-1, "large effect")])
def test_bias_never_lifts_and_a_large_effect_never_lowers(by: int, domain: str) -> None:
    with pytest.raises(ValueError, match="the domain moves the other way"):
        Step(by, domain, "a reason")


def test_a_kind_of_evidence_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match="'rumour'; expected one of trial, experiment"):
        Grade("rumour")


def test_certainty_is_plain_data() -> None:
    step = Step(-1, "imprecision", "nine people")
    assert graded(Grade("trial", (step,))).to_dict() == {
        "level": "moderate",
        "start": "trial",
        "steps": [{"by": -1, "domain": "imprecision", "why": "nine people"}],
    }
