"""Twenty dots stand for all people, in the order in which it happens to them."""

from __future__ import annotations

import pytest

from speciosa import Scenario, simulate
from speciosa.errors import InputError
from speciosa.report.chart import Width
from speciosa.report.dots import dots
from speciosa.trial.peaks import PARTS

LEAF = Scenario(product={"kind": "leaf"}, regimen={"dose": "3 g"}, output={"until": "12 h"})
PLAIN = simulate(LEAF, people=20, replicates=1, outputs=["pain.relief"]).to_dict()


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_plot_of_a_run_says_by_when(width: Width) -> None:
    chart = dots(PLAIN, "pain.relief", width=width)
    assert "Pain relief: it is most within" in chart.description
    assert chart.svg().count("<use") >= PARTS


def test_an_output_without_a_peak_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"got 'gut\.nausea'; expected one of pain\.relief"):
        dots(PLAIN, "gut.nausea")
