"""Of how many people an effect is none, mild, moderate or strong."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from speciosa import Scenario, simulate
from speciosa.trial.shares import WORDS, bounds_of, shares_by_word

LEAF = Scenario(
    person={"pain": "chronic"},
    product={"kind": "leaf"},
    regimen={"dose": "5 g"},
    output={"until": "12 h"},
)


@given(
    arrays.arrays(np.float64, (3, 20), elements=st.floats(0.0, 1.0)),
    st.lists(st.floats(0.0, 1.0), min_size=3, max_size=3).map(sorted),
)
def test_everybody_has_one_word(peaks: np.ndarray, bounds: list[float]) -> None:
    found = shares_by_word(peaks, [np.full(3, bound) for bound in bounds])
    assert np.allclose(sum(found), 1.0)
    assert all((one >= 0.0).all() for one in found)


def test_a_person_at_the_bound_has_the_word() -> None:
    none, mild, moderate, strong = shares_by_word(
        np.array([[0.05, 0.1, 0.3, 0.9]]), [np.array([one]) for one in (0.1, 0.3, 0.5)]
    )
    assert [one[0] for one in (none, mild, moderate, strong)] == [0.25] * 4


def test_those_who_could_not_be_computed_are_not_counted() -> None:
    none, *_ = shares_by_word(np.array([[np.nan, 0.0]]), [np.array([0.1])] * 3)
    assert none[0] == 1.0


def test_only_effects_with_words_are_counted() -> None:
    assert set(bounds_of(["gut.nausea", "heart.qt"])) == {"gut.nausea"}
    assert list(bounds_of(["gut.nausea"])["gut.nausea"]) == list(WORDS[1:])


def test_shares_of_a_run_are_those_of_its_people() -> None:
    result = simulate(LEAF, people=30, replicates=4, outputs=["gut.nausea", "plasma.mitragynine"])
    assert {row["output"] for row in result.shares} == {"gut.nausea"}
    assert sum(row["people"] for row in result.shares) == pytest.approx(1.0)
    assert sum(row["share"] for row in result.shares) == pytest.approx(1.0)
    peaks = result.measure("max", "gut.nausea")
    bound = bounds_of(["gut.nausea"])["gut.nausea"]["mild"].value
    (none,) = (row for row in result.shares if row["effect"] == "none")
    assert none["people"] == pytest.approx((peaks < bound).mean())
    assert none["p05"] <= none["share"] <= none["p95"]
    assert result.to_dict()["shares"] == [dict(row) for row in result.shares]


def test_one_draw_says_nothing_of_what_we_do_not_know() -> None:
    result = simulate(LEAF, people=5, replicates=1, outputs=["gut.nausea"])
    assert all(row["share"] is None and row["p05"] is None for row in result.shares)
