"""Two scenarios hour by hour: the same people, and what differs within each of them."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.cups import PRODUCT

from speciosa import Scenario, simulate
from speciosa.errors import EmergencyError, InputError
from speciosa.report.files import json_text
from speciosa.trial.beside import Beside, beside

NEARLY = 0.02  # enzymes fill up a little


def cup(dose: str = "3 g", **tables: Any) -> Scenario:
    given = {"product": PRODUCT, "regimen": {"dose": dose}, "output": {"until": "24 h"}, **tables}
    return Scenario(**given)


@cache
def found() -> Beside:
    return beside(cup(), cup("1.5 g"), people=6, replicates=3, seed=1)


def row(how: str, arm: str, kind: str, output: str = "plasma.mitragynine") -> Any:
    rows = [one for one in found().rows if one["output"] == output]
    return next(r for r in rows if (r["how"], r["arm"], r["kind"]) == (how, arm, kind))


def test_an_arm_is_what_a_run_of_its_own_finds() -> None:
    alone = simulate(cup(), people=6, replicates=3, seed=1)
    rows = [one for one in alone.rows if one["output"] == "plasma.mitragynine"]
    peak = {one["kind"]: one for one in rows if one["measure"] == "cmax"}
    for kind, one in peak.items():
        assert row("value", "first", kind)["median"] == pytest.approx(one["median"], rel=1e-6)


def test_half_the_dose_is_about_half_the_level_in_each_person() -> None:
    for kind in ("variability", "uncertainty", "both"):
        less, whole = row("difference", "other", kind), row("value", "first", kind)
        # Ends turn round, since who has most loses most.
        assert less["median"] == pytest.approx(-0.5 * whole["median"], rel=NEARLY)
        assert less["p05"] == pytest.approx(-0.5 * whole["p95"], rel=NEARLY)


def test_the_same_scenario_differs_by_nothing() -> None:
    same = beside(cup(), cup(), people=4, replicates=2)
    for one in same.rows:
        if one["how"] == "difference":
            assert one["p05"] == one["p95"] == 0.0


def test_both_are_looked_at_for_as_long() -> None:
    longer = cup(output={"until": "48 h"})
    pair = beside(cup(), longer, people=2, replicates=1)
    assert {float(times[-1]) for times in pair.times.values()} == {48.0}
    assert (pair.people, pair.replicates) == (2, 1)


def test_what_would_look_safer_than_it_is_is_left_out_of_both() -> None:
    company = cup(medicines=[{"drug": "morphine", "dose": "10 mg"}])
    pair = beside(cup(), company, people=2, replicates=1)
    assert "breathing.drive" in pair.hidden
    assert not {one["output"] for one in pair.rows} & set(pair.hidden)
    assert "breathing.drive" not in pair.courses["first"]


def test_other_people_and_emergencies_are_refused() -> None:
    with pytest.raises(InputError, match="the same people"):
        beside(cup(), cup(person={"weight": "90 kg"}))
    with pytest.raises(EmergencyError):
        beside(cup(), cup(person={"signs": ["blue lips"]}))


def test_plain_data_is_json_with_curves_of_both() -> None:
    table = json.loads(json_text(found().to_dict(series=True)))
    assert [arm["arm"] for arm in table["series"]] == ["first", "other"]
    curve = table["series"][0]["outputs"][0]
    assert len(curve["median"]) == len(table["series"][0]["times"])
    assert "series" not in found().to_dict()
    assert np.isfinite(table["measures"][0]["median"])


def test_progress_goes_on_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    beside(cup(), cup("2 g"), people=3, replicates=1, progress=lambda *one: seen.append(one))
    assert seen == sorted(seen)
    assert seen[-1] == (12, 12)
