"""Compare: two scenarios, ways to stop or days off, in the same people."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import cache
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from advice import told
from reading import text_of
from speciosa.report.files import json_text
from speciosa.report.pairs import EXPLAINED, blocks
from speciosa.safety.regimens import TALK
from speciosa.trial import Scenario
from speciosa.trial.beside import beside
from speciosa.web import comparison
from speciosa.web.app import create_app
from speciosa.web.comparison import NAMES, asked_of, comparing

APP = create_app(["testserver"])
CLIENT = TestClient(APP)
FIRST = (("product.kind", "leaf"), ("regimen.dose", "3 g"))
HALF = ("b.regimen.dose", "1.5 g")
HABIT = (
    ("person.experience.dose", "3 g"),
    ("person.experience.every", "12 h"),
    ("person.experience.for", "30 d"),
)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparison, "FEW", (4, 2))
    monkeypatch.setattr(comparison, "FEW_MONTHS", (2, 1))


def at_once(*pairs: tuple[str, str], path: str = "/compare", partial: bool = False) -> Any:
    headers = {"hx-request": "true"} if partial else {}
    return CLIENT.get(f"{path}?{urlencode(pairs)}", headers=headers)


@cache
def asked(*pairs: tuple[str, str], path: str = "/compare", partial: bool = False) -> Any:
    """The answer once its job is done."""
    what = asked_of(pairs)
    if what.ready and not what.emergency:
        assert APP.state.jobs.start(comparing(what)).over.wait(60)
    return at_once(*pairs, path=path, partial=partial)


def test_without_a_first_it_asks_for_one_and_then_for_a_second() -> None:
    assert "Begin with the first" in asked().text
    page = asked(*FIRST)
    assert page.status_code == 200
    assert 'name="b.regimen.dose"' in page.text
    assert "Day by day" not in page.text


def test_the_page_comes_before_its_answer_and_asks_for_it_with_script_and_without() -> None:
    other = ("b.regimen.dose", "2.25 g")
    page = at_once(*FIRST, other).text
    assert "The comparison" in page
    assert "<progress" in page
    assert 'hx-trigger="every 1s"' in page
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert "Day by day" not in page
    assert APP.state.jobs.of(comparing(asked_of([*FIRST, other]))).over.wait(60)
    assert "Day by day" in at_once(*FIRST, other).text


def test_progress_counts_everybody_in_both() -> None:
    told: list[tuple[int, int]] = []
    task = comparing(asked_of([*FIRST, HALF]))
    task.compute(lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1]
    assert [done / of for done, of in told] == sorted(done / of for done, of in told)


def test_two_scenarios_are_told_side_by_side() -> None:
    said = text_of(asked(*FIRST, HALF).text)
    assert "The first leaf, 3 g The second leaf, 1.5 g" in said
    assert "4 people · 2 draws of what we do not know" in said
    assert "These are few" in said
    assert "What people differ we do not know both together" in said
    assert "Hour by hour, against The first, within each person" in said
    assert EXPLAINED in said


def test_numbers_are_those_of_the_functions_and_of_the_data() -> None:
    data = json.loads(asked(*FIRST, HALF, path="/compare.json").text)
    first = Scenario(product={"kind": "leaf"}, regimen={"dose": "3 g"})
    other = Scenario(product={"kind": "leaf"}, regimen={"dose": "1.5 g"})
    hours = beside(first, other, names=NAMES, people=4, replicates=2).to_dict(series=True)
    assert data["hours"] == json.loads(json_text(hours))
    said = text_of(asked(*FIRST, HALF).text)
    for block in blocks(data["days"], "value"):
        for row in block.rows:
            told = (text for cell in row.cells for text in cell)
            assert " ".join(" ".join([row.arm, *told]).split()) in said
    rows = list(csv.DictReader(io.StringIO(asked(*FIRST, HALF, path="/compare.csv").text)))
    assert len(rows) == len(hours["measures"]) + len(data["days"]["measures"])
    assert float(rows[0]["median"]) == hours["measures"][0]["median"]


@pytest.mark.parametrize(
    ("more", "output", "time"),
    [((), "gut.nausea", "time"), ((("ways", "breaks"), *HABIT), "tolerance.level", "day")],
)
def test_the_curves_that_are_drawn_are_a_table_too(
    more: tuple[tuple[str, str], ...], output: str, time: str
) -> None:
    pairs = (*FIRST, *more) if more else (*FIRST, HALF)
    rows = list(
        csv.DictReader(io.StringIO(asked(*pairs, ("show", output), path="/compare.csv").text))
    )
    data = json.loads(asked(*pairs, path="/compare.json").text)
    if data["hours"]:
        times, lines = data["hours"]["series"]["times"], data["hours"]["series"]["outputs"]
        assert {row["how"] for row in rows} == {"value", "difference"}
    else:
        times, lines = data["days"]["series"]["days"], data["days"]["series"]["arms"]
        assert {row["how"] for row in rows} == {"value"}
    drawn = [
        (row["arm"], row["kind"], at, middle)
        for row in lines
        if row["output"] == output
        for at, middle in zip(times, row["median"], strict=True)
    ]
    assert len(drawn) > 10
    assert [
        (row["arm"], row["kind"], float(row[time]), float(row["median"])) for row in rows
    ] == drawn


def test_a_curve_that_there_is_not_is_refused() -> None:
    found = asked(*FIRST, HALF, ("show", "no.such"), path="/compare.csv")
    assert found.status_code == 422
    assert "no.such" in found.text


def test_the_curves_are_drawn_for_page_and_phone_and_may_be_chosen() -> None:
    page = asked(*FIRST, HALF, ("show", "gut.nausea")).text
    assert page.count('<svg class="chart') == 2
    assert '<option value="gut.nausea" selected>' in page
    assert "Nausea, 0 to 1, highest. The first:" in text_of(page)


@pytest.mark.parametrize("ways", ["taper", "breaks"])
def test_ways_to_stop_and_days_off_of_breath_that_stops_are_an_emergency(ways: str) -> None:
    drug = (("drug", "morphine"), ("dose", "400 mg"), ("every", "8 h"), ("for", "7 d"))
    company = tuple((f"with.0.{key}", value) for key, value in drug)
    page = asked(*FIRST, *HABIT, *company, ("ways", ways))
    assert "In this simulation, breathing stops" in page.text
    assert "Day by day" not in page.text


def test_it_ends_with_the_professional_and_says_nowhere_which_to_choose() -> None:
    for more in ((), (("ways", "taper"), *HABIT)):
        said = text_of(asked(*FIRST, HALF, *more).text)
        assert TALK in said
        assert told(said) == []
        for word in ("recommend", "better to", "best choice", "you should"):
            assert word not in said


def test_ways_to_stop_stand_beside_sources_that_do_not_agree() -> None:
    said = text_of(asked(*FIRST, *HABIT, ("ways", "taper")).text)
    assert "abrupt stopped from one day to the next" in said
    slow = (
        "5 % a week less by a twentieth of the first dose each week, to the end. Near a community"
    )
    assert slow in said
    assert "Sources on tapers do not agree" in said
    assert "a medicine called buprenorphine" in said
    assert "WARNING: After the last dose." in said


def test_without_doses_to_come_down_from_the_page_says_so_and_keeps_all() -> None:
    page = asked(*FIRST, ("ways", "taper"))
    assert page.status_code == 422
    assert "to come down from" in page.text
    assert 'value="3 g"' in page.text
    assert asked(*FIRST, ("ways", "taper"), path="/compare.json").status_code == 422


def test_what_is_wrong_in_the_second_stands_at_its_field_and_is_told_at_the_top() -> None:
    wrong = (*FIRST, ("b.regimen.dose", "2 stones"), ("b.regimen.every", "8 h"))
    page = asked(*wrong)
    assert page.status_code == 422
    assert 'value="2 stones"' in page.text
    assert 'value="8 h"' in page.text
    assert page.text.count('class="wrong"') == 1
    assert 'id="f-b-regimen-dose-error"' in page.text
    alarm = page.text[page.text.index('class="alarm" role="alert"') :]
    assert alarm.index("The second: How much kratom at once: ") < alarm.index("What is compared")
    assert '<a href="#f-b-regimen-dose">The second: ' in alarm
    assert "regimen.dose: got" not in page.text
    for path in ("/compare.json", "/compare.csv"):
        told = asked(*wrong, path=path)
        assert told.status_code == 422
        assert "b.regimen.dose: got '2 stones'" in told.text


def test_a_key_of_the_second_that_there_is_not_is_told_in_the_same_way() -> None:
    page = asked(*FIRST, ("b.no.such", "1"))
    assert page.status_code == 422
    assert '<a href="#f-b-no-such">The second: no.such: ' in page.text


def test_a_file_has_the_name_of_its_comparison() -> None:
    def named(*pairs: tuple[str, str], path: str = "/compare.csv") -> str:
        held = asked(*pairs, path=path).headers["content-disposition"]
        found = re.fullmatch(r'inline; filename="speciosa-compare-(.+)"', held)
        assert found, held
        return found[1]

    table, curve = named(*FIRST, HALF), named(*FIRST, HALF, ("show", "pain.relief"))
    run = table.removesuffix(".csv")
    assert re.fullmatch(r"[0-9a-f]{16}", run)
    assert curve == f"pain.relief-{run}.csv"
    assert named(*FIRST, HALF, path="/compare.json") == f"{run}.json"
    assert named(*FIRST, ("b.regimen.dose", "2.25 g")) != table


def test_a_part_is_sent_where_a_part_is_asked_for() -> None:
    part = asked(*FIRST, HALF, partial=True)
    assert part.text.lstrip().startswith('<div id="compared">')
    assert part.headers["hx-retarget"] == "#compared"


def test_more_people_are_computed_beside_what_is_shown_and_then_take_its_place(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(comparison, "MANY", (8, 2))
    assert "full=1" in asked(*FIRST, HALF).text
    full = (*FIRST, HALF, ("show", "gut.nausea"), ("full", "1"))
    waits = at_once(*full, partial=True)
    assert waits.headers["hx-retarget"] == "#many"
    assert waits.headers["hx-replace-url"] == f"/compare?{urlencode(full)}"
    job = APP.state.jobs.of(comparing(asked_of(full)))
    assert f'hx-get="{job.here}"'.replace("&", "&amp;") in waits.text
    assert job.over.wait(60)
    shown = (("here", "1"), ("show", "gut.nausea"))
    done = at_once(*shown, path=f"/job/{job.id}", partial=True)
    assert done.headers["hx-retarget"] == "#compared"
    assert '<option value="gut.nausea" selected>' in done.text
    assert "8 people" in done.text


def test_breath_that_stops_in_either_is_an_emergency() -> None:
    drug = (("drug", "fentanyl"), ("dose", "1 mg"), ("route", "intravenous"))
    company = tuple((f"with.0.{key}", value) for key, value in drug)
    page = asked(*FIRST, *company, ("b.alone", "1"))
    assert "In this simulation, breathing stops" in page.text
    assert "Day by day" not in page.text
    assert asked(*FIRST, *company, ("b.alone", "1"), path="/compare.csv").status_code == 422


def test_the_card_names_the_dangers_of_the_second_too() -> None:
    drug = (("drug", "fentanyl"), ("dose", "1 mg"), ("route", "intravenous"))
    opened = asked(*FIRST, *((f"b.with.0.{key}", value) for key, value in drug)).text
    opened = opened.partition("<details>")[0]
    assert "BREATHING STOPS in" in opened
    assert "DANGER: Kratom with fentanyl." in opened


def test_the_first_alone_goes_along_to_other_pages() -> None:
    page = asked(*FIRST, HALF).text
    assert 'href="/danger?product.kind=leaf&amp;regimen.dose=3+g"' in page
