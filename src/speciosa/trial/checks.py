"""What takes two keys of a scenario to be wrong.

Each function looks at one table, and raises a `ScenarioError` about the first contradiction.
"""

from __future__ import annotations

from collections.abc import Iterator

from speciosa.errors import ScenarioError
from speciosa.product.content import main_of
from speciosa.product.pieces import PIECES, piece
from speciosa.trial.arms import routes
from speciosa.trial.complaints import Said
from speciosa.trial.quantities import Amount, as_text, listed, time_text
from speciosa.trial.tables import Medicine, Output, People, Person, Product, Regimen, Tables

__all__ = [
    "MOST_DOSES",
    "check",
    "check_adults",
    "contents",
    "dose_unit",
    "last_dose",
    "per_what",
]

MOST_DOSES = 5000
"""A regimen of more doses is taken for a slip of the pen."""

_YOUNGEST = 18.0  # y; nobody younger was ever studied with kratom
_LIGHTEST = 30.0  # kg; nearly no adult is lighter

_RICHEST_LEAF = 100.0  # mg/g; dried leaf was never seen near it, extracts begin above


def check(scenario: Tables) -> None:
    """Refuse a scenario whose keys contradict each other; `lasting` has given each plan its end."""
    if scenario.person and scenario.people:
        raise ScenarioError("people", Said("a table beside [person]"), "one of the two, not both")
    if scenario.people:
        _people(scenario.people)
    _product(scenario.product)
    _regimen(scenario.regimen)
    unit = dose_unit(scenario)
    for key, dose in _doses(scenario):
        _dose(key, dose, scenario.product, unit)
    _habit(scenario)
    for i, medicine in enumerate(scenario.medicines):
        _medicine(f"with[{i}]", medicine)
    _output(scenario.output, scenario)


def check_adults(scenario: Tables) -> None:
    """Refuse to simulate people for whom the model is not made; a check answers for them too."""
    who = scenario.who
    one = isinstance(who, Person)
    age = ("person.age", who.age) if one else ("people.age.low", who.age.low)
    weight = ("person.weight", who.weight) if one else ("people.weight.median", _median(who))
    for (key, value), least, unit in ((age, _YOUNGEST, "y"), (weight, _LIGHTEST, "kg")):
        if value < least:
            wanted = f"at least {as_text(least)} {unit} (the model is made for adults; "
            wanted += "'speciosa check' answers for younger and lighter people)"
            raise ScenarioError(key, f"{as_text(value)} {unit}", wanted)


def _median(people: People) -> float:
    """The middle weight that was asked for, kg; where none was, that of adults."""
    return people.weight.median if people.weight else _LIGHTEST


def contents(product: Product) -> dict[str, Amount]:
    """What the scenario says about the content of each alkaloid, from the file or certificate."""
    if product.certificate:
        found = product.certificate.alkaloids.items()
        # "Not detected" says no number, so what products show is drawn, as where nothing is said.
        return {
            name: Amount(one.value, one.unit, one.sign == "<")
            for name, one in found
            if one.value is not None
        }
    stated = {"mitragynine": product.mitragynine} if product.mitragynine else {}
    return stated | product.profile


def per_what(product: Product) -> str:
    """What contents are per: "g", "mL", or a piece such as "tablet"."""
    return next((_per(amount.unit) for amount in contents(product).values()), "g")


def dose_unit(scenario: Tables) -> str:
    """What all doses of the product are counted in: the unit of the first that is not zero."""
    first = scenario.regimen.dose
    return next((dose.unit for _, dose in _doses(scenario) if dose.value > 0), first.unit)


def last_dose(regimen: Regimen | Medicine, start: float = 0.0) -> float:
    """When the last dose of a plan is due, h; `start` is when its first is."""
    if regimen.every is None or regimen.duration is None:
        return start
    return start + (_number_of_doses(regimen.every, regimen.duration) - 1) * regimen.every


