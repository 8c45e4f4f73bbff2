"""Every key of a scenario has a field in plain words, and every message stands at its own."""

from __future__ import annotations

import pytest

from advice import told
from reading import grade
from speciosa.evidence import find
from speciosa.trial.quantities import Word
from speciosa.web.form.fields import Field, Form
from speciosa.web.form.labels import CHOICES, LABELS
from speciosa.web.form.making import form_of
from speciosa.web.form.read import read_pairs
from speciosa.web.form.schema import leaves, unnumbered

TEA = [("product.kind", "tea"), ("regimen.dose", "2 g")]
UNASKED = {"product.certificate", "person.notes", "people.notes"}
PARTS_OF_A_LINE = {key for key in leaves() if ".experience." in key}


def fields(form: Form) -> list[Field]:
    return [*form.all()]


def test_every_key_is_asked_for_or_known_not_to_be() -> None:
    one, many = (
        {unnumbered(field.key) for field in fields(form_of(read_pairs(pairs)))}
        for pairs in ([], [("people.weight", "reference")])
    )
    asked = one | many | {"product.profile.*"}
    assert set(leaves()) - asked == UNASKED | PARTS_OF_A_LINE
    assert set(leaves()) <= set(LABELS) | UNASKED | PARTS_OF_A_LINE
    assert all(field.label != field.key for field in fields(form_of(read_pairs([]))))


def test_every_word_that_may_be_chosen_has_plain_words() -> None:
    for key, leaf in leaves().items():
        if isinstance(leaf.reads, Word) and not key.startswith("people."):
            assert set(CHOICES[key]) == set(leaf.reads.known)


def test_labels_are_easy_to_read_and_tell_nobody_what_to_take() -> None:
    hints = [one.hint for one in LABELS.values() if one.hint]
    text = " ".join(hints)
    assert grade(text) <= 8
    assert told(text) == []
    assert told(" ".join(one.asks for one in LABELS.values())) == []


def test_defaults_stand_in_empty_fields() -> None:
    placeholders = {field.key: field.placeholder for field in fields(form_of(read_pairs([])))}
    assert placeholders["person.age"] == "35 y"
    assert placeholders["run.people"] == "200"
    assert placeholders["regimen.for"] == "7 d"


@pytest.mark.parametrize(
    ("pair", "at"),
    [
        (("person.age", "x"), "person.age"),
        (("with.4.dose", "1 mg"), "with.0.drug"),
        (("person.experience", "x"), "person.experience"),
        (("people.age.low", "70 y"), "people.age.high"),
        (("person.conditions", "tired"), "person.conditions"),
        (("foo.bar", "1"), "foo.bar"),
        (("regimen.steps.0.dose", "1 g"), "regimen.steps.0.from"),
    ],
)
def test_the_message_stands_at_its_field_with_all_values_kept(
    pair: tuple[str, str], at: str
) -> None:
    form = form_of(read_pairs([*TEA, pair]))
    (wrong,) = [field for field in fields(form) if field.error]
    assert wrong.key == at
    assert form.at == wrong.id
    assert wrong.error in form.error
    texts = {field.value for field in fields(form)}
    chosen = {one.value for field in fields(form) for one in field.choices if one.chosen}
    assert {"2 g", "tea", pair[1]} <= texts | chosen


def test_what_is_missing_is_asked_for_where_it_is_entered() -> None:
    form = form_of(read_pairs([("person.age", "40")]))
    assert form.at == "f-product-kind"
    assert "This is needed" in form.error


@pytest.mark.parametrize(
    ("kind", "dose", "at", "asks"),
    [
        ("extract", "1 shot", "product.mitragynine", "15 mg/shot"),
        ("7-oh", "2 tablets", "product.profile.hydroxymitragynine", "15 mg/tablet"),
    ],
)
def test_what_one_piece_holds_is_asked_where_it_is_entered(
    kind: str, dose: str, at: str, asks: str
) -> None:
    form = form_of(read_pairs([("product.kind", kind), ("regimen.dose", dose)]))
    (wrong,) = [one for one in fields(form) if one.error]
    assert wrong.key == at
    assert asks in wrong.error
    (label,) = [one for group in form.groups for one in group.inner if one.id == "label"]
    assert label.open


def test_a_habit_in_pieces_is_told_at_its_own_field() -> None:
    habit = ("person.experience", "2 tablets every 8 h for 3 months")
    pairs = [("product.kind", "leaf"), ("regimen.dose", "2 g"), habit]
    (wrong,) = [one for one in fields(form_of(read_pairs(pairs))) if one.error]
    assert wrong.key == "person.experience"


def test_a_question_is_asked_without_more_ado() -> None:
    form = form_of(read_pairs([*TEA, ("regimen.every", "8")]))
    (wrong,) = [one for one in fields(form) if one.error]
    assert wrong.error == "Every 8 hours, or 8 times a day?"
    assert (form.about, form.at) == (wrong.label, wrong.id)


def test_a_spoon_is_told_in_grams_with_what_is_not_known() -> None:
    form = form_of(read_pairs([("product.kind", "capsule"), ("regimen.dose", "1 tsp")]))
    (field,) = [one for one in fields(form) if one.key == "regimen.dose"]
    record = find(["product/teaspoon"])["product/teaspoon"]
    low, high = (record.spread.quantile(at) for at in (0.05, 0.95))
    assert field.understood == f"1 level tsp, about {record.value:g} g ({low:.1f} to {high:.1f})"
    assert field.question.startswith("Is a number of capsules meant?")
    for pairs in ([*TEA], [("product.kind", "leaf"), ("regimen.dose", "1 tsp")]):
        assert not any(one.question for one in fields(form_of(read_pairs(pairs))))


def test_a_mass_alone_is_read_as_that_of_one_shot_and_said_so() -> None:
    held = read_pairs(
        [("product.kind", "extract"), ("regimen.dose", "1 shot"), ("product.mitragynine", "150 mg")]
    )
    assert held.needed().contents["mitragynine"].unit == "mg/shot"
    told = held.understood["product.mitragynine"]
    assert told == "150 mg/shot, since the dose is counted in shots"


def test_no_two_doses_are_asked_for_in_the_same_words() -> None:
    form = form_of(read_pairs([]))
    names = [one.label for one in fields(form) if one.label.startswith("How much")]
    assert len(names) > 2
    assert len({*names}) == len(names)


def test_one_row_more_than_is_filled_and_another_when_asked() -> None:
    pairs = [*TEA, ("with.7.drug", "caffeine")]
    for more, rows in (([], 2), ([("more", "with")], 3)):
        form = form_of(read_pairs([*pairs, *more]))
        (group,) = [one for one in form.groups if one.id == "with"]
        assert len(group.rows) == rows
        assert group.rows[0].fields[0].value == "caffeine"


def test_many_people_and_one_can_be_asked_about_in_turn() -> None:
    pairs = [*TEA, ("person.age", "40"), ("person.pain", "chronic")]
    form = form_of(read_pairs(pairs))
    assert "people.pain=chronic" in form.other
    assert "person" not in form.other
    assert ("people.weight", "reference") in form_of(
        read_pairs([*TEA, ("people.weight", "reference")])
    ).hidden
