"""The figure of a case: every number on its axis, and nothing cut off."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from speciosa.errors import InputError
from speciosa.report.chart import Chart
from speciosa.report.claim_chart import claim_chart, numbers


def point(kind: str, value: float, **other: Any) -> dict[str, Any]:
    ends = {"low": 0.5 * value, "high": 2.0 * value}
    held = {"label": f"a/{kind}/{value}", "value": value, "unit": "1", "kind": kind, **ends}
    return {**held, "bound": 1.0, "side": "at least", **other}


def case(*points: dict[str, Any]) -> dict[str, Any]:
    told = {"id": "x", "claim": "It is so.", "verdict": "holds", "certainty": "low"}
    return {**told, "parts": [{"points": list(points)}]}


def axes_of(chart: Chart) -> list[str]:
    return [axes.get_xlabel().partition(" (")[0] for axes in chart.axes]


def test_numbers_in_several_units_are_folds_of_their_bounds() -> None:
    chart = claim_chart(case(point("record", 20.0, bound=10.0), point("observed", 3.0, unit="h")))
    assert axes_of(chart) == ["fold of its bound"]
    dots = [line for line in chart.axes[0].lines if line.get_marker() != "None"]
    middles = [float(np.asarray(dot.get_xdata())[0]) for dot in dots]
    assert middles == [2.0, 3.0]


def test_what_is_simulated_and_what_can_be_below_zero_have_axes_of_their_own() -> None:
    below = point("observed", -0.7, low=-1.1, high=-0.3, unit="mm", bound=0.0, side="at most")
    share = point("simulated", 0.5, bound=0.5, unit="share of people")
    chart = claim_chart(case(point("record", 2.0), below, share))
    assert axes_of(chart) == ["fold of its bound", "mm", "share of virtual people"]


def test_a_number_of_two_parts_is_drawn_once() -> None:
    one = point("record", 2.0)
    assert numbers({**case(one), "parts": [{"points": [one]}, {"points": [dict(one)]}]}) == [one]


def test_nothing_is_cut_off_however_long_its_name() -> None:
    long = "a/very/long/name/of/a/record/" * 9
    told = case(
        point("record", 2.0, label=long, bound=1234.5),
        point("simulated", 0.5, bound=0.5, label="breathing.depression at least 0.1 in " * 6),
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
    chart = claim_chart(case(*(point("record", value) for value in (0.1, 2.0, 30.0))))
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


def test_a_number_says_on_which_side_its_bound_lies() -> None:
    chart = claim_chart(case(point("record", 2.0, side="at most")))
    said = chart.description.replace("\N{NO-BREAK SPACE}", " ")
    assert "a/record/2.0: 2 (1 to 4); bound: at most 1." in said


def test_a_claim_without_numbers_has_none() -> None:
    with pytest.raises(InputError, match="facts alone decide"):
        claim_chart(case())
