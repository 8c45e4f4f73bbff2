from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pytest
from matplotlib.axes import Axes

import made_up
from speciosa.errors import InputError
from speciosa.report.chart import Chart, Width
from speciosa.report.fan import Band, Fan, fans
from speciosa.report.figures import fan_chart, figure, redrawn

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def fan() -> Fan:
    return fans(made_up.result(series=True))[0]


def panels(chart: Chart) -> list[Axes]:
    return chart.axes


def words(chart: Chart) -> str:
    root = ElementTree.fromstring(chart.svg())
    return " ".join(text for text in root.itertext() if text.strip())


def test_people_differ_and_we_do_not_know_stand_side_by_side_on_one_scale(fan: Fan) -> None:
    chart = fan_chart(fan)
    left, right = panels(chart)
    assert (left.get_title("left"), right.get_title("left")) == ("People differ", "We do not know")
    assert left.get_ylim() == right.get_ylim()
    assert left.get_position().y0 == right.get_position().y0


def test_on_a_phone_they_stand_one_above_the_other(fan: Fan) -> None:
    chart = fan_chart(fan, width="narrow")
    above, below = panels(chart)
    assert above.get_position().y0 > below.get_position().y0
    assert chart.get_size_inches()[0] < 4


def test_bands_are_named_in_words(fan: Fan) -> None:
    said = words(fan_chart(fan))
    for name in ("half of people", "9 of 10 people", "middle person", "9 in 10 chance"):
        assert name in said


def test_unit_time_and_dose_are_named(fan: Fan) -> None:
    said = words(fan_chart(fan))
    assert "Mitragynine in blood plasma (ng/mL)" in said
    assert "hours" in said
    assert "a dose" in said


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_nothing_is_cut_off(fan: Fan, width: Width) -> None:
    chart = fan_chart(fan, width=width)
    shown = chart.get_tightbbox()
    inches = chart.get_size_inches()
    assert shown.x0 >= -0.01
    assert shown.y0 >= -0.01
    assert shown.x1 <= inches[0] + 0.01
    assert shown.y1 <= inches[1] + 0.01


def test_a_long_course_is_read_in_days(fan: Fan) -> None:
    long = replace(fan, times=fan.times * 5)
    assert "days" in words(fan_chart(long))
    assert "hours" in words(fan_chart(long, until=48))


def test_a_line_where_nothing_is_spread(fan: Fan) -> None:
    middle = fan.bands["both"].median
    line = replace(fan, bands={"both": Band(middle, middle, middle, middle, middle)})
    chart = fan_chart(line)
    assert len(panels(chart)) == 1
    assert panels(chart)[0].get_legend() is None


def test_both_kinds_together_when_they_were_not_told_apart(fan: Fan) -> None:
    chart = fan_chart(replace(fan, bands={"both": fan.bands["both"]}))
    assert [axes.get_title("left") for axes in panels(chart)] == ["Both together"]


def test_an_axis_in_powers_of_ten_follows_the_fall_and_not_the_rise(fan: Fan) -> None:
    low, high = panels(fan_chart(fan, log=True))[0].get_ylim()
    late = fan.bands["variability"].p05[-1]
    assert late / 2 < low < late
    assert high > np.max(fan.bands["variability"].p95)


def test_powers_of_ten_need_something_above_zero(fan: Fan) -> None:
    nothing = np.zeros_like(fan.times)
    flat = replace(fan, bands={"both": Band(nothing, nothing, nothing, nothing, nothing)})
    with pytest.raises(InputError, match="above zero"):
        fan_chart(flat, log=True)


def test_gaps_and_a_value_that_never_exists_are_drawn_without_complaint(fan: Fan) -> None:
    none = np.full_like(fan.times, np.nan)
    chart = fan_chart(replace(fan, bands={"both": Band(none, none, none, none, none)}))
    assert "no value could be computed" in chart.description


def test_the_same_file_at_every_drawing(fan: Fan) -> None:
    chart = fan_chart(fan)
    first = chart.svg()
    chart.png()
    assert chart.svg() == first == fan_chart(fan).svg()
    assert chart.png() == fan_chart(fan).png()


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_what_is_drawn_again_is_what_is_drawn_anew(fan: Fan, width: Width) -> None:
    for factor in (1.0, 1.7, 0.02, 1.0):
        other = replace(fan, bands={kind: one.times(factor) for kind, one in fan.bands.items()})
        anew = fan_chart(other, quick=True, width=width)
        again = redrawn(other, width=width)
        assert again.svg() == anew.svg()
        assert again.description == anew.description


