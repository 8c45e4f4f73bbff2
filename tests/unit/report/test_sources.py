from __future__ import annotations

import json
from pathlib import Path

import pytest

from speciosa.errors import EvidenceError
from speciosa.evidence import records, source, sources
from speciosa.evidence.load import read_sources
from speciosa.report.sources import FORMS, bibliography, bibtex, csl, table, text, written

ALL = sorted(records("opioid"))
ARTICLE = next(id_ for id_ in ALL if "doi" in source(records("opioid")[id_].source).fields)


def test_every_record_stands_under_its_source() -> None:
    found = bibliography(ALL)
    assert sorted(record.id for _, held in found for record in held) == ALL
    assert all(record.source == one.key for one, held in found for record in held)


def test_bibtex_reads_back_to_the_same_sources(tmp_path: Path) -> None:
    file = tmp_path / "sources.bib"
    file.write_text(bibtex(ALL), encoding="utf-8")
    assert read_sources(file) == {one.key: one for one, _ in bibliography(ALL)}


def test_csl_can_be_made_of_every_source_that_we_have(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = [(one, []) for one in sources().values()]
    monkeypatch.setattr("speciosa.report.sources.bibliography", lambda ids: everything)
    items = csl(())
    assert [item["id"] for item in items] == list(sources())
    assert all(item["title"] and item["type"] for item in items)


def test_an_article_in_csl() -> None:
    (item,) = csl([ARTICLE])
    cited = source(records("opioid")[ARTICLE].source)
    assert item["type"] == "article-journal"
    assert item["DOI"] == cited.fields["doi"]
    assert item["issued"] == {"date-parts": [[int(cited.year)]]}
    assert item["author"][0]["family"] == cited.authors[0].partition(",")[0]


def test_text_says_how_many_numbers_and_how_they_were_read() -> None:
    said = text([ARTICLE])
    assert "doi:" in said
    assert "\n  1 number: " in said


def test_plain_data_names_the_records() -> None:
    (one,) = table([ARTICLE])["sources"]
    assert [record["id"] for record in one["records"]] == [ARTICLE]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_ends_with_a_newline(form: str) -> None:
    assert written(ALL, form).endswith("\n")


def test_csl_is_json() -> None:
    assert len(json.loads(written(ALL, "csl"))) == len(bibliography(ALL))


def test_nothing_cites_nothing() -> None:
    assert bibtex([]) == ""


def test_a_record_that_there_is_not() -> None:
    with pytest.raises(EvidenceError, match="the id of a record"):
        bibliography(["opioid/nothing"])
