from __future__ import annotations

import numpy as np
import pytest

import made_up
from speciosa.errors import InputError
from speciosa.report.fan import fans


def test_every_output_is_a_fan_with_all_its_kinds_of_spread() -> None:
    found = fans(made_up.result(series=True))
    assert [fan.output for fan in found] == list(made_up.UNITS)
    assert all(set(fan.bands) == set(made_up.WIDTHS) for fan in found)
    assert found[0].unit == "ng/mL"
    assert found[0].doses == (0.0,)
    assert np.array_equal(found[0].times, made_up.TIMES)


def test_null_in_a_file_is_a_gap_in_the_curve() -> None:
    table = made_up.result(series=True)
    table["series"]["outputs"][0]["median"][3] = None
    assert np.isnan(fans(table)[0].bands["variability"].median[3])


def test_a_result_without_time_courses_says_how_to_get_them() -> None:
    with pytest.raises(InputError, match="--series"):
        fans(made_up.result())


def test_one_person_without_uncertainty_is_a_line() -> None:
    table = made_up.result(series=True)
    for row in table["series"]["outputs"]:
        row["p05"] = row["p95"] = row["median"]
    assert not any(band.has_width for fan in fans(table) for band in fan.bands.values())
