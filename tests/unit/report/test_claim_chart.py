"""A figure of one case: its numbers beside their bounds, and nothing cut off."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

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
    "side": "at most",
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
    "side": "at least",
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
    assert len(axes.texts) == 1


def test_the_first_number_stands_on_top_and_each_has_its_name() -> None:
    (axes,) = claim_chart(entry(AFFINITY, AFFINITY | {"label": "below"})).axes
    assert [one.get_text().partition(":")[0] for one in axes.texts] == [
        "opioid/mu/Ki/made-up",
        "below",
    ]
    bottom, top = axes.get_ylim()
    assert bottom > top


def test_nothing_is_cut_off_however_long_its_name() -> None:
    long = "a/very/long/name/of/a/record/" * 9
    told = entry(
        AFFINITY | {"label": long, "bound": 1234.5},
        PEOPLE | {"label": "breathing.depression at least 0.1 in " * 6},
    )
    chart = claim_chart({**told, "claim": "People say that it is so. " * 8})
    canvas = FigureCanvasAgg(chart)
    canvas.draw()
    width, height = canvas.get_width_height()
    words = [text for axes in chart.axes for text in (*axes.texts, axes.xaxis.label)]
    assert len(words) == 4
    for text in (*words, *chart.texts):
        box = text.get_window_extent(canvas.get_renderer())
        assert box.x0 >= 0.0
        assert box.x1 <= width
        assert box.y0 >= 0.0
        assert box.y1 <= height


def test_words_do_not_stand_on_one_another() -> None:
    chart = claim_chart(entry(*(AFFINITY | {"label": name} for name in "abc")))
    canvas = FigureCanvasAgg(chart)
    canvas.draw()
    boxes = [text.get_window_extent(canvas.get_renderer()) for text in chart.axes[0].texts]
    marks = [
        line.get_window_extent(canvas.get_renderer())
        for line in chart.axes[0].lines
        if line.get_marker() != "None"
    ]
    for upper, lower in pairwise(boxes):
        assert upper.y0 > lower.y1
    for words, mark in zip(boxes, marks, strict=True):
        assert words.y0 > mark.y0


def test_the_description_says_all_that_is_to_be_seen() -> None:
    chart = claim_chart(entry(AFFINITY, PUPIL | {"bound": None}, PEOPLE))
    assert chart.description.replace("\N{NO-BREAK SPACE}", " ") == (
        "It relieves pain. Verdict: fails, certainty low. "
        "opioid/mu/Ki/made-up: 100 nmol/L (40 to 250); bound: at most 50. "
        "pupil: -1 mm (-2 to 0.5). "
        "pain.relief at least 0.1 in leaf-3-g: 30% of people (10% to 70%); bound: at least 50%."
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
    points = {str(point) for part in found["parts"] for point in part["points"]}
    assert sum(len(axes.texts) for axes in chart.axes) == len(points) >= 2
    assert all(np.isfinite(drawn(axes)[0]).all() for axes in chart.axes)
    assert f"Verdict: fails, certainty {found['certainty']}." in chart.description
