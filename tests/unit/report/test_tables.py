from __future__ import annotations

import itertools
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


def effect(output: str, measure: str, value: float, window: str = "all") -> list[dict[str, Any]]:
    """Rows of one measure of an effect, a little spread."""
    ends = {"p05": value * 0.9, "p25": value, "p75": value, "p95": value * 1.1}
    row = {"output": output, "measure": measure, "window": window, "unit": "1", "median": value}
    return [row | ends | {"kind": kind} for kind in made_up.WIDTHS]


def of_effects(*rows: list[dict[str, Any]], company: str | None = None) -> str:
    result = made_up.result()
    result["measures"] = list(itertools.chain(*rows))
    if company is not None:
        result["scenario"]["with"] = [{"drug": company, "dose": "10 mg"}]
    return printed(result)


def test_effects_are_those_of_the_whole_time_and_not_of_the_first_and_last_dose() -> None:
    windows = {"first": 0.11, "last": 0.22, "all": 0.77}
    said = of_effects(*(effect("breathing.risk", "max", v, w) for w, v in windows.items()))
    assert said.count("risk to breathing") == 1
    assert "Effects over the whole time, highest or lowest" in said
    assert "0.770" in said
    assert "0.110" not in said


def test_an_effect_that_falls_is_told_by_its_lowest_value() -> None:
    said = of_effects(effect("gut.transit", "max", 0.99), effect("gut.transit", "min", 0.44))
    assert "0.440" in said
    assert "0.990" not in said


def test_effects_outside_the_short_list_are_shown_where_nothing_else_was_asked_for() -> None:
    said = of_effects(effect("mood.stress", "min", 0.66), effect("mood.stress", "max", 1.0))
    assert "Stress, fold of usual" in said
    assert "0.660" in said


def test_what_never_leaves_zero_is_no_finding() -> None:
    said = of_effects(effect("pain.felt", "min", 0.0), effect("pain.relief", "max", 0.3))
    assert "pain relief" in said
    assert "least pain" not in said
    assert "highest or lowest: none" in of_effects(effect("pain.felt", "min", 0.0))


@pytest.mark.parametrize(
    ("drug", "hides"), [("oxycodone", True), ("alcohol", True), ("caffeine", False)]
)
def test_in_dangerous_company_nothing_looks_safer_by_competition(drug: str, hides: bool) -> None:
    rows = (("breathing.drive", "min"), ("arousal.sedation", "max"), ("breathing.risk", "max"))
    said = of_effects(*(effect(name, measure, 0.5) for name, measure in rows), company=drug)
    assert "risk to breathing" in said
    assert ("least breath" in said) != hides
    assert ("  sedation" in said) != hides
    assert ("breathing.risk and arousal.risk stand for them" in " ".join(said.split())) == hides


def test_a_drug_that_peaks_between_the_doses_is_shown_over_the_whole_time() -> None:
    result = made_up.result()
    row = result["measures"][0]
    rows = {"first": 1.0, "last": 1.1, "all": 5.0}
    result["measures"] = [
        row | {"output": output, "window": window, "median": value if peaks_between else 7.0}
        for output, peaks_between in (("plasma.alcohol", True), ("plasma.mitragynine", False))
        for window, value in rows.items()
    ]
    said = printed(result).splitlines()
    assert "Alcohol in blood plasma" in [line.strip() for line in said]
    assert not any(line.startswith("Alcohol in blood plasma, ") for line in said)
    assert any(line.startswith("Mitragynine in blood plasma, last dose") for line in said)


def test_alcohol_is_told_in_grams_per_litre_in_every_measure() -> None:
    rows = tables.by_measure(alcohol(832_504.0))
    assert tables.headline(rows).startswith("Alcohol in blood plasma is highest at 0.833 g/L (")
    said = printed(made_up.result() | {"measures": alcohol(832_504.0)})
    assert "peak (Cmax), g/L " in said
    assert "exposure (AUC∞), g/L*h " in said


def alcohol(peak: float) -> list[dict[str, Any]]:
    """Peak and area of alcohol, ng/mL."""
    rows: list[dict[str, Any]] = []
    for measure, unit, value in (("cmax", "ng/mL", peak), ("auc_inf", "ng/mL*h", 3 * peak)):
        for kind, width in made_up.WIDTHS.items():
            ends = {"p05": value * (1 - width), "p95": value * (1 + width)}
            row = {"output": "plasma.alcohol", "measure": measure, "window": "all", "unit": unit}
            rows.append(row | ends | {"kind": kind, "median": value})
    return rows


@pytest.mark.parametrize("power", range(-9, 10))
def test_no_number_of_any_size_is_cut_off(power: int) -> None:
    size = 1.2345 * 10.0**power
    spans: list[dict[str, Any]] = [
        {"median": size, "p05": -0.0303 * size, "p95": 3.4567 * size},
        {"median": -size, "p05": -3.4567 * size, "p95": -0.0303 * size},
        {"median": size, "p05": 0.98765 * size, "p95": 3.4567 * size},
    ]
    for span in spans:
        rows = effect("mood.level", "max", size) + alcohol(abs(size))
        result = made_up.result() | {"measures": [row | span for row in rows]}
        said = printed(result)
        assert "…" not in said
        assert max(map(len, said.splitlines())) <= 80


def test_the_foot_says_whose_middle_is_shown() -> None:
    said = " ".join(printed(made_up.result()).split())
    assert "The middle is of both together" in said
    assert "may lie outside their range" in said
