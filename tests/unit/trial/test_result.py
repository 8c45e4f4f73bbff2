from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from tests.cups import tea

from speciosa import simulate
from speciosa.errors import InputError
from speciosa.trial.measures import Name
from speciosa.trial.percentiles import PERCENTILES, percentiles
from speciosa.trial.result import KINDS, Result, rows_of

KEYS = {
    "scenario",
    "model",
    "seed",
    "people",
    "measures",
    "shares",
    "peaks",
    "stops",
    "warnings",
    "evidence",
    "assumptions",
}
ROW = ["output", "measure", "window", "unit", "kind", "median", "p05", "p25", "p75", "p95"]


@pytest.fixture(scope="module")
def found() -> Result:
    return simulate(tea(), people=5, replicates=3, series=True)


def rows(name: Name, **kinds: list[float]) -> list[Mapping[str, Any]]:
    return list(
        rows_of(
            [name],
            {kind: percentiles(np.array([people]), axis=1) for kind, people in kinds.items()},
        )
    )


def test_a_row_names_what_it_is_of_and_then_its_numbers() -> None:
    name = Name("plasma.leafine", "cmax", "all", "ng/mL")
    (row,) = rows(name, variability=[1.0, 2.0, 3.0])
    assert list(row) == ROW
    assert (row["output"], row["measure"], row["unit"]) == ("plasma.leafine", "cmax", "ng/mL")
    assert (row["median"], row["p25"], row["p75"]) == (2.0, 1.5, 2.5)


def test_a_kind_in_which_nobody_has_a_value_has_no_row() -> None:
    found = rows(Name("a.b", "half_life", "all", "h"), variability=[np.nan], uncertainty=[1.0])
    assert [row["kind"] for row in found] == ["uncertainty"]


def test_an_output_is_asked_for_by_name(found: Result) -> None:
    assert found["plasma.mitragynine"].shape == (5, len(found.times))
    assert found.units["plasma.mitragynine"] == "ng/mL"
    assert set(found.outputs) >= {"opioid.occupancy", "opioid.response", "pain.felt", "pain.relief"}


def test_a_wrong_name_is_told_the_right_ones(found: Result) -> None:
    with pytest.raises(InputError, match=r"output: got .plasma\.mitragynin.*plasma\.mitragynine"):
        found["plasma.mitragynin"]
    with pytest.raises(InputError, match=r"measure: .*cmax \(all\)"):
        found.measure("peak", "plasma.mitragynine")


def test_a_measure_is_one_number_a_person_and_agrees_with_the_curve(found: Result) -> None:
    peaks = found.measure("cmax", "plasma.mitragynine")
    assert peaks.shape == (5,)
    assert peaks == pytest.approx(found["plasma.mitragynine"].max(axis=1))


def test_the_table_has_each_kind_of_spread_of_each_measure(found: Result) -> None:
    table = found.frame()
    assert list(table.columns) == ROW
    assert set(table["kind"]) == set(KINDS)
    peaks = table[(table["output"] == "plasma.mitragynine") & (table["measure"] == "cmax")]
    assert list(peaks["kind"]) == list(KINDS)
    variability = peaks[peaks["kind"] == "variability"]["median"].item()
    assert variability == np.median(found.measure("cmax", "plasma.mitragynine"))


def test_people_are_rows_of_a_frame(found: Result) -> None:
    people = found.people_frame()
    assert len(people) == 5
    assert people.index.name == "person"
    assert (
        people["plasma.mitragynine cmax all"] == found.measure("cmax", "plasma.mitragynine")
    ).all()


def test_percentiles_over_time_are_a_long_frame(found: Result) -> None:
    series = found.series_frame()
    assert set(series.columns) == {"output", "kind", "time", *PERCENTILES}
    assert len(series) == len(found.outputs) * len(KINDS) * len(found.times)
    here = series[(series["output"] == "pain.felt") & (series["kind"] == "variability")]
    assert here["median"].to_numpy() == pytest.approx(np.median(found["pain.felt"], axis=0))


def test_percentiles_never_cross(found: Result) -> None:
    series = found.series_frame()
    ordered = series[["p05", "p25", "median", "p75", "p95"]].to_numpy()
    assert (np.diff(ordered, axis=1) >= 0.0).all()


def test_a_run_without_series_says_how_to_get_them() -> None:
    short = simulate(tea(), people=1, replicates=1)
    with pytest.raises(InputError, match="series=True"):
        short.series_frame()
    with pytest.raises(InputError, match="series=True"):
        short.to_dict(series=True)


def test_the_plain_object_has_the_agreed_keys(found: Result) -> None:
    plain = found.to_dict()
    assert set(plain) == KEYS
    assert set(plain["model"]) == {"version", "hash", "variants", "method"}
    assert plain["model"]["method"] in ("rodas5p", "tsit5", "reference")
    assert plain["people"] == {"n": 5, "replicates": 3, "failed": 0}
    assert all(list(row) == ROW for row in plain["measures"])
    assert all(set(row) == {"id", "status", "read"} for row in plain["evidence"])
    series = found.to_dict(series=True)["series"]
    assert set(series) == {"times", "doses", "outputs"}
    assert all(len(row["median"]) == len(series["times"]) for row in series["outputs"])


def test_the_plain_object_is_json_without_any_number_that_json_does_not_know(found: Result) -> None:
    text = json.dumps(found.to_dict(series=True), allow_nan=False)
    assert json.loads(text) == found.to_dict(series=True)


def test_a_single_dose_has_only_the_window_of_all(found: Result) -> None:
    assert {row["window"] for row in found.rows} == {"all"}


def test_a_repeated_dose_has_its_first_and_its_last_interval_too() -> None:
    daily = {"dose": "2 g", "every": "24 h", "for": "2 d"}
    repeated = simulate(tea(regimen=daily), people=1, replicates=1)
    assert {row["window"] for row in repeated.rows} == {"first", "last", "all"}
    assert repeated.doses == (0.0, 24.0)
    assert "accumulation" in {row["measure"] for row in repeated.rows}
