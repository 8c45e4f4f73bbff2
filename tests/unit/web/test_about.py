"""About: limits first, and what a lay person reads is plain."""

from __future__ import annotations

import csv
import gzip
import io

import pytest
from starlette.testclient import TestClient

from advice import told
from html_pages import held
from reading import grade
from speciosa.report.comparisons import PARTS
from speciosa.report.comparisons import told as seen
from speciosa.report.validated import comparisons, groups
from speciosa.web.app import create_app

LAY = (
    "/about",
    "/claims",
    "/inside",
    "/evidence",
    "/evidence/record/pain/spinal",
)


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(create_app(["testserver"]))


def test_limits_come_first(client: TestClient) -> None:
    text = client.get("/about").text
    order = ["What it cannot do", "What it is", "How it was checked", "Your data", "How to cite it"]
    places = [text.index(f">{one}</h2>") for one in order]
    assert places == sorted(places)
    for one in groups():
        assert f'<th scope="row">{one["group"]}</th>' in text


@pytest.mark.parametrize("part", PARTS)
def test_each_part_has_words_two_drawings_and_every_number(client: TestClient, part: str) -> None:
    rows = [one for one in comparisons() if one["part"] == part]
    text = client.get("/about").text
    section = text.partition(f'<h3 id="{part}">')[2].partition("</section>")[0]
    for width in ("wide", "narrow"):
        drawing = section.partition(f'<svg class="chart {width}"')[2].partition("</svg>")[0]
        title = f"{PARTS[part]}: observed against simulated</title>"
        assert f'<title id="{part}-{width}-title">{title}' in drawing
        described = drawing.partition(f'<desc id="{part}-{width}-desc">')[2].partition("</desc>")[0]
        assert described == " ".join(seen(rows)).replace("&", "&amp;")
        assert " style=" not in drawing
    before = section.partition("<svg")[0]
    places = [before.index(f"<li>{one}</li>") for one in seen(rows)]
    assert places == sorted(places)
    table = section.partition("<tbody>")[2].partition("</tbody>")[0]
    assert table.count("<tr>") == len(rows)
    for one in rows:
        assert f'<a href="/evidence/observation/{one["id"]}">' in table


def test_what_a_row_leads_to_is_there(client: TestClient) -> None:
    links = [one for one in held(client.get("/about").text).links if "/observation/" in one]
    assert len(links) == len(comparisons())
    for link in links[::40]:
        assert client.get(link).status_code == 200


def test_every_comparison_can_be_kept_as_a_table(client: TestClient) -> None:
    assert '<a href="/about/validation.csv">' in client.get("/about").text
    found = client.get("/about/validation.csv")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="speciosa-validation.csv"' in found.headers["content-disposition"]
    read = list(csv.DictReader(io.StringIO(found.text)))
    assert [one["id"] for one in read] == [one["id"] for one in comparisons()]
    assert [float(one["simulated"]) for one in read] == pytest.approx(
        [one["simulated"] for one in comparisons()], rel=1e-11
    )


def test_it_is_no_heavier_than_a_first_result_may_be(client: TestClient) -> None:
    assert len(gzip.compress(client.get("/about").content)) <= 150_000


@pytest.mark.parametrize("ending", ["txt", "bib", "json"])
def test_it_can_be_cited(client: TestClient, ending: str) -> None:
    found = client.get(f"/about/cite.{ending}")
    assert found.status_code == 200
    assert "Speciosa" in found.text
    assert client.get("/about/cite.doc").status_code == 404


@pytest.mark.parametrize("address", LAY)
def test_what_lay_people_read_is_plain_and_no_advice(client: TestClient, address: str) -> None:
    lay = held(client.get(address).text).lay
    assert lay
    for text in lay:
        plain = " ".join(text.split())
        assert grade(plain) <= 8.0, (grade(plain), plain)
        assert not told(plain)
    assert grade(" ".join(" ".join(lay).split())) <= 6.5
