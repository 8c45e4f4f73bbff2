from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.errors import InputError
from speciosa.report.chart import KIND_COLOURS, Chart


@pytest.fixture
def chart() -> Chart:
    made = Chart("A < B", (3.0, 2.0))
    made.description = "One & two."
    made.subplots()
    made.settle()
    return made


def test_it_is_saved_by_the_ending_of_its_name(chart: Chart, tmp_path: Path) -> None:
    chart.save(tmp_path / "a.svg")
    chart.save(str(tmp_path / "a.png"))
    assert (tmp_path / "a.svg").read_text() == chart.svg()
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")


def test_another_ending_is_refused(chart: Chart, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.svg or \.png"):
        chart.save(tmp_path / "a.gif")


def test_a_notebook_shows_it(chart: Chart) -> None:
    assert chart._repr_svg_() == chart.svg()


def test_title_and_description_are_inside_and_no_date(chart: Chart) -> None:
    text = chart.svg()
    assert "<title>A &lt; B</title>" in text
    assert "<desc>One &amp; two.</desc>" in text
    assert "dc:date" not in text


@pytest.mark.parametrize("colour", KIND_COLOURS.values())
def test_colours_stand_out_from_white_at_least_four_and_a_half_to_one(colour: str) -> None:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 4.5
