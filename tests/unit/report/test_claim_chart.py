"""A figure of one case: its numbers beside their bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from speciosa.claims import judge
from speciosa.errors import InputError
from speciosa.report.claim_chart import claim_chart

AFFINITY = {
    "label": "opioid/mu/Ki/made-up",
    "value": 100.0,
    "low": 40.0,
    "high": 250.0,
    "unit": "nmol/L",
    "kind": "record",
    "bound": 50.0,
}
PUPIL = AFFINITY | {
    "label": "pupil",
    "value": -1.0,
    "low": -2.0,
    "high": 0.5,
    "unit": "mm",
    "kind": "observed",
    "bound": 0.0,
}
PEOPLE = AFFINITY | {
    "label": "pain.relief at least 0.1 in leaf-3-g",
    "value": 0.3,
    "low": 0.1,
    "high": 0.7,
    "unit": "share of people",
    "kind": "simulated",
    "bound": 0.5,
}


def entry(*points: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": "made-up",
        "claim": "It relieves pain.",
        "verdict": "fails",
        "certainty": "low",
        "parts": [{"points": [point]} for point in points],
    }


def drawn(axes) -> list[tuple[float, ...]]:
    """The ends of every line of a panel."""
    return [tuple(float(x) for x in line.get_xdata()) for line in axes.lines]


def test_each_unit_has_a_panel_of_its_own() -> None:
    folds, millimetres, shares = claim_chart(entry(AFFINITY, PUPIL, PEOPLE)).axes
    assert folds.get_xlabel().startswith("fold of its bound (record;")
    assert millimetres.get_xlabel().startswith("mm (study in people;")
    assert shares.get_xlabel().startswith("share of virtual people (simulation;")


def test_numbers_above_0_are_folds_of_their_bounds() -> None:
    (axes,) = claim_chart(entry(AFFINITY)).axes
    assert axes.get_xscale() == "log"
    assert drawn(axes) == [(0.8, 5.0), (2.0,), (1.0, 1.0)]  # bar, mark, bound


def test_numbers_that_may_be_below_0_stand_in_their_unit_with_a_line_for_the_bound() -> None:
    (axes,) = claim_chart(entry(PUPIL)).axes
    assert axes.get_xscale() == "linear"
    assert drawn(axes) == [(-2.0, 0.5), (-1.0,), (0.0, 0.0)]


def test_shares_of_people_run_from_none_to_all() -> None:
    (axes,) = claim_chart(entry(PEOPLE)).axes
    assert drawn(axes) == [(0.1, 0.7), (0.3,), (0.5, 0.5)]
    low, high = axes.get_xlim()
    assert low < 0.0 < 1.0 < high
    assert axes.xaxis.get_major_formatter()(0.5, 0) == "50%"


def test_a_number_without_a_bound_is_drawn_without_one() -> None:
    (axes,) = claim_chart(entry(AFFINITY | {"bound": None})).axes
    assert drawn(axes) == [(40.0, 250.0), (100.0,)]


def test_a_number_that_two_parts_look_at_is_drawn_once() -> None:
    (axes,) = claim_chart(entry(AFFINITY, AFFINITY)).axes
    assert len(axes.get_yticklabels()) == 1


def test_the_first_number_stands_on_top_and_each_has_its_name() -> None:
    (axes,) = claim_chart(entry(AFFINITY, AFFINITY | {"label": "below"})).axes
    assert [one.get_text() for one in axes.get_yticklabels()] == ["opioid/mu/Ki/made-up", "below"]
    bottom, top = axes.get_ylim()
    assert bottom > top


def test_a_long_name_is_broken_and_cut() -> None:
    long = AFFINITY | {"label": "/".join(["receptor"] * 40)}
    (axes,) = claim_chart(entry(long)).axes
    lines = axes.get_yticklabels()[0].get_text().split("\n")
    assert len(lines) == 3
    assert lines[-1].endswith("...")
    assert all(len(line) <= 44 for line in lines)


def test_the_description_says_all_that_is_to_be_seen() -> None:
    chart = claim_chart(entry(AFFINITY, PUPIL | {"bound": None}, PEOPLE))
    assert chart.description == (
        "It relieves pain. Verdict: fails, certainty low. "
        "opioid/mu/Ki/made-up: 100 nmol/L, 90 % interval 40 to 250; bound 50. "
        "pupil: -1 mm, 90 % interval -2 to 0.5. "
        "pain.relief at least 0.1 in leaf-3-g: 0.3 share of people, 90 % interval 0.1 to 0.7; "
        "bound 0.5."
    )
    assert chart.title == "It relieves pain."
    assert f"<desc>{chart.description}</desc>" in chart.svg()


def test_it_is_the_same_file_each_time() -> None:
    assert claim_chart(entry(AFFINITY, PEOPLE)).svg() == claim_chart(entry(AFFINITY, PEOPLE)).svg()


def test_a_claim_that_facts_alone_decide_has_no_figure() -> None:
    with pytest.raises(InputError) as caught:
        claim_chart(entry())
    assert str(caught.value) == (
        "figure: got 'made-up'; expected a claim with numbers; facts alone decide this one"
    )


def test_a_real_claim_is_drawn_with_its_bound() -> None:
    (found,) = judge(["seven-oh-most-potent"]).to_dict()["claims"]
    chart = claim_chart(found)
    (axes,) = chart.axes
    points = [point for part in found["parts"] for point in part["points"]]
    assert len(axes.get_yticklabels()) == len(points) == 2
    assert all(np.isfinite(drawn(axes)[0]))
    assert "Verdict: fails, certainty moderate." in chart.description
