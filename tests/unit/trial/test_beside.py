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
    assert pair.times[-1] == 48.0
    assert (pair.people, pair.replicates) == (2, 1)


def test_curves_are_those_of_a_run_of_its_own() -> None:
    alone = simulate(cup(), people=6, replicates=3, seed=1, series=True)
    assert found().times.tolist() == alone.times.tolist()
    for output in ("plasma.mitragynine", "pain.relief"):
        ours, theirs = found().courses["first"][output], alone.courses[output]
        for kind, band in theirs.bands.items():
            for name, line in band.items():
                assert ours.bands[kind][name] == pytest.approx(line, rel=1e-6, abs=1e-9)


def test_the_difference_is_taken_within_each_person_before_it_is_put_in_order() -> None:
    whole, half = (
        simulate(cup(dose), people=6, replicates=3, seed=1, series=True)["plasma.mitragynine"]
        for dose in ("3 g", "1.5 g")
    )
    band = found().apart["plasma.mitragynine"].bands["variability"]
    for name, percent in (("p05", 5), ("median", 50), ("p95", 95)):
        within = np.percentile(half - whole, percent, axis=0)
        assert band[name] == pytest.approx(within, rel=1e-4, abs=1e-4)


def test_of_many_doses_each_day_is_told_by_its_highest_or_lowest() -> None:
    regimen = {"dose": "2 g", "every": "8 h", "for": "5 d"}
    often = cup(regimen=regimen, output={"until": "6 d"})
    pair = beside(often, cup("2 g", output={"until": "6 d"}), people=3, replicates=1, seed=1)
    assert pair.daily
    assert pair.times.tolist() == [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    alone = simulate(often, people=3, replicates=1, seed=1, series=True)
    day = np.minimum(np.floor(alone.times / 24.0), 5)
    for output, most in (("plasma.mitragynine", np.max), ("breathing.drive", np.min)):
        daily = [most(alone[output][:, day == one], axis=1) for one in range(6)]
        ours = pair.courses["first"][output].bands["variability"]["median"]
        assert ours == pytest.approx(np.median(daily, axis=1), rel=1e-4)
    # The one dose is gone by the last day, and the many are not.
    assert pair.apart["plasma.mitragynine"].bands["variability"]["p95"][-2] < 0.0


def test_too_many_to_be_kept_are_refused_before_they_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("speciosa.trial.beside.MOST", 1000)
    with pytest.raises(InputError, match=r"run\.people: got 6; expected fewer people"):
        beside(cup(), cup("2 g"), people=6, replicates=3)


def test_what_would_look_safer_than_it_is_is_left_out_of_both() -> None:
    company = cup(medicines=[{"drug": "morphine", "dose": "10 mg"}])
    pair = beside(cup(), company, people=2, replicates=1)
    assert "breathing.drive" in pair.hidden
    assert not {one["output"] for one in pair.rows} & set(pair.hidden)
    assert "breathing.drive" not in pair.courses["first"]
    assert not set(pair.apart) & set(pair.hidden)


def test_other_people_and_emergencies_are_refused() -> None:
    with pytest.raises(InputError, match="the same people"):
        beside(cup(), cup(person={"weight": "90 kg"}))
    with pytest.raises(EmergencyError):
        beside(cup(), cup(person={"signs": ["blue lips"]}))


def test_plain_data_is_json_with_curves_of_both() -> None:
    table = json.loads(json_text(found().to_dict(series=True)))
    series = table["series"]
    assert series["unit"] == "h"
    assert {(row["arm"], row["how"]) for row in series["outputs"]} == {
        ("first", "value"),
        ("other", "value"),
        ("other", "difference"),
    }
    assert all(len(row["median"]) == len(series["times"]) for row in series["outputs"])
    assert "series" not in found().to_dict()
    assert np.isfinite(table["measures"][0]["median"])


def test_progress_goes_on_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    beside(cup(), cup("2 g"), people=3, replicates=1, progress=lambda *one: seen.append(one))
    assert seen == sorted(seen)
    assert seen[-1] == (12, 12)
