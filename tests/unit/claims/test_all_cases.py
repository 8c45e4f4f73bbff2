"""The cases as they are written: one for each claim, and statements that fit any verdict."""

from __future__ import annotations

import itertools
import pkgutil
from importlib import import_module

import pytest

from advice import told
from overstated import overstated
from reading import grade
from speciosa.claims import all_cases, claims
from speciosa.claims import cases as home
from speciosa.claims.answer import Answer
from speciosa.claims.bench import simulations
from speciosa.claims.case import Case
from speciosa.claims.grade import LEVELS
from speciosa.claims.words import plain

IDS = tuple(claims())


def files() -> dict[str, tuple[Case, ...]]:
    """The cases by the file that they stand in."""
    names = [one.name for one in pkgutil.iter_modules(home.__path__)]
    return {name: import_module(f"{home.__name__}.{name}").CASES for name in names}


def test_each_claim_has_one_case_in_the_file_of_its_system_and_no_case_is_without() -> None:
    found = sorted((case.id, name) for name, held in files().items() for case in held)
    assert found == sorted((one.id, one.system) for one in claims().values())


def test_each_simulation_is_asked_by_some_claim() -> None:
    needed = {
        need.simulation
        for case in all_cases().values()
        for part in case.parts
        for need in part.needs
    }
    assert needed == set(simulations())


@pytest.mark.parametrize("identity", IDS)
def test_each_has_a_part_that_decides_and_each_part_a_statement_of_its_own(identity: str) -> None:
    parts = all_cases()[identity].parts
    assert any(not part.beside for part in parts)
    assert len({part.that for part in parts}) == len(parts)
    for part in parts:
        assert not part.that.endswith((".", "?", " "))


@pytest.mark.parametrize("identity", IDS)
def test_any_verdict_on_any_part_would_be_plain_and_say_no_more_than_it_may(identity: str) -> None:
    """A record that changes tomorrow must not make a text that nobody has read before."""
    case = all_cases()[identity]
    for part, answer, certainty in itertools.product(case.parts, Answer, LEVELS):
        text = plain(answer, certainty, part.that, "which of two findings is right", case.gap)
        assert overstated(text, certainty) == []
        assert told(text) == []
        assert grade(text) <= 9


def test_advice_in_a_text_would_be_found() -> None:
    assert told("It may be that you should take 5 g of leaf.")
