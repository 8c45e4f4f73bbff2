from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import numpy as np
import pandas as pd
import pytest

import made_up
from speciosa.errors import InputError
from speciosa.report.fan import Band, Fan
from speciosa.report.folder import chosen, save
from speciosa.report.rows import TABLES
from speciosa.trial import Result


class Stated:
    def to_toml(self) -> str:
        return "[product]\n"


class MadeUp:
    scenario = Stated()
    data = None

    def __init__(self, series: bool = True) -> None:
        self.has_series = series

    def to_dict(self, series: bool) -> dict[str, Any]:
        table = made_up.result(series and self.has_series)
        table["evidence"] = [{"id": "opioid/mu/Ki/mitragynine", "status": "", "read": ""}]
        return table


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("out") / "run"
    save(cast(Result, MadeUp()), written)
    return written


def test_everything_is_there_and_nothing_else(folder: Path) -> None:
    drawn = ("plasma.mitragynine", "plasma.mitragynine.log", "opioid.occupancy")
    figures = {f"{name}.{kind}" for name in drawn for kind in ("svg", "png")}
    files = {"summary.json", "measures.csv", "series.parquet", "scenario.toml", "sources.bib"}
    assert {path.name for path in folder.iterdir()} == files | figures


def test_the_table_of_measures_holds_every_row(folder: Path) -> None:
    table = pd.read_csv(folder / "measures.csv")
    expected = pd.DataFrame(made_up.result()["measures"])[list(TABLES["measures"])]
    pd.testing.assert_frame_equal(table, expected)


def test_time_courses_come_back_as_they_were(folder: Path) -> None:
    table = pd.read_parquet(folder / "series.parquet")
    rows = made_up.result(series=True)["series"]["outputs"]
    assert list(table["median"]) == [value for row in rows for value in row["median"]]
    assert list(table.columns[:4]) == ["output", "unit", "kind", "time"]


def test_the_summary_is_what_json_prints(folder: Path) -> None:
    summary = json.loads((folder / "summary.json").read_text())
    assert set(summary) == set(made_up.result())


def test_the_scenario_and_its_sources_lie_beside_it(folder: Path) -> None:
    assert (folder / "scenario.toml").read_text() == "[product]\n"
    sources = (folder / "sources.bib").read_text()
    assert "@misc{speciosa," in sources
    assert "@article{kruegel-2016," in sources


def test_the_same_run_writes_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    save(cast(Result, MadeUp()), tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_a_result_without_time_courses_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="time courses"):
        save(cast(Result, MadeUp(series=False)), tmp_path / "new")
    assert not (tmp_path / "new").exists()


def fan(output: str, top: float = 1.0) -> Fan:
    """An output that rises to a value and falls again."""
    curve = np.array([0.0, top, 0.0])
    band = Band(curve, curve, curve, curve, curve)
    return Fan(output, "1", np.arange(3.0), {"both": band})


def test_what_is_taken_and_the_effects_that_change_are_drawn() -> None:
    every = [fan(f"plasma.{d}") for d in ("mitragynine", "hydroxymitragynine", "speciogynine")]
    every += [fan("plasma.caffeine"), fan("opioid.kappa"), fan("pain.relief"), fan("gut.nausea", 0)]
    drawn = [one.output for one in chosen(every, {"with": [{"drug": "caffeine"}]})]
    wanted = ["plasma.mitragynine", "plasma.hydroxymitragynine", "plasma.caffeine", "pain.relief"]
    assert drawn == wanted


def test_in_dangerous_company_breath_and_sedation_are_not_drawn() -> None:
    every = [fan(name) for name in ("breathing.drive", "arousal.sedation", "breathing.risk")]
    fentanyl = {"with": [{"drug": "fentanyl", "dose": "0.1 mg"}]}
    assert [f.output for f in chosen(every, fentanyl)] == ["breathing.risk"]
    assert len(chosen(every, {})) == 3


def test_where_nothing_of_these_was_asked_for_everything_is_drawn() -> None:
    assert [one.output for one in chosen([fan("opioid.kappa", 0)], {})] == ["opioid.kappa"]
