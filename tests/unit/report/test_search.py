"""Evidence found by words; the pages are tested in `web`."""

from __future__ import annotations

from speciosa.evidence import observations, sources
from speciosa.report.search import KINDS, counted, entries, search
from speciosa.report.uses import all_records


def test_everything_can_be_found_by_its_id() -> None:
    assert [one.kind for one in entries()] == sorted(
        (one.kind for one in entries()), key=KINDS.index
    )
    held = {kind: {one.id for one in entries() if one.kind == kind} for kind in KINDS}
    assert held["record"] == set(all_records())
    assert held["observation"] == set(observations())
    assert held["source"] == set(sources())
    assert all(one.id.casefold() in one.text for one in entries())


def test_a_record_is_found_by_what_its_parameter_is_called() -> None:
    found = search("concentration that fills half", kind="record", system="opioid")
    assert found
    assert all(one.systems == {"opioid"} for one in found)
    assert any(one.id == "pain/spinal" for one in search("share of the gate closed"))


def test_a_source_is_of_what_rests_on_it() -> None:
    found = {one.id for one in search(kind="source", system="opioid")}
    assert {one.source for one in all_records().values() if one.system == "opioid"} <= found
    assert counted(search(kind="source"))["source"] == len(sources())