def _people(people: People) -> None:
    age = people.age
    if age.high < age.low:
        low = as_text(age.low)
        raise ScenarioError("people.age.high", f"{as_text(age.high)} y", f"at least low, {low} y")
    shares = people.cyp2d6
    total = shares.poor + shares.intermediate + shares.normal + shares.ultrarapid
    if abs(total - 1) > 1e-9:
        raise ScenarioError("people.cyp2d6", Said(f"shares that add up to {total:g}"), "a sum of 1")


def _product(product: Product) -> None:
    if product.certificate and (product.mitragynine or product.profile):
        extra = "mitragynine" if product.mitragynine else "profile"
        raise ScenarioError(
            "product.certificate", Said(f"a certificate beside {extra}"), "one of the two, not both"
        )
    if "mitragynine" in product.profile:
        value = str(product.profile["mitragynine"])
        raise ScenarioError("product.profile.mitragynine", value, "the key product.mitragynine")
    stated = contents(product)
    where = "product.certificate" if product.certificate else "product"
    bases = sorted({amount.unit for amount in stated.values()})
    if len(bases) > 1:
        raise ScenarioError(where, Said(f"contents in {listed(bases)}"), "one unit for all")
    main = main_of(product.kind)
    if stated and bases != ["mg/g"] and main not in stated:
        got = Said(f"contents per {_per(bases[0])} without {main}")
        raise ScenarioError(where, got, f"{main} too (what products hold is known per gram only)")
    total = sum(amount.value for amount in stated.values())
    if total > 1000 and bases[0] in ("mg/g", "mg/mL"):
        got = Said(f"alkaloids of {total:g} {bases[0]} in all")
        raise ScenarioError(where, got, "at most 1000 (no product holds more than it weighs)")
    # What a laboratory found is no slip of the pen, however unlike leaf it is.
    typed = product.certificate is None
    if typed and product.kind in ("leaf", "tea") and bases == ["mg/g"] and total > _RICHEST_LEAF:
        got = Said(f"{total:g} mg/g of alkaloids in {product.kind}")
        most = f"at most {as_text(_RICHEST_LEAF)} mg/g; what holds more is kind = 'extract'"
        raise ScenarioError(where, got, most)


def _regimen(regimen: Regimen) -> None:
    _repeats("regimen", regimen)
    before = 0.0
    for i, step in enumerate(regimen.steps):
        key, start = f"regimen.steps[{i}]", time_text(step.start)
        if regimen.every is None:
            raise ScenarioError(key, Said(f"a step from {start}"), "regimen.every beside steps")
        if step.start <= before:
            after = time_text(before)
            raise ScenarioError(f"{key}.from", start, f"a time after {after}, steps in order")
        if regimen.duration is not None and step.start >= regimen.duration:
            end = time_text(regimen.duration)
            raise ScenarioError(f"{key}.from", start, f"a time before regimen.for ends, {end}")
        before = step.start


def _repeats(key: str, plan: Regimen | Medicine) -> None:
    """`every` and `for` of one plan, of kratom or of a medicine."""
    if plan.duration is None:
        return
    if plan.every is None:
        end = time_text(plan.duration)
        raise ScenarioError(f"{key}.for", end, f"{key}.every beside it, such as '8 h'")
    if plan.every > plan.duration:
        most = f"at most {key}.for, {time_text(plan.duration)}"
        raise ScenarioError(f"{key}.every", time_text(plan.every), most)
    if (count := _number_of_doses(plan.every, plan.duration)) > MOST_DOSES:
        raise ScenarioError(key, Said(f"{count} doses"), f"at most {MOST_DOSES}")


def _doses(scenario: Tables) -> Iterator[tuple[str, Amount]]:
    """Every dose of the product that is stated, with its key."""
    yield "regimen.dose", scenario.regimen.dose
    for i, step in enumerate(scenario.regimen.steps):
        yield f"regimen.steps[{i}].dose", step.dose
    word, who = _who(scenario)
    if who and who.experience and who.experience.dose:
        yield f"{word}.experience.dose", who.experience.dose


