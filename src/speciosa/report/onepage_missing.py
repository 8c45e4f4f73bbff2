"""What was not stated and would change the page, that first which moves it most.

The facts and how far each moves an answer are `inference.missing`'s; here they are put into words.
What was not simulated cannot be ranked and stands before all: it may matter most. What moves no
number of the model stands last, which is no sign that it does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from speciosa.inference import Fact, Swing
from speciosa.inference.swings import NOW
from speciosa.product.content import main_of
from speciosa.report.onepage_parts import Figure, Missing
from speciosa.report.tables import by_measure
from speciosa.report.words import drug, number, sentence

__all__ = ["missing"]

_Result = Mapping[str, Any]

_SCORE = "dependence.score"
_LOST = {"breathing.risk": "breath lost", "arousal.risk": "wakefulness lost"}
_FACTS = {
    NOW: "time since the last dose",
    "hydroxymitragynine": "7-hydroxymitragynine in it",
    "dose": "weight of the dose",
    "experience": "use before",
    "cyp2d6": "CYP2D6",
    "weight": "weight",
    "age": "age",
    "sex": "sex",
    "conditions": "illness of liver, kidney or heart",
}
"""Facts by the last word of the key that would state them."""
_CONTENT = "content of this batch"
_LEAST = 0.02
"""Of a range, below which a move is not told."""
_DIGITS = 2
"""Of medians of a few dozen people no more are known."""


def missing(result: _Result, facts: Sequence[Fact], now: float | None) -> Iterator[Missing]:
    """Rows of what would change the page; of `facts`, none that the time of asking tells."""
    scenario = result["scenario"]
    silent = [one["drug"] for one in scenario.get("with") or () if not one.get("dose")]
    if silent:
        why = "not stated, so not simulated and not ranked; it may matter most"
        yield Missing(f"Amount of {', '.join(silent)}", why)
    asked = [one for one in facts if now is None or one.key != NOW]
    for fact in asked:
        if fact.share >= _LEAST:
            figures = tuple(_swing_figure(one) for one in fact.swings)
            what = sentence(_fact(fact.key, scenario))
            yield Missing(what, _moved(fact, scenario), fact.share, figures)
    if level := _peak(result):
        people, nobody = level
        yield Missing(
            "A measured level, with its time",
            f"peaks lie in {people.reach} by how people differ and in {nobody.reach} "
            f"{people.unit} by what nobody knows",
            figures=level,
        )
    still = [_fact(fact.key, scenario) for fact in asked if fact.share < _LEAST]
    if still:
        why = "not stated; moves nothing in the model, or hardly, and yet it may matter"
        yield Missing(sentence(", ".join(still)), why)


def _fact(key: str, scenario: Mapping[str, Any]) -> str:
    """What a fact is called, by the key that would state it."""
    word = key.rpartition(".")[2]
    return _CONTENT if word == main_of(scenario["product"]["kind"]) else _FACTS[word]


def _moved(fact: Fact, scenario: Mapping[str, Any]) -> str:
    """A fact's ends, and what lies between them: at most two outputs, the one most moved first."""
    said = " to ".join(fact.ends)
    if fact.stops:
        return f"{said}: breath stops in the simulation with {' and with '.join(fact.stops)}"
    if fact.failed:
        return f"{said}: it could not be computed with {' and with '.join(fact.failed)}"
    first, *others = fact.swings
    share = f"{100.0 * first.share:.0f} % of its range"
    parts = [f"{_between(first, scenario)} ({share})"]
    parts += [_between(one, scenario) for one in others[:1] if one.share >= _LEAST]
    return f"{said}: {', '.join(parts)}"


def _between(swing: Swing, scenario: Mapping[str, Any]) -> str:
    """`peak 40 to 150 ng/mL`, in the order of the ends."""
    if swing.output in _LOST:
        first, second = (number(100.0 * end, _DIGITS) for end in swing.ends)
        return f"{_LOST[swing.output]} {first} to {second} %"
    first, second = (number(end, _DIGITS) for end in swing.ends)
    if swing.output == _SCORE:
        return f"withdrawal {first} to {second} of 64"
    taken = swing.output.partition(".")[2]
    word = "level" if swing.measure == "at" else "peak"
    name = f"{drug(taken)} {word}" if scenario.get("with") else word
    return f"{name} {first} to {second} {swing.unit}"


def _swing_figure(swing: Swing) -> Figure:
    """The median as it stands, and the least and the most that it becomes."""
    points = (swing.middle, *swing.ends)
    of = f"{swing.output} {swing.measure}"
    return Figure(of, swing.middle, min(points), max(points), swing.unit, "medians")


def _peak(result: _Result) -> tuple[Figure, Figure] | None:
    """The peak of the main alkaloid, by how people differ and by what nobody knows."""
    of = f"plasma.{main_of(result['scenario']['product']['kind'])}"
    rows = by_measure(result["measures"]).get((of, "cmax", "all"), {})
    if not {"variability", "uncertainty"} <= set(rows):
        return None
    people, nobody = rows["variability"], rows["uncertainty"]
    return Figure.of_row(f"{of} cmax", people), Figure.of_row(f"{of} cmax", nobody)
