from __future__ import annotations

import pytest
from rich.console import Console

from speciosa.errors import InputError
from speciosa.evidence import find
from speciosa.model.wiring import SYSTEMS
from speciosa.report.system import show

WORDS = [system.word for system in SYSTEMS]


@pytest.mark.parametrize("word", WORDS)
def test_every_parameter_has_at_least_one_record(word: str) -> None:
    page = show(word)
    named = {number.parameter for number in page.numbers}
    assert named == {row.name for row in page.symbols if row.kind == "parameter"}


@pytest.mark.parametrize("word", WORDS)
def test_a_page_can_be_printed_and_names_every_symbol(word: str) -> None:
    page = show(word)
    said = str(page)
    assert page.about.splitlines()[0] in said
    for row in page.symbols:
        assert row.name in said


def test_members_of_an_indexed_number_are_told_apart() -> None:
    numbers = [n for n in show("opioid").numbers if n.parameter == "Ki[ligand]"]
    assert {"mitragynine", "morphine"} <= {number.member for number in numbers}


def test_a_number_is_the_record_itself() -> None:
    number = show("opioid").numbers[0]
    assert number.record == find([number.record.id])[number.record.id]


def test_what_is_known_and_not_used_is_shown_apart_and_is_the_systems_own() -> None:
    for word in WORDS:
        page = show(word)
        used = {number.record.id for number in page.numbers}
        assert not used & {record.id for record in page.known}
        assert {record.system for record in page.known} <= {word}
    assert "anchor/morphine_10mg_im/NNT" in str(show("pain"))


def test_plain_data_holds_value_range_status_and_reading() -> None:
    number = show("opioid").to_dict()["numbers"][0]
    assert {"id", "value", "unit", "p05", "p95", "status", "read", "source"} <= set(number)


def test_a_system_that_there_is_not_names_those_that_are() -> None:
    with pytest.raises(InputError, match="one of absorption"):
        show("opiod")


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("width", [80, 100])
def test_no_id_is_cut_and_paragraphs_fill_the_width(word: str, width: int) -> None:
    page = show(word)
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as caught:
        page.print(console)
    assert "…" not in caught.get()
    said = " ".join(caught.get().split())
    for paragraph in page.about.split("\n\n"):
        assert " ".join(paragraph.split()) in said
