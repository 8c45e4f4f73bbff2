"""Verdicts as a terminal shows them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from rich.console import Console

from speciosa.claims import judge
from speciosa.claims.answer import Answer
from speciosa.claims.sources import cited
from speciosa.report.claims import ANSWERS, first_sentence, print_claim, print_claims

PART: dict[str, Any] = {
    "that": "it relieves pain",
    "answer": "no",
    "beside": False,
    "because": "relief is 0.05",
    "certainty": {
        "level": "low",
        "start": "trial",
        "steps": [
            {"by": -2, "domain": "indirectness", "why": "mice alone"},
            {"by": 1, "domain": "dose response", "why": "more with more"},
        ],
    },
    "seen": "nobody was asked",
    "model": "simulated: relieved are 3% of people",
    "built_in": "",
    "records": ["pain/made-up"],
    "simulations": ["leaf-3-g"],
    "variants": {},
    "points": [
        {
            "label": "pain that went",
            "value": 0.05,
            "low": 0.01,
            "high": 0.2,
            "unit": "1",
            "kind": "record",
            "bound": 0.1,
        }
    ],
}
CLAIM: dict[str, Any] = {
    "id": "made-up",
    "claim": "It relieves every pain that anybody has.",
    "short": "It relieves pain.",
    "verdict": "fails",
    "certainty": "low",
    "because": "relief is 0.05",
    "plain": "It may not be so that it relieves pain. Nobody has looked.",
    "gap": "Nobody has looked.",
    "system": "pain",
    "records": ["pain/made-up"],
    "simulations": ["leaf-3-g"],
    "variants": {"as it stands": "fails", "herg-sensitive": "cannot be decided"},
    "parts": [PART],
}
OTHER = CLAIM | {"id": "other", "verdict": "depends on the dose", "system": "gut"}
SIMULATIONS = {"leaf-3-g": "One dose of 3 g of leaf."}


def case(sources=(), **changed: Any) -> str:
    out = io.StringIO()
    print_claim(CLAIM | changed, SIMULATIONS, sources, Console(file=out, width=100))
    return " ".join(out.getvalue().split())


def table(*claims: Any, width: int = 100) -> str:
    out = io.StringIO()
    found = {"claims": claims, "people": {"n": 50, "replicates": 30}, "seed": 1}
    print_claims(found, Console(file=out, width=width))
    return out.getvalue()


def test_every_answer_has_its_words() -> None:
    assert set(ANSWERS) == {one.value for one in Answer}


def test_a_case_begins_with_the_claim_its_verdict_and_how_sure_it_is() -> None:
    assert case().startswith(
        "It relieves every pain that anybody has. fails, certainty low It may not be so that it "
        "relieves pain. Nobody has looked."
    )


@pytest.mark.parametrize(
    "told",
    [
        "1. Is it so that it relieves pain? answer not so, certainty low",
        "seen nobody was asked",
        "simulated relieved are 3% of people",
        "therefore relief is 0.05",
        "grade starts as trial 2 down, indirectness: mice alone 1 up, dose response: more with",
        "number pain that went: 0.0500 (0.0100 to 0.200)",
        "Simulations, on the same virtual people leaf-3-g One dose of 3 g of leaf.",
        "With each variant of the model as it stands fails herg-sensitive cannot be decided",
    ],
)
def test_each_part_is_told_with_its_reasons(told: str) -> None:
    assert told in case()


def test_a_model_that_is_not_heard_says_why() -> None:
    assert "not heard the model: by its equation" in case(
        parts=[PART | {"built_in": "by its equation"}]
    )
    assert "not heard" not in case()


def test_what_stands_beside_is_marked() -> None:
    assert "relieves pain? (beside: decides nothing)" in case(parts=[PART | {"beside": True}])
    assert "beside" not in case()


def test_what_was_not_asked_is_not_told() -> None:
    bare = case(parts=[PART | {"seen": None, "model": None, "points": []}], variants={})
    for word in ("seen ", "simulated ", "number ", "variant"):
        assert word not in bare
    assert "Simulations" not in case(simulations=[])


def test_a_number_has_its_unit() -> None:
    (point,) = PART["points"]
    told = case(parts=[PART | {"points": [point | {"unit": "ng/mL"}]}])
    assert "pain that went: 0.0500 ng/mL (0.0100 to 0.200)" in told


def test_a_number_that_a_reason_tells_is_told_once() -> None:
    told = case(parts=[PART | {"seen": "pain that went is 0.05"}])
    assert "number" not in told


def test_sources_are_named_or_there_are_none() -> None:
    assert case().endswith("Sources None.")
    told = case(sources=cited(["opioid/mu/Ki/mitragynine"]))
    assert "Sources None." not in told
    assert "Numbers: 1 measured" in told


def test_a_table_begins_with_how_many_there_are_of_each_verdict() -> None:
    shown = table(CLAIM, OTHER, CLAIM | {"id": "third"})
    assert shown.startswith("3 claims: 2 fails, 1 depends\n")
    assert table(CLAIM).startswith("1 claim: 1 fails\n")
    told = " ".join(shown.split())
    assert "50 people, each in 30 draws" in told
    assert "is no advice" in told


def test_a_table_is_by_system_with_verdict_certainty_and_why() -> None:
    shown = table(CLAIM, OTHER)
    lines = [line.strip() for line in shown.splitlines()]
    assert lines.index("Pain") < lines.index("Gut")
    (row,) = [line for line in lines if line.startswith("It relieves pain.") and "fails" in line]
    assert row.split()[-2:] == ["fails", "low"]
    assert "made-up  It may not be so that it relieves pain." in lines
    assert "every pain that anybody has" not in shown  # the short form stands for it


def test_a_narrow_terminal_loses_nothing() -> None:
    wide, narrow = (sorted("".join(table(CLAIM, OTHER, width=w).split())) for w in (120, 72))
    assert wide == narrow


def test_the_first_sentence_is_the_text_without_the_gap() -> None:
    assert first_sentence(CLAIM) == "It may not be so that it relieves pain."


def test_what_is_in_brackets_is_text_and_no_markup() -> None:
    assert "[bold]loud[/bold]" in case(claim="[bold]loud[/bold]")
    assert "[bold]loud[/bold]" in case(parts=[PART | {"because": "[bold]loud[/bold]"}])
    assert "[bold]loud[/bold]" in table(CLAIM | {"short": "[bold]loud[/bold]"})


def test_a_real_verdict_is_printed_with_the_works_behind_it() -> None:
    (entry,) = judge(["seven-oh-most-potent"]).to_dict()["claims"]
    out = io.StringIO()
    print_claim(entry, {}, cited(entry["records"]), Console(file=out, width=100))
    assert "fails, certainty low" in out.getvalue()
    assert "[kruegel-2016]" in out.getvalue()
