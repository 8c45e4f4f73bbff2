"""Dosing scenarios simulated with NONMEM, where the data lie beside the checkout.

The data are published under another licence than this project's, hence not part of it.
"""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.compartments import ONE, program

from speciosa.engine import Events, solve

DATA = Path(__file__).parents[3] / "shared" / "peers" / "nmtests" / "dosing_29.csv"

# Lag and F of the data belong to the central compartment alone.
MODEL = replace(
    ONE, dosing=program(ONE.parameters, lambda x: [0.0, x["lag"], 1.0, x["f"], *[math.nan] * 4])
)

pytestmark = pytest.mark.skipif(not DATA.exists(), reason="the NONMEM results are not here")


def scenarios() -> dict[str, list[dict[str, float]]]:
    """Scenarios without steady state and without modelled rates, which the engine has not yet."""
    found: dict[str, list[dict[str, float]]] = {}
    if DATA.exists():
        with DATA.open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                record = {name: float(value) for name, value in row.items() if value}
                found.setdefault(row["id"], []).append(record)
    return {
        number: rows
        for number, rows in found.items()
        if all(row["ss"] == 0 and row["rate"] >= 0 for row in rows)
    }


@pytest.mark.parametrize("number", scenarios())
def test_scenario(number: str) -> None:
    rows = scenarios()[number]
    doses = [row for row in rows if row["evid"] != 0]
    names = {"time": "time", "amount": "amt", "evid": "evid", "rate": "rate", "addl": "addl"}
    events = Events.build(
        person=np.zeros(len(doses)),
        compartment=[max(row["cmt"] - 1, 0) for row in doses],
        ii=[row["ii"] if row["addl"] else 0.0 for row in doses],
        **{ours: [row[theirs] for row in doses] for ours, theirs in names.items()},
    )
    lag, f = rows[0]["lagt"], rows[0]["bioav"]
    seen = {row["time"]: row["cp_exact"] for row in rows if row["evid"] == 0 and "cp_exact" in row}
    times = sorted(seen)
    found = solve(
        MODEL, [[1.5, 1.1, 20.0, lag, f]], events, times, ["plasma"], rtol=1e-10, atol=1e-12
    )
    exact = np.array([seen[time] for time in times])
    away = ~np.isin(times, [row["time"] for row in doses])  # NONMEM's rows are before or after
    assert 1000 * found["plasma"][0][away] == pytest.approx(exact[away], rel=1e-7, abs=1e-6)