def test_a_line_is_drawn_again_too(fan: Fan) -> None:
    lines = {
        k: Band(b.median, b.median, b.median, b.median, b.median) for k, b in fan.bands.items()
    }
    line = replace(fan, bands=lines)
    assert redrawn(line).svg() == fan_chart(line, quick=True).svg()


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_margins_that_suit_every_fan_cut_nothing_off(fan: Fan, width: Width) -> None:
    chart = fan_chart(fan, quick=True, width=width)
    chart.draw_without_rendering()
    whole = chart.get_tightbbox()
    across, high = chart.get_size_inches()
    assert whole.x0 >= 0
    assert whole.y0 >= 0
    assert whole.x1 <= across
    assert whole.y1 <= high


def test_svg_says_what_it_shows(fan: Fan) -> None:
    root = ElementTree.fromstring(fan_chart(fan).svg())
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Mitragynine in blood plasma over time"
    assert description is not None
    assert "9 of 10 people" in (description.text or "")


def test_the_readers_own_matplotlib_is_left_alone(fan: Fan) -> None:
    before = dict(matplotlib.rcParams)
    fan_chart(fan).svg()
    assert dict(matplotlib.rcParams) == before


def test_a_figure_by_name_from_a_result_or_its_file() -> None:
    table = made_up.result(series=True)

    class Result:
        def to_dict(self, series: bool) -> dict[str, object]:
            assert series
            return table

    assert figure(Result(), "opioid.occupancy").svg() == figure(table, "opioid.occupancy").svg()


def test_an_output_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(InputError, match=r"one of plasma\.mitragynine, opioid\.occupancy"):
        figure(made_up.result(series=True), "plasma.mitragynin")


def at(output: str, unit: str, low: float, high: float) -> Fan:
    """An output that moves from one value to another, a little spread."""
    times = np.linspace(0.0, 24.0, 25)
    middle = np.linspace(high, low, 25)
    band = Band(*(middle + shift for shift in (-0.01 * low, 0.0, 0.0, 0.0, 0.01 * low)))
    return Fan(output, unit, times, {"variability": band})


def test_what_falls_is_described_by_its_lowest_value() -> None:
    pupil = fan_chart(at("autonomic.pupil", "mm", 2.0, 4.0)).description
    assert "the middle line is lowest after 24.0 hours, at 2.00 mm" in pupil
    assert "the middle line is highest" in fan_chart(at("pain.relief", "1", 0.1, 0.2)).description


def test_what_is_never_near_zero_does_not_begin_there() -> None:
    assert panels(fan_chart(at("heart.qt", "ms", 400.0, 410.0)))[0].get_ylim()[0] > 350
    assert panels(fan_chart(at("breathing.drive", "1", 0.8, 1.0)))[0].get_ylim()[0] == 0.0
    assert panels(fan_chart(at("autonomic.pupil", "mm", 1.0, 4.0)))[0].get_ylim()[0] == 0.0


def test_no_power_of_ten_stands_beside_an_axis() -> None:
    axes = panels(fan_chart(at("heart.dizziness", "1", 1e-6, 3e-6)))[0]
    assert axes.yaxis.get_offset_text().get_text() == ""
    assert axes.get_yticklabels()[1].get_text() == "5e-07"


def test_alcohol_is_drawn_in_grams_per_litre(fan: Fan) -> None:
    table = made_up.result(series=True)
    for row in table["series"]["outputs"]:
        if row["output"] == "plasma.mitragynine":
            row["output"] = "plasma.alcohol"
            for name in ("p05", "p25", "median", "p75", "p95"):
                row[name] = [value * 3e4 for value in row[name]]
    (alcohol, _) = fans(table)
    assert alcohol.unit == "g/L"
    wanted = 3e4 * 1e-6 * fan.bands["both"].median
    assert alcohol.bands["both"].median == pytest.approx(wanted)


def test_occupancy_is_not_drawn_without_its_bounds() -> None:
    table = made_up.result(series=True)
    table["people"]["replicates"] = 3
    with pytest.raises(InputError, match="at least 10"):
        figure(table, "opioid.occupancy")
    assert [fan.output for fan in fans(table)] == ["plasma.mitragynine"]
