"""A second scenario as what is not the same as in the first."""

from __future__ import annotations

from speciosa.web.form.read import read_pairs
from speciosa.web.form.second import ALONE, Second, second

FIRST = [
    ("product.kind", "leaf"),
    ("product.mitragynine", "14 mg/g"),
    ("regimen.dose", "3 g"),
    ("regimen.every", "8 h"),
    ("regimen.for", "10 d"),
    ("regimen.steps.0.from", "5 d"),
    ("regimen.steps.0.dose", "1 g"),
    ("with.0.drug", "caffeine"),
    ("with.0.dose", "100 mg"),
]


def made(*said: tuple[str, str]) -> Second:
    return second(read_pairs(FIRST), said)


def test_what_is_not_said_is_as_in_the_first() -> None:
    found = made(("b.regimen.dose", "2 g"))
    assert found.read.scenario is not None
    assert str(found.read.scenario.regimen.dose) == "2 g"
    assert found.read.scenario.regimen.every == 8.0
    assert found.read.scenario.medicines
    assert not found.empty


def test_nothing_said_is_the_first_itself() -> None:
    found = made(("b.regimen.dose", " "))
    assert found.empty
    assert found.read.scenario == read_pairs(FIRST).scenario


def test_another_product_has_nothing_of_the_first() -> None:
    found = made(("b.product.kind", "tea"))
    assert found.read.scenario is not None
    assert found.read.scenario.contents == {}
    same = made(("b.product.kind", "leaf"))
    assert same.read.scenario is not None
    assert same.read.scenario.contents


def test_steps_replace_all_steps() -> None:
    found = made(("b.regimen.steps.0.from", "2 d"), ("b.regimen.steps.0.dose", "0 g"))
    assert found.read.scenario is not None
    assert [step.start for step in found.read.scenario.regimen.steps] == [48.0]
    assert found.steps


def test_it_may_be_without_the_other_medicines() -> None:
    found = made((ALONE, "1"))
    assert found.read.scenario is not None
    assert not found.read.scenario.medicines


def test_what_is_wrong_stands_at_its_field() -> None:
    found = made(("b.regimen.dose", "2 stones"))
    assert found.read.error is not None
    field = next(one for one in found.fields if one.key == "b.regimen.dose")
    assert field.error
    assert field.value == "2 stones"


def test_questions_show_what_the_first_has() -> None:
    found = made()
    by_key = {one.key: one for one in found.fields}
    assert by_key["b.regimen.dose"].placeholder == "as in the first: 3 g"
    assert by_key["b.product.kind"].choices[0].label.startswith("As in the first: Leaf")
