from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.cups import tea

from speciosa import simulate
from speciosa.errors import InputError
from speciosa.trial.prediction import Prediction
from speciosa.trial.result import Result

# What two grams of the tea of `cups` hold, mg.
MITRAGYNINE, SPECIOCILIATINE = 39.0, 10.24
CLEARANCE = "elimination.CL.mitragynine"
HOURS = (0.5, 1.0, 2.0, 4.0, 12.0, 24.0, 48.0)
CURVES = ("plasma.mitragynine", "plasma.hydroxymitragynine", "plasma.speciociliatine", "pain.felt")


def cups(people: int = 4, hours: tuple[float, ...] = HOURS) -> pd.DataFrame:
    """The cup of tea that `cups.tea` drinks, as event records of several people."""
    rows: list[dict[str, Any]] = []
    for person in range(people):
        for drug, mg in (("mitragynine", MITRAGYNINE), ("speciociliatine", SPECIOCILIATINE)):
            rows.append({"ID": person, "TIME": 0.0, "AMT": mg, "CMT": drug})
        rows += [{"ID": person, "TIME": t, "AMT": np.nan, "CMT": None} for t in hours]
    return pd.DataFrame(rows)


def predicted(table: pd.DataFrame, **options: Any) -> Prediction:
    found = simulate(tea(), data=table, **options).data
    assert found is not None
    return found


@cache
def four() -> Result:
    return simulate(tea(), data=cups())


def test_a_file_that_says_what_a_scenario_says_gives_the_same_numbers() -> None:
    usual = simulate(tea(), replicates=1)
    places = np.searchsorted(usual.times, HOURS)
    assert usual.times[places] == pytest.approx(HOURS)
    for name in CURVES:
        expected = usual[name][:, places]
        assert four()[name] == pytest.approx(expected, rel=2e-5, abs=1e-6), name


def test_doses_that_repeat_may_be_said_by_addl() -> None:
    regimen = {"dose": "2 g", "every": "8 h", "for": "1 d"}
    usual = simulate(tea(regimen=regimen), replicates=1)
    hours = (4.0, 12.0, 20.0, 30.0)
    table = cups(hours=hours)
    table["ADDL"], table["II"] = np.where(table["AMT"] > 0, 2, 0), 8.0
    places = np.searchsorted(usual.times, hours)
    found = simulate(tea(), data=table, replicates=1)
    for name in CURVES:
        assert found[name] == pytest.approx(usual[name][:, places], rel=2e-5, abs=1e-6)


def test_rows_of_the_table_are_the_observations_in_their_order() -> None:
    found = four().data
    assert found is not None
    table = found.frame()
    assert list(table["TIME"]) == [*HOURS] * 4
    assert list(table["ID"]) == [str(person) for person in range(4) for _ in HOURS]
    assert list(table["plasma.mitragynine"]) == list(four()["plasma.mitragynine"].ravel())
    assert four().times.tolist() == [list(HOURS)] * 4


def test_what_we_do_not_know_surrounds_the_median_of_replicates() -> None:
    found = predicted(cups(people=2), replicates=20).columns
    low, middle, high = (found[f"plasma.mitragynine.{end}"] for end in ("p05", "median", "p95"))
    assert (low < middle).all()
    assert (middle < high).all()


def test_the_same_seed_is_the_same_result_and_people_depend_on_nobody_else() -> None:
    alone = predicted(cups(people=1), replicates=1).columns["plasma.mitragynine"]
    assert alone == pytest.approx(four()["plasma.mitragynine"][0], rel=1e-9)
    other = predicted(cups(people=1), replicates=1, seed=4).columns["plasma.mitragynine"]
    assert not np.isclose(alone, other).any()


def test_a_heavier_person_has_less_in_the_blood() -> None:
    light, heavy = (
        predicted(cups(people=1).assign(WT=kg), replicates=1).columns["plasma.mitragynine"]
        for kg in (50.0, 100.0)
    )
    assert (heavy[:3] < light[:3]).all()


def test_numbers_that_the_file_says_for_everybody_are_no_evidence_of_the_run() -> None:
    plain = {record.id for record in four().evidence}
    said = simulate(tea(), data=cups().assign(**{CLEARANCE: 30.0, "PAIN": 5.0}))
    ids = {record.id for record in said.evidence}
    assert {"elimination/CL/mitragynine", "people/pain/none"} <= plain - ids


def test_clearance_given_by_the_file_is_used() -> None:
    fast = predicted(cups().assign(**{CLEARANCE: 300.0}), replicates=1)
    slow = predicted(cups().assign(**{CLEARANCE: 30.0}), replicates=1)
    column = "plasma.mitragynine"
    assert (fast.columns[column] < slow.columns[column]).all()


def test_an_observation_above_a_dose_of_its_time_sees_the_blood_before_it() -> None:
    rows = [(0.0, 10.0), (8.0, np.nan), (8.0, 10.0), (8.0, np.nan)]
    table = pd.DataFrame(rows, columns=["TIME", "AMT"]).assign(ID=1, CMT="central.mitragynine")
    before, after = predicted(table, replicates=1).columns["plasma.mitragynine"]
    assert before < 0.5 * after


def test_after_a_reset_everything_is_as_at_first() -> None:
    rows = [(0.0, 39.0, 1), (2.0, np.nan, 0), (0.0, 39.0, 4), (2.0, np.nan, 0)]
    table = pd.DataFrame(rows, columns=["TIME", "AMT", "EVID"]).assign(ID=1)
    first, again = predicted(table, replicates=1).columns["plasma.mitragynine"]
    assert again == pytest.approx(first, rel=1e-5)


