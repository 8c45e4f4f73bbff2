"""Observed against simulated: each number where it belongs, and told what it is worth."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes

import made_up
from speciosa.report.against import against
from speciosa.report.chart import Chart, Width
from speciosa.report.comparisons import KINDS, PARTS, kind, told, worst
from speciosa.report.validated import comparisons

MARKS = {"kratom": "D", "other": "s", "fitted": "o"}


def row(**changed: object) -> dict[str, Any]:
    return made_up.validation()["comparisons"][1] | changed


def effect(**changed: object) -> dict[str, Any]:
    held = {"part": "effects", "output": "autonomic.pupil", "measure": "change", "unit": "mm"}
    held |= {"observed": -0.7, "simulated": -0.4, "p05": -0.6, "p95": -0.1, "sd": 0.5}
    held |= {"at": 1.0, "error": "difference", "in_sd": 0.6, "fold": 0.57}
    return row(**(held | changed))


def dots(axes: Axes, mark: str = "") -> list[tuple[float, float]]:
    wanted = [mark] if mark else list(MARKS.values())
    lines = [line for line in axes.lines if str(line.get_marker()) in wanted]
    return [
        (float(x), float(y))
        for line in lines
        for x, y in zip(np.asarray(line.get_xdata()), np.asarray(line.get_ydata()), strict=True)
    ]


def titles(chart: Chart) -> list[str]:
    return [axes.get_title("left") for axes in chart.axes]


def words(axes: Axes) -> str:
    return "\n".join(text.get_text() for text in axes.texts)


def test_numbers_in_one_unit_share_a_panel_and_no_others_do() -> None:
    rows = [
        row(),
        row(measure="tmax", observed=1.0, simulated=2.5),
        *made_up.validation()["comparisons"],
    ]
    chart = against(rows)
    assert titles(chart) == ["Half-life and time of peak (tmax), h (3)", "Peak (Cmax), ng/mL (1)"]
    assert sorted(dots(chart.axes[0])) == [(1.0, 2.5), (40.0, 100.0), (40.0, 100.0)]
    assert dots(chart.axes[1]) == [(60.0, 66.0)]


def test_ratios_have_a_panel_for_each_measure() -> None:
    ratio = {"part": "interactions", "unit": "1"}
    chart = against([row(**ratio, measure=name) for name in ("auc_ratio", "cmax_ratio")])
    assert titles(chart) == ["Ratio of exposure (AUC) (1)", "Ratio of peaks (Cmax) (1)"]
    assert chart.title == "Interactions: observed against simulated"


def test_form_and_colour_both_tell_what_was_never_seen() -> None:
    chart = against([row(), row(kratom=False), row(use="fit")])
    lines = [line for line in chart.axes[0].lines if str(line.get_marker()) in MARKS.values()]
    drawn = [line for line in lines if len(np.asarray(line.get_xdata()))]
    assert len({str(line.get_marker()) for line in drawn}) == 3
    assert len({str(line.get_color()) for line in drawn}) == 3
    (legend,) = chart.legends
    assert [text.get_text() for text in legend.get_texts()] == [*KINDS.values(), "within 2-fold"]


def test_what_is_not_there_is_not_in_the_legend() -> None:
    (legend,) = against([row(use="fit")]).legends
    assert [text.get_text() for text in legend.get_texts()] == [KINDS["fitted"], "within 2-fold"]


def test_lines_say_by_themselves_what_is_shaded() -> None:
    (legend,) = against([effect()]).legends
    assert [text.get_text() for text in legend.get_texts()] == [KINDS["kratom"]]


def test_both_axes_are_the_same_and_hold_every_interval() -> None:
    (axes,) = against([row(), row(observed=30.0, p05=2.0, p95=900.0)]).axes
    assert axes.get_xlim() == axes.get_ylim()
    low, high = axes.get_ylim()
    assert low < 2.0 < 900.0 < high


def test_the_worst_misses_are_named_and_the_others_are_not() -> None:
    rows = [row(study="near", fold=1.2, simulated=48.0), row(study="far-2020")]
    said = words(against(rows).axes[0])
    assert "1 far-2020: 2.5×" in said
    assert "near" not in said


def test_what_is_of_kratom_is_named_among_many_other_drugs() -> None:
    others = [row(kratom=False, study=f"other-{n}", simulated=44.0, fold=1.1) for n in range(20)]
    kratom = row(study="tea-2023", simulated=42.0, fold=1.05)
    assert "k kratom, tea-2023: 1.1×" in words(against([*others, kratom]).axes[0])
    assert "kratom" not in words(against([*others[:5], kratom]).axes[0])


def test_an_effect_is_drawn_in_what_its_error_is_told() -> None:
    by_fold = effect(error="fold", in_sd=None, observed=0.5, simulated=0.6, p05=0.4, p95=1.0)
    apart, folds = against([by_fold, effect(), effect(simulated=0.3, study="further")]).axes
    assert [x for x, _ in dots(apart)] == pytest.approx([2.0, 0.6])  # the furthest off first
    assert "SD between people" in apart.get_xlabel()
    assert [x for x, _ in dots(folds)] == pytest.approx([1.2])
    assert folds.get_xscale() == "log"
    said = "Diameter of the pupil, change at 1 h: observed -0.70 mm, simulated -0.40 mm (second)"
    assert said in words(apart)


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("part", PARTS)
def test_every_comparison_that_is_shipped_is_a_dot(part: str, width: Width) -> None:
    rows = [one for one in comparisons() if one["part"] == part]
    chart = against(rows, width)
    for name, mark in MARKS.items():
        drawn = sum(len(dots(axes, mark)) for axes in chart.axes)
        assert drawn == sum(kind(one) == name for one in rows)
    assert chart.description == " ".join(told(rows))
    said = " ".join(words(axes) for axes in chart.axes)
    assert all(one["study"] in said for one in worst(rows, 2))


def test_it_is_the_same_file_each_time() -> None:
    rows = made_up.validation()["comparisons"] + [effect()]
    assert against(rows).svg() == against(rows).svg()
    assert against(rows).title == "Observed against simulated"


@pytest.mark.parametrize("part", PARTS)
def test_no_word_of_the_narrow_drawing_lies_outside_it(part: str) -> None:
    chart = against([one for one in comparisons() if one["part"] == part], "narrow")
    drawn, (across, _) = chart.get_tightbbox(), chart.get_size_inches()
    assert drawn.x0 >= 0.0
    assert drawn.x1 <= across
