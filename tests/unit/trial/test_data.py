from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from speciosa.errors import InputError
from speciosa.trial.data import Data


def data(**columns: object) -> Data:
    return Data.read(pd.DataFrame(columns))


def test_columns_are_known_in_any_case(tmp_path: Path) -> None:
    path = tmp_path / "d.csv"
    path.write_text("id,Time,amt\nb,0,39\nb,1,.\na,0,20\n")
    found = Data.read(path)
    assert found.ids == ("b", "a")
    assert found.person.tolist() == [0, 0, 1]
    assert found.time.tolist() == [0.0, 1.0, 0.0]
    assert found.amount.tolist() == [39.0, 0.0, 20.0]


def test_without_evid_a_dose_is_what_has_an_amount_a_rate_a_duration_or_ss() -> None:
    found = data(
        ID=1,
        TIME=[0, 1, 2, 3, 4],
        AMT=[10, 0, np.nan, 10, 0],
        RATE=[0, 0, 0, 5, 5],
        SS=[0, 0, 0, 0, 1],
    )
    assert found.evid.tolist() == [1, 0, 0, 1, 1]
    assert found.gives.tolist() == [True, False, False, True, True]


def test_mdv_makes_an_other_event_of_what_is_no_dose_where_evid_is_silent() -> None:
    found = data(
        ID=1, TIME=[0, 1, 2, 3], AMT=[10, 0, 0, 0], MDV=[1, 1, 0, 1], EVID=[np.nan] * 3 + [0]
    )
    assert found.evid.tolist() == [1, 2, 0, 0]
    assert found.observed.tolist() == [False, False, True, True]


@pytest.mark.parametrize(
    ("cmt", "number"),
    [
        ("absorption.gut.mitragynine", 1),
        ("gut.mitragynine", 1),
        ("Mitragynine", 1),
        ("CENTRAL.mitragynine", 2),
        (2, 2),
        (2.0, 2),
        ("7-hydroxymitragynine", 3),
        ("naloxone", 19),
        (0, 0),
        (None, 0),
    ],
)
def test_a_compartment_goes_by_name_end_of_a_name_or_number(cmt: object, number: int) -> None:
    assert data(ID=[1, 1], TIME=[0, 1], AMT=[10, 0], CMT=[cmt, None]).compartment[0] == number


def test_the_compartment_of_an_observation_is_not_looked_at() -> None:
    found = data(ID=[1, 1], TIME=[0, 1], AMT=[10, 0], CMT=["1", "urine"])
    assert found.compartment.tolist() == [1, 0]


def test_time_may_fall_at_a_reset_and_for_another_person() -> None:
    found = data(ID=[1, 1, 1, 2], TIME=[0, 8, 0, -3], AMT=[1, 0, 1, 1], EVID=[1, 0, 4, 1])
    assert found.resets.tolist() == [False, False, True, False]
    assert found.first.tolist() == [0, 3]


def test_a_steady_infusion_needs_neither_amount_nor_interval() -> None:
    found = data(ID=1, TIME=[0, 1], AMT=[0, 0], RATE=[5, 0], SS=[1, 0], EVID=[1, 0])
    assert (found.rate[0], found.ss[0], found.ii[0]) == (5.0, 1, 0.0)


def test_what_was_measured_and_every_other_column_is_kept() -> None:
    found = data(ID=1, TIME=[0, 1], AMT=[10, 0], DV=[np.nan, 12.5], SITE=["x", "y"], WT=70.0)
    assert found.raw.columns["DV"][1] == 12.5
    assert set(found.others) == {"SITE", "WT"}


def test_a_million_rows_are_read_as_one_table() -> None:
    people = np.repeat(np.arange(10_000), 100)
    time = np.tile(np.arange(100.0), 10_000)
    found = data(ID=people, TIME=time, AMT=np.where(time == 0, 39.0, 0.0))
    assert (len(found.ids), int(found.gives.sum())) == (10_000, 10_000)


def test_a_complaint_names_the_place_by_the_name_that_the_file_gives() -> None:
    with pytest.raises(InputError, match=r"data, row 1, column time: got nothing; expected a time"):
        data(id=[1, 1], time=[0.0, None])
