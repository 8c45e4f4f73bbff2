"""Bands of dose: shares of people that add up, grow with the dose, and know what they rest on."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from speciosa import Scenario, bands, simulate
from speciosa.errors import InputError
from speciosa.evidence import records
from speciosa.model.wiring import OUTPUTS
from speciosa.trial.dose_bands import CONTENTS, DOSES, WORDS, Bands

RELIEF = "pain.relief"


def leaf(**tables: Any) -> Scenario:
    given: dict[str, Any] = {
        "person": {"pain": "chronic"},
        "product": {"kind": "leaf"},
        "regimen": {"dose": "1 g"},
        "output": {"until": "12 h"},
    }
    return Scenario(**{**given, **tables})


@cache
def found() -> Bands:
    return bands(people=20, replicates=6, seed=2)


def test_there_is_a_row_for_each_band_content_and_word() -> None:
    here = [row for row in found().rows if row["output"] == RELIEF]
    places = {(row["low"], row["high"], row["content"], row["effect"]) for row in here}
    assert len(here) == len(places) == len(DOSES) * len(CONTENTS) * len(WORDS)


def test_shares_of_one_band_are_of_everybody() -> None:
    for key in ("share", "people"):
        sums = found().frame().groupby(["output", "low", "high", "content"])[key].sum()
        assert np.allclose(sums, 1.0)


def test_a_range_lies_between_nobody_and_everybody() -> None:
    for row in found().rows:
        assert 0.0 <= row["p05"] <= row["p95"] <= 1.0
        assert 0.0 <= row["share"] <= 1.0


@pytest.mark.parametrize("content", CONTENTS)
def test_more_leaf_leaves_fewer_without_relief_and_more_with_much(content: str) -> None:
    ordered = [ends for ends in DOSES if ends != (5.0, 15.0)]
    none, strong = (
        [found().share(RELIEF, ends, word, content) for ends in ordered]
        for word in ("none", "strong")
    )
    assert none == sorted(none, reverse=True)
    assert strong == sorted(strong)
    assert none[0] > none[-1]
    assert strong[-1] > strong[0]


def test_a_band_of_one_dose_is_what_a_run_counts() -> None:
    people, replicates = 12, 4
    one = bands(leaf(), doses=[(2.0, 2.0)], people=people, replicates=replicates, seed=3)
    run = simulate(leaf(regimen={"dose": "2 g"}), people=people, replicates=replicates, seed=3)
    peaks = run.measure("max", RELIEF)
    bounds = [record.value for record in one.bounds[RELIEF].values()]
    words = np.array(WORDS)[np.searchsorted(bounds, peaks, side="right")]
    for row in one.rows:
        if row["content"] == "unknown" and row["output"] == RELIEF:
            assert row["people"] == pytest.approx(np.mean(words == row["effect"]))


def test_a_content_that_is_stated_is_the_same_known_or_not() -> None:
    stated = leaf(
        product={
            "kind": "leaf",
            "mitragynine": "14 mg/g",
            "profile": dict.fromkeys(
                (
                    "hydroxymitragynine",
                    "speciociliatine",
                    "speciogynine",
                    "paynantheine",
                    "mitraciliatine",
                    "isopaynantheine",
                ),
                "1 mg/g",
            ),
        }
    )
    one = bands(stated, doses=[(1.0, 3.0)], people=10, replicates=3)
    by_content = {
        content: [row["share"] for row in one.rows if row["content"] == content]
        for content in CONTENTS
    }
    assert by_content["unknown"] == by_content["known"]


def test_people_of_a_block_are_the_people_of_a_run_whatever_the_number_of_replicates() -> None:
    few, many = (bands(leaf(), doses=[(3.0, 5.0)], people=9, replicates=n, seed=1) for n in (2, 5))
    assert [row["people"] for row in few.rows] == [row["people"] for row in many.rows]


def test_bounds_rise_and_name_what_they_rest_on() -> None:
    held: dict[str, list[float]] = {}
    for identity, record in records("bands").items():
        held.setdefault(identity.split("/")[1], []).append(record.value)
        assert record.source == "dworkin-2008" or record.because
    assert all(values == sorted(values) and len(values) == 3 for values in held.values())
    assert set(held) == {RELIEF, "arousal.sedation", "arousal.stimulation", "gut.nausea"}
    assert set(held) <= set(OUTPUTS)


def test_plain_data_holds_the_bounds_with_their_sources() -> None:
    plain = found().to_dict()
    assert plain["bounds"][RELIEF]["mild"]["source"] == "dworkin-2008"
    assert plain["people"] == {"n": 20, "replicates": 6, "failed": 0}
    assert plain["rows"] == [dict(row) for row in found().rows]


def test_progress_ends_with_everybody() -> None:
    told: list[tuple[int, int]] = []
    bands(leaf(), doses=[(1.0, 3.0)], people=5, replicates=2, progress=lambda *at: told.append(at))
    assert told == sorted(told)
    assert told[-1] == (30, 30)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"outputs": ["mood.level"]}, "outputs: got 'mood.level'; expected an effect with bounds"),
        ({"people": 0}, "people"),
        ({"replicates": 1}, "replicates"),
        ({"doses": []}, "doses"),
        ({"doses": [(3.0, 1.0)]}, "doses"),
        ({"doses": [(1.0, 1000.0)]}, "doses"),
        ({"scenario": leaf(regimen={"dose": "1 g", "every": "8 h", "for": "2 d"})}, "scenario"),
        ({"scenario": leaf(regimen={"dose": "2 tsp"})}, "scenario"),
        ({"scenario": leaf(regimen={"dose": "2 g"})}, "scenario"),
    ],
)
def test_what_is_wrong_is_told(asked: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        bands(**asked)


def test_a_share_that_was_not_counted_is_refused() -> None:
    with pytest.raises(InputError, match="a row of the table"):
        found().share(RELIEF, (2.0, 2.0), "none")
