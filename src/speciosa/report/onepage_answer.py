"""The answer first, the course over time, and what each drug and kratom do to each other.

Numbers come from the result (levels, loss of breath and wakefulness) and from the check (ratios of
exposure, and whose part it is). Where a drug in company has no effect in the model, no number about
breath lost is told, since it would reassure. That breath stops in some draws is told all the same,
and first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from speciosa.product.content import main_of
from speciosa.report import words
from speciosa.report.fan import Fan
from speciosa.report.figures import describe
from speciosa.report.findings import CLINICAL
from speciosa.report.onepage_parts import Answer, Figure, Interaction, Moment, Timeline
from speciosa.report.tables import best, by_measure
from speciosa.safety.finding import SEVERITIES
from speciosa.safety.stacking import slug
from speciosa.trial.company import RISKS, uncounted, withheld
from speciosa.trial.quantities import time_text
from speciosa.trial.stops import Stops

__all__ = ["answers", "interactions", "main_level", "timeline"]

_Result = Mapping[str, Any]
_Finding = Mapping[str, Any]

_SIGNS = 4
_TITLES = 3
_LEAST_CHANGE = 0.05
"""A ratio whose whole range is nearer to 1 says nothing."""
_LEAST_SHARE = 0.05
"""Of what the others take of breath, below which it is not told apart."""
_AHEAD = (0.0, 2.0, 4.0, 8.0, 12.0, 24.0, 48.0)
"""h after the moment that is asked about."""
_BEFORE, _AFTER = 24.0, 24.0
"""h around now that are drawn."""
_TOLD = ("mitragynine", "hydroxymitragynine")
"""Alkaloids whose level may be drawn and whose ratios stand in the table."""
_LOST = {"breathing.risk": "drive to breathe", "arousal.risk": "wakefulness"}


def answers(
    result: _Result, found: Mapping[str, Any], fans: Sequence[Fan], line: Timeline | None
) -> Iterator[Answer]:
    """Three lines: what is most dangerous, breath and wakefulness, and the level."""
    yield _danger(found["findings"])
    yield _breath(result, found, fans, None if line is None else line.now)
    yield _level(result, line)


def timeline(result: _Result, fan: Fan, now: float | None) -> Timeline:
    """The course of a level, with its numbers at a few moments."""
    end = float(fan.times[-1])
    since, until = float(fan.times[0]), min(end, fan.visible_until)
    start = fan.doses[-1] if fan.doses else 0.0
    if now is not None:
        since, until = max(since, now - _BEFORE), min(end, now + _AFTER)
        start = now
    moments: list[Moment] = []
    for ahead in _AHEAD:
        if ahead == 0.0 and now is None:
            continue
        if start + ahead > end:
            break
        at = _nearest(fan, start + ahead)
        moments.append(_moment(fan, at, ahead, now is not None))
    return Timeline(
        fan.output,
        fan.title,
        fan.unit,
        since,
        until,
        now,
        fan.doses,
        tuple(one for one in moments if one),
        _described(fan, now),
    )


def main_level(fans: Sequence[Fan], scenario: Mapping[str, Any]) -> Fan | None:
    """The level that is drawn: of mitragynine, or of what the product holds in its place."""
    main = main_of(scenario["product"]["kind"])
    names = [f"plasma.{one}" for one in sorted(_TOLD, key=lambda one: one != main)]
    known = {fan.output: fan for fan in fans if fan.changes}
    return next((known[name] for name in names if name in known), None)


def interactions(found: Mapping[str, Any]) -> Iterator[Interaction]:
    """A row for each finding about company, gravest first."""
    drugs = {slug(one["drug"]): one["drug"] for one in found["scenario"].get("with") or ()}
    for finding in found["findings"]:
        area, _, word = finding["id"].partition("/")
        if area == "interaction":
            yield _interaction(finding, drugs.get(word, ""), found)


def _danger(findings: Sequence[_Finding]) -> Answer:
    """The gravest finding that a patient's danger hangs on, and the titles of the next."""
    held = [one for one in findings if one["id"].partition("/")[0] in CLINICAL]
    grave = [one for one in held if one["severity"] != SEVERITIES[-1]]
    if not grave:
        none = "The rules of this check found none, which does not mean that there is none."
        return Answer("Gravest", none)
    first, *rest = grave
    said = f"{first['title']}."
    if first["watch"]:
        said += f" Watch for: {'; '.join(first['watch'][:_SIGNS])}."
    if rest:
        named = "; ".join(one["title"] for one in rest[:_TITLES])
        more = f" and {len(rest) - _TITLES} more" if len(rest) > _TITLES else ""
        said += f" Also: {named}{more}."
    return Answer("Gravest", said, first["severity"], f"{first['certainty']} certainty")