def test_the_answer_says_what_it_did_not_use_and_what_the_file_lacks() -> None:
    table = cups().assign(SITE="x")
    said = " ".join(simulate(tea(), data=table[table["CMT"] != "speciociliatine"]).warnings)
    assert "stands in for people and regimen" in said
    assert "gives no speciociliatine" in said
    assert "carried along: SITE" in said


def test_a_dose_beyond_all_studies_is_said_of_a_file_too() -> None:
    table = cups(people=1)
    table["AMT"] *= 10
    assert any("no prediction" in line for line in simulate(tea(), data=table).warnings)


def test_more_7_hydroxymitragynine_than_leaf_holds_is_said_of_a_file_too() -> None:
    table = cups(people=1)
    table["CMT"] = table["CMT"].replace("speciociliatine", "hydroxymitragynine")
    said = " ".join(simulate(tea(), data=table).warnings)
    assert "more 7-hydroxymitragynine than leaf does" in said


def test_plain_data_counts_and_holds_every_column() -> None:
    found = four().to_dict()["data"]
    assert (found["people"], found["doses"], found["observations"]) == (4, 8, 4 * len(HOURS))
    assert found["columns"]["AMT"] == [None] * 4 * len(HOURS)
    first = found["outputs"][0]
    assert first["output"] == "plasma.mitragynine"
    assert first["highest"] >= first["first"] > first["last"] > 0


def test_the_scenario_of_the_result_has_as_many_people_as_the_file() -> None:
    assert (four().people, four().scenario.run.people) == (4, 4)
    assert four().measures == ()


def test_people_and_series_do_not_go_with_a_file() -> None:
    with pytest.raises(InputError, match="people: got 3; expected none beside data"):
        simulate(tea(), data=cups(), people=3)
    with pytest.raises(InputError, match="series: got True; expected none beside data"):
        simulate(tea(), data=cups(), series=True)
    with pytest.raises(InputError, match="covariates: got 'spline'; expected one of nocb"):
        simulate(tea(), data=cups(), covariates="spline")  # pyright: ignore[reportArgumentType] - wrong on purpose


def test_progress_reaches_all_people_of_all_replicates(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    file = tmp_path / "d.csv"
    cups(people=2).to_csv(file, index=False)
    simulate(tea(), data=file, replicates=2, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (6, 6)


def test_people_are_looked_at_each_at_their_own_times() -> None:
    early, late = cups(people=1, hours=(1.0, 2.0)), cups(people=2, hours=(2.0, 4.0, 12.0))
    table = pd.concat([early, late[late["ID"] == 1]])
    found = predicted(table, replicates=1).columns["plasma.mitragynine"]
    usual = four()["plasma.mitragynine"]
    assert found == pytest.approx([*usual[0, 1:3], *usual[1, 2:5]], rel=2e-5)


def test_a_weight_that_changes_counts_from_when_it_is_said_to() -> None:
    steady, rising = (cups(people=1, hours=(1.0, 2.0, 4.0)) for _ in range(2))
    steady["WT"], rising["WT"] = 60.0, [60.0, 60.0, 60.0, 60.0, 120.0]
    column = "plasma.mitragynine"
    plain = predicted(steady, replicates=1).columns[column]
    found = {
        kind: predicted(rising, replicates=1, covariates=kind).columns[column]
        for kind in ("nocb", "locf", "linear")
    }
    for kind in found:
        assert found[kind][:2] == pytest.approx(plain[:2], rel=1e-4)
    # At 4 h all three weigh 120 kg; what is left in the body tells what they weighed before.
    ends = sorted(found[kind][2] for kind in found)
    assert ends[2] < 0.7 * plain[2]
    assert (np.diff(ends) > 1e-3 * ends[2]).all()


def test_a_sample_before_the_first_dose_finds_nothing() -> None:
    rows = [(0.0, np.nan), (0.0, 39.0), (2.0, np.nan)]
    table = pd.DataFrame(rows, columns=["TIME", "AMT"]).assign(ID=1)
    before, after = predicted(table, replicates=1).columns["plasma.mitragynine"]
    assert before == 0.0
    assert after > 0.0


def test_steady_state_is_what_many_doses_lead_to() -> None:
    last = 200 * 12.0
    once = [(0.0, 39.0, 1, 0), (1.0, np.nan, 0, 0), (11.0, np.nan, 0, 0)]
    many = [(0.0, 39.0, 0, 200), (last + 1.0, np.nan, 0, 0), (last + 11.0, np.nan, 0, 0)]
    steady, built = (
        predicted(
            pd.DataFrame(rows, columns=["TIME", "AMT", "SS", "ADDL"]).assign(ID=1, II=12.0),
            replicates=1,
        ).columns["plasma.mitragynine"]
        for rows in (once, many)
    )
    assert steady == pytest.approx(built, rel=1e-5)


def test_an_infusion_may_be_said_by_its_rate_or_by_its_duration() -> None:
    rows = pd.DataFrame({"ID": 1, "TIME": [0.0, 3.0], "AMT": [40.0, np.nan], "CMT": [2, None]})
    rate, duration = (
        predicted(rows.assign(**{column: [value, np.nan]}), replicates=1).columns
        for column, value in (("RATE", 10.0), ("DUR", 4.0))
    )
    column = "plasma.mitragynine"
    assert rate[column] == pytest.approx(duration[column], rel=1e-9)
    assert rate[column][0] > 0


def test_somebody_without_observations_is_no_fault() -> None:
    table = cups(people=2)
    table = table[(table["ID"] == 0) | (table["AMT"] > 0)]
    found = predicted(table, replicates=1).columns["plasma.mitragynine"]
    assert found == pytest.approx(four()["plasma.mitragynine"][0], rel=2e-5)


def test_a_run_without_a_file_has_no_such_table() -> None:
    with pytest.raises(InputError, match="a run of a data file"):
        simulate(tea(), replicates=1).data_frame()
