"""Who took what, as a poison centre records it, and what use it adds up to.

Read from the scenario with its defaults, as a result holds it. What was not said is marked as
assumed; what a scenario cannot hold, such as vital signs, is a field to fill in by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from speciosa.product.content import main_of
from speciosa.report.onepage_parts import Field, Figure, Use
from speciosa.report.tables import best, by_measure
from speciosa.report.words import drug
from speciosa.trial.quantities import as_text, hours_of, time_text

__all__ = ["BY_HAND", "exposure", "title", "use"]

BY_HAND = (
    "Symptoms, since when",
    "Vital signs",
    "Treatment given",
    "Caller, call back at",
)
"""Fields of a poison centre's record that no scenario holds."""

_ENTERED, _ASSUMED, _DRAWN = "entered", "assumed", "drawn"
_KINDS = {"7-oh": "7-hydroxymitragynine product"}
_DAY = 24.0

_Result = Mapping[str, Any]


def title(result: _Result, unknown: Sequence[str]) -> str:
    """Who, what and with what, in one line."""
    said = [_who(result), f"{_product(result)} {_regimen(result)}"]
    if company := _company(result, unknown):
        said.append("with " + ", ".join(dict.fromkeys(company)))
    return " · ".join(said)


def exposure(result: _Result, found: Mapping[str, Any], now: float | None) -> Iterator[Field]:
    """The record of the exposure, in the order in which it is asked for."""
    scenario = result["scenario"]
    yield Field("Product", _product(result), _ENTERED)
    yield _content(result, found)
    yield Field("Amount", _regimen(result), _ENTERED)
    yield Field("Pattern", _pattern(scenario), _ENTERED)
    yield Field("Route", "by mouth", _ENTERED)
    yield _since(result, now)
    company = [_medicine(one) for one in scenario.get("with") or ()]
    company += [f"{name}, which is not known here" for name in found["unknown"]]
    if company:
        yield Field("Taken with", "; ".join(company), _ENTERED)
    else:
        yield Field("Taken with", "nothing was entered", _ASSUMED)
    yield from _person(result)
    who: Mapping[str, Any] = scenario[_table(scenario)]
    ill: Sequence[str] = who.get("conditions") or ()
    if ill:
        yield Field("Conditions", ", ".join(ill), _ENTERED)
    else:
        yield Field("Conditions", "none was entered", _ASSUMED)
    if who.get("jurisdiction"):
        yield Field("Where", who["jurisdiction"], _ENTERED)


def use(result: _Result) -> Iterator[Use]:
    """How much and how often, and withdrawal and its company where use is regular."""
    scenario = result["scenario"]
    regimen: Mapping[str, Any] = scenario["regimen"]
    habit = _habit(scenario)
    if regimen.get("every"):
        yield Use("Now", _a_day(regimen["dose"], regimen["every"]))
    else:
        yield Use("Now", f"{regimen['dose']} once")
    before = f"{_a_day(habit['dose'], habit['every'])}, for {habit['for']}" if habit else "none"
    yield Use("Before", before)
    rows = by_measure(result["measures"])
    regular = habit is not None or regimen.get("every") is not None
    asked = [("Slowest gut, of usual", "gut.transit", "min")]
    asked += [("Worst sleep, of usual", "arousal.sleep", "min")]
    if regular:
        asked = [("Withdrawal at worst, 0 to 64", "dependence.score", "max"), *asked]
        asked += [("Tolerance at most, 0 is none", "tolerance.level", "max")]
    if scenario[_table(scenario)].get("pain") != "none":
        asked += [("Pain relief at best, share", "pain.relief", "max")]
    for label, output, measure in asked:
        row = best(rows.get((output, measure, "all"), {}))
        if row is None:
            continue
        figure = Figure.of_row(f"{output} {measure}", row)
        said, figures = figure.text, (figure,)
        when = best(rows.get((output, "tmax", "all"), {}))
        if output == "dependence.score" and when is not None and (row["median"] or 0.0) >= 1.0:
            at = Figure.of_row(f"{output} tmax", when)
            said += f", {at.text} after the first dose here"
            figures = (figure, at)
        yield Use(label, said, figures)


def _person(result: _Result) -> Iterator[Field]:
    """What is known of the person, and then what was assumed."""
    scenario, assumed = result["scenario"], _assumed(result)
    word = _table(scenario)
    names = {"age": "", "weight": "", "sex": "", "cyp2d6": "CYP2D6 "}
    for how, label in ((_ENTERED, "Person"), (_ASSUMED, "Person, assumed")):
        told = [
            f"{name}{_trait(scenario[word][key])}"
            for key, name in names.items()
            if (f"{word}.{key}" in assumed) == (how == _ASSUMED)
        ]
        if told:
            yield Field(label, ", ".join(told), how)


def _who(result: _Result) -> str:
    scenario, assumed = result["scenario"], _assumed(result)
    word = _table(scenario)
    who = scenario[word]
    keys = ("age", "weight", "sex")
    told = [_trait(who[key]) for key in keys if f"{word}.{key}" not in assumed]
    silent = [key for key in keys if f"{word}.{key}" in assumed]
    head = "Adults" if word == "people" else "Adult"
    parts = [", ".join([head, *told])]
    if silent:
        parts.append(f"{', '.join(silent)} not stated")
    return "; ".join(parts)


