"""What was seen: records and observations, made up here, against bounds."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from on_the_bench import bench, observation, record
from speciosa.claims.answer import Answer, Reply
from speciosa.claims.bench import BASE, Bench, Need
from speciosa.claims.ran import People
from speciosa.claims.seen import (
    Agree,
    Bound,
    Computed,
    Count,
    Difference,
    Every,
    Known,
    Measured,
    Ratio,
    Some,
)
from speciosa.claims.seen import Test as Asked
from speciosa.errors import EvidenceError
from speciosa.evidence.spread import Printed, Spread

KI, OTHER, LIMIT = "opioid/made-up/Ki", "opioid/made-up/other", "opioid/made-up/limit"
SURVEY, PUPIL, BEFORE = "use/made-up/share", "made-up/pupil", "made-up/pupil_before"
WIDE = Spread("lognormal", 100.0, gsd=2.0)  # 32 to 313
NO_SPREAD = Printed("none")


def ask(test: Asked, on: Bench) -> Reply:
    return test.ask(on, BASE)


# ---- a number against a bound ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("at_most", "answer"), [(1000.0, Answer.YES), (100.0, Answer.UNSURE), (10.0, Answer.NO)]
)
def test_an_affinity_is_as_sure_as_its_spread(at_most: float, answer: Answer) -> None:
    found = ask(Bound(KI, at_most=at_most), bench(record(KI, 100.0, WIDE)))
    assert found.answer == answer
    assert found.records == (KI,)
    (point,) = found.points
    assert (point.value, point.low, point.high) == pytest.approx((100.0, 31.98, 312.7), rel=1e-3)
    assert (point.unit, point.kind, point.bound) == ("nmol/L", "record", at_most)


def test_a_bound_may_be_a_record_and_is_then_among_what_was_looked_at() -> None:
    on = bench(record(KI, 5.0), record(LIMIT, 10.0))
    found = ask(Bound(KI, at_most=LIMIT), on)
    assert (found.answer, found.records) == (Answer.YES, (KI, LIMIT))
    assert found.because == f"{KI} is 5 nmol/L (90 %: 5 to 5); the bound is at most 10"


def test_a_bound_in_another_unit_is_refused() -> None:
    on = bench(record(KI, 5.0), record(LIMIT, 10.0, unit="ng/mL"))
    with pytest.raises(EvidenceError, match="unit of opioid/made-up/limit: got 'ng/mL'; expected"):
        ask(Bound(KI, at_most=LIMIT), on)


@pytest.mark.parametrize(
    "test", [Bound(KI), Ratio(KI, OTHER), Count(SURVEY), Difference(PUPIL, BEFORE)]
)
def test_a_test_without_a_bound_is_refused(test: Asked) -> None:
    sd = Printed("sd", sd=1.0)
    on = bench(
        record(KI, 5.0),
        record(OTHER, 5.0),
        record(SURVEY, 0.5, unit="1", n=10),
        observation(PUPIL, 3.0, sd),
        observation(BEFORE, 4.0, sd),
    )
    with pytest.raises(ValueError, match="a bound is missing"):
        ask(test, on)


def test_an_id_that_nothing_has_is_refused() -> None:
    with pytest.raises(EvidenceError, match="opioid/made-up/Ki"):
        ask(Bound(KI, at_most=1.0), bench())


@pytest.mark.parametrize(
    ("spread", "low", "high"),
    [
        (Printed("sd", sd=0.6), 3.0 - 1.645 * 0.2, 3.0 + 1.645 * 0.2),
        (Printed("se", se=0.2), 3.0 - 1.645 * 0.2, 3.0 + 1.645 * 0.2),
        (Printed("ci90", low=2.6, high=3.5), 2.6, 3.5),
        # A 95 % interval is drawn in to 90 %, each side by itself.
        (Printed("ci95", low=2.02, high=4.96), 3.0 - 0.98 * 0.8392, 3.0 + 1.96 * 0.8392),
    ],
)
def test_a_mean_is_as_sure_as_its_standard_error_or_its_interval(
    spread: Printed, low: float, high: float
) -> None:
    found = ask(Bound(PUPIL, at_least=0.0), bench(observation(PUPIL, 3.0, spread)))
    assert (found.points[0].low, found.points[0].high) == pytest.approx((low, high), rel=1e-3)
    assert found.points[0].kind == "observed"


@pytest.mark.parametrize(
    ("n", "spread", "expected"),
    [
        (None, Printed("sd", sd=1.0), "one that says of how many people it is"),
        (9, NO_SPREAD, "one with a spread between people"),
    ],
)
def test_a_mean_of_nobody_knows_how_many_decides_nothing(
    n: int | None, spread: Printed, expected: str
) -> None:
    on = bench(observation(PUPIL, 3.0, spread, n=n))
    with pytest.raises(EvidenceError, match=expected):
        ask(Bound(PUPIL, at_least=1.0), on)


# ---- one number over another -----------------------------------------------------------------


def test_a_ratio_of_two_affinities_has_both_their_spreads() -> None:
    on = bench(record(KI, 100.0, WIDE), record(OTHER, 10.0, Spread("lognormal", 10.0, gsd=2.0)))
    (point,) = ask(Ratio(KI, OTHER, at_least=1.0), on).points
    fold = math.exp(1.645 * math.hypot(math.log(2.0), math.log(2.0)))
    assert point.value == pytest.approx(10.0)
    assert point.low == pytest.approx(10.0 / fold, rel=0.03)
    assert point.high == pytest.approx(10.0 * fold, rel=0.03)


@given(st.floats(0.01, 100.0), st.floats(0.01, 100.0), st.floats(0.1, 10.0))
def test_what_is_more_than_the_other_turned_round_is_less(over, under, bound) -> None:
    on = bench(record(KI, over), record(OTHER, under))
    more = ask(Ratio(KI, OTHER, at_least=bound), on).answer
    turned = ask(Ratio(OTHER, KI, at_most=1.0 / bound), on).answer
    assert more == turned or over / under == pytest.approx(bound)


def test_a_ratio_of_two_units_is_refused() -> None:
    on = bench(record(KI, 100.0), record(OTHER, 10.0, unit="ng/mL"))
    with pytest.raises(EvidenceError, match=r"unit of opioid/made-up/other: got 'ng/mL'; expected"):
        ask(Ratio(KI, OTHER, at_least=1.0), on)


@pytest.mark.parametrize("spread", [Spread("exact", 0.0), Spread("normal", 1.0, sd=1.0)])
def test_nothing_is_divided_by_what_may_be_nothing(spread: Spread) -> None:
    on = bench(record(KI, 100.0), record(OTHER, spread.centre, spread))
    with pytest.raises(EvidenceError, match="one that is surely above 0"):
        ask(Ratio(KI, OTHER, at_least=1.0), on)


# ---- people counted --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at_least", "answer"), [(0.01, Answer.YES), (0.1, Answer.UNSURE), (0.5, Answer.NO)]
)
def test_a_share_is_as_sure_as_the_number_of_people_who_were_asked(
    at_least: float, answer: Answer
) -> None:
    found = ask(Count(SURVEY, at_least=at_least), bench(record(SURVEY, 0.1, unit="1", n=50)))
    assert found.answer == answer
    # 5 of 50, Clopper and Pearson.
    assert (found.points[0].low, found.points[0].high) == pytest.approx((0.0402, 0.1988), abs=1e-4)
    assert f"{SURVEY}, of 50 people is 0.1" in found.because


def test_none_of_ten_may_still_be_a_quarter() -> None:
    (point,) = ask(Count(SURVEY, at_most=0.5), bench(record(SURVEY, 0.0, unit="1", n=10))).points
    assert point.low == 0.0
    assert point.high == pytest.approx(1.0 - 0.05**0.1)


def test_more_people_make_a_share_surer() -> None:
    few, many = (
        ask(Count(SURVEY, at_least=0.05), bench(record(SURVEY, 0.1, unit="1", n=n))).answer
        for n in (20, 2000)
    )
    assert (few, many) == (Answer.UNSURE, Answer.YES)


@pytest.mark.parametrize(
    "held",
    [
        record(SURVEY, 0.1, unit="1"),
        record(SURVEY, 0.1, unit="1", n="many"),
        record(SURVEY, 0.1, unit="mg", n=50),
        record(SURVEY, 2.5, unit="1", n=50),  # odds, not a share
    ],
    ids=["no n", "n in words", "not a share by its unit", "odds"],
)
def test_only_a_share_of_so_many_people_is_a_count(held) -> None:
    with pytest.raises(EvidenceError, match="a share with the number of people, n, beside it"):
        ask(Count(SURVEY, at_least=0.01), bench(held))


def test_an_observation_of_a_share_has_its_own_number_of_people() -> None:
    seen = observation(PUPIL, 0.1, NO_SPREAD, n=50, unit="1", statistic="share")
    assert ask(Count(PUPIL, at_least=0.01), bench(seen)).points[0].kind == "observed"
    with pytest.raises(EvidenceError, match="the number of people"):
        ask(Count(PUPIL, at_least=0.01), bench(replace(seen, n=None)))


# ---- two groups ------------------------------------------------------------------------------


def test_two_means_differ_by_welchs_interval() -> None:
    on = bench(
        observation(PUPIL, 3.0, Printed("sd", sd=0.6), n=9),
        observation(BEFORE, 4.0, Printed("sd", sd=0.8), n=16),
    )
    found = ask(Difference(PUPIL, BEFORE, at_most=0.0), on)
    width = 1.645 * math.hypot(0.2, 0.2)
    (point,) = found.points
    assert found.answer == Answer.YES
    ends = (-1.0, -1.0 - width, -1.0 + width)
    assert (point.value, point.low, point.high) == pytest.approx(ends, rel=1e-3)


def test_means_of_lognormals_are_compared_by_their_medians() -> None:
    # The same means, but a wider one has a lower median.
    on = bench(
        observation(PUPIL, 100.0, Printed("cv", cv=0.2), n=400),
        observation(BEFORE, 100.0, Printed("cv", cv=1.0), n=400),
    )
    found = ask(Difference(PUPIL, BEFORE, at_least=1.0, log=True), on)
    assert found.answer == Answer.YES
    assert found.points[0].value == pytest.approx(math.sqrt(2.0 / 1.04))
    assert found.points[0].unit == "1"


def test_medians_are_compared_as_they_stand() -> None:
    on = bench(
        observation(PUPIL, 200.0, Printed("cv", cv=0.2), n=400, statistic="median"),
        observation(BEFORE, 100.0, Printed("cv", cv=1.0), n=400, statistic="median"),
    )
    assert ask(Difference(PUPIL, BEFORE, at_least=1.0, log=True), on).points[
        0
    ].value == pytest.approx(2.0)


def test_two_groups_in_two_units_are_not_compared() -> None:
    sd = Printed("sd", sd=1.0)
    on = bench(observation(PUPIL, 3.0, sd), observation(BEFORE, 4.0, sd, unit="cm"))
    with pytest.raises(EvidenceError, match="unit of made-up/pupil_before: got 'cm'"):
        ask(Difference(PUPIL, BEFORE, at_most=0.0), on)


def test_a_ratio_of_a_mean_below_0_is_refused() -> None:
    cv = Printed("cv", cv=0.2)
    on = bench(observation(PUPIL, -3.0, cv), observation(BEFORE, 4.0, cv))
    with pytest.raises(EvidenceError, match=r"made-up/pupil: got -3\.0; expected one above 0"):
        ask(Difference(PUPIL, BEFORE, at_most=1.0, log=True), on)


# ---- whether anybody looked ------------------------------------------------------------------


def test_what_nobody_measured_may_still_be_so() -> None:
    found = ask(Measured("opioid/made-up/"), bench())
    assert (found.answer, found.records) == (Answer.UNSURE, ())
    assert found.because == "no record that begins with opioid/made-up/ was measured"


def test_what_would_stand_in_a_place_that_was_searched_is_not_so() -> None:
    found = ask(Measured("opioid/made-up/", looked="the screen of 2016"), bench())
    assert found.answer == Answer.NO
    assert found.because.endswith("looked at: the screen of 2016")


def test_a_measurement_is_found_by_how_its_id_begins() -> None:
    found = ask(Measured("opioid/made-up/"), bench(record(KI, 5.0), record(OTHER, 5.0)))
    assert (found.answer, set(found.records)) == (Answer.YES, {KI, OTHER})


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("measured", Answer.YES),
        ("derived", Answer.YES),
        ("fitted", Answer.YES),
        ("assumed", Answer.UNSURE),
    ],
)
def test_an_assumption_is_no_measurement(status: str, answer: Answer) -> None:
    on = bench(record(KI, 5.0, status=status))
    assert ask(Measured("opioid/made-up/"), on).answer == answer


def test_rats_are_not_people() -> None:
    on = bench(record(KI, 5.0, species="rat"))
    assert ask(Measured("opioid/made-up/", species="rat"), on).answer == Answer.YES
    people = ask(Measured("opioid/made-up/", species="human"), on)
    assert people.answer == Answer.UNSURE
    assert people.because.endswith("was measured in human")


def test_a_place_that_no_file_has_is_refused() -> None:
    with pytest.raises(EvidenceError, match="opioids"):
        ask(Measured("opioids/Ki/"), bench())


def test_facts_say_so_with_their_sources() -> None:
    found = ask(Known(("person/pregnancy",)), Bench())
    fact = Bench().fact("person/pregnancy")
    assert found.answer == Answer.YES
    assert found.records == ("person/pregnancy",)
    assert fact.title in found.because
    assert fact.sources[0] in found.because


def test_a_fact_that_nobody_wrote_is_refused() -> None:
    with pytest.raises(EvidenceError, match=r"fact: got 'person/giant'; expected the id of a fact"):
        ask(Known(("person/giant",)), Bench())


def test_a_function_finds_out_by_itself_what_it_looks_at() -> None:
    def twice(on: Bench) -> Reply:
        enough = on.record(KI).value >= 2 * on.record(OTHER).value
        return Reply(Answer.YES if enough else Answer.NO, "twice", records=(KI, OTHER))

    asked = Computed(twice)
    assert ask(asked, bench(record(KI, 5.0), record(OTHER, 2.0))).answer == Answer.YES
    assert ask(asked, bench(record(KI, 5.0), record(OTHER, 3.0))).answer == Answer.NO


# ---- several together ------------------------------------------------------------------------

LOW, HIGH = Bound(KI, at_most=1.0), Bound(OTHER, at_most=100.0)


@pytest.mark.parametrize(
    ("test", "answer"),
    [
        (Every((LOW, HIGH)), Answer.NO),
        (Some((LOW, HIGH)), Answer.YES),
        (Agree((LOW, HIGH)), Answer.MIXED),
        (Agree((HIGH, HIGH)), Answer.YES),
    ],
)
def test_one_that_binds_and_one_that_does_not(test: Asked, answer: Answer) -> None:
    found = ask(test, bench(record(KI, 10.0), record(OTHER, 10.0)))
    assert found.answer == answer
    assert found.on == ("which study is right" if answer == Answer.MIXED else "")


@pytest.mark.parametrize("kind", [Every, Some, Agree])
def test_what_several_need_is_simulated_once(kind: type[Every | Some | Agree]) -> None:
    people = People("leaf-3-g", "pain.relief", at_least=0.1)
    assert kind((people, LOW, people)).needs == (Need("leaf-3-g", "pain.relief"),)


def test_records_need_no_simulation_and_are_the_same_in_every_variant() -> None:
    on = bench(record(KI, 10.0))
    for test in (LOW, Ratio(KI, OTHER), Count(SURVEY), Difference(PUPIL, BEFORE)):
        assert test.needs == ()
    for test in (Measured("opioid/"), Known(()), Computed(lambda _: Reply(Answer.YES, "so"))):
        assert test.needs == ()
    assert LOW.ask(on, "herg-sensitive") == LOW.ask(on, BASE)


@given(
    st.floats(0.1, 1000.0),
    st.floats(1.1, 10.0),
    st.floats(0.1, 1000.0),
)
def test_nine_tenths_of_a_spread_on_one_side_of_a_bound_decide(centre, gsd, bound) -> None:
    spread = Spread("lognormal", centre, gsd=gsd)
    found = ask(Bound(KI, at_least=bound), bench(record(KI, centre, spread))).answer
    above = float((spread.quantile((np.arange(20000) + 0.5) / 20000) >= bound).mean())
    if found == Answer.YES:
        assert above > 0.949
    if found == Answer.NO:
        assert above < 0.051
    if found == Answer.UNSURE:
        assert 0.049 < above < 0.951
