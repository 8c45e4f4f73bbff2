"""Comparisons with people in words, and as a table."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

import made_up
from reading import grade
from speciosa.report import comparisons as said
from speciosa.report.validated import comparisons
from speciosa.trial.validation import SCALE


def row(**changed: object) -> dict[str, Any]:
    """Never seen, of kratom, two and a half times too high."""
    return made_up.validation()["comparisons"][1] | changed


def effect(**changed: object) -> dict[str, Any]:
    held = {"part": "effects", "output": "autonomic.pupil", "measure": "change", "unit": "mm"}
    held |= {"at": 1.0, "error": "difference", "in_sd": -0.52, "fold": None}
    return row(**(held | changed))


def test_what_was_fitted_is_one_kind_whatever_it_is_of() -> None:
    assert said.kind(row()) == "kratom"
    assert said.kind(row(kratom=False)) == "other"
    assert said.kind(row(use="fit")) == said.kind(row(use="fit", kratom=False)) == "fitted"


def test_twice_too_low_is_as_far_as_twice_too_high() -> None:
    assert said.far(row(fold=0.4)) == said.far(row(fold=2.5)) == 2.5
    assert said.far(effect()) == said.far(row(fold=None)) == 1.0


def test_the_worst_are_beyond_two_fold_and_the_furthest_come_first() -> None:
    rows = [row(fold=fold) for fold in (1.9, 3.0, 0.1, 0.51, 2.2)]
    assert [one["fold"] for one in said.worst(rows, 2)] == [0.1, 3.0]
    assert [one["fold"] for one in said.worst(rows, 9)] == [0.1, 3.0, 2.2]


def test_the_measure_of_a_moment_says_its_hour_and_a_share_its_bound() -> None:
    assert said.moment(effect()) == "change at 1 h"
    assert said.moment(effect(measure="at")) == "at 1 h"
    assert said.moment(effect(measure="at", at=0.5, above=0.5)) == "at 0.5 h above 0.5"
    assert said.moment(row(measure="cmax")) == "cmax"
    assert said.what(effect()) == "Diameter of the pupil, change at 1 h"
    last = row(measure="cmax", window="last")
    assert said.what(last) == "Mitragynine, peak (Cmax), last dose"
    assert said.what(effect(above=0.5)).endswith(", share of people above 0.5")


def test_an_effect_is_off_by_standard_deviations() -> None:
    assert said.off(effect()) == "-0.5 SD"
    assert said.off(effect(in_sd=None)) == "–"
    assert said.off(row(fold=0.5)) == "0.500"


def test_what_is_weak_is_told_first() -> None:
    rows = [row(fold=1.1, use="fit"), row(), row(fold=1.2, inside_90=True)]
    first, *rest = said.told(rows)
    assert first == "The worst miss is 2.5 times too high: Mitragynine, half-life (second)."
    assert rest[:2] == [
        "Never seen, of kratom: 1 of 2 are within 2-fold.",
        "Fitted to these: 1 of 1 are within 2-fold.",
    ]
    assert rest[-1].endswith("Of 2 never seen it holds 1.")


def test_it_is_told_that_nothing_new_is_of_kratom() -> None:
    rows = [row(use="fit"), row(kratom=False, part="interactions", arm="with, alone", fold=0.25)]
    first, second, *_ = said.told(rows)
    assert first.endswith("of other drugs, and none of kratom.")
    assert "4.0 times too low" in second
    assert second.endswith("(second, with).")


def test_a_difference_is_told_apart_from_folds() -> None:
    told = " ".join(said.told([effect(in_sd=-0.4), effect(in_sd=1.4)]))
    assert "The worst miss by difference is +1.4 SD" in told
    assert "A fold says nothing of 2 effects never seen. By difference, 1 of them are" in told
    assert "within 2-fold" not in told


def test_of_levels_it_is_told_how_much_and_when_apart() -> None:
    rows = [row(measure="cmax"), row(fold=1.5), row(fold=0.6)]
    line = "Never seen, of kratom: 0 of 1 that say how much, and 2 of 2 that say when, are within"
    assert line in " ".join(said.told(rows))


def test_the_furthest_come_first_and_differences_before_folds() -> None:
    rows = [row(fold=1.2, in_sd=None), effect(in_sd=0.1), row(fold=0.1, in_sd=None)]
    rows.append(effect(in_sd=-2.0))
    found = said.furthest_first(rows)
    assert [(one["in_sd"], one["fold"]) for one in found[:2]] == [(-2.0, None), (0.1, None)]
    assert [one["fold"] for one in found[2:]] == [0.1, 1.2]


@pytest.mark.parametrize("part", said.PARTS)
def test_the_words_are_counted_from_what_is_shipped(part: str) -> None:
    rows = [one for one in comparisons() if one["part"] == part]
    told = " ".join(said.told(rows))
    never = [one for one in rows if one["use"] == "validate"]
    inside = sum(one["p05"] <= one["observed"] <= one["p95"] for one in never)
    assert f"Of {len(never)} never seen it holds {inside}." in told
    for kind, heading in said.KINDS.items():
        folds = {"when": [0, 0], "how much": [0, 0]}
        for one in rows:
            if said.kind(one) == kind and one["error"] == "fold":
                counted = folds["how much" if one["measure"] in SCALE else "when"]
                counted[0] += 0.5 <= one["simulated"] / one["observed"] <= 2.0
                counted[1] += 1
        (near, of), (much, of_much) = folds["when"], folds["how much"]
        words = f"{heading[0].upper()}{heading[1:]}: "
        assert (words in told) == bool(of + of_much)
        if of and of_much:
            words += f"{much} of {of_much} that say how much, and {near} of {of} that say when, are"
        else:
            words += f"{near + much} of {of + of_much} are"
        assert (words in told) == bool(of + of_much)
    assert grade(told) <= 8.0


def test_the_table_holds_the_numbers_of_every_comparison() -> None:
    read = list(csv.DictReader(io.StringIO(said.comparisons_csv(comparisons()))))
    assert len(read) == len(comparisons())
    for line, one in zip(read, comparisons(), strict=True):
        assert list(line) == list(one)
        for name, value in one.items():
            if isinstance(value, float):
                assert float(line[name]) == pytest.approx(value, rel=1e-11)
            else:
                assert line[name] == {None: "", True: "true", False: "false"}.get(value, str(value))
