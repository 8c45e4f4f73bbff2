from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from speciosa.engine import Events
from speciosa.errors import InputError
from speciosa.evidence import find
from speciosa.trial.data import Data
from speciosa.trial.timeline import clock, entries, events, looks

STATES = ("absorption.gut.mitragynine", "distribution.central.mitragynine", "pain.sense")


def data(**columns: object) -> Data:
    return Data.read(pd.DataFrame(columns))


def made(found: Data, copies: int = 1) -> Events:
    return events(found, clock(found), *entries(found, STATES, "mitragynine"), copies)


def test_each_persons_clock_starts_at_their_first_row() -> None:
    found = data(ID=[1, 1, 2, 2], TIME=[100.0, 101.5, -2.0, 0.0])
    assert clock(found).tolist() == [0.0, 1.5, 0.0, 2.0]


def test_the_clock_goes_on_where_time_falls_at_a_reset() -> None:
    found = data(
        ID=[1, 1, 1, 1, 2], TIME=[0, 10, 0, 4, 0], AMT=[1, 0, 1, 0, 1], EVID=[1, 0, 4, 0, 1]
    )
    at = clock(found)
    assert (np.diff(at[:4]) > 0).all()
    assert at[3] - at[2] == 4.0
    assert at[4] == 0.0


def test_a_look_before_a_dose_of_the_same_time_comes_before_it() -> None:
    found = data(ID=1, TIME=[0, 8, 8, 8], AMT=[10, 0, 10, 0])
    seen = looks(found, clock(found))
    before, after = seen.times[0]
    assert 0 < 8 - before < 1e-5
    assert after == 8.0
    assert seen.rows.tolist() == [1, 3]


def test_looks_at_one_time_are_one_look() -> None:
    found = data(ID=[1, 1, 1, 2, 3], TIME=[0, 4, 4, 1, 0], AMT=[10, 0, 0, 0, 10])
    seen = looks(found, clock(found))
    assert seen.times.shape == (3, 1)
    assert (seen.person.tolist(), seen.column.tolist()) == ([0, 0, 1], [0, 0, 0])
    assert np.isfinite(seen.times).all()  # also of somebody whom nobody looks at


def test_values_come_back_by_row() -> None:
    found = data(ID=[1, 1, 2, 2, 2], TIME=[0, 1, 0, 2, 3], AMT=[9, 0, 9, 0, 0])
    seen = looks(found, clock(found))
    np.testing.assert_array_equal(seen.times, [[1.0, np.nan], [2.0, 3.0]])
    values = np.array([[1.0, np.nan], [2.0, 3.0], [4.0, np.nan], [5.0, 6.0]])
    assert seen.of_rows(values).tolist() == [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]


def test_a_dose_in_mg_enters_its_state_in_nmol() -> None:
    found = data(ID=[1, 1, 2], TIME=[0, 1, 0], AMT=[39, 0, 2], CMT=[None, None, 2], RATE=[0, 0, 4])
    given = made(found)
    mass = find(["substance/molar_mass/mitragynine"])["substance/molar_mass/mitragynine"].value
    assert given.compartment.tolist() == [0, 1]
    assert given.amount == pytest.approx([39e6 / mass, 2e6 / mass])
    assert given.rate == pytest.approx([0.0, 4e6 / mass])


def test_copies_are_other_people_with_the_same_records() -> None:
    found = data(ID=[1, 2, 2], TIME=[0, 0, 3], AMT=[39, 20, 10], ADDL=[2, 0, 0], II=[8, 0, 0])
    given = made(found, copies=2)
    assert given.person.tolist() == [0, 1, 1, 2, 3, 3]
    assert given.addl.tolist() == [2, 0, 0, 2, 0, 0]


def test_a_dose_into_a_drug_that_the_model_lacks_is_refused() -> None:
    found = data(ID=[1, 1], TIME=[0, 1], AMT=[39, 5], CMT=["mitragynine", "morphine"])
    with pytest.raises(InputError, match="row 1, column CMT: got 'morphine'; expected a drug"):
        made(found)


def test_steady_state_and_duration_are_handed_on() -> None:
    found = data(ID=1, TIME=[0, 1], AMT=[39, 20], SS=[1, 0], II=[8, 0], DUR=[0, 2])
    given = made(found)
    assert given.ss.tolist() == [1, 0]
    assert given.duration.tolist() == [0.0, 2.0]
