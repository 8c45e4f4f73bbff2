from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

import made_up
from speciosa.report import tables


def printed(result: dict[str, Any], width: int = 80) -> str:
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as caught:
        tables.print_result(result, console)
    return caught.get()


def test_what_is_weak_comes_before_the_answer() -> None:
    said = printed(made_up.result())
    assert said.index("Pain is a sketch.") < said.index("is highest at 60.0 ng/mL")


def test_the_answer_is_one_sentence_with_how_far_people_differ() -> None:
    rows = tables.by_measure(made_up.result()["measures"])
    assert tables.headline(rows) == (
        "Mitragynine in blood plasma is highest at 60.0 ng/mL (9 of 10 people: 30–90), "
        "1.20 h after the dose."
    )


def test_the_two_kinds_of_spread_have_columns_of_their_own() -> None:
    line = next(x for x in printed(made_up.result()).splitlines() if "peak (Cmax), ng/mL" in x)
    assert " ".join(line.split()) == "peak (Cmax), ng/mL 60.0 30–90 45–75 24–96"


@pytest.mark.parametrize("width", [80, 100])
def test_nothing_is_cut_off(width: int) -> None:
    said = printed(made_up.result(), width)
    assert "…" not in said
    assert max(map(len, said.splitlines())) <= width


def test_it_says_how_each_number_was_read_and_what_was_taken_as_given() -> None:
    said = " ".join(printed(made_up.result()).split())
    assert "Rests on 2 numbers: 1 measured, 1 assumed." in said
    assert "1 read in the source itself, 1 from memory and not yet checked" in said
    assert "person.weight = 70 kg: the customary adult" in said


def test_the_posture_is_always_there() -> None:
    said = " ".join(printed(made_up.result()).split())
    assert "not medical advice" in said
    assert "call the emergency number" in said


def test_people_who_failed_are_counted() -> None:
    result = made_up.result()
    assert "not computed" not in printed(result)
    result["people"]["failed"] = 3
    assert "3 people not computed" in " ".join(printed(result).split())


def test_a_run_of_one_person_has_no_ranges() -> None:
    result = made_up.result()
    result["measures"] = [
        row | {"p05": None, "p25": None, "p75": None, "p95": None}
        for row in result["measures"]
        if row["kind"] == "variability"
    ]
    line = next(x for x in printed(result).splitlines() if "peak (Cmax)" in x)
    assert line.split()[-4:] == ["60.0", "–", "–", "–"]


def test_a_peak_that_nobody_reached_is_said_so() -> None:
    result = made_up.result()
    for row in result["measures"]:
        row["median"] = None
    rows = tables.by_measure(result["measures"])
    assert tables.headline(rows) == "Mitragynine in blood plasma: no level could be computed."


def test_no_concentration_at_all() -> None:
    assert tables.headline({}) == "No concentration was asked for."


def test_first_and_last_dose_are_blocks_of_their_own() -> None:
    result = made_up.result()
    result["measures"] = [
        row | {"window": window} for window in ("first", "last") for row in result["measures"]
    ]
    said = printed(result)
    assert "Mitragynine in blood plasma, first dose" in said
    assert "Mitragynine in blood plasma, last dose" in said
    assert "after the last dose" in " ".join(said.split())
