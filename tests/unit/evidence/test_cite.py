"""Bibliographies of what a run rests on."""

from __future__ import annotations

import json

import pytest

from speciosa.errors import EvidenceError
from speciosa.evidence import records, sources
from speciosa.evidence.cite import FORMS, cite, rests_on
from speciosa.evidence.load import read_sources


def test_a_derived_number_rests_on_what_it_is_derived_from() -> None:
    keys = {cited.source.key for cited in rests_on(["opioid/mu/Ki/speciociliatine"])}
    assert keys == {"speciosa", "obeng-2020", "kruegel-2016"}


def test_an_observation_brings_its_table() -> None:
    keys = {cited.source.key for cited in rests_on(["tanna-2022/mitragynine/cmax"])}
    assert {"tanna-2022", "tanna-2023-review"} <= keys


def test_a_study_can_be_cited() -> None:
    assert [cited.source.key for cited in rests_on(["huestis-2026"])] == ["huestis-2026"]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_how_each_source_was_read(form: str) -> None:
    text = cite(records().values(), form)
    assert text.count("read: ") >= len(rests_on(records().values()))
    assert text.endswith("\n")


def test_bibtex_is_read_back(tmp_path) -> None:
    path = tmp_path / "out.bib"
    path.write_text(cite(["opioid/mu/Ki/morphine"], "bibtex"), encoding="utf-8")
    back = read_sources(path)
    for key, found in back.items():
        assert {**sources()[key].fields, "annote": found.fields["annote"]} == found.fields


def test_csl_is_json_with_ids_titles_and_dates() -> None:
    entries = json.loads(cite(records().values(), "csl"))
    assert len({entry["id"] for entry in entries}) == len(entries)
    assert all(entry["title"] and entry["type"] for entry in entries)
    (tanna,) = [entry for entry in entries if entry["id"] == "tanna-2022"]
    assert tanna["issued"] == {"date-parts": [[2022]]}
    assert tanna["author"][0] == {"family": "Tanna", "given": "R. S."}


def test_the_order_does_not_depend_on_the_order_asked() -> None:
    ids = ["pain/spinal", "opioid/mu/Ki/morphine", "tanna-2022/mitragynine/cmax"]
    assert cite(ids) == cite(reversed(ids))


def test_nothing_is_cited_for_nothing() -> None:
    assert cite([]) == ""
    with pytest.raises(EvidenceError, match="one of bibtex, csl, text"):
        cite([], "docx")
    with pytest.raises(EvidenceError):
        cite(["tanna-2022/nothing"])
    with pytest.raises(EvidenceError):
        cite(["nobody"])