def _dose(key: str, dose: Amount, product: Product, unit: str) -> None:
    """A dose in a unit in which the content of this product is known, and the same for all."""
    if dose.value == 0:
        return
    if wanted := _unfit(dose.unit, product):
        raise ScenarioError(key, str(dose), wanted)
    if dose.unit != unit:
        raise ScenarioError(key, str(dose), f"a dose in {unit}, as the other doses are")


def _unfit(dose_unit: str, product: Product) -> str:
    """What would be right in place of a unit in which the content is not known; "" if it is."""
    per = per_what(product)
    if per == "mL":
        because = "because the content of the product is per mL"
        return "" if dose_unit == "mL" else f"a volume such as '30 mL', {because}"
    if per != "g":
        because = f"because the content of the product is per {per}"
        fits = dose_unit == PIECES[per]
        return "" if fits else f"a number of {PIECES[per]} such as '1 {per}', {because}"
    if dose_unit == "mL":
        return "a weight such as '2 g', because the content of the product is per gram"
    if dose_unit == "capsules" and product.kind != "capsule":
        return "a weight such as '2 g', because product.kind is not 'capsule'"
    if (one := piece(dose_unit)) and one != "capsule":
        return f"a weight such as '2 g', or the content of one {one}, such as '15 mg/{one}'"
    return ""


def _per(content_unit: str) -> str:
    """What a content is per: "mg/tablet" is per tablet."""
    return content_unit.removeprefix("mg/")


def _habit(scenario: Tables) -> None:
    word, who = _who(scenario)
    if not who or not who.experience:
        return
    habit = who.experience
    if habit.every > habit.duration:
        most = f"at most {word}.experience.for, {time_text(habit.duration)}"
        raise ScenarioError(f"{word}.experience.every", time_text(habit.every), most)
    if (habit.dose or scenario.regimen.dose).value == 0:
        got = str(habit.dose) if habit.dose else Said("no dose")
        usual = "the dose that was usual, such as '2 g'"
        raise ScenarioError(f"{word}.experience.dose", got, usual)


def _medicine(key: str, medicine: Medicine) -> None:
    _repeats(key, medicine)
    if medicine.every is not None and medicine.dose is None:
        raise ScenarioError(f"{key}.dose", Said("nothing"), f"a dose, because {key}.every is given")
    if medicine.dose is not None and (known := routes(medicine.drug)):
        _followed(key, medicine, medicine.dose, known)


def _followed(key: str, medicine: Medicine, dose: Amount, known: tuple[str, ...]) -> None:
    """A dose of a medicine that the model follows: an amount, and by a route with a record."""
    drug = medicine.drug
    if dose.unit != "mg":
        wanted = f"a dose in g, mg or ug of {drug} itself; no record says what a {dose.unit} holds"
        raise ScenarioError(f"{key}.dose", str(dose), wanted)
    if medicine.route not in known:
        wanted = f"one of {', '.join(known)} for {drug}"
        raise ScenarioError(f"{key}.route", medicine.route, wanted)


def _output(output: Output, scenario: Tables) -> None:
    before = -1.0
    for i, time in enumerate(output.sampling or ()):
        if time <= before:
            wanted = f"a time after {time_text(before)}, times in order"
            raise ScenarioError(f"output.sampling[{i}]", time_text(time), wanted)
        before = time
    if output.sampling == ():
        raise ScenarioError("output.sampling", [], "at least one time, or 'dense'")
    if output.until is None:
        return
    until = time_text(output.until)
    if before > output.until:
        last = f"output.sampling[{len(output.sampling or ()) - 1}]"
        raise ScenarioError(last, time_text(before), f"a time up to output.until, {until}")
    for i, medicine in enumerate(scenario.medicines):
        if medicine.at >= output.until:
            wanted = f"a time before output.until, {until}"
            raise ScenarioError(f"with[{i}].at", time_text(medicine.at), wanted)


def _who(scenario: Tables) -> tuple[str, Person | People | None]:
    return ("people", scenario.people) if scenario.people else ("person", scenario.person)


def _number_of_doses(every: float, duration: float) -> int:
    """Doses at 0, `every`, ... before `duration`; a dose at the very end is not taken."""
    return max(1, -int(-duration // every))
