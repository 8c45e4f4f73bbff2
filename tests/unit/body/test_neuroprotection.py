"""Neuroprotection: an empty room can be shown, and says why it is empty."""

from __future__ import annotations

from speciosa.body.neuroprotection import Neuroprotection
from speciosa.compile import flatten_alone
from speciosa.evidence import records
from speciosa.language import as_latex, as_table, as_text
from speciosa.report.system import page_of


def test_the_room_is_empty():
    assert Neuroprotection.named == ()
    problem = flatten_alone(Neuroprotection, {}).problem
    assert problem.states == problem.parameters == problem.outputs == ()
    assert as_text(Neuroprotection) == as_latex(Neuroprotection) == ""
    assert as_table(Neuroprotection) == ()


def test_its_page_says_what_is_known_and_shows_no_empty_heading():
    page = page_of(Neuroprotection)
    said = str(page)
    assert "No study was found" in said
    assert "Equations" not in said
    assert "Numbers" not in said
    for record in records("neuroprotection").values():
        assert record.source in said
        assert record.as_mapping() in page.to_dict()["known"]


def test_no_record_claims_a_benefit():
    kinds = {identity.split("/")[1] for identity in records("neuroprotection")}
    assert kinds == {"AChE", "BuChE", "harm"}
