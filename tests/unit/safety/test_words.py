"""What every text of the safety layer must keep to, whichever file of facts it stands in.

No text tells anybody to take, raise or combine anything. Lay texts are at reading grade 8 or below:
the whole of an entry as it is read (title, plain words, signs), and its plain words alone. A title
or a sign by itself is not graded, because the formula has no meaning for one or two words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from tests.reading import grade

import speciosa.safety
from speciosa.evidence.fields import as_list
from speciosa.evidence.plain import read_plain

HOME = Path(speciosa.safety.__file__).parent / "facts"
FILES = sorted(HOME.glob("*.yaml"))
LAY = ("title", "plain", "watch")
HARDEST = 8.0

FORBIDDEN = (
    r"\b(?:you|they|one) (?:should|can|could|may|might|must) (?:take|use|try|mix|combine|add)\b",
    r"\b(?:need|ought|have|try|remember) to (?:take|use)\b",
    r"(?<!to )\btake (?:more|less|a|an|your|the|one|two|it|\d)\b(?! look| walk)",
    r"\b(?:start|begin|keep|stay) (?:taking|using)\b",
    r"\b(?:increase|raise|double|lower|reduce|adjust|split) (?:your|the|a|their|his|her) dose\b",
    r"\bdose (?:of|should be|is) \d",
    r"\b(?:combine|mix|stack|pair) (?:it|them|this|kratom|with|your)\b",
    r"\b(?:instead of|replace) (?:your|the) medicine",
    r"\bsafe (?:dose|amount|level|to (?:take|use|combine|mix))\b",
    r"\b(?:morphine|opioid|milligram) equivalents?\b",
    r"\bswitch to kratom (?:if|when|to)\b",
    r"\bstop (?:taking|using) (?:it|kratom|your)\b.{0,20}\b(?:at once|now|cold turkey)\b",
)
"""What would tell somebody to take, raise, lower or combine."""

NOT = re.compile(
    r"\b(?:no|not|never|nobody|without|cannot|don't|do not|does not|is no|none)\b[^.:;]*$", re.I
)
"""A denial before it in the same part of the sentence: "no dose is a safe dose"."""

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


def told(text: str) -> list[str]:
    """What in a text tells somebody to take, raise or combine something."""
    return [
        found[0]
        for pattern in FORBIDDEN
        for found in re.finditer(pattern, text, re.IGNORECASE)
        if not NOT.search(text[: found.start()])
    ]


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