def _breath(
    result: _Result, found: Mapping[str, Any], fans: Sequence[Fan], now: float | None
) -> Answer:
    """How much of breath and wakefulness is lost at worst, and through whom."""
    scenario = result["scenario"]
    label = "Breath and wakefulness"
    sure = "simulated, never compared with patients"
    stopped = _stopped(result)
    counts = tuple(_counts(result)) if stopped else ()
    if set(RISKS) <= set(withheld(scenario)):
        silent = ", ".join(uncounted(scenario.get("with") or ()))
        said = (
            f"{stopped}Not told: what {silent} does to them is not in this run, so any number "
            "would reassure."
        )
        return Answer(label, said, figures=counts)
    figures = [*counts]
    parts: list[str] = []
    rows = by_measure(result["measures"])
    for output, of in _LOST.items():
        row = best(rows.get((output, "max", "all"), {}))
        if row is None:
            continue
        figure = Figure.of_row(f"{output} max", row)
        figures.append(figure)
        parts.append(f"{of} {figure.percent}")
    if not parts:
        return Answer(label, f"{stopped}Not looked at in this run.", figures=counts)
    said = f"{stopped}Lost at worst: {', '.join(parts)}."
    if driven := list(_driven(found)):
        figures += driven
        kratom, others = driven
        said += f" Of breath kratom alone {kratom.percent}, the rest alone {others.percent}."
    here = [] if now is None else [_at(fan, _nearest(fan, now), "both") for fan in _risks(fans)]
    if here:
        figures += here
        told = (f"{_LOST[one.of.partition(' ')[0]]} {one.percent}" for one in here)
        said += f" Now: {', '.join(told)}."
    return Answer(label, said, sure=sure, figures=tuple(figures))


def _stopped(result: _Result) -> str:
    """That breath stops in some draws, which no median tells; empty where it stops in nobody.

    Where it stops by the central numbers, or in many, there is no page but a card.
    """
    stops = Stops.from_dict(result["stops"])
    if not stops.any:
        return ""
    company: Sequence[Mapping[str, Any]] = result["scenario"].get("with") or ()
    lacking = ", ".join(uncounted(company))
    start = f"Even without {lacking} counted, breath" if lacking else "Breath"
    return (
        f"{start} stops in somebody in {stops.draws} of {stops.of_draws} draws of what we do not "
        f"know, {stops.percent} of all simulated people; by the central numbers in nobody. "
    )


def _counts(result: _Result) -> Iterator[Figure]:
    """What that is written from."""
    stops = result["stops"]
    for of, key, unit in (("draws", "draws", f"of {stops['of_draws']}"), ("people", "share", "1")):
        value = stops[key]
        yield Figure(f"breath stops, {of}", value, value, value, unit)


def _risks(fans: Sequence[Fan]) -> list[Fan]:
    known = {fan.output: fan for fan in fans}
    return [known[output] for output in _LOST if output in known]


def _driven(found: Mapping[str, Any]) -> Iterator[Figure]:
    """What kratom and the others take of the drive to breathe, each by itself."""
    if not found["scenario"].get("with"):
        return
    exposures: Mapping[str, Any] = found["exposures"] or {}
    for risk in exposures.get("risks", ()):
        if risk["output"] == "breathing.risk" and risk["others"]["p95"] >= _LEAST_SHARE:
            for part in ("kratom", "others"):
                yield Figure.of_row(f"breathing.risk, {part}", {"unit": "1", **risk[part]})


