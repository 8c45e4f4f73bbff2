"""Kratom with every drug: one finding each, as CSV and as TripSit's chart has it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from speciosa.product.medicines import medicines
from speciosa.safety import Case, check
from speciosa.safety.finding import CERTAINTIES, SEVERITIES, Estimate
from speciosa.safety.stacking import slug
from speciosa.safety.table import Row, interaction_table, to_csv, to_tripsit

TODAY = date(2026, 11, 25)

# What a row of combos may hold by schemas/combos-schema.json of TripSit/drugs, August 2026.
CHART = frozenset(
    {
        *("2c-t-x", "2c-x", "5-meo-xxt", "alcohol", "amphetamines", "amt", "benzodiazepines"),
        *("caffeine", "cannabis", "cocaine", "dextromethorphan", "diphenhydramine", "dmt", "dox"),
        *("ghb/gbl", "ketamine", "lithium", "lsd", "maois", "mdma", "mephedrone", "mescaline"),
        *("mushrooms", "mxe", "nbomes", "nitrous", "opioids", "pcp", "pregabalin", "ssris"),
        "tramadol",
    }
)
STATUS = (
    "Self",
    "Caution",
    "Dangerous",
    "Low Risk & Decrease",
    "Low Risk & Synergy",
    "Unsafe",
    "Low Risk & No Synergy",
)
SOURCE = {"author", "title", "url"}


@pytest.fixture(scope="module")
def table() -> tuple[Row, ...]:
    return interaction_table(TODAY)


def keeps_to_the_schema(row: dict[str, Any]) -> bool:
    """Whether a row of the chart is as the schema says; nothing else may stand in it."""
    return all(
        name in CHART
        and set(held) <= {"status", "note", "sources"}
        and held["status"] in STATUS
        and isinstance(held.get("note", ""), str)
        and all(
            set(one) <= SOURCE and all(isinstance(text, str) for text in one.values())
            for one in held.get("sources", [])
        )
        for name, held in row.items()
    )


def test_every_drug_has_a_row_gravest_first_and_then_by_name(table: tuple[Row, ...]) -> None:
    assert {row.drug for row in table} == set(medicines())
    assert len(table) == len(medicines())
    places = [(SEVERITIES.index(row.finding.severity), row.drug) for row in table]
    assert places == sorted(places)


def test_a_row_says_what_a_check_says(table: tuple[Row, ...]) -> None:
    rows = {row.drug: row for row in table}
    for drug in ("alprazolam", "ketoconazole", "naltrexone", "caffeine"):
        told = check(
            Case.of(
                {
                    "product": {"kind": "tea"},
                    "regimen": {"dose": "2 g"},
                    "with": [{"drug": drug}],
                }
            ),
            today=TODAY,
            quick=True,
        )
        (found,) = [one for one in told.findings if one.id == f"interaction/{slug(drug)}"]
        assert rows[drug].finding == found


def test_opioids_and_sedatives_are_dangerous(table: tuple[Row, ...]) -> None:
    rows = {row.drug: row for row in table}
    for drug in ("fentanyl", "methadone", "alprazolam", "alcohol"):
        assert rows[drug].status == "Dangerous"


def test_csv_has_a_line_for_each_drug_and_a_column_for_each_part(table: tuple[Row, ...]) -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(table))))
    assert len(lines) == len(table)
    assert list(lines[0]) == [
        *("drug", "severity", "status", "classes", "mechanisms", "plain", "why"),
        *("certainty", "because", "estimates", "sources", "as_of", "read"),
    ]
    for line, row in zip(lines, table, strict=True):
        assert line["severity"] in SEVERITIES
        assert line["certainty"] in CERTAINTIES
        assert line["sources"].split("; ") == list(row.finding.sources)
        assert date.fromisoformat(line["as_of"]) <= TODAY
        assert line["estimates"] == ""


def test_csv_tells_estimates_with_their_range_and_basis(table: tuple[Row, ...]) -> None:
    ratio = Estimate("AUC of midazolam", 1.4, 1.2, 1.98, "1", "simulated")
    rule = Estimate("AUC of midazolam", 4.5, None, None, "1", "static")
    row = replace(table[0], finding=replace(table[0].finding, estimates=(ratio, rule)))
    (line,) = csv.DictReader(io.StringIO(to_csv([row])))
    said = "AUC of midazolam: 1.4 (1.2 to 1.98) simulated; AUC of midazolam: 4.5 static"
    assert line["estimates"] == said


def test_tripsits_row_keeps_to_its_schema(table: tuple[Row, ...]) -> None:
    combos = to_tripsit(table)
    assert set(combos) == {"kratom"}
    assert keeps_to_the_schema(combos["kratom"])
    told = set(combos["kratom"])
    assert {"alcohol", "benzodiazepines", "opioids", "ssris", "maois", "tramadol"} <= told
    assert {name for name in CHART if name in medicines()} <= told


def test_the_checker_of_the_schema_refuses_what_it_should() -> None:
    assert keeps_to_the_schema({"alcohol": {"status": "Unsafe"}})
    assert not keeps_to_the_schema({"aspirin": {"status": "Unsafe"}})
    assert not keeps_to_the_schema({"alcohol": {"status": "unsafe"}})
    assert not keeps_to_the_schema({"alcohol": {"status": "Unsafe", "why": ""}})
    assert not keeps_to_the_schema({"alcohol": {"status": "Unsafe", "sources": [{"doi": ""}]}})


def test_no_pair_is_said_to_be_low_in_risk_and_synergistic(table: tuple[Row, ...]) -> None:
    said = {held["status"] for held in to_tripsit(table)["kratom"].values()}
    assert not said & {"Low Risk & Synergy", "Low Risk & Decrease", "Self"}


def test_a_row_of_many_drugs_is_as_grave_as_the_gravest(table: tuple[Row, ...]) -> None:
    status = to_tripsit(table)["kratom"]
    assert status["opioids"]["status"] == status["benzodiazepines"]["status"] == "Dangerous"


def test_every_source_of_the_chart_has_a_title_and_every_note_a_day(
    table: tuple[Row, ...],
) -> None:
    for held in to_tripsit(table)["kratom"].values():
        assert held["sources"]
        assert all(one["title"] for one in held["sources"])
        assert "certainty, 20" in held["note"]


def test_progress_counts_every_drug() -> None:
    seen: list[tuple[int, int]] = []
    interaction_table(TODAY, progress=lambda done, of: seen.append((done, of)))
    assert [done for done, _ in seen] == list(range(len(medicines()) + 1))


@pytest.mark.slow
def test_numbers_are_simulated_where_there_are_kinetics_and_a_usual_regimen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    few = {name: medicines()[name] for name in ("triazolam", "quetiapine", "kava")}
    monkeypatch.setattr("speciosa.safety.table.medicines", lambda: few)
    rows = {row.drug: row for row in interaction_table(TODAY, numbers=True)}
    for drug in ("triazolam", "quetiapine"):
        said = {one.of: one for one in rows[drug].finding.estimates if one.basis == "simulated"}
        assert said[f"level over time (AUC) of {drug} with kratom"].value > 1.2
    assert not rows["kava"].finding.estimates


def test_no_pair_is_called_low_in_risk(table: tuple[Row, ...]) -> None:
    assert "note" in {row.finding.severity for row in table}
    assert {row.status for row in table} == {"Dangerous", "Unsafe", "Caution"}
