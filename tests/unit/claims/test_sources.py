"""Sources behind a verdict, whatever it rests on."""

from __future__ import annotations

import pytest

from speciosa.claims.bench import Bench
from speciosa.claims.sources import cited
from speciosa.errors import EvidenceError
from speciosa.evidence import find, observations, studies
from speciosa.evidence.cite import STATED
from speciosa.safety.laws import laws

RECORD, SEEN, FACT = "opioid/mu/Ki/mitragynine", "smith-2024/pupil_right", "person/pregnancy"
LAW = next(iter(laws()))


def keys(*ids: str) -> list[str]:
    return [one.source.key for one in cited(ids)]


def test_a_record_and_an_observation_rest_on_their_studies() -> None:
    assert find([RECORD])[RECORD].source in keys(RECORD)
    seen = observations()[SEEN]
    assert seen.source in keys(SEEN)
    assert studies()[seen.study].source in keys(SEEN)


def test_facts_and_laws_rest_on_every_source_that_states_them() -> None:
    assert keys(FACT) == sorted(Bench().fact(FACT).sources)
    assert keys(LAW) == sorted(laws()[LAW].sources)
    (first, *_) = cited([FACT])
    assert [(one.id, one.status) for one in first.numbers] == [(FACT, STATED)]


def test_together_they_stand_in_order_of_key_each_once() -> None:
    together = keys(LAW, FACT, SEEN, RECORD, FACT)
    assert together == sorted({*keys(LAW), *keys(FACT), *keys(SEEN), *keys(RECORD)})


def test_a_source_of_a_record_and_of_a_fact_names_both() -> None:
    fact = Bench().fact(FACT)
    shared = next(one.id for one in Bench().records("use/") if one.source in fact.sources)
    (entry,) = [
        one
        for one in cited([shared, FACT])
        if one.source.key in fact.sources and shared in {number.id for number in one.numbers}
    ]
    assert {number.id for number in entry.numbers} >= {shared, FACT}


def test_nothing_rests_on_nothing() -> None:
    assert cited([]) == ()


@pytest.mark.parametrize("identity", ["opioid/mu/Ki/water", "person/giant", "smith-2024/height"])
def test_an_id_of_none_of_them_is_refused(identity: str) -> None:
    with pytest.raises(EvidenceError, match=identity):
        cited([RECORD, identity])
