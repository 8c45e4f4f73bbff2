from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.cups import tea

from speciosa.model import Model
from speciosa.trial.covariates import Given, given
from speciosa.trial.data import Data
from speciosa.trial.plan import plan


@pytest.fixture(scope="module")
def model() -> Model:
    return plan(tea()).model


def said(model: Model, **columns: object) -> Given:
    return given(Data.read(pd.DataFrame({"TIME": [0.0, 1.0, 0.0, 1.0], **columns})), model)


def place(model: Model, name: str) -> int:
    return model.problem.parameters.index(name)


@pytest.mark.parametrize(
    ("column", "parameter"),
    [
        ("WT", "person.weight"),
        ("Weight", "person.weight"),
        ("pain", "person.pain"),
        ("CYP2D6", "person.activity.CYP2D6"),
        ("person.activity.CYP2D6", "person.activity.CYP2D6"),
        ("elimination.CL.mitragynine", "elimination.CL.mitragynine"),
    ],
)
def test_a_column_goes_by_trait_or_parameter(model: Model, column: str, parameter: str) -> None:
    value = 70.0 if parameter == "person.weight" else 5.0
    found = said(model, ID=[1, 1, 2, 2], **{column: value})
    assert list(found.first) == [place(model, parameter)]
    assert found.changing is None
    assert found.unused == ()


def test_columns_without_a_meaning_are_named(model: Model) -> None:
    assert said(model, ID=[1, 1, 2, 2], SITE="x", HT=180.0).unused == ("SITE", "HT")


def test_only_people_whose_value_changes_have_records(model: Model) -> None:
    found = said(model, ID=[1, 1, 2, 2], WT=[70.0, 72.0, 80.0, 80.0])
    assert found.first[place(model, "person.weight")].tolist() == [70.0, 80.0]
    assert found.changing is not None
    assert found.changing.person.tolist() == [0, 0]
    assert found.changing.row.tolist() == [0, 1]
    assert found.changing.value.tolist() == [70.0, 72.0]


def test_a_missing_value_says_nothing(model: Model) -> None:
    found = said(model, ID=[1, 1, 2, 2], WT=[np.nan, 72.0, np.nan, np.nan])
    first = found.first[place(model, "person.weight")]
    assert first == pytest.approx([72.0, np.nan], nan_ok=True)
    assert found.changing is None
    assert found.everybody() == frozenset()


def test_first_values_replace_what_was_drawn_where_there_are_any(model: Model) -> None:
    found = said(model, ID=[1, 1, 2, 2], WT=[72.0, 72.0, np.nan, np.nan])
    table = np.full((4, len(model.problem.parameters)), 1.0)
    found.write(table)
    assert table[:, place(model, "person.weight")].tolist() == [72.0, 1.0, 72.0, 1.0]
    assert table.sum() == table.size + 2 * 71.0
