"""With which method a model is integrated, and that it is found out once."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.invented import LEAFINE, believe, evidence, record

from speciosa.engine.choice import Choice
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.store import FOLDER, Store
from speciosa.model import Model, numerics
from speciosa.model.numerics import PEOPLE, luck


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    believe(monkeypatch, evidence())
    monkeypatch.setenv(FOLDER, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many people each choice was made with, in place of making it."""
    people: list[int] = []

    def choose(problem: object, parameters: np.ndarray, *_: object, **__: object) -> Choice:
        people.append(len(parameters))
        assert np.isfinite(parameters).all()
        return Choice("tsit5", {"tsit5": 1.0}, {"tsit5": 2.0})

    monkeypatch.setattr(numerics, "choose", choose)
    return people


def test_a_choice_is_made_once_and_read_by_the_next_model(made: list[int]) -> None:
    first, second = Model.build([LEAFINE]).choice, Model.build([LEAFINE]).choice
    assert first == second == Choice("tsit5", {"tsit5": 1.0}, {"tsit5": 2.0})
    assert made == [PEOPLE]


def test_other_numbers_are_another_choice(made: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    assert Model.build([LEAFINE]).choice
    pace = "absorption/ka/leafine"
    believe(monkeypatch, {**evidence(), pace: record(pace, 30.0, "1/h")})
    assert Model.build([LEAFINE]).choice
    assert made == [PEOPLE, PEOPLE]


def test_without_a_folder_it_is_made_each_time(
    made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, "")
    for _ in range(2):
        assert Model.build([LEAFINE]).choice.method == "tsit5"
    assert len(made) == 2


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"method": "best"}', b"null"])
def test_what_is_no_choice_is_made_anew(
    made: list[int], monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setattr(Store, "get", lambda self, key: content)
    assert Model.build([LEAFINE]).choice.method == "tsit5"
    assert made == [PEOPLE]


def test_where_machine_code_cannot_be_made_nothing_is_chosen(
    made: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "available", lambda: False)
    assert Model.build([LEAFINE]).method == "rodas5p"
    assert made == []


@pytest.mark.skipif(not machine.available(), reason="nothing to choose without LLVM")
def test_a_real_choice_counts_steps_of_both_methods() -> None:
    found = Model.build([LEAFINE])
    assert set(found.choice.steps) == set(found.choice.work) == {"rodas5p", "tsit5"}
    assert min(found.choice.steps.values()) > 10
    assert found.method == found.choice.method


def test_luck_is_the_same_for_a_name_and_lies_between_0_and_1() -> None:
    assert luck("a").tolist() == luck("a").tolist() != luck("b").tolist()
    assert ((luck("a") > 0) & (luck("a") < 1)).all()
    assert len(luck("a")) == PEOPLE - 1


def test_an_error_is_allowed_by_the_unit_of_a_state() -> None:
    model = Model.build([LEAFINE])
    allowed = dict(zip(model.problem.states, model.tolerances, strict=True))
    assert allowed["absorption.gut.leafine"] == 1e-4
    assert allowed["pain.control"] == 1e-8
