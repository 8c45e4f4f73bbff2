"""What a reader of a result has to know before its numbers: where the model is weak, first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from speciosa.engine.codegen import machine
from speciosa.evidence import Record, find
from speciosa.trial.cohort import Cohort
from speciosa.trial.company import dangerous, uncounted, unfelt
from speciosa.trial.plan import FORGOTTEN, Plan
from speciosa.trial.prediction import Prediction
from speciosa.trial.stops import LEAST_BREATH, STOPPED, Stops, sentences
from speciosa.trial.studied import studied

__all__ = ["FAR", "breath_stops", "cautions", "stops_of"]

Array = NDArray[np.float64]

_NATURAL = "product/ratio/hydroxymitragynine"
FAR = 3.0
"""Beyond so many times the largest dose studied, a straight line is no prediction."""


def cautions(
    plan: Plan,
    used: Sequence[Record],
    found: Cohort | Prediction,
    given: Mapping[str, float] | None = None,
) -> Iterator[str]:
    """One sentence for each weakness that this run has, the gravest first.

    `given` is the largest dose of each drug, mg, where a data file says what is taken.
    """
    scenario = plan.scenario
    yield from sentences(stops_of(found))
    yield from _company(plan)
    yield from _seven_hydroxy(plan, given)
    yield (
        "Effects rest on cells, animals, other drugs in people and assumptions: of kratom itself "
        "in people a handful of small studies tell. Read them as directions with wide bounds."
    )
    if plan.alkaloids:
        yield (
            "Relief may be too high: the one study of pure mitragynine against placebo (5 to 40 "
            "mg, 8 people) saw no effect on pain tolerance, where this model has some."
        )
    if plan.alkaloids and scenario.product.kind != "7-oh":
        yield (
            "Levels in blood rest on two small studies that differ four-fold in scale, and nobody "
            "measured how much of a dose is absorbed."
        )
    yield from _dose(plan, given)
    if plan.habit.times:
        yield (
            f"The habit before time zero is followed for {-plan.habit.times[0] / 24:.0f} days; "
            f"older doses would leave less than {100 * FORGOTTEN:g} % of their tolerance."
        )
    if any(share for name, share in plan.population.cyp2d6.items() if name != "normal"):
        yield (
            "No person with another CYP2D6 phenotype was ever studied with kratom: the enzyme's "
            "share of clearance is an assumption from test tubes."
        )
    for drug in plan.silent:
        yield f"{drug}: no kinetics in the evidence; it is named here and not simulated."
    if plan.medicines:
        named = ", ".join(dict.fromkeys(medicine.drug for medicine, _ in plan.medicines))
        yield (
            f"With {named}: drugs meet here at enzymes of gut and liver, at receptors, in sedation "
            "and in breathing, as far as the evidence has numbers. That a weak opioid takes the "
            "place of a strong one is no sign of safety: breathing.risk and arousal.risk credit "
            "none of it. A check tells what is dangerous in this company."
        )
    recalled = sum(record.read == "recalled" for record in used)
    if recalled:
        yield f"{recalled} of {len(used)} numbers are from memory or a judgement: check before use."
    yield from scenario.remarks()
    if found.failed:
        said = " ".join(found.advice)
        yield f"{found.failed} simulated people could not be computed and are left out. {said}"
    if not machine.available():
        yield machine.why_not()


def stops_of(found: Cohort | Prediction) -> Stops:
    """In how many of a run the breath stops."""
    lowest = _least_breath(found)
    people = int((lowest < STOPPED).sum())
    drawn = found.stopped if isinstance(found, Cohort) else np.empty(0)
    stopped, of = (drawn.sum(), drawn.size * lowest.size) if drawn.size else (people, lowest.size)
    return Stops(
        people=people,
        of=lowest.size,
        draws=int((drawn > 0).sum()),
        of_draws=drawn.size,
        share=float(stopped / of) if of else 0.0,
    )


def breath_stops(found: Cohort | Prediction) -> bool:
    """Whether breath stops in anybody by the central numbers, or in a tenth of all of all draws."""
    return stops_of(found).emergency


def _least_breath(found: Cohort | Prediction) -> Array:
    """The lowest breath of each person by the central numbers."""
    if isinstance(found, Cohort):
        for one in found.nominal:
            if (one.output, one.measure, one.window) == LEAST_BREATH:
                return one.values
    elif "breathing.drive" in found.values:
        return np.fmin.reduce(found.values["breathing.drive"], axis=1)
    return np.empty(0)


def _company(plan: Plan) -> Iterator[str]:
    """Danger in company: never less than what either does alone, whatever the receptor says."""
    named = dict.fromkeys(m.drug for m in plan.scenario.medicines)
    grave = dangerous(named)
    if grave:
        yield (
            f"DANGER with {', '.join(grave)}: together with kratom it can slow breathing and cause "
            "deep sedation, more than either alone. Most deaths with kratom were with other drugs. "
            "Nothing below says that the combination is safer."
        )
    silent = unfelt(m.drug for m, _ in plan.medicines)
    if silent:
        yield (
            f"Of {', '.join(silent)} the model has levels in blood and no effect: breath and "
            "wakefulness are shown as if it were not there, so they are left out of the tables."
        )
    company = plan.scenario.filled().get("with") or ()
    if missing := [drug for drug in uncounted(company) if drug not in silent]:
        yield (
            f"{', '.join(missing)} is not simulated here: breath and wakefulness are shown as if "
            "it were not there, so they are left out of the tables."
        )
    if "naloxone" in named:
        yield (
            "Naloxone wears off within about an hour or two, sooner than kratom's alkaloids: its "
            "effect can return. In a regular user it can bring on withdrawal. Occupied receptors "
            "include those that naloxone holds."
        )
    if "buprenorphine" in named:
        yield "Buprenorphine leaves the receptor slowly; here it leaves at once, which is rough."


def _seven_hydroxy(plan: Plan, given: Mapping[str, float] | None) -> Iterator[str]:
    """Swallowed 7-hydroxymitragynine: of a product of its own, or more than a leaf has."""
    if plan.scenario.product.kind == "7-oh":
        said = "This is a 7-hydroxymitragynine product, not leaf. "
    else:
        natural = find([_NATURAL])[_NATURAL].spread.p95
        names = ("mitragynine", "hydroxymitragynine")
        main, more = (
            plan.milligrams(name) if given is None else given.get(name, 0.0) for name in names
        )
        if more <= natural * main:
            return
        said = "This product holds more 7-hydroxymitragynine than leaf does. "
    yield said + (
        "By mouth it was never studied in people: its levels are bounds of what the evidence "
        "allows, not a prediction, and nothing that is known of the leaf's safety carries over."
    )


def _dose(plan: Plan, given: Mapping[str, float] | None) -> Iterator[str]:
    """Whether a dose lies outside what was ever studied; of 7-hydroxymitragynine nothing was."""
    if given is not None:
        largest = given.get("mitragynine", 0.0)
    elif plan.product.main == "mitragynine":
        largest = max(plan.schedule.amounts, default=0.0) * plan.milligrams("mitragynine")
    else:
        return
    low, high = studied()
    if largest > FAR * high:
        yield (
            f"A dose holds about {largest:.3g} mg mitragynine, {largest / high:.0f} times the most "
            f"that was studied ({high:g} mg). The numbers below are no prediction. That the model "
            "is silent on breathing, seizures or the liver does not mean that they are safe."
        )
    elif largest > high:
        yield (
            f"A dose holds about {largest:.3g} mg mitragynine. Studies went up to {high:g} mg; "
            "beyond that the model continues in a straight line, which may be wrong."
        )
    elif 0.0 < largest < low:
        yield (
            f"A dose holds about {largest:.2g} mg mitragynine, less than any study gave "
            f"({low:g} mg)."
        )
