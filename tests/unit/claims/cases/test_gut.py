import pytest

from changed import exactly, invented, verdict
from speciosa.claims import Bench
from speciosa.claims.seen import Count

NAUSEA = "use/side_effects/nausea/aka-2024"
THAILAND = "use/side_effects/constipation/assanangkornchai-2007"
MALAYSIA = "singh-2019-constipation/constipated"
PLACEBO = "gut/constipation/share/placebo_trials"


def test_nausea_is_known_from_one_count_of_eight_people() -> None:
    found = verdict("side-effect-nausea")
    assert found.verdict == "holds"
    assert found.certainty.level == "very low"
    assert NAUSEA in found.records


def test_nobody_sick_in_eight_would_leave_nausea_open() -> None:
    # None of eight can still be a fifth of all people.
    assert verdict("side-effect-nausea", exactly(NAUSEA, 0.0)).verdict == "cannot be decided"


def test_calls_to_poison_centres_do_not_decide() -> None:
    for claim in ("side-effect-nausea", "side-effect-constipation"):
        assert not [one for one in verdict(claim).records if one.startswith("use/calls/")]


def test_both_counts_find_constipation_common() -> None:
    found = verdict("side-effect-constipation")
    assert found.verdict == "holds"
    assert {THAILAND, MALAYSIA} <= set(found.records)


def test_constipation_that_is_as_frequent_on_placebo_is_no_side_effect() -> None:
    found = verdict("side-effect-constipation", exactly(PLACEBO, 0.3))
    assert found.verdict != "holds"
    assert found.deciding.seen is not None
    assert found.deciding.seen.answer.value == "no"


def test_if_thai_users_had_no_more_than_malaysian_ones_it_would_be_open() -> None:
    found = verdict("side-effect-constipation", exactly(THAILAND, 0.056))
    assert found.verdict == "cannot be decided"


def test_an_observation_of_a_share_is_counted_like_a_record() -> None:
    reply = Count(MALAYSIA, at_least=0.01).ask(Bench(), "")
    assert reply.records == (MALAYSIA,)
    # 7 of 125; Clopper and Pearson at 90 %.
    assert reply.points[0].low == pytest.approx(0.0266, abs=2e-4)
    assert reply.points[0].high == pytest.approx(0.1026, abs=2e-4)


def test_water_against_side_effects_was_never_tested() -> None:
    found = verdict("stay-hydrated")
    assert found.verdict == "no evidence decides"
    assert not found.records


def test_advice_is_judged_by_its_evidence_even_if_there_were_some() -> None:
    trial = invented("gut/water/trial", PLACEBO, 0.5)
    assert verdict("stay-hydrated", trial).verdict == "evidence supports it"
