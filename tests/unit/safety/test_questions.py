"""Entries that may be a slip are questioned, with what they come to, and never refused."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.safety.case import Case
from speciosa.safety.facts import facts
from speciosa.safety.finding import Finding
from speciosa.safety.questions import questions


def asked(product: dict[str, Any], dose: str, **regimen: Any) -> dict[str, Finding]:
    case = Case.of({"product": product, "regimen": {"dose": dose, **regimen}})
    return {one.id.removeprefix("product/implausible-"): one for one in questions(case)}


SLIPS: list[tuple[dict[str, Any], str, str, str, float]] = [
    ({"kind": "leaf"}, "25 mg", "small-dose", "regimen.dose = '25 mg'", 0.35),
    ({"kind": "extract", "mitragynine": "45 %"}, "5 g", "large-dose", "'5 g'", 2250),
    ({"kind": "leaf", "mitragynine": "45 mg/g"}, "2 g", "rich", "'45 mg/g'", 90),
    ({"kind": "leaf", "mitragynine": "0.02 mg/g"}, "100 g", "weak", "'0.02 mg/g'", 2),
    ({"kind": "extract", "mitragynine": "14 mg/g"}, "2 g", "weak", "'14 mg/g'", 28),
    ({"kind": "7-oh", "profile": {"7-OH": "41 %"}}, "100 mg", "7-oh-strength", "'410 mg/g'", 41),
    (
        {"kind": "7-oh", "profile": {"7-OH": "300 mg/tablet"}},
        "1 tablet",
        "7-oh-dose",
        "'1 tablet'",
        300,
    ),
    ({"kind": "capsule"}, "60 capsules", "weight", "'60 capsules'", 33),
    ({"kind": "extract"}, "1 tsp", "spoons", "'1 tsp'", 735),
    ({"kind": "extract", "strain": "Gold 50x"}, "100 mg", "times", "'Gold 50x'", 35),
]


@pytest.mark.parametrize(("product", "dose", "question", "entry", "comes_to"), SLIPS)
def test_a_slip_is_questioned_with_key_value_and_what_it_comes_to(
    product: dict[str, Any], dose: str, question: str, entry: str, comes_to: float
) -> None:
    one = asked(product, dose)[question]
    assert one.severity == "warning"
    assert entry in one.plain
    assert one.estimates[0].value == pytest.approx(comes_to, rel=0.02)


@pytest.mark.parametrize(
    ("product", "dose"),
    [
        ({"kind": "leaf"}, "2 g"),
        ({"kind": "leaf"}, "1 tsp"),
        ({"kind": "tea", "mitragynine": "19.5 mg/g"}, "1 tbsp"),
        ({"kind": "capsule"}, "6 capsules"),
        ({"kind": "extract", "mitragynine": "30 %"}, "150 mg"),
        ({"kind": "extract", "mitragynine": "12 mg/mL"}, "10 mL"),
        ({"kind": "extract", "mitragynine": "15 mg/gummy"}, "1 gummy"),
        ({"kind": "7-oh", "profile": {"7-OH": "15 mg/tablet"}}, "1 tablet"),
        ({"kind": "leaf"}, "0 g"),
    ],
)
def test_what_people_take_is_not_questioned(product: dict[str, Any], dose: str) -> None:
    assert asked(product, dose) == {}


def test_a_step_that_is_a_slip_is_named_by_its_key() -> None:
    steps = [{"from": "2 d", "dose": "50 g"}]
    one = asked({"kind": "leaf"}, "2 g", every="8 h", **{"for": "7 d"}, steps=steps)["weight"]
    assert "regimen.steps[0].dose = '50 g'" in one.plain


def test_every_question_is_asked_of_some_slip() -> None:
    assert {f"product/implausible-{question}" for _, _, question, _, _ in SLIPS} == {
        key for key in facts("product") if "implausible" in key
    }
