"""A check as a person reads it."""

from __future__ import annotations

from typing import Any

import pytest
from rich.console import Console

from speciosa.report.checked import print_check, print_table


def finding(severity: str, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": "interaction/x",
        "severity": severity,
        "title": title,
        "plain": f"Plain words of {title}.",
        "why": f"Mechanism of {title}.",
        "certainty": "low",
        "because": "one case",
        "watch": ["slow breathing", "fits"],
        "sources": ["somebody-2020", "speciosa"],
        "as_of": "2026-11-01",
        "read": "verified",
        "estimates": [],
    } | more


def estimate(of: str, value: float, low: float | None = None, **more: Any) -> dict[str, Any]:
    high = None if low is None else 2.0 * value
    return {"of": of, "value": value, "low": low, "high": high, "unit": "1"} | (
        {"basis": "simulated"} | more
    )


def found(*findings: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "scenario": {
            "person": {"conditions": ["anxiety"], "jurisdiction": "TH"},
            "product": {"kind": "leaf"},
            "regimen": {"dose": "2 g", "every": "8 h"},
            "with": [{"drug": "alcohol"}],
        },
        "unknown": ["nobody knows it"],
        "today": "2026-11-25",
        "emergency": False,
        "card": "",
        "findings": list(findings),
        "numbers": ["emergency: 1669", "poison: 1367"],
        "exposures": None,
        "unsimulated": "a quick check was asked for",
    } | more


def printed(told: dict[str, Any], *, more: bool = False, width: int = 100) -> str:
    console = Console(width=width, highlight=False, color_system=None)
    with console.capture() as caught:
        print_check(told, console, more=more)
    return caught.get()


def test_the_first_line_says_what_was_checked() -> None:
    first = printed(found()).splitlines()[0].rstrip()
    said = "leaf, 2 g every 8 h · with alcohol, nobody knows it · anxiety · TH"
    assert first == f"Check of 2026-11-25: {said}"


def test_a_finding_is_told_with_signs_certainty_sources_and_day() -> None:
    said = printed(found(finding("danger", "Alcohol")))
    for part in (
        "DANGER    Alcohol",
        "Plain words of Alcohol.",
        "Watch for: slow breathing; fits",
        "low certainty · somebody-2020, speciosa · checked 2026-11-01",
    ):
        assert part in said
    assert "Mechanism of" not in said


def test_findings_stand_in_their_order() -> None:
    said = printed(found(finding("danger", "First"), finding("caution", "Second")))
    assert said.index("First") < said.index("Second")


@pytest.mark.parametrize(
    ("read", "words"),
    [
        ("verified", "checked 2026-11-01\n"),
        ("secondary", "read second-hand"),
        ("recalled", "memory"),
    ],
)
def test_how_it_was_read_is_said(read: str, words: str) -> None:
    said = "\n".join(
        line.rstrip() for line in printed(found(finding("danger", "A", read=read))).splitlines()
    )
    assert words in said


def test_of_notes_a_short_check_tells_the_titles_and_a_long_one_all() -> None:
    told = found(finding("note", "Exercise"), finding("note", "Sleep"))
    assert "NOTE      Exercise; Sleep" in printed(told)
    assert "Plain words" not in printed(told)
    whole = printed(told, more=True)
    for part in ("Plain words of Sleep.", "Why: Mechanism of Sleep.", "How sure: one case"):
        assert part in whole


def test_numbers_of_one_thing_stand_in_one_line() -> None:
    numbers = [
        estimate("AUC of x", 1.73, 1.2),
        estimate("AUC of x", 6.04, basis="static"),
        estimate("doses a day", 3.0, unit="1/d", basis="counted"),
        estimate("content", 45.0, 45.0, unit="mg", high=45.0, basis="static"),
    ]
    said = printed(found(finding("danger", "X", estimates=numbers)))
    assert "AUC of x: 1.73 (9 of 10: 1.2 to 3.5); 6.04 reckoned, not simulated" in said
    assert "doses a day: 3 a day as counted" in said
    assert "content: 45 mg reckoned, not simulated" in said  # no range of one number


def test_of_many_numbers_a_short_check_tells_four_and_a_long_one_all() -> None:
    numbers = [estimate(f"thing {i}", 1.5) for i in range(6)]
    told = found(finding("danger", "X", estimates=numbers))
    assert [f"thing {i}:" in printed(told) for i in range(6)] == [True] * 4 + [False] * 2
    assert all(f"thing {i}:" in printed(told, more=True) for i in range(6))


def test_the_end_says_whom_to_call_and_why_nothing_was_simulated() -> None:
    said = " ".join(printed(found(finding("note", "A"))).split())
    assert "Numbers to call: emergency: 1669 · poison: 1367." in said
    assert "Not simulated: a quick check was asked for." in said
    assert "--more" in said
    assert "--more" not in printed(found(finding("note", "A")), more=True)
    assert "not medical advice" in said
    assert "Not simulated" not in printed(found(unsimulated=""))


def test_in_an_emergency_the_card_comes_first_and_of_all_else_the_titles() -> None:
    told = found(
        finding("emergency", "Breathing"),
        finding("danger", "Alcohol"),
        emergency=True,
        card="EMERGENCY. Nothing is simulated.\n\nCall 1669.\n",
    )
    for more in (False, True):
        said = printed(told, more=more)
        assert said.index("Call 1669.") < said.index("ALSO      Alcohol")
        assert "Plain words of Alcohol" not in said
        assert "Breathing: low certainty" in said  # sources after it


def test_an_emergency_that_only_the_simulation_shows_is_told_in_its_own_words() -> None:
    told = found(finding("emergency", "Breath stops"), finding("danger", "A"), emergency=True)
    said = printed(told)
    assert said.index("Plain words of Breath stops.") < said.index("ALSO      A")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_nothing_is_cut_off(width: int) -> None:
    long = finding("danger", "A very long title " * 6)
    said = printed(found(long), width=width)
    assert "…" not in said
    assert all(len(line) <= width for line in said.splitlines())


def test_a_table_of_drugs_has_a_line_for_each() -> None:
    rows = [
        finding("danger", "x", drug="alprazolam", classes=["benzodiazepine", "sedative"]),
        finding("note", "y", drug="digoxin", classes=["p-gp substrate"]),
    ]
    console = Console(width=100, highlight=False, color_system=None)
    with console.capture() as caught:
        print_table(rows, console)
    lines = [" ".join(line.split()) for line in caught.get().splitlines()]
    assert lines[0] == "severity drug classes certainty"
    assert lines[1:3] == [
        "DANGER alprazolam benzodiazepine, sedative low",
        "NOTE digoxin p-gp substrate low",
    ]
    assert "not medical advice" in " ".join(lines)
