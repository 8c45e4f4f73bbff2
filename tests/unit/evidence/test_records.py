"""What the record files hold, each file and each record walked."""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

import pytest

import speciosa
from speciosa.evidence import Record, observations, records, sources, studies, unused
from speciosa.evidence.fields import as_list
from speciosa.evidence.load import FITTED, HOME, systems
from speciosa.evidence.plain import read_plain
from speciosa.evidence.record import READ, STATUS
from speciosa.safety.facts import HOME as FACTS
from speciosa.safety.held import held

RECORDS = records()
CREDIBILITY = Path(__file__).parents[3] / "docs" / "credibility"
"""Pages whose words have sources of their own, listed in `overview.yaml`."""
HANDED_OVER = {
    path.stem: [line for line in path.read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    for path in sorted(Path(__file__).with_name("handed_over").glob("*.txt"))
}
HELD = Counter(
    identity
    for holder in (*RECORDS.values(), *observations().values(), *studies().values())
    for identity in holder.handover
) + Counter(held())
DRUGS = (
    "mitragynine",
    "hydroxymitragynine",
    "speciociliatine",
    "speciogynine",
    "paynantheine",
    "mitraciliatine",
    "isopaynantheine",
    "corynantheidine",
    "pseudoindoxyl",
    "morphine",
    "buprenorphine",
    "naloxone",
)


@pytest.mark.parametrize("word", systems())
def test_every_file_loads(word: str) -> None:
    assert records(word)


@pytest.mark.parametrize("word", [word for word in systems() if word != FITTED])
def test_every_file_says_what_is_true_assumed_and_left_out(word: str) -> None:
    head = (HOME / "records" / f"{word}.yaml").read_text(encoding="utf-8").split("\n- id:")[0]
    for part in ("True:", "Assumed:", "Left out:"):
        assert part in head


@pytest.mark.parametrize("record", RECORDS.values(), ids=str)
def test_every_record_is_whole(record: Record) -> None:
    assert record.unit is not None  # parses
    assert record.read in READ
    assert record.status in STATUS
    assert record.source in sources()
    assert math.isfinite(record.value)
    assert record.read in str(record)


@pytest.mark.parametrize(
    "record", [r for r in RECORDS.values() if r.status == "assumed"], ids=lambda r: r.id
)
def test_what_is_assumed_stays_in_its_range(record: Record) -> None:
    assert record.read == "recalled"  # the number itself stands in no source
    assert record.range is not None
    low, high = record.range
    assert low <= record.spread.p05 * (1 + 1e-9)
    assert record.spread.p95 <= high * (1 + 1e-9)


@pytest.mark.parametrize("topic", sorted(HANDED_OVER))
def test_nothing_that_was_handed_over_is_lost_or_stands_twice(topic: str) -> None:
    found = HELD + Counter(unused().keys())
    given = HANDED_OVER[topic]
    assert {identity: found[identity] for identity in given} == dict.fromkeys(given, 1)


def test_as_much_was_handed_over_as_is_listed() -> None:
    entries = {
        topic: len({identity.partition("/")[0] for identity in identities})
        for topic, identities in HANDED_OVER.items()
    }
    assert entries == {
        "clinical": 224,
        "contaminants": 51,
        "interactions": 199,
        "legal": 121,
        "pd": 256,
        "pk": 209,
        "products": 66,
    }


def test_what_is_held_or_unused_was_handed_over() -> None:
    given = {identity for identities in HANDED_OVER.values() for identity in identities}
    assert {*HELD, *unused()} - given == set()


def test_every_source_is_used() -> None:
    used = {holder.source for holder in (*RECORDS.values(), *observations().values())}
    for study in studies().values():
        used |= {study.source, *study.also}
    for path in FACTS.glob("*.yaml"):
        for fact in as_list(read_plain(path)) or ():
            used |= set(fact.get("sources", ()) if isinstance(fact, dict) else ())
    package = Path(speciosa.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in package.rglob("*.py")]
    for folder in (HOME / "records", FACTS, CREDIBILITY):
        texts += [path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")]
    named = {
        key
        for text in texts
        for group in re.findall(r"\[([\w, -]+)\]", text)
        for key in group.split(", ")
    }
    assert set(sources()) - used - named == set()


def test_every_source_named_in_a_body_file_exists() -> None:
    for path in (Path(speciosa.__file__).parent / "body").glob("*.py"):
        for key in re.findall(r"\[([a-z]+-(?:19|20)\d\d)\]", path.read_text(encoding="utf-8")):
            assert key in sources(), path.name


def test_every_source_named_in_words_exists() -> None:
    for record in RECORDS.values():
        words = " ".join((record.where, record.because, record.note, record.spread.because))
        for group in re.findall(r"\[([a-z][a-z0-9, -]+-(?:19|20)\d\d)\]", words):
            for key in group.split(", "):
                assert key in sources(), record.id


def test_what_is_named_in_a_formula_exists() -> None:
    for record in RECORDS.values():
        for word in re.findall(r"[a-z]+(?:/[\w.-]+)+", record.by):
            if word.split("/")[0] in systems():
                assert word.rstrip(".") in RECORDS, record.id


def test_what_is_fitted_was_fitted_to_what_may_be_fitted() -> None:
    for record in RECORDS.values():
        if record.status == "fitted":
            assert {observations()[identity].use for identity in record.data} == {"fit"}, record.id


def test_what_is_disputed_exists_and_is_not_itself() -> None:
    known = {*RECORDS, *observations()}
    for holder in (*RECORDS.values(), *observations().values()):
        for other in holder.disputes:
            assert other in known, holder.id
            assert other != holder.id


@pytest.mark.parametrize("drug", DRUGS)
@pytest.mark.parametrize(
    ("template", "unit"),
    [
        ("opioid/mu/Ki/{}", "nmol/L"),
        ("opioid/mu/EC50/{}", "nmol/L"),
        ("opioid/mu/Emax/{}", "1"),
        ("distribution/fu/{}", "1"),
        ("distribution/Kpuu/{}", "1"),
        ("distribution/keo/{}", "1/h"),
        ("substance/molar_mass/{}", "g/mol"),
    ],
)
def test_every_drug_has_what_the_receptor_needs(drug: str, template: str, unit: str) -> None:
    assert RECORDS[template.format(drug)].unit_text == unit


@pytest.mark.parametrize("drug", ["mitraciliatine", "isopaynantheine", "naloxone"])
def test_an_antagonist_has_no_effect_of_its_own(drug: str) -> None:
    record = RECORDS[f"opioid/mu/Emax/{drug}"]
    assert record.value == 0.0
    assert record.spread.kind == "exact"
    assert record.spread.because


@pytest.mark.parametrize("quantity", ["Ki", "EC50"])
@pytest.mark.parametrize("drug", ["mitragynine", "hydroxymitragynine", "speciociliatine"])
def test_the_spread_covers_what_studies_of_the_human_receptor_found(
    quantity: str, drug: str
) -> None:
    used = RECORDS[f"opioid/mu/{quantity}/{drug}"]
    human = [
        record.value
        for identity, record in RECORDS.items()
        if identity.startswith(f"{used.id}/")
        and record.conditions.get("species") == "human"
        and "reserve" not in str(record.conditions.get("system"))
    ]
    inside = [used.spread.p05 <= value <= used.spread.p95 for value in human]
    # One study of five lies beyond 90 % for mitragynine, and says so.
    assert sum(inside) >= 0.75 * len(human)


@pytest.mark.parametrize("system", ["opioid", "arousal", "monoamine", "distribution"])
def test_a_number_that_is_used_has_what_it_disputes_inside_its_spread(system: str) -> None:
    """One record of a drug is used; those below it are studies, and the rest says why not."""
    explained = {
        "opioid/mu/Ki/buprenorphine/mann-2022",  # a curve far from one site
        "opioid/mu/Ki/desmetramadol/lai-1996",  # in an assay where morphine holds less firmly too
        "opioid/mu/Emax/mitragynine/obeng-2021",  # none seen: below 0.1
        "opioid/mu/Emax/desmetramadol/zebala-2020",  # as a share of morphine's
    }
    for record in records(system).values():
        for other in (RECORDS[i] for i in record.disputes if i.startswith(f"{record.id}/")):
            if other.unit_text == record.unit_text and other.id not in explained:
                low, high = record.spread.p05, record.spread.p95
                assert 0.99 * low <= other.value <= 1.01 * high, (record.id, other.id)


def test_a_molar_mass_is_the_sum_of_its_atoms() -> None:
    carbon = {"C": 12.011, "H": 1.008, "N": 14.007, "O": 15.999}
    atoms = {**carbon, "F": 18.998, "Cl": 35.45, "S": 32.06, "Li": 6.94}
    for identity, record in records("substance").items():
        if identity.startswith("substance/molar_mass/"):
            formula = str(record.conditions["formula"])
            parts = re.findall(r"([A-Z][a-z]?)(\d*)", formula)
            assert record.value == pytest.approx(
                sum(atoms[atom] * int(count or 1) for atom, count in parts), abs=5e-4
            )


def test_shares_of_a_clearance_never_exceed_it() -> None:
    highest: dict[str, float] = {}
    for identity, record in records("metabolism").items():
        if identity.startswith("metabolism/share/"):
            drug = identity.split("/")[2].split(".")[0]
            highest[drug] = highest.get(drug, 0.0) + record.spread.high
    assert highest
    assert all(share <= 1.0 + 1e-12 for share in highest.values())
