from __future__ import annotations

from rich.console import Console

from speciosa.report.predictions import predictions_table, predictions_words


def output(name: str, unit: str, value: float) -> dict[str, object]:
    return {"output": name, "unit": unit, "first": value, "last": value / 2, "highest": value}


DATA = {
    "people": 2,
    "doses": 4,
    "observations": 8,
    "outputs": [
        output("plasma.alcohol", "ng/mL", 8e5),
        output("opioid.occupancy", "1", 0.123),
        output("breathing.drive", "1", 0.456),
    ],
}


def printed(*hidden: str) -> str:
    console = Console(width=80, highlight=False, color_system=None)
    with console.capture() as caught:
        console.print(predictions_table(DATA, hidden))
    return caught.get()


def test_what_the_file_held_is_one_sentence() -> None:
    assert predictions_words(DATA) == "2 people, 4 dose records, 8 observations predicted."


def test_occupancy_without_bounds_is_left_out_and_alcohol_can_be_read() -> None:
    said = printed()
    assert "0.123" not in said
    assert "0.456" in said
    assert "Alcohol in blood plasma, mg/L" in said
    assert " 800 " in said


def test_what_is_hidden_is_left_out() -> None:
    assert "0.456" not in printed("breathing.drive")
