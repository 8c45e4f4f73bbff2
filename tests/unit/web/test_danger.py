"""Is it dangerous: the words of the command line on a page, and an emergency in place of all."""

from __future__ import annotations

import io
import json
import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from advice import told
from reading import text_of
from speciosa.evidence import sources
from speciosa.report.checked import print_check
from speciosa.report.files import json_text
from speciosa.report.findings import answer
from speciosa.safety import check
from speciosa.safety.case import Case
from speciosa.web.app import create_app

CLIENT = TestClient(create_app(["testserver"]))

WORST = [
    ("product.kind", "leaf"),
    ("regimen.dose", "2 g"),
    *(("person.conditions", one) for one in ("pregnancy", "copd", "long qt", "driving")),
    ("person.jurisdiction", "US-AL"),
    *(
        (f"with.{place}.drug", drug)
        for place, drug in enumerate(("citalopram", "methadone", "alcohol", "grey pill"))
    ),
]
TABLES: dict[str, Any] = {
    "product": {"kind": "leaf"},
    "regimen": {"dose": "2 g"},
    "person": {
        "conditions": ["pregnancy", "copd", "long qt", "driving"],
        "jurisdiction": "US-AL",
    },
    "with": [{"drug": one} for one in ("citalopram", "methadone", "alcohol", "grey pill")],
}


def asked(*pairs: tuple[str, str], path: str = "/danger", **headers: str) -> Any:
    return CLIENT.get(f"{path}?{urlencode(pairs)}", headers=headers)


def printed(tables: dict[str, Any], *, quick: bool) -> list[str]:
    """Lines of the command line, whole, none of them broken."""
    found = check(Case.of(tables), today=date.today(), quick=quick).to_dict()
    out = io.StringIO()
    print_check(found, Console(file=out, width=100_000), more=True)
    return [" ".join(line.split()) for line in out.getvalue().splitlines() if line.strip()]


def test_the_page_has_every_word_of_the_command_line() -> None:
    said = text_of(asked(*WORST).text)
    for line in printed(TABLES, quick=True):
        if " certainty · " in line:  # sources are folded away, and stand as links
            sure, sources, seen = line.split(" · ")
            assert f"{sure} · {seen}" in said
            assert f"Sources: {sources}" in said
        elif line.startswith("Numbers to call: "):
            for number in line.partition(" Not simulated")[0][:-1].split(": ", 1)[1].split(" · "):
                assert number in said
        else:
            assert line in said, line


def test_numbers_of_the_simulation_are_those_of_the_command_line() -> None:
    dosed = [("with.0.dose", "100 mg"), ("with.0.every", "1 d")]
    pairs = [*WORST[:2], ("with.0.drug", "quetiapine"), *dosed]
    medicine = {"drug": "quetiapine", "dose": "100 mg", "every": "1 d"}
    tables = {**TABLES, "person": {}, "with": [medicine]}
    said = text_of(asked(*pairs, ("full", "1")).text)
    simulated = [line for line in printed(tables, quick=False) if line.startswith("simulated")]
    assert simulated
    assert all(line in said for line in simulated)
    assert "Add what a simulation shows" not in said
    row = next(line for line in printed(tables, quick=False) if line.startswith("quetiapine "))
    assert row in said


def test_rules_come_at_once_and_the_simulation_after_them() -> None:
    page = asked(*WORST).text
    assert 'hx-trigger="load"' in page
    assert "full=1" in page
    assert 'hx-target="#found"' in page


def test_a_part_is_sent_where_a_part_is_asked_for() -> None:
    page = asked(*WORST, **{"hx-request": "true"}).text
    assert page.lstrip().startswith('<div id="found">')
    assert "<html" not in page


def test_a_severity_is_a_word_and_a_shape_and_the_gravest_comes_first() -> None:
    page = asked(*WORST).text
    order = re.findall(r'class="finding (\w+)"', page)
    severities = ["emergency", "danger", "warning", "caution", "note"]
    assert order == sorted(order, key=severities.index)
    assert '<span aria-hidden="true">✖</span> DANGER' in page


def test_a_name_that_nobody_knows_is_a_finding() -> None:
    page = asked(*WORST)
    assert page.status_code == 200
    assert "Grey pill is not known here" in page.text
    assert 'class="wrong"' not in page.text


def test_sources_are_links_and_the_scenario_goes_along() -> None:
    page = asked(*WORST).text
    linked = set(re.findall(r'<a href="/evidence/source/([^"]+)">', page))
    found = check(Case.of(TABLES), today=date.today(), quick=True)
    assert linked == {key for one in found.findings for key in one.sources} <= set(sources())
    assert 'href="/compare?product.kind=leaf' in page
    assert 'href="/help?country=US"' in page


def test_an_emergency_stands_alone_and_nothing_is_simulated() -> None:
    pairs = [*WORST, ("person.signs", "blue lips")]
    for more in ((), (("full", "1"),)):
        page = asked(*pairs, *more)
        said = text_of(page.text)
        assert page.status_code == 200
        assert "<nav" not in page.text
        assert said.index("Call 911") < said.index("Give naloxone") < said.index("Kratom with")
        assert "certainty" not in said
    assert asked(*pairs, **{"hx-request": "true"}).headers["hx-retarget"] == "body"


def test_the_card_has_the_words_of_the_command_line() -> None:
    person = {**TABLES["person"], "signs": ["blue lips"]}
    card = check(Case.of({**TABLES, "person": person}), today=date.today()).card
    said = text_of(asked(*WORST, ("person.signs", "blue lips")).text)
    for line in card.splitlines():
        assert re.sub(r"^\d+\. ", "", line) in said


def test_a_breath_that_stops_in_the_simulation_takes_the_whole_page() -> None:
    drug = [("drug", "fentanyl"), ("dose", "1 mg"), ("route", "intravenous")]
    pairs = [*WORST[:2], *((f"with.0.{key}", value) for key, value in drug)]
    assert "<nav" in asked(*pairs).text
    page = asked(*pairs, ("full", "1"), **{"hx-request": "true"})
    assert "In this simulation, breathing stops" in page.text
    assert page.headers["hx-retarget"] == "body"


def test_nothing_entered_asks_and_nothing_wrong_is_lost() -> None:
    assert asked().status_code == 200
    page = asked(("product.kind", "leaf"), ("regimen.dose", "2 stones"))
    assert page.status_code == 422
    assert 'value="2 stones"' in page.text


def test_data_is_that_of_the_command_line() -> None:
    data = json.loads(asked(*WORST, path="/danger.json").text)
    found = check(Case.of(TABLES), today=date.today(), quick=True)
    assert data == json.loads(json_text(found.to_dict()))
    wrong = asked(("product.kind", "leaf"), path="/danger.json")
    assert wrong.status_code == 422
    assert "regimen" in wrong.json()["error"]


@pytest.mark.parametrize("path", ["/danger", "/help"])
def test_no_page_tells_what_to_take(path: str) -> None:
    said = text_of(asked(*WORST, path=path).text)
    assert told(said) == []


def test_the_answer_is_one_sentence() -> None:
    found = check(Case.of(TABLES), today=date.today(), quick=True).to_dict()
    assert answer(found) in text_of(asked(*WORST).text)
    assert answer(found).count(".") == 2
