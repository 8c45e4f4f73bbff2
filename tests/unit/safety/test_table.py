"""The interaction table says nothing that a check does not, and promises no safety."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from speciosa.evidence import records
from speciosa.product.medicines import medicines
from speciosa.safety.finding import SEVERITIES
from speciosa.safety.table import Row, interaction_table, to_csv, to_tripsit

TODAY = date(2026, 11, 25)
CHART = {"Dangerous", "Unsafe", "Caution"}


@pytest.fixture(scope="module")
def table() -> tuple[Row, ...]:
    return interaction_table(TODAY)


def test_every_drug_has_a_row_gravest_first(table: tuple[Row, ...]) -> None:
    assert {row.drug for row in table} == set(medicines())
    ranks = [SEVERITIES.index(row.finding.severity) for row in table]
    assert ranks == sorted(ranks)


def test_no_pair_is_called_low_in_risk(table: tuple[Row, ...]) -> None:
    assert "note" in {row.finding.severity for row in table}
    assert {row.status for row in table} == CHART
    assert {one["status"] for one in to_tripsit(table)["kratom"].values()} <= CHART


def test_the_chart_has_the_gravest_of_what_stands_for_a_row(table: tuple[Row, ...]) -> None:
    chart = to_tripsit(table)["kratom"]
    for name in ("opioids", "benzodiazepines", "alcohol", "tramadol", "maois"):
        assert chart[name]["status"] == "Dangerous", name
    for one in chart.values():
        assert one["note"]
        assert all(cited["title"] for cited in one["sources"])


def test_a_line_for_each_drug_and_no_number_without_a_simulation(table: tuple[Row, ...]) -> None:
    lines = list(csv.DictReader(io.StringIO(to_csv(table))))
    assert [line["drug"] for line in lines] == [row.drug for row in table]
    assert {line["estimates"] for line in lines} == {""}
    assert {line["as_of"] for line in lines} >= {"2026-11-25"}


def test_numbers_stand_beside_a_drug_that_can_be_followed(monkeypatch) -> None:
    monkeypatch.setattr("speciosa.safety.table.medicines", lambda: two)
    known = medicines()
    two = {name: known[name] for name in ("ketoconazole", "methylene blue")}
    assert "comedication/usual/dose/ketoconazole" in records("comedication")
    rows = {row.drug: row for row in interaction_table(TODAY, numbers=True)}
    assert any("AUC of mitragynine" in one.of for one in rows["ketoconazole"].finding.estimates)
    assert not rows["methylene blue"].finding.estimates
