"""What every text of the safety layer must keep to, whichever file of facts it stands in.

No text tells anybody to take, raise or combine anything. Lay texts are at reading grade 8 or below:
the whole of an entry as it is read (title, plain words, signs), and its plain words alone. A title
or a sign by itself is not graded, because the formula has no meaning for one or two words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from tests.advice import told
from tests.reading import grade

import speciosa.safety
from speciosa.evidence.fields import as_list
from speciosa.evidence.plain import read_plain

HOME = Path(speciosa.safety.__file__).parent / "facts"
FILES = sorted(HOME.glob("*.yaml"))
CODE = Path(speciosa.__file__).parent
SPEAKING = sorted(
    [
        *HOME.parent.glob("*.py"),
        *(CODE / "cli").glob("*.py"),
        *(CODE / "report").glob("*.py"),
        CODE / "trial" / "cautions.py",
        CODE / "trial" / "remarks.py",
    ]
)
"""Code that puts sentences before a reader."""
LAY = ("title", "plain", "watch")
HARDEST = 8.0

FIRST_AID = re.compile(r"^(emergency|naloxone)")
"""Facts of what to do in an emergency may say what to give: naloxone, rescue breaths."""


def texts(held: object, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a file, with the key that it stands under."""
    if isinstance(held, dict):
        for name, value in cast("dict[str, object]", held).items():
            yield from texts(value, str(name))
    elif isinstance(held, list):
        for value in cast("list[object]", held):
            yield from texts(value, key)
    elif isinstance(held, str):
        yield key, held


def entries(path: Path) -> list[dict[str, Any]]:
    listed = as_list(read_plain(path)) or ()
    return [cast("dict[str, Any]", one) for one in listed if isinstance(one, dict)]


LAY_ENTRIES = [
    pytest.param(one, id=f"{path.stem}:{one.get('id', place)}")
    for path in FILES
    for place, one in enumerate(entries(path))
    if "plain" in one
]


def test_there_are_facts() -> None:
    assert {"interaction", "interaction-drug", "person", "plan"} <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_text_tells_anybody_to_take_raise_or_combine(path: Path) -> None:
    if FIRST_AID.search(path.stem):
        return
    for key, text in texts(entries(path)):
        assert not told(text), f"{key}: {text}"


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_sentence_in_code_tells_anybody_to_take_raise_or_combine(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert not told(node.value), f"line {node.lineno}: {node.value}"


@pytest.mark.parametrize("entry", LAY_ENTRIES)
def test_lay_words_are_plain(entry: dict[str, Any]) -> None:
    signs = ". ".join(cast("list[str]", entry.get("watch", [])))
    whole = f"{entry.get('title', '')}. {entry['plain']} {signs}".strip()
    assert grade(entry["plain"]) <= HARDEST, entry["plain"]
    assert grade(whole) <= HARDEST, whole


@pytest.mark.parametrize("entry", LAY_ENTRIES)
def test_lay_words_name_no_unit_and_no_measure_of_a_laboratory(entry: dict[str, Any]) -> None:
    for key in LAY:
        for _, text in texts(entry.get(key, "")):
            assert not re.search(r"AUC|Cmax|\bCI\b|ng/mL|umol|IC50|95 %|90 %", text), text


@pytest.mark.parametrize(
    "text",
    [
        "Take more when it wears off.",
        "You can take it with food.",
        "Two grams is a safe dose.",
        "Increase your dose slowly.",
        "Mix it with grapefruit juice.",
        "Try less; start using it in the morning.",
        "You need to take more.",
    ],
)
def test_what_would_tell_somebody_is_found(text: str) -> None:
    assert told(text)


@pytest.mark.parametrize(
    "text",
    [
        "No dose is a safe dose.",
        "Do not take more.",
        "waking up to take more",
        "Many people take kratom for pain.",
        "That does not mean that it is safe with kratom.",
    ],
)
def test_a_warning_or_a_fact_is_not(text: str) -> None:
    assert not told(text)


def test_hard_words_are_hard_and_names_are_not() -> None:
    assert grade("The cat sat on the mat. It was a fat cat.") < 2
    hard = "Concomitant administration necessitates multidisciplinary pharmacological evaluation."
    assert grade(hard) > 12
    assert grade("Do not eat ethinylestradiol.") == grade("Do not eat drug.")
