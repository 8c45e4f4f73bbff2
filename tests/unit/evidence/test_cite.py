"""Bibliographies of what a run rests on."""

from __future__ import annotations

import json

import pytest

from speciosa.errors import EvidenceError
from speciosa.evidence import records, sources
from speciosa.evidence.cite import (
    FORMS,
    HOW,
    Cited,
    as_bibtex,
    as_csl,
    as_text,
    cite,
    rests_on,
)
from speciosa.evidence.load import read_sources
from speciosa.evidence.record import READ, Source


def test_a_derived_number_rests_on_what_it_is_derived_from() -> None:
    keys = {cited.source.key for cited in rests_on(["opioid/mu/Ki/speciociliatine"])}
    assert keys == {"speciosa", "obeng-2020", "kruegel-2016"}


def test_an_observation_brings_its_table() -> None:
    keys = {cited.source.key for cited in rests_on(["tanna-2022/mitragynine/cmax"])}
    assert {"tanna-2022", "tanna-2023-review"} <= keys


def test_a_study_can_be_cited() -> None:
    assert [cited.source.key for cited in rests_on(["huestis-2026"])] == ["huestis-2026"]


def test_a_fitted_number_rests_on_what_it_was_fitted_to() -> None:
    cited = {one.source.key: one for one in rests_on(["elimination/CL/mitragynine"])}
    assert {"speciosa", "tanna-2022", "huestis-2026"} <= set(cited)
    assert {number.status for number in cited["tanna-2022"].numbers} == {"observed"}


def test_every_way_of_reading_has_its_words() -> None:
    assert tuple(HOW) == READ


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_how_each_source_was_read(form: str) -> None:
    everything = rests_on(records().values())
    text = cite(records().values(), form)
    assert text.count("Numbers: ") == len(everything)
    assert all(one.how in text for one in everything)
    assert text.endswith("\n")


def test_the_sentence_counts_what_came_how() -> None:
    (one,) = [c for c in rests_on(["opioid/mu/Ki/mitragynine"]) if c.source.key == "kruegel-2016"]
    assert one.how == "Numbers: 1 measured; 1 from memory and not yet checked"


def test_plain_data_names_every_number_with_its_place() -> None:
    found = [one.to_dict() for one in rests_on(["opioid/mu/Ki/mitragynine"])]
    (own,) = [one for one in found if one["key"] == "speciosa"]
    assert own["numbers"] == [
        {
            "id": "opioid/mu/Ki/mitragynine",
            "status": "derived",
            "where": records("opioid")["opioid/mu/Ki/mitragynine"].where,
            "read": "secondary",
        }
    ]


def test_every_source_that_we_have_can_be_written() -> None:
    everything = [Cited(one) for one in sources().values()]
    items = json.loads(as_csl(everything))
    assert [item["id"] for item in items] == list(sources())
    assert as_text(everything).count("\n\n") == len(everything) - 1


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
    assert tanna["type"] == "article-journal"
    assert tanna["DOI"] == sources()["tanna-2022"].fields["doi"]
    assert tanna["issued"] == {"date-parts": [[2022]]}
    assert tanna["author"][0] == {"family": "Tanna", "given": "R. S."}


def test_marks_of_bibtex_stay_in_bibtex() -> None:
    everything = [Cited(one) for one in sources().values()]
    assert "{Thailand}" in as_bibtex(everything)
    told = as_text(everything)
    assert [mark for mark in ("{", "}", "``", "\\&") if mark in told] == []
    assert '("Krathom"), an addictive plant, in Thailand. Substance Use & Misuse, 42' in told
    for item in json.loads(as_csl(everything)):
        assert not {"{", "}", "\\"} & set(item["title"] + item.get("container-title", ""))


def test_an_address_is_cited_as_it_is() -> None:
    address = "https://example.org/a--b"
    one = Source("a", "misc", {"title": "A", "url": address})
    assert json.loads(as_csl([Cited(one)]))[0]["URL"] == address
    assert address in as_text([Cited(one)])


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
