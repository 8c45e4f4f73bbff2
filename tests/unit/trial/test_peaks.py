"""When an output is most, by person."""

from __future__ import annotations

import numpy as np
import pytest

from speciosa import Scenario, simulate
from speciosa.errors import InputError
from speciosa.trial.peaks import PARTS, quantiles


def test_each_value_is_the_middle_of_a_twentieth_of_the_people() -> None:
    found = quantiles(np.linspace(0.0, 1.0, 1001))
    assert found == pytest.approx((np.arange(PARTS) + 0.5) / PARTS)


def test_people_to_whom_it_does_not_happen_are_left_out() -> None:
    assert quantiles([np.nan, 2.0]).tolist() == [2.0] * PARTS
    with pytest.raises(InputError, match="a value for at least one person"):
        quantiles([np.nan])


def test_a_run_tells_when_its_outputs_are_most() -> None:
    scenario = Scenario(product={"kind": "leaf"}, regimen={"dose": "3 g"}, output={"until": "12 h"})
    result = simulate(scenario, people=20, replicates=1, outputs=["pain.relief"])
    (row,) = result.to_dict()["peaks"]
    assert (row["output"], row["window"], row["unit"]) == ("pain.relief", "all", "h")
    assert row["times"] == quantiles(result.measure("tmax", "pain.relief")).tolist()
    assert row["times"] == sorted(row["times"])
