"""The page for a professional on the web: it waits for its run, and is the page of the terminal."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pikepdf
import pytest
from starlette.testclient import TestClient

from speciosa.cli.app import main
from speciosa.errors import SolverError
from speciosa.report.rows import table_csv
from speciosa.web import whole
from speciosa.web.app import create_app

TEA = {
    "product.kind": "tea",
    "regimen.dose": "2 g",
    "output.until": "24 h",
    "run.people": "3",
    "run.replicates": "3",
}


@pytest.fixture
def client() -> Iterator[TestClient]:
    with TestClient(create_app(["testserver"])) as held:
        yield held


def done(client: TestClient, query: dict[str, str]) -> str:
    for _ in range(600):
        answer = client.get("/report", params=query)
        assert answer.status_code == 200
        if "The answer first" in answer.text or "Naloxone" in answer.text:
            return answer.text
        time.sleep(0.1)
    pytest.fail("the run never ended")


def test_without_a_scenario_there_is_the_form(client: TestClient) -> None:
    answer = client.get("/report")
    assert answer.status_code == 200
    assert "Write the page" in answer.text


def test_it_waits_and_then_it_is_there(client: TestClient) -> None:
    first = client.get("/report", params=TEA).text
    assert "The whole run" in first or "The answer first" in first
    text = done(client, {**TEA, "now": "3 h", "question": "Asleep?"})
    assert "Question: Asleep?" in text
    assert "from now on" in text
    assert "/report.pdf?" in text
    assert text.count("<h1") == 1
    assert not re.search(r"\sstyle=|<style", text)


def test_htmx_gets_the_part_that_changes(client: TestClient) -> None:
    done(client, TEA)
    part = client.get("/report", params=TEA, headers={"hx-request": "true"}).text
    assert part.startswith('<div id="report"')
    assert "<html" not in part


def test_a_run_that_was_ended_is_not_begun_again_by_a_page_that_waits(client: TestClient) -> None:
    many = {**TEA, "run.people": "20000", "run.replicates": "50"}
    text = client.get("/report", params=many).text
    path = re.search(r'action="(/job/[^"?]+/cancel)[?"]', text)
    token = re.search(r'name="token" value="([^"]+)"', text)
    assert path
    assert token
    client.post(path[1], data={"token": token[1]}, follow_redirects=False)
    part = client.get("/report", params=many, headers={"hx-request": "true"}).text
    assert "was ended before it was done" in part
    assert "hx-trigger" not in part


def test_on_paper_it_is_one_tagged_sheet(client: TestClient) -> None:
    answer = client.get("/report.pdf", params={**TEA, "paper": "letter", "now": "2 h"})
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert len(file.pages) == 1
        assert file.Root.MarkInfo.Marked


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"now": "soon"}, "a time after the first dose"),
        ({"now": "3 d"}, "from 0 h to 24 h"),
        ({"question": "x" * 201}, "at most 200 letters"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(
    client: TestClient, change: dict[str, str], said: str
) -> None:
    answer = client.get("/report", params={**TEA, **change})
    assert answer.status_code == 422
    assert said in answer.text
    for key, value in {**TEA, **change}.items():
        assert f'name="{key}" value="{value}"' in answer.text


def test_paper_that_is_not_known_is_refused(client: TestClient) -> None:
    assert client.get("/report.pdf", params={**TEA, "paper": "a5"}).status_code == 422
    assert client.get("/report.pdf").status_code == 422
    assert client.get("/report", params={**TEA, "regimen.dose": "much"}).status_code == 422


def test_the_first_form_asks_when_and_what_and_loses_neither(client: TestClient) -> None:
    empty = client.get("/report").text
    for name in ("now", "question"):
        assert re.search(rf'<input [^>]*name="{name}" value=""[^>]* form="case"', empty)
    assert 'id="case"' in empty
    half = {"product.kind": "tea", "now": "2 h ago", "question": "Asleep?", "appendix": "1"}
    answer = client.get("/report", params=half)
    assert answer.status_code == 422
    for name, value in half.items():
        if name != "product.kind":
            assert f'name="{name}" value="{value}"' in answer.text
    assert "now=2+h+ago&amp;question=Asleep%3F&amp;appendix=1" in answer.text
    wrong = client.get("/report", params={"now": "soon"})
    assert wrong.status_code == 422
    assert "a time after the first dose" in wrong.text


def test_one_more_medicine_is_asked_for_and_no_page_written(client: TestClient) -> None:
    text = client.get("/report", params={**TEA, "more": "with"}).text
    assert 'name="with.0.drug"' in text
    assert "The whole run" not in text


def test_ago_counts_from_the_last_dose(client: TestClient) -> None:
    often = {**TEA, "regimen.every": "8 h", "regimen.for": "24 h"}
    text = " ".join(done(client, {**often, "now": "2 h ago"}).split())
    assert "2 h (dose 3 of 3)" in text


def test_what_was_computed_stays_below_a_mistake_in_the_question(client: TestClient) -> None:
    done(client, TEA)
    answer = client.get("/report", params={**TEA, "now": "soon", "question": "Asleep?"})
    assert answer.status_code == 422
    for part in ("a time after the first dose", "The answer first", "Question: Asleep?"):
        assert part in answer.text
    assert answer.text.index('role="alert"') < answer.text.index("The answer first")


def test_what_could_not_be_computed_can_be_changed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise SolverError("nobody could be simulated: fewer days")

    monkeypatch.setattr(whole, "simulate", fails)
    tea = {**TEA, "regimen.dose": "2.7 g"}
    answer = client.get("/report", params=tea)
    for _ in range(100):
        if answer.status_code == 422:
            break
        time.sleep(0.05)
        answer = client.get("/report", params=tea)
    assert "fewer days" in answer.text
    assert _changes(answer.text)
    paper = client.get("/report.pdf", params={**TEA, "paper": "a5"})
    assert _changes(paper.text)


def _changes(text: str) -> bool:
    """Whether there is a way back to what was entered, with all of it."""
    link = re.search(r'href="/\?(product.kind=tea[^"]*)"[^>]*>Change what was entered<', text)
    return link is not None and "run.replicates=3" in link[1]


def test_an_emergency_stands_in_its_place(client: TestClient) -> None:
    signs = {**TEA, "person.signs": "blue lips"}
    text = client.get("/report", params=signs).text
    assert "Naloxone" in text
    assert "The answer first" not in text
    paper = client.get("/report.pdf", params=signs, follow_redirects=False)
    assert paper.status_code == 303


STOPS = {
    **TEA,
    "with.0.drug": "fentanyl",
    "with.0.dose": "20 mg",
    "with.0.route": "intravenous",
    "with.1.drug": "alprazolam",
    "with.1.dose": "1 mg",
}
"""Breath stops in everybody."""


def test_where_breath_stops_the_card_says_what_was_seen_and_what_is_dangerous(
    client: TestClient,
) -> None:
    text = done(client, {**STOPS, "question": "Asleep?"})
    assert "The answer first" not in text
    for path, shown in (("/report", text), ("/", client.get("/", params=STOPS).text)):
        opened = shown.partition("<details>")[0]
        assert "BREATHING STOPS in 3 of 3 simulated people" in opened, path
        assert "DANGER: Kratom with alprazolam." in opened, path
        assert "ng/mL" not in opened, path
    assert 'name="question" value="Asleep?"' in text
    (paper,) = re.findall(r'href="(/report\.pdf\?[^"]+)"', text)
    answer = client.get(unescape(paper), follow_redirects=False)
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        assert len(file.pages) == 1


def test_where_breath_stops_data_are_kept_as_the_command_line_keeps_them(
    client: TestClient, tmp_path: Path
) -> None:
    file, kept = tmp_path / "stops.toml", tmp_path / "kept.json"
    file.write_text(client.get("/scenario.toml", params=STOPS).text)
    line = ["simulate", str(file), "--quiet", "--series", "--json", str(kept)]
    assert main(line) == 0
    data = client.get("/data.json", params=STOPS)
    assert data.status_code == 200
    table = json.loads(kept.read_text())
    assert data.json() == table
    assert table["stops"]["emergency"]
    assert table["warnings"][0].startswith("BREATHING STOPS in 3 of 3")
    measures = client.get("/data.csv", params={**STOPS, "table": "measures"})
    assert measures.status_code == 200
    assert measures.text == table_csv(table, "measures")


def test_its_looks_are_served(client: TestClient) -> None:
    answer = client.get("/static/1/onepage.css")
    assert answer.status_code == 200
    assert ".onepage" in answer.text


def test_what_it_left_open_is_looked_for_once(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def missing(scenario: object, rows: object) -> tuple[()]:
        asked.append(scenario)
        return ()

    monkeypatch.setattr(whole, "missing", missing)
    tea = {**TEA, "regimen.dose": "2.5 g"}
    done(client, tea)
    done(client, {**tea, "now": "3 h"})
    assert client.get("/report.pdf", params=tea).status_code == 200
    assert len(asked) == 1
    done(client, {**tea, "regimen.dose": "2.6 g"})
    assert len(asked) == 2
