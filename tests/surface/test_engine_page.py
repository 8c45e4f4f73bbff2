"""What the page of the engine and the page of events list, against the code."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import get_args

import pytest
from tests import compartments

from speciosa.engine import Events, Outcome, Trigger, save
from speciosa.engine.codegen.lanes import METHODS
from speciosa.engine.codegen.target import TARGETS
from speciosa.engine.gradients import DIFFERENTIABLE
from speciosa.engine.solve import Method

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "engine.md").read_text(encoding="utf-8")
EVENTS = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")


def told(heading: str, page: str = PAGE) -> set[str]:
    """Every name in the first column of the table with this heading."""
    table = re.search(rf"^\| {heading} \|.*?(?=\n\n)", page, re.M | re.S)
    assert table
    firsts = re.findall(r"^\| ([^|]+) \|", table[0], re.M)
    return {name for first in firsts for name in re.findall(r"`(\w+)`", first)}


def test_every_outcome_is_in_the_page_and_no_other() -> None:
    assert told("outcome") == set(Outcome.__members__)


def test_every_method_is_in_the_page_and_no_other() -> None:
    assert told("method") == set(METHODS) == set(get_args(Method))


def test_every_keeper_is_in_the_page_and_no_other() -> None:
    kept = {name for name in save.__all__ if isinstance(getattr(save, name), type)}
    assert told("keeper") == kept - {"Keeper"}


@pytest.mark.parametrize("name", [*TARGETS, *save.MEASURES, *DIFFERENTIABLE])
def test_every_target_and_measure_is_in_the_page(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_every_attribute_of_a_trigger_is_in_the_page_and_no_other() -> None:
    assert told("attribute", EVENTS) == {field.name for field in dataclasses.fields(Trigger)}


def test_every_column_of_events_is_in_the_page_and_no_other() -> None:
    assert told("column", EVENTS) == {field.name for field in dataclasses.fields(Events)}


def test_what_the_page_says_of_the_compartments_is_there() -> None:
    names = told("name")
    assert names
    assert all(hasattr(compartments, name) for name in names)
