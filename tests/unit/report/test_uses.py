"""What rests on a number, and on a source."""

from __future__ import annotations

from speciosa.claims.kept import kept
from speciosa.evidence import observations, records, sources, studies
from speciosa.model import VARIANTS
from speciosa.model.wiring import SYSTEMS
from speciosa.report.system import page_of
from speciosa.report.uses import Use, all_records, item, rests_on_source, uses
from speciosa.safety.laws import laws
from speciosa.safety.numbers import numbers


def test_a_fitted_record_stands_in_for_a_stored_one() -> None:
    fitted = records("fitted")
    assert set(all_records()) == set(records())
    assert all(all_records()[one] == fitted[one] for one in fitted)


def test_what_a_system_shows_it_uses() -> None:
    for system in SYSTEMS:
        for number in page_of(system).numbers:
            found = uses(number.record.id)
            assert any((one.kind, one.id) == ("system", system.word) for one in found)


def test_what_a_claim_looked_at_it_uses() -> None:
    for claim in kept()["claims"]:
        for one in claim["records"]:
            assert Use("claim", claim["id"], claim["claim"]) in uses(one)
            assert item(one) is not None, one


def test_what_a_fit_was_made_to_is_used() -> None:
    for record in records("fitted").values():
        for one in record.data:
            assert Use("record", record.id, "was fitted to it") in uses(one)


def test_a_variant_tells_both_records() -> None:
    for variant in VARIANTS.values():
        for pair in variant.instead.items():
            assert all(any(u.kind == "variant" for u in uses(one)) for one in pair)


def test_every_number_rests_on_its_source() -> None:
    held = {key: {one.id for one in rests_on_source(key)} for key in sources()}
    for one in (*all_records().values(), *observations().values(), *studies().values()):
        assert one.id in held[one.source]
    for law in (*laws().values(), *numbers().values()):
        assert all(law.id in held[key] for key in law.sources)


def test_what_is_no_id_is_nothing() -> None:
    assert item("no/such") is None
    assert uses("no/such") == ()
    assert rests_on_source("no-such") == ()


def test_a_fact_of_a_class_names_the_class() -> None:
    found = item("interaction/class/opioid-agonist")
    assert found is not None
    assert found.said == "Kratom with a drug of the kind opioid agonist"
    assert not any("{" in one.said for key in sources() for one in rests_on_source(key))
