"""An address is read without a throw: what is wrong is named, and what is urgent is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.trial import Scenario
from speciosa.web.form.making import form_of
from speciosa.web.form.query import MANY
from speciosa.web.form.read import read_pairs

TEA = [("product.kind", "tea"), ("regimen.dose", "2 g")]


def test_nothing_entered_is_no_error() -> None:
    held = read_pairs([("person.age", " "), ("show", "people"), ("more", "with")])
    assert (held.empty, held.error, held.scenario, held.more) == (True, None, None, ("with",))


@pytest.mark.parametrize(
    ("pair", "key", "says"),
    [
        (("person.wieght", "70 kg"), "person.wieght", "did you mean 'person.weight'"),
        (("with.3.drug", "caffein"), "with.0.drug", "did you mean 'caffeine'"),
        (("with.3.foo", "1"), "with.0.foo", "a key of a scenario"),
        (("a.b.c.d.e", "1"), "a.b.c.d.e", "a key of a scenario"),
        (("0.x", "1"), "0.x", "a key of a scenario"),
        (("regimen.dose", "3 g"), "regimen.dose", "'2 g' is there too"),
        (("regimen.every", "every 4-6 h"), "regimen.every", "not a range"),
        (("person.jurisdiction", "Georgia"), "person.jurisdiction", "US-GA"),
        (("product.certificate", "paper.csv"), "product.certificate", "paper"),
    ],
)
def test_what_is_wrong_is_named_by_its_place(pair: tuple[str, str], key: str, says: str) -> None:
    held = read_pairs([*TEA, pair])
    assert held.error is not None
    assert says in str(held.error)
    assert held.wrong_key == key
    assert held.scenario is None


def test_places_without_a_list_are_refused_too() -> None:
    held = read_pairs([("0.x", "1"), ("1.x", "2")])
    assert held.wrong_key == "0.x"
    assert held.scenario is None


def test_no_address_opens_a_file(tmp_path: Path) -> None:
    paper = tmp_path / "paper.csv"
    paper.write_text("mitragynine,13 mg/g\n")
    (tmp_path / "a.toml").write_text(
        f"[product]\nkind = 'tea'\ncertificate = '{paper}'\n[regimen]\ndose = '2 g'\n"
    )
    assert Scenario.load(tmp_path / "a.toml").product.certificate is not None
    held = read_pairs([*TEA, ("product.certificate", str(paper))])
    assert held.case is None
    assert held.wrong_key == "product.certificate"
    assert [one.key for one in form_of(held).all() if one.error] == ["product.certificate"]


def test_a_medicine_that_nobody_knows_can_still_be_checked() -> None:
    held = read_pairs([*TEA, ("with.0.drug", "foo"), ("with.1.drug", "caffeine")])
    assert held.case is not None
    assert held.case.unknown == ("foo",)
    assert held.scenario is None
    assert held.wrong_key == "with.0.drug"


def test_more_tables_than_are_read_are_refused_and_not_dropped() -> None:
    held = read_pairs([*TEA, *((f"with.{i}.drug", "caffeine") for i in range(51))])
    assert held.error is not None
    assert held.error.expected == "at most 50"


def test_a_value_and_its_parts_are_not_both_taken() -> None:
    both = [("person.experience", "never"), ("person.experience.dose", "3 g")]
    assert "not both" in str(read_pairs([*TEA, *both]).error)


def test_a_sign_of_an_emergency_is_seen_whatever_else_is_wrong() -> None:
    sign = ("person.signs", "blue lips")
    for rest in ([], [("person.age", "x")], [("person.jurisdiction", "?!")], TEA):
        urgent = read_pairs([sign, *rest]).urgent
        assert urgent is not None
        assert urgent.scenario.who.signs == ("blue lips",)
    assert read_pairs(TEA).urgent is None
    assert read_pairs([("person.age", "x")]).urgent is None


def test_places_by_name_and_code() -> None:
    for written, code in (("us-ca", "US-CA"), ("Alabama", "US-AL"), ("USA", "US")):
        held = read_pairs([*TEA, ("person.jurisdiction", written)])
        assert held.scenario is not None
        assert held.scenario.who.jurisdiction == code
        assert held.understood["person.jurisdiction"] == code


def test_what_is_not_known_is_not_said() -> None:
    held = read_pairs([*TEA, ("product.mitragynine", "unknown"), ("person.weight", "?")])
    assert held.scenario is not None
    assert held.scenario.product.mitragynine is None
    assert held.understood == {"product.mitragynine": "not said", "person.weight": "not said"}


def test_slips_are_asked_and_not_refused() -> None:
    pairs = [("product.kind", "leaf"), ("regimen.dose", "37 g"), ("person.weight", "180")]
    held = read_pairs([*pairs, ("with.0.drug", "alprazolam"), ("with.0.dose", "1 g")])
    assert held.scenario is not None
    assert set(held.questions) == {"regimen.dose", "person.weight", "with.0.dose"}
    assert "180 lb is 82 kg" in held.questions["person.weight"]
    assert read_pairs(TEA).questions == {}


def test_notes_in_an_address_are_read_and_go_no_further() -> None:
    held = read_pairs([*TEA, ("person.notes", "I want to die")])
    assert held.urgent is not None
    assert held.pairs == TEA
    assert held.tables["person"] == {}


def test_asking_about_many_people_first_is_no_mistake() -> None:
    assert read_pairs([MANY]).error is None
    assert read_pairs([MANY, ("person.age", "40")]).error is not None
