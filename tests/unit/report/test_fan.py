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


def test_a_plain_axis_ends_where_nothing_is_to_be_seen_any_more() -> None:
    fan = fans(made_up.result(series=True))[0]
    end = fan.visible_until
    top = np.max(fan.bands["both"].p95)
    assert 24 < end < fan.times[-1]
    assert np.max(fan.bands["both"].p95[fan.times > end]) < 0.051 * top


def test_what_never_leaves_zero_is_shown_whole() -> None:
    table = made_up.result(series=True)
    for row in table["series"]["outputs"]:
        row |= dict.fromkeys(("p05", "p25", "median", "p75", "p95"), [0.0] * made_up.TIMES.size)
    fan = fans(table)[0]
    assert fan.visible_until == fan.times[-1]
    assert not fan.is_concentration


def test_levels_of_drugs_are_concentrations() -> None:
    plasma, occupancy = fans(made_up.result(series=True))
    assert plasma.is_concentration
    assert not occupancy.is_concentration


def test_what_does_not_move_by_a_thousandth_does_not_change() -> None:
    table = made_up.result(series=True)
    assert all(fan.changes for fan in fans(table))
    for row in table["series"]["outputs"]:
        for name in ("p05", "p25", "median", "p75", "p95"):
            row[name] = [value * 1e-6 for value in row[name]]
    assert [fan.changes for fan in fans(table)] == [True, False]
