from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from rich.console import Console

from cups import tea
from speciosa import simulate
from speciosa.report.alternatives import print_variants
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


def of_runs(base: dict[str, float], other: dict[str, float], output: str = "heart.qt") -> Any:
    """Alternatives of an effect: the model as it stands and one variant."""
    runs = {BASE: base, "other": other}
    return Alternatives(
        hashes={name: name for name in runs},
        failed=dict.fromkeys(runs, 0),
        medians={n: {(output, m, "all"): v for m, v in held.items()} for n, held in runs.items()},
        units={(output, measure, "all"): "ms" for measure in base},
    )


def test_a_change_of_an_effect_is_how_far_it_moves_and_of_a_level_its_size() -> None:
    found = of_runs({"max": 410.0, "min": 408.0}, {"max": 411.6, "min": 408.0})
    assert [row["change"] for row in found.rows()] == [pytest.approx(3.6), pytest.approx(3.6)]
    level = of_runs({"cmax": 40.0}, {"cmax": 50.0}, "plasma.mitragynine")
    assert next(level.rows())["change"] == 50.0


def test_an_end_that_only_the_solver_moved_is_the_models_own() -> None:
    found = of_runs({"max": 410.0, "min": 408.0}, {"max": 410.0001, "min": 400.0})
    highest, lowest = found.rows()
    assert highest["highest_by"] == highest["lowest_by"] == BASE
    assert lowest["lowest_by"] == "other"


def printed(found: Any, hidden: tuple[str, ...] = ()) -> str:
    console = Console(width=80, highlight=False, color_system=None)
    with console.capture() as caught:
        print_variants(found.to_dict(), console, hidden)
    return caught.get()


def test_a_small_share_of_a_large_value_is_shown_where_it_is_most_of_the_change() -> None:
    said = printed(of_runs({"max": 410.0, "min": 408.0}, {"max": 411.6, "min": 408.0}))
    assert "QTc interval, highest, ms" in said
    assert "411.6" in said
    assert "highest: other" in said
    assert "lowest: " not in said


def test_what_falls_is_compared_by_its_lowest_value_over_the_whole_time() -> None:
    found = of_runs({"max": 1.0, "min": 0.68}, {"max": 1.0, "min": 0.624}, "gut.transit")
    said = printed(found)
    assert "Speed of the gut, share of usual, lowest" in said
    assert "0.624" in said
    assert "Speed" not in printed(found, hidden=("gut.transit",))


def test_what_is_negligible_everywhere_is_left_out() -> None:
    small = of_runs({"max": 1e-5, "min": 0.0}, {"max": 9e-4, "min": 0.0}, "pain.relief")
    units = dict.fromkeys(small.units, "1")
    assert "No median shown moves" in printed(replace(small, units=units))


def test_occupancy_has_its_bounds_below_it() -> None:
    place = ("opioid.occupancy", "max", "all")
    found = Alternatives(
        hashes={BASE: "a", "more": "b"},
        failed={BASE: 0, "more": 0},
        medians={BASE: {place: 0.2}, "more": {place: 0.4}},
        units={place: "1"},
        ranges={BASE: {place: (0.1, 0.3)}, "more": {place: (0.25, 0.65)}},
    )
    said = printed(found)
    assert "0.10–0.30" in said
    assert "0.25–0.65" in said
    assert "ranges" not in found.frame().columns