def _level(result: _Result, line: Timeline | None) -> Answer:
    """The level now or at its peak, when that is, and how fast it falls."""
    label = "Level in plasma"
    if line is None:
        return Answer(label, "No level was computed.")
    rows = by_measure(result["measures"])
    peaks = [key for key in rows if key[:2] == (line.output, "cmax") and key[2] != "first"]
    window = "last" if (line.output, "cmax", "last") in peaks else "all"
    drug = words.sentence(words.drug(line.output.partition(".")[2]))
    parts: list[str] = []
    figures: list[Figure] = []
    if line.now is not None and line.moments:
        here = line.moments[0]
        figures += [here.people, here.unknown]
        parts.append(f"{drug} now {_apart(here.people, here.people, here.unknown)}")
        drug = "its"
    kinds = rows.get((line.output, "cmax", window), {})
    middle = best(kinds)
    if middle is not None:
        of = f"{line.output} cmax"
        both = Figure.of_row(of, middle)
        people, unknown = (
            Figure.of_row(of, kinds.get(kind, middle)) for kind in ("variability", "uncertainty")
        )
        figures += [both, people, unknown]
        parts.append(f"{drug} peak {_apart(both, people, unknown)}")
    time = best(rows.get((line.output, "tmax", window), {}))
    if time is not None:
        figure = Figure.of_row(f"{line.output} tmax", time)
        figures.append(figure)
        dose = words.WINDOWS.get(window) or "dose"
        parts.append(f"{figure.text} after the {dose}")
    falls = best(rows.get((line.output, "half_life", window), {}))
    if falls is not None and falls["median"] is not None:
        figure = Figure.of_row(f"{line.output} half_life", falls)
        figures.append(figure)
        parts.append(f"half-life {figure.text}")
    return Answer(label, f"{', '.join(parts)}.", figures=tuple(figures))


def _apart(middle: Figure, people: Figure, unknown: Figure) -> str:
    """A middle, and the two kinds of spread around it, each by its name."""
    return (
        f"{words.number(middle.middle)} {middle.unit} (people differ {people.reach}, "
        f"we do not know {unknown.reach})"
    )


def _nearest(fan: Fan, time: float) -> int:
    """The place of the stored time that is nearest."""
    return int(np.argmin(np.abs(fan.times - time)))


def _moment(fan: Fan, at: int, ahead: float, now: bool) -> Moment:
    """The percentiles of a stored time, as they are."""
    hour = float(fan.times[at])
    if ahead == 0.0:
        label = "now"
    else:
        label = f"in {time_text(ahead)}" if now else f"{time_text(ahead)} after the last dose"
    figures = [_at(fan, at, kind) for kind in ("variability", "uncertainty")]
    return Moment(label, hour, *figures)


def _at(fan: Fan, at: int, kind: str) -> Figure:
    held = kind if kind in fan.bands else next(iter(fan.bands))
    band = fan.bands[held]
    middle, low, high = (float(line[at]) for line in (band.median, band.p05, band.p95))
    return Figure(f"{fan.output} at {fan.times[at]:g} h", middle, low, high, fan.unit, held)


def _described(fan: Fan, now: float | None) -> str:
    said = describe(fan)
    return said if now is None else f"{said} An upright line stands at {time_text(now)}, now."


def _interaction(finding: _Finding, drug: str, found: Mapping[str, Any]) -> Interaction:
    ratios = tuple(_ratios(drug, found)) if drug else ()
    name = finding["title"].removeprefix("Kratom with ")
    return Interaction(
        drug=words.sentence(name),
        severity=finding["severity"],
        mechanism=_first_clause(finding["why"]),
        ratios=ratios,
        number="; ".join(f"{one.of} {words.number(one.middle)} ({one.reach})" for one in ratios),
        certainty=finding["certainty"],
        watch=tuple(finding["watch"][:_SIGNS]),
        id=finding["id"],
    )


def _ratios(drug: str, found: Mapping[str, Any]) -> Iterator[Figure]:
    """Areas with the other over those without: of the drug, and of alkaloids by it."""
    exposures: Mapping[str, Any] = found["exposures"] or {}
    for ratio in exposures.get("ratios", ()):
        band = ratio["auc"]
        tells = any(abs(band[end] - 1.0) >= _LEAST_CHANGE for end in ("p05", "p95"))
        if ratio["of"] == drug:
            yield Figure.of_row(drug, {"unit": "1", **band})
        elif drug in ratio["by"] and tells and ratio["of"] in _TOLD:
            yield Figure.of_row(words.drug(ratio["of"]), {"unit": "1", **band})


def _first_clause(text: str) -> str:
    """What comes before the first semicolon."""
    return words.sentence(text.partition(";")[0].rstrip("."))
