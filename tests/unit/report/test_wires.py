"""The wiring as drawings; those of single systems are tested with their pages."""

from __future__ import annotations

import pytest

from speciosa.compile import giver
from speciosa.model.wiring import SYSTEMS, WIRES
from speciosa.report.chart import Width
from speciosa.report.wires import LAYERS, body_chart, wires


def test_every_wire_is_in_the_table_once() -> None:
    assert sum(map(len, wires().values())) == len(WIRES)
    for fed, wire in WIRES.items():
        source = giver(wire, None)[0].owner
        assert source is not None
        assert fed.owner is not None
        assert fed.name in wires()[source.word, fed.owner.word]


def test_every_system_is_in_one_layer() -> None:
    drawn = [word for words in LAYERS.values() for word in words]
    assert sorted(drawn) == sorted(system.word for system in SYSTEMS)


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_drawing_names_every_system_and_says_what_it_shows(width: Width) -> None:
    chart = body_chart(width)
    svg = chart.svg()
    assert all(system.word in svg for system in SYSTEMS)
    assert f"{len(WIRES)} wires" in chart.description
    if width == "wide":
        assert len(chart.axes[0].patches) == len(SYSTEMS) + len(wires())
