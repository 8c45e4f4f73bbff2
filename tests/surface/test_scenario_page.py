"""Every key of a scenario stands in its page, with its default, and no other does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from speciosa.product.medicines import medicines
from speciosa.trial import tables
from speciosa.trial.arms import routes

PAGE = (Path(__file__).parents[2] / "docs" / "scenario.md").read_text(encoding="utf-8")
TABLES = {
    "person": tables.Person,
    "product": tables.Product,
    "regimen": tables.Regimen,
    "with": tables.Medicine,
    "output": tables.Output,
    "run": tables.Run,
}


def section(word: str) -> str:
    found = re.search(rf"^## `\[+{word}\]+`.*?\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)
    assert found, f"{word} has no section"
    return found[1]


@pytest.mark.parametrize("word", TABLES)
def test_every_key_stands_in_its_section_and_no_other(word: str) -> None:
    told = set(re.findall(r"^\| `(\w+)` \|", section(word), flags=re.MULTILINE))
    known = {field.alias or name for name, field in TABLES[word].model_fields.items()}
    assert told == known


def test_the_drugs_that_are_simulated_are_those_of_the_records() -> None:
    told: dict[str, str] = {}
    rows = re.findall(r"^\| ([a-z, ]+) \| ([a-z, ]+) \|$", section("with"), re.MULTILINE)
    for drugs, ways in rows:
        told |= dict.fromkeys(drugs.split(", "), ways)
    told.pop("drug")
    assert told == {drug: ", ".join(routes(drug)) for drug in medicines() if routes(drug)}


def test_the_tables_of_many_people_are_told() -> None:
    told = set(re.findall(r"`(\w+)`", section("people")))
    assert set(tables.People.model_fields) <= told


def test_defaults_are_the_ones_that_are_used() -> None:
    shown = dict(re.findall(r"^\| `(people|replicates|seed)` \| `(\d+)` \|", PAGE, re.MULTILINE))
    run = tables.Run()
    assert shown == {
        "people": str(run.people),
        "replicates": str(run.replicates),
        "seed": str(run.seed),
    }