def _product(result: _Result) -> str:
    product: Mapping[str, Any] = result["scenario"]["product"]
    said = _KINDS.get(product["kind"], f"kratom {product['kind']}")
    return f"{said} ({product['strain']})" if product.get("strain") else said


def _regimen(result: _Result) -> str:
    regimen: Mapping[str, Any] = result["scenario"]["regimen"]
    if not regimen.get("every"):
        return f"{regimen['dose']} once"
    said = f"{regimen['dose']} every {regimen['every']} for {regimen['for']}"
    for step in regimen.get("steps") or ():
        said += f", {step['dose']} from {step['from']}"
    return said


def _company(result: _Result, unknown: Sequence[str]) -> list[str]:
    return [*(one["drug"] for one in result["scenario"].get("with") or ()), *unknown]


def _content(result: _Result, found: Mapping[str, Any]) -> Field:
    """What the product holds, how that is known, and how much of it is in one dose."""
    product: Mapping[str, Any] = result["scenario"]["product"]
    main = main_of(product["kind"])
    held = _in_one_dose(found, main)
    figures = (held,) if held else ()
    dose = f"; in one dose {held.text}" if held else ""
    if product.get("certificate"):
        return Field("Content", f"by a laboratory's certificate{dose}", _ENTERED, figures)
    if stated := _stated(product, main):
        said = f"{drug(main)} {stated}, no laboratory's certificate{dose}"
        return Field("Content", said, _ENTERED, figures)
    return Field("Content", f"not stated, drawn from what products hold{dose}", _DRAWN, figures)


def _stated(product: Mapping[str, Any], alkaloid: str) -> str | None:
    """The content of an alkaloid as it was entered."""
    return product.get(alkaloid) or product.get("profile", {}).get(alkaloid)


def _in_one_dose(found: Mapping[str, Any], alkaloid: str) -> Figure | None:
    of = f"{alkaloid} in one dose"
    for finding in found["findings"]:
        for one in finding["estimates"]:
            if one["of"] == of:
                return Figure(of, one["value"], one["low"], one["high"], one["unit"])
    return None


def _pattern(scenario: Mapping[str, Any]) -> str:
    """In the words of a poison centre."""
    habit, repeated = _habit(scenario), scenario["regimen"].get("every")
    if habit is None:
        return "repeated" if repeated else "acute"
    before = f"{habit['dose']} every {habit['every']} for {habit['for']} before"
    return f"chronic, {before}" if repeated else f"acute on chronic, {before}"


def _since(result: _Result, now: float | None) -> Field:
    if now is None:
        return Field("Time since last dose", "", "by hand")
    doses = [time for time in result["series"]["doses"] if time <= now]
    if not doses:
        return Field("Time since last dose", "no dose yet", _ENTERED)
    count = f"dose {len(doses)} of {len(result['series']['doses'])}"
    return Field("Time since last dose", f"{time_text(now - doses[-1])} ({count})", _ENTERED)


def _medicine(one: Mapping[str, Any]) -> str:
    if not one.get("dose"):
        return f"{one['drug']}, amount not stated"
    said = f"{one['drug']} {one['dose']}"
    said += f" every {one['every']} for {one['for']}" if one.get("every") else " once"
    route = "" if one["route"] == "oral" else f", {one['route']}"
    at = "" if hours_of(one["at"]) == 0.0 else f", from {one['at']}"
    return f"{said}{at}{route}"


def _habit(scenario: Mapping[str, Any]) -> Mapping[str, Any] | None:
    habit = scenario[_table(scenario)].get("experience")
    return cast("Mapping[str, Any]", habit) if isinstance(habit, Mapping) else None


def _a_day(dose: str, every: str) -> str:
    """An amount and a number of doses a day."""
    amount, _, given = dose.partition(" ")
    doses = _DAY / hours_of(every)
    if doses < 1.0:
        return f"{dose} every {every}"
    times = "1 dose" if doses == 1.0 else f"{as_text(doses)} doses"
    return f"{as_text(float(amount) * doses)} {given} a day in {times}"


def _table(scenario: Mapping[str, Any]) -> str:
    return "people" if scenario.get("people") else "person"


def _trait(value: object) -> str:
    """A trait of one person or of many, as the scenario has it, in words."""
    if not isinstance(value, Mapping):
        return str(value)
    held = dict(cast("Mapping[str, Any]", value))
    if "median" in held:
        return f"about {held['median']}"
    if "low" in held:
        low, high = held["low"], held["high"]
        return str(low) if low == high else f"{low} to {high}"
    shares = {"male": 1.0 - held["female"], **held} if "female" in held else held
    parts = [(name, float(share)) for name, share in shares.items() if float(share)]
    if len(parts) == 1:
        return parts[0][0]
    return ", ".join(f"{100.0 * share:.0f} % {name}" for name, share in parts)


def _assumed(result: _Result) -> set[str]:
    """Keys of the scenario that were not set."""
    return {line.partition(" = ")[0] for line in result["assumptions"]}
