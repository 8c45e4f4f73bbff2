"""The first page: the form, a first look, the whole run, and cards in place of numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape, unescape

import pytest
from starlette.testclient import TestClient

from advice import told
from reading import grade
from speciosa import Scenario
from speciosa.report import happens as words
from speciosa.report.findings import LITTLE, counted
from speciosa.safety.check import check
from speciosa.trial.glance import glance, levels
from speciosa.web import answer
from speciosa.web.app import create_app
from speciosa.web.form.query import Pairs, address, pairs_of
from speciosa.web.form.read import read_pairs
from speciosa.web.routes import happens
from speciosa.web.whole import whole as whole_run

HARDEST = 8.0
HTMX = {"HX-Request": "true"}
SCENARIO = Scenario(
    product={"kind": "leaf"},
    regimen={"dose": "3 g"},
    output={"until": "12 h"},
    run={"people": 6, "replicates": 2},
)
PAIRS = pairs_of(SCENARIO.model_dump(by_alias=True, exclude_unset=True))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(["testserver"])) as held:
        yield held


@pytest.fixture(scope="module")
def first(client: TestClient) -> str:
    """The page of a scenario of which no whole run was made."""
    return client.get(address("/", PAIRS)).text


@pytest.fixture(scope="module")
def whole() -> Iterator[TestClient]:
    """An app that has made the whole run."""
    app = create_app(["testserver"])
    with TestClient(app) as held:
        assert app.state.jobs.start(whole_run(SCENARIO, PAIRS)).over.wait(120)
        yield held


def text_of(page: str) -> str:
    bare = re.sub(r"<(svg|select)\b.*?</\1>", " ", page, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def result_of(page: str) -> str:
    return page.partition('<div id="result">')[2].partition('<section aria-label="What was')[0]


def test_without_a_scenario_there_is_the_form_and_what_this_is(client: TestClient) -> None:
    found = client.get("/")
    assert found.status_code == 200
    assert "now, tonight and in the days after" in found.text
    assert '<form class="scenario"' in found.text
    assert '<div id="result">' not in found.text


def test_the_sentence_comes_first_then_what_is_weak_then_the_curve(first: str) -> None:
    parts = [
        "In the first 4 hours",
        'id="rules"',
        "Read this first",
        'id="curve"',
        'id="numbers"',
        'id="more"',
    ]
    places = [result_of(first).index(part) for part in parts]
    assert places == sorted(places)


def test_a_first_look_is_of_people_who_differ_alone(first: str) -> None:
    shown = result_of(first)
    assert "A first look: 6 people" in text_of(shown)
    assert "People differ:" in shown
    assert "1 in 2 chance" not in shown
    assert "Run it" in shown


def test_a_first_look_is_of_the_people_of_a_whole_run() -> None:
    few = glance(SCENARIO, ["pain.relief"])
    many = glance(SCENARIO.replace(run__people=9), ["pain.relief"])
    assert (few["pain.relief"] == many["pain.relief"][:6]).all()
    assert few.replicates == 0
    assert set(few.courses["pain.relief"].bands) == {"variability"}


def test_a_whole_run_shows_both_kinds_of_spread_apart(whole: TestClient) -> None:
    shown = result_of(whole.get(address("/", PAIRS)).text)
    assert "A first look" not in shown
    assert "6 people · 2 draws of what we do not know" in shown
    assert "9 of 10 people" in shown
    assert "9 in 10 chance" in shown
    assert 'id="icons-wide-title"' in shown


@pytest.mark.parametrize(
    ("word", "there", "gone"),
    [
        ("people", "9 of 10 people", "9 in 10 chance"),
        ("unknown", "9 in 10 chance", "half of people"),
    ],
)
def test_either_kind_of_spread_can_be_seen_alone(
    whole: TestClient, word: str, there: str, gone: str
) -> None:
    shown = whole.get(address("/", [*PAIRS, ("show", word)])).text
    assert there in shown
    assert gone not in shown
    assert f'value="{word}" form="scenario" checked' in shown


def test_what_we_do_not_know_is_no_part_of_a_first_look(client: TestClient) -> None:
    shown = client.get(address("/", [*PAIRS, ("show", "unknown")])).text
    assert "There is nothing to draw yet" in shown
    assert '<svg class="chart wide"' not in shown


def test_another_output_can_be_looked_at(client: TestClient) -> None:
    shown = client.get(address("/", [*PAIRS, ("see", "plasma.mitragynine")])).text
    assert "Mitragynine in blood plasma over time" in shown
    assert '<option value="plasma.mitragynine" selected>' in shown
    assert address("/data.csv", [*PAIRS, ("see", "plasma.mitragynine")]) in unescape(shown)


def test_what_may_not_be_looked_at_is_refused_and_the_form_kept(client: TestClient) -> None:
    found = client.get(address("/", [*PAIRS, ("see", "no.such")]))
    assert found.status_code == 422
    assert "no.such" in found.text
    assert 'value="3 g"' in found.text


def test_each_curve_has_a_wide_and_a_narrow_drawing_with_words(first: str) -> None:
    for width in ("wide", "narrow"):
        assert f'<svg class="chart {width}" role="img"' in first
        assert f'id="curve-{width}-desc"' in first


def test_the_numbers_are_a_table_that_can_be_scrolled(first: str) -> None:
    assert '<div class="wide" tabindex="0" role="region" aria-label="Table of numbers">' in first
    assert first.count('<th scope="col"') == 5


def test_what_can_be_taken_along(first: str) -> None:
    for path in ("/data.csv", "/data.json", "/scenario.toml", "/report", "/danger"):
        assert f'href="{path}?product.kind=leaf' in first


def test_bad_input_is_kept_and_told_once_beside_its_field(client: TestClient) -> None:
    found = client.get("/?product.kind=leaf&regimen.dose=much")
    assert found.status_code == 422
    assert 'value="much"' in found.text
    assert 'aria-invalid="true"' in found.text
    assert "Traceback" not in found.text


def test_what_is_wrong_is_said_in_full_at_its_field_alone(client: TestClient) -> None:
    page = client.get("/?product.kind=leaf&regimen.dose=2+g&regimen.every=8").text
    assert text_of(page).count("Every 8 hours, or 8 times a day?") == 1
    assert 'Not clear yet: <a href="#f-regimen-every">How often</a>' in page


def test_how_the_entries_were_read_is_told_beside_the_result(client: TestClient) -> None:
    pairs: Pairs = [("product.kind", "capsule"), ("regimen.dose", "1 tsp"), ("output.until", "6 h")]
    for headers in ({}, HTMX):
        shown = text_of(client.get(address("/", pairs), headers=headers).text)
        assert "read as 1 level tsp, about 2.1 g (1.7 to 2.6)." in shown
        assert "Is a number of capsules meant?" in shown


def test_beside_a_result_the_form_is_folded_and_alone_it_is_not(
    client: TestClient, first: str
) -> None:
    assert '<details class="entered">' in first
    assert "entered" not in client.get("/").text


def test_signs_of_an_emergency_are_asked_first(client: TestClient) -> None:
    form = client.get("/").text.partition('<form class="scenario"')[2]
    places = [form.index(f'id="{one}"') for one in ("now", "what", "amount", "who", "with")]
    assert places == sorted(places)


def test_to_htmx_only_what_changes_is_sent(client: TestClient) -> None:
    found = client.get(
        address("/", [*PAIRS, ("see", "gut.nausea"), ("run.seed", "")]), headers=HTMX
    )
    assert found.status_code == 200
    assert "<html" not in found.text
    assert '<form class="scenario"' not in found.text
    assert found.headers["hx-replace-url"] == address("/", [*PAIRS, ("see", "gut.nausea")])
    assert '<div id="said" hx-swap-oob="innerHTML">' in found.text


def test_to_htmx_what_is_wrong_is_sent_and_the_result_left(client: TestClient) -> None:
    found = client.get("/?product.kind=leaf&regimen.dose=3", headers=HTMX)
    assert found.status_code == 422
    assert found.text.strip().startswith('<div id="said" hx-swap-oob="innerHTML">')
    assert "from before" in found.text


def test_a_change_asks_for_its_result_and_drops_the_older_question(first: str) -> None:
    for part in (
        'hx-get="/"',
        'hx-trigger="input delay:30ms"',
        'hx-target="#result"',
        'hx-sync="this:replace"',
    ):
        assert part in first


def test_signs_of_an_emergency_show_the_card_and_no_number(client: TestClient) -> None:
    for headers in ({}, HTMX):
        found = client.get(address("/", [*PAIRS, ("person.signs", "blue lips")]), headers=headers)
        assert "Naloxone" in found.text
        assert '<svg class="chart' not in found.text
        assert "<table" not in found.text


def test_an_emergency_beside_an_unknown_medicine_shows_the_card_too(client: TestClient) -> None:
    pairs = [*PAIRS, ("person.signs", "no breathing"), ("with.0.drug", "zzzz")]
    assert "Naloxone" in client.get(address("/", pairs)).text


def test_where_breath_stops_the_card_takes_the_place_of_every_number(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = replace(answer.first_look(SCENARIO), breath_stops=True)
    monkeypatch.setattr(happens, "first_look", lambda _: found)
    shown = client.get(address("/", PAIRS)).text
    assert "EMERGENCY, if somebody has taken this." in shown
    assert '<svg class="chart' not in shown
    assert "<table" not in shown


def test_in_dangerous_company_the_risk_to_breath_is_looked_at_first(client: TestClient) -> None:
    company: Pairs = [*PAIRS, ("with.0.drug", "alcohol"), ("with.0.dose", "14 g")]
    shown = client.get(address("/", company)).text
    assert '<option value="breathing.risk" selected>' in shown
    assert "below usual" not in result_of(shown)
    assert '<option value="breathing.drive"' not in shown
    assert '<option value="plasma.alcohol"' in shown


def test_medicines_without_kinetics_are_warned_of_beside_the_result(client: TestClient) -> None:
    for dose in ((), (("with.0.dose", "50 mg"),)):
        pairs: Pairs = [*PAIRS, ("with.0.drug", "sertraline"), *dose]
        found = check(read_pairs(pairs).needed(), quick=True).to_dict()
        (gravest,) = [one for one in found["findings"] if one["severity"] == "warning"]
        for headers in ({}, HTMX):
            shown = text_of(client.get(address("/", pairs), headers=headers).text)
            assert f"WARNING {gravest['title']}" in shown
            assert counted(one["severity"] for one in found["findings"]) in shown
        assert f'href="{escape(address("/danger", pairs))}"' in client.get(address("/", pairs)).text


def test_of_many_grave_findings_three_are_named_and_the_rest_counted(client: TestClient) -> None:
    names = ("alcohol", "oxycodone", "diazepam", "methadone", "sertraline")
    pairs: Pairs = [*PAIRS, *((f"with.{n}.drug", name) for n, name in enumerate(names))]
    grave = [
        one
        for one in check(read_pairs(pairs).needed(), quick=True).findings
        if one.severity in ("danger", "warning")
    ]
    shown = text_of(result_of(client.get(address("/", pairs)).text))
    assert len(grave) > 3
    assert all(one.title in shown for one in grave[:3])
    assert f"and {len(grave) - 3} more" in shown


def test_where_nothing_grave_is_found_nothing_is_called_safe(first: str) -> None:
    shown = text_of(result_of(first))
    assert LITTLE in shown
    assert "WARNING" not in shown
    assert "safe" not in shown.partition("Read this first")[0]


def test_levels_are_of_what_can_be_followed() -> None:
    company = [{"drug": "caffeine", "dose": "100 mg"}, {"drug": "caffeine"}]
    assert levels(SCENARIO.replace(**{"with": company})) == (
        "plasma.mitragynine",
        "plasma.caffeine",
    )
    strong = SCENARIO.replace(product={"kind": "7-oh", "mitragynine": None})
    assert levels(strong) == ("plasma.hydroxymitragynine",)


def test_words_can_be_read_by_anybody_and_tell_nobody_what_to_take() -> None:
    found = answer.first_look(SCENARIO).plain
    said = [f"{one.when}: {one.what}" for one in words.likely(found)]
    for text in (*said, words.breath(found)):
        assert not told(text)
    assert grade(" ".join([*said, words.breath(found)])) <= HARDEST


def test_the_page_itself_can_be_read_by_anybody(client: TestClient) -> None:
    for text in re.findall(r"<p[^>]*>([^<{]{30,})</p>", client.get("/").text):
        assert grade(unescape(text)) <= HARDEST, text


def test_words_follow_the_bounds_of_each_effect() -> None:
    found = answer.first_look(SCENARIO).plain
    assert [one.when for one in words.likely(found)] == [
        "In the first 4 hours",
        "From 4 to 12 hours",
    ]
    assert "pain relief" in words.likely(found)[0].what


def test_of_many_doses_the_first_day_is_told_apart() -> None:
    often = SCENARIO.replace(regimen__every="8 h", output__until="3 d", **{"regimen.for": "2 d"})
    said = [one.when for one in words.likely(answer.first_look(often).plain)]
    assert said == [
        "In the first 4 hours",
        "From 4 to 24 hours",
        "After that, up to day 2",
        "Doses end at day 2. After that, up to day 3",
    ]
