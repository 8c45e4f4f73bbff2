"""What the program says of itself."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import yaml

import speciosa
from speciosa.report.about import AUTHOR, LICENCE, TITLE, ages, citation, counts, versions
from speciosa.report.uses import all_records
from speciosa.safety.laws import laws

ROOT = Path(__file__).parents[3]


def test_it_is_cited_as_its_file_says() -> None:
    file = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert (file["title"], file["license"]) == (TITLE, LICENCE)
    assert [one["name"] for one in file["authors"]] == [AUTHOR]
    for form in ("text", "bibtex", "csl"):
        assert all(said in citation(form) for said in (TITLE, AUTHOR, speciosa.__version__))
    assert citation("bibtex").count("{") == citation("bibtex").count("}")
    assert json.loads(citation("csl"))[0]["type"] == "software"


def test_ages_count_what_holds() -> None:
    held = [one for one in laws().values() if not one.replaced_by]
    found = {one.what: one for one in ages(date(2030, 1, 1))}["Laws"]
    assert found.entries == found.old == len(held)
    assert (found.oldest, found.newest) == (
        min(one.as_of for one in held),
        max(one.as_of for one in held),
    )
    numbers = {one.what: one for one in ages(date(2026, 11, 26))}["Telephone numbers"]
    assert 0 <= numbers.undated < numbers.entries


def test_every_record_is_counted_once() -> None:
    assert all(sum(part.values()) == len(all_records()) for part in counts().values())


def test_versions_name_the_program_first() -> None:
    assert next(iter(versions().items())) == ("speciosa", speciosa.__version__)
