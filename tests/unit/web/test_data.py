"""The same numbers on the page, as CSV, as JSON and from the command line, for every example."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from reading import text_of
from speciosa import Scenario
from speciosa.cli.app import main
from speciosa.report import happens, words
from speciosa.report.curve import COLUMNS, curve_csv
from speciosa.report.rows import TABLES, table_csv
from speciosa.report.tables import by_measure, cells, sections
from speciosa.trial.company import withheld
from speciosa.web import jobs
from speciosa.web.app import create_app
from speciosa.web.form.query import address, pairs_of

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))
FEW = {"run.people": 3, "run.replicates": 1}
LEAF = [("product.kind", "leaf"), ("regimen.dose", "2 g"), ("output.until", "6 h")]
SMALL = [*LEAF, ("run.people", "3"), ("run.replicates", "1")]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(["testserver"]), follow_redirects=False) as held:
        yield held


def test_there_are_examples() -> None:
    assert len(EXAMPLES) > 5


@pytest.mark.slow
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_page_csv_json_and_command_line_have_the_same_numbers(
    client: TestClient, file: Path, tmp_path: Path
) -> None:
    scenario = Scenario.load(file).replace(**FEW)
    pairs = _as_said(scenario)

    said = client.get(address("/data.json", pairs))
    assert said.status_code == 200
    sent = said.json()
    assert said.text == _by_the_command_line(file, tmp_path)

    output = happens.first(sent["scenario"])
    table = client.get(address("/data.csv", pairs)).text
    assert table == curve_csv(sent, output)
    assert _columns(table) == _of_json(sent, output)

    shown = client.get(address("/", pairs)).text
    if "EMERGENCY" in shown:
        assert "<table" not in shown
        return
    assert _in_tables(shown) == _told(sent)
    for one in happens.likely(sent):
        assert one.what in shown

    page = _report_by_the_command_line(file, tmp_path)
    reported = text_of(client.get(address("/report", pairs)).text)
    for part in ("answer", "exposure", "missing", "use"):
        for row in page[part]:
            assert " ".join(str(row.get("text", row.get("why"))).split()) in reported
    assert page["run"]["hash"] in reported
    told = {(row["output"], row["measure"]): row for row in sent["measures"]}
    assert all(tuple(one["of"].split()) in told for row in page["use"] for one in row["figures"])

    written = client.get(address("/scenario.toml", pairs)).text
    (tmp_path / "again.toml").write_text(written)
    assert Scenario.load(tmp_path / "again.toml").filled() == scenario.filled()


def test_what_is_not_a_scenario_has_no_data(client: TestClient) -> None:
    for path in ("/data.json", "/data.csv"):
        assert client.get(path).status_code == 422
        assert client.get(f"{path}?product.kind=leaf&regimen.dose=much").status_code == 422


@pytest.mark.parametrize("table", TABLES)
def test_what_stands_beside_the_curve_is_a_table_too(client: TestClient, table: str) -> None:
    sent = client.get(address("/data.json", SMALL)).json()
    said = client.get(address("/data.csv", [*SMALL, ("table", table)]))
    assert said.text == table_csv(sent, table)
    assert f"table={table}" in client.get(address("/", SMALL)).text


def test_a_file_has_the_name_of_its_run_which_the_report_prints(client: TestClient) -> None:
    asked = {
        "/data.json": ("", ".json"),
        "/data.csv": ("pain.relief-", ".csv"),
        "/data.csv?table=measures": ("measures-", ".csv"),
    }
    runs: set[str] = set()
    for path, (of, ending) in asked.items():
        start, _, query = path.partition("?")
        more = [("see", "pain.relief"), *([("table", "measures")] if query else [])]
        held = client.get(address(start, [*SMALL, *more])).headers["content-disposition"]
        name = rf'inline; filename="speciosa-{re.escape(of)}([0-9a-f]{{16}}){re.escape(ending)}"'
        found = re.fullmatch(name, held)
        assert found, held
        runs.add(found[1])
    (run,) = runs
    assert run in text_of(client.get(address("/report", SMALL)).text)
    other = client.get(address("/data.csv", [*SMALL, ("run.seed", "98")]))
    assert run not in other.headers["content-disposition"]


def test_a_table_that_there_is_not_is_refused(client: TestClient) -> None:
    found = client.get(address("/data.csv", [*SMALL, ("table", "x")]))
    assert found.status_code == 422
    assert "one of measures, shares, peaks, or none for a curve" in found.text


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/data.json", 422, "what is taken, and how much"),
        ("/danger.json", 422, "what is taken, and how much"),
        ("/data.json?product.kind=leaf&regimen.dose=much", 422, "regimen.dose: got 'much'"),
        ("/inside/nothing.json", 404, "no such page"),
    ],
)
def test_what_is_wrong_with_data_is_data(
    client: TestClient, path: str, status: int, says: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert says in answer.json()["error"]


def test_what_is_wrong_with_a_table_is_a_sentence(client: TestClient) -> None:
    answer = client.get("/data.csv?product.kind=leaf&regimen.dose=much")
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.text.startswith("regimen.dose: got 'much'")
    assert client.get("/claims/nothing.csv").text == "There is no such page.\n"


def test_a_curve_that_may_not_be_seen_has_no_data(client: TestClient) -> None:
    found = client.get(address("/data.csv", [*SMALL, ("see", "no.such")]))
    assert found.status_code == 422
    assert "no.such" in found.text


def test_an_emergency_has_no_data(client: TestClient) -> None:
    for path in ("/data.json", "/data.csv"):
        found = client.get(address(path, [*SMALL, ("person.signs", "blue lips")]))
        assert "Naloxone" in found.text
        assert "series" not in found.text


def test_a_run_that_takes_long_is_shown_instead(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "LONGEST", -1.0)
    other = [*SMALL, ("run.seed", "99")]
    found = client.get(address("/data.json", other))
    assert found.status_code == 303
    assert found.headers["location"].startswith("/job/")


def test_where_there_is_no_number_the_cell_is_empty() -> None:
    row = {"output": "a", "unit": "1", "kind": "both"}
    row |= {name: [None, 0.1] for name in ("p05", "p25", "median", "p75", "p95")}
    text = curve_csv({"series": {"times": [0.0, 1.0], "outputs": [row]}}, "a")
    assert text.splitlines()[1:] == ["a,1,both,0,,,,,", "a,1,both,1,0.1,0.1,0.1,0.1,0.1"]


def _as_said(scenario: Scenario) -> list[tuple[str, str]]:
    """What a scenario says itself; what it leaves to defaults counts as not said here too."""
    return pairs_of(scenario.model_dump(by_alias=True, exclude_unset=True))


def _by_the_command_line(file: Path, folder: Path) -> str:
    there = folder / "found.json"
    asked = ["simulate", str(file), "--people", "3", "--replicates", "1"]
    main([*asked, "--series", "--json", str(there), "--quiet"])
    return there.read_text()


def _report_by_the_command_line(file: Path, folder: Path) -> dict[str, Any]:
    there = folder / "page.json"
    main(["report", str(file), "--people", "3", "--replicates", "1", "--json", str(there)])
    return json.loads(there.read_text())


def _columns(table: str) -> dict[str, list[list[float | None]]]:
    """Numbers of a table by kind of spread, in its order."""
    head, *rows = csv.reader(io.StringIO(table))
    assert tuple(head) == COLUMNS
    found: dict[str, list[list[float | None]]] = {}
    for row in rows:
        found.setdefault(row[2], []).append([float(cell) if cell else None for cell in row[3:]])
    return found


def _of_json(sent: dict[str, Any], output: str) -> dict[str, list[list[float | None]]]:
    series = sent["series"]
    return {
        row["kind"]: [
            [time, *(row[name][place] for name in COLUMNS[4:])]
            for place, time in enumerate(series["times"])
        ]
        for row in series["outputs"]
        if row["output"] == output
    }


def _in_tables(shown: str) -> list[str]:
    """Every number in the tables of a page, in order."""
    return re.findall(r'<td class="number">([^<]*)</td>', shown)


def _told(sent: dict[str, Any]) -> list[str]:
    """The same from the data."""
    parts = sections(by_measure(sent["measures"]), withheld(sent["scenario"]))
    return [cell for part in parts for line in part.lines for cell in cells(*line)[1:]]


def test_the_sentence_tells_numbers_of_the_data(client: TestClient) -> None:
    sent = client.get(address("/data.json", SMALL)).json()
    both = next(
        row
        for row in sent["series"]["outputs"]
        if (row["output"], row["kind"]) == ("breathing.drive", "both")
    )
    slower = words.number(100 * (1 - min(both["median"])), 2)
    assert f"most likely {slower} % below usual" in client.get(address("/", SMALL)).text
