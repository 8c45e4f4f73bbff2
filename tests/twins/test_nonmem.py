"""Dosing scenarios simulated with NONMEM, where the data lie beside the checkout.

The data are published under another licence than this project's, hence not part of it.
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from tests.compartments import MODELLED
from tests.solvers import TIGHT, Solver, every_solver

from speciosa.engine import Covariates, Events

PLACES = [folder / "shared" / "peers" / "nmtests" for folder in Path(__file__).parents]
DATA = next((place for place in PLACES if place.is_dir()), PLACES[0])
REASON = "the NONMEM results (nmtests) are not beside this checkout"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason=REASON)

Row = dict[str, float]

# What may change with every record, and where it stands among the parameters.
VARYING = {"lagt": "lag", "bioav": "f", "dur2": "dur", "rat2": "rate"}


def table(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        return [{key: float(value or "nan") for key, value in row.items()} for row in rows]


def records(rows: list[Row]) -> Events:
    """All rows in their own order, observations too."""
    names = {"time": "time", "amount": "amt", "evid": "evid", "rate": "rate", "addl": "addl"}
    names |= {"ii": "ii", "ss": "ss"}
    return Events.build(
        person=np.zeros(len(rows)),
        compartment=[max(row["cmt"] - 1, 0) for row in rows],
        **{ours: [row[theirs] for row in rows] for ours, theirs in names.items()},
    )


def last_digit(values: np.ndarray) -> np.ndarray:
    """Half a unit in the last of five digits, and what a rounded number may be off besides."""
    with np.errstate(divide="ignore"):
        size = np.floor(np.log10(np.abs(values)))
    return np.where(values == 0, 1e-9, 0.51 * 10.0 ** (size - 4))


@every_solver
@pytest.mark.parametrize("number", range(1, 30))
def test_scenario(number: int, solver: Solver) -> None:
    rows = [row for row in table("dosing_29.csv") if row["id"] == number]
    covariates = Covariates.build(
        person=0,
        time=[row["time"] for _ in VARYING for row in rows],
        parameter=[MODELLED.parameters.index(p) for p in VARYING.values() for _ in rows],
        value=[row[name] for name in VARYING for row in rows],
    )
    seen = [row for row in rows if row["evid"] == 0]
    parameters = [[1.5, 1.1, 20.0, math.nan, math.nan, math.nan, math.nan]]
    times = [row["time"] for row in seen]
    found = solver(MODELLED, parameters, records(rows), times, covariates=covariates, **TIGHT)
    assert not found.advice
    plasma = 1000 * found["plasma"][0]
    exact, printed = (np.array([row[of] for row in seen]) for of in ("cp_exact", "cp_nonmem"))
    assert plasma == pytest.approx(exact, rel=1e-7, abs=1e-7)
    agrees = np.array([row["nonmem_agrees"] == 1 for row in seen])
    assert agrees.any()
    assert (np.abs(plasma - printed) <= last_digit(printed))[agrees].all()


@every_solver
def test_weight_that_changes_with_every_record(solver: Solver) -> None:
    rows = table("time_varying_wt.csv")
    covariates = Covariates.build(
        person=0,
        time=[row["time"] for row in rows],
        parameter=MODELLED.parameters.index("cl"),
        value=[1.1 * (row["wt"] / 70) ** 0.75 for row in rows],
    )
    seen = [row for row in rows if row["evid"] == 0]
    found = solver(
        MODELLED,
        [[1.5, math.nan, 20.0, 0.0, 1.0, 1.0, 1.0]],
        records(rows),
        [row["time"] for row in seen],
        covariates=covariates,
        **TIGHT,
    )
    printed = np.array([row["cp_nonmem"] for row in seen])
    assert (np.abs(1000 * found["plasma"][0] - printed) <= last_digit(printed)).all()
