"""Tables of whole runs, as a terminal of 80 columns shows them."""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from cups import tea
from speciosa import simulate
from speciosa.report.tables import print_result

ALCOHOL = {"drug": "alcohol", "dose": "40 g"}
SCENARIOS: dict[str, dict[str, Any]] = {
    "once": {"with": [ALCOHOL]},
    "after the doses": {
        "with": [ALCOHOL | {"at": "30 h"}, {"drug": "oxycodone", "dose": "20 mg", "at": "30 h"}],
        "regimen": {"dose": "2 g", "every": "8 h", "for": "1 d"},
    },
    "in a vein": {"with": [ALCOHOL | {"route": "intravenous"}]},
}


def printed(**tables: Any) -> str:
    result = simulate(tea(**tables))
    console = Console(width=80, highlight=False, color_system=None)
    with console.capture() as caught:
        print_result(result.to_dict(), console)
    return caught.get()


@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_cut_off_with_alcohol(name: str) -> None:
    said = printed(**SCENARIOS[name])
    assert "…" not in said
    assert "peak (Cmax), g/L" in said
    assert max(map(len, said.splitlines())) <= 80


def test_what_happens_after_the_last_dose_is_seen() -> None:
    alone = {key: held for key, held in SCENARIOS["after the doses"].items() if key != "with"}
    assert risk(printed(**SCENARIOS["after the doses"])) > 1.5 * risk(printed(**alone))


def risk(said: str) -> float:
    line = next(line for line in said.splitlines() if "risk to breathing" in line)
    return float(line.split()[3])
