"""Twenty dots stand for all people, in the order in which it happens to them."""

from __future__ import annotations

import numpy as np
import pytest

from speciosa import Scenario, simulate
from speciosa.errors import InputError
from speciosa.report.dots import DOTS, dots, quantiles


def test_a_dot_is_the_middle_of_a_twentieth_of_the_people() -> None:
    found = quantiles(np.linspace(0.0, 1.0, 1001))
    assert found.size == DOTS
    assert found == pytest.approx((np.arange(DOTS) + 0.5) / DOTS)


def test_people_to_whom_it_does_not_happen_are_left_out() -> None:
    assert quantiles([np.nan, 2.0]).tolist() == [2.0] * DOTS
    with pytest.raises(InputError, match="a value for at least one person"):
        quantiles([np.nan])


@pytest.mark.parametrize("width", ["wide", "narrow"])
def test_a_plot_of_a_run_says_by_when(width: str) -> None:
    scenario = Scenario(product={"kind": "leaf"}, regimen={"dose": "3 g"}, output={"until": "12 h"})
    result = simulate(scenario, people=20, replicates=1, outputs=["pain.relief"])
    chart = dots(result, "pain.relief", width=width)  # pyright: ignore[reportArgumentType]
    assert "half of people have the most of it within" in chart.description
