"""What is kept of the last validation is what the documents show, and of today's observations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from speciosa.evidence.fits import fits
from speciosa.report.validated import comparisons, fits_held, groups, validated
from speciosa.trial.validation import comparable

RESULTS = Path(__file__).parents[3] / "docs" / "credibility" / "results.json"
AGAIN = "run docs/credibility_results.py --validation and --interactions"


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def assert_same(found: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    """What is told of it is found, as far as JSON writes numbers."""
    for key, value in told.items():
        expected = pytest.approx(value, rel=1e-9) if isinstance(value, float) else value
        assert found[key] == expected, (told, key, AGAIN)


def test_its_groups_are_those_of_the_documents(results: dict[str, Any]) -> None:
    for name, part in validated().items():
        assert (part.trials, part.seed) == (results[name]["trials"], results[name]["seed"]), AGAIN
        found = {one["group"]: one for one in part.summaries()}
        assert list(found) == [one["group"] for one in results[name]["groups"]], AGAIN
        for one in results[name]["groups"]:
            assert_same(found[one["group"]], one)


def test_its_rows_are_those_of_the_documents(results: dict[str, Any]) -> None:
    held = {one["id"]: one for one in comparisons()}
    for name in validated():
        for row in results[name]["rows"]:
            assert_same(held[row["id"]], row)


def test_what_was_never_seen_comes_before_what_was_fitted() -> None:
    fitted = ["fitted" in one["group"] for one in groups()]
    assert fitted == sorted(fitted)
    assert len(groups()) == sum(len(part.summaries()) for part in validated().values())


def test_it_is_of_the_fits_that_are_shipped() -> None:
    assert set(fits_held()) == set(fits()), AGAIN


@pytest.mark.parametrize("interactions", [False, True])
def test_it_is_of_every_observation_that_can_be_compared(interactions: bool) -> None:
    part = validated()["interactions" if interactions else "validation"]
    now, left_out = comparable(interactions=interactions)
    assert {one.observation.id for one in part.comparisons} == {one.id for one in now}, AGAIN
    assert part.left_out == left_out, AGAIN
