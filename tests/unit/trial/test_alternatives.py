from __future__ import annotations

from functools import cache

import pytest

from cups import tea
from speciosa import simulate
from speciosa.trial.alternatives import BASE, Alternatives

PLACE = ("pain.relief", "max", "all")


@cache
def found() -> Alternatives:
    """Relief as the model stands and by two made up variants."""
    made_up = {BASE: 0.2, "less": 0.1, "more": 0.4}
    return Alternatives(
        hashes={name: name for name in made_up},
        failed=dict.fromkeys(made_up, 0),
        medians={name: {PLACE: value} for name, value in made_up.items()},
        units={PLACE: "1"},
    )


def test_lowest_and_highest_are_over_the_model_as_it_stands_and_all_variants() -> None:
    (row,) = found().rows()
    assert (row["base"], row["lowest"], row["highest"]) == (0.2, 0.1, 0.4)
    assert (row["lowest_by"], row["highest_by"]) == ("less", "more")


def test_the_table_has_a_column_for_each_run() -> None:
    frame = found().frame()
    assert list(frame[BASE]) == [0.2]
    assert list(frame["more"]) == [0.4]


def test_plain_data_says_of_each_run_whether_it_changes_anything() -> None:
    changes = {run["name"]: run["changes"] for run in found().to_dict()["runs"]}
    assert changes == {BASE: False, "less": True, "more": True}


@pytest.mark.parametrize("replicates", [1, 3])
def test_medians_are_of_both_kinds_of_spread(replicates: int) -> None:
    result = simulate(tea(), people=3, replicates=replicates)
    medians = Alternatives.of({BASE: result}).medians[BASE]
    wanted = {
        (row["output"], row["measure"], row["window"]): row["median"]
        for row in result.rows
        if row["kind"] == "both"
    }
    assert medians == wanted
