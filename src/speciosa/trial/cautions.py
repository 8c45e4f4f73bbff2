"""What a reader of a result has to know before its numbers: where the model is weak, first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from speciosa.evidence import Record, observations, studies
from speciosa.trial.cohort import Cohort
from speciosa.trial.plan import Plan

__all__ = ["cautions"]


def cautions(plan: Plan, used: Sequence[Record], found: Cohort) -> Iterator[str]:
    """One sentence for each weakness that this run has, the gravest first."""
    scenario = plan.scenario
    if scenario.product.kind == "7-oh":
        yield (
            "This is a 7-hydroxymitragynine product, not leaf. It was never studied in people by "
            "mouth: levels are bounds between what the evidence allows, not a prediction, and "
            "nothing that is known of the leaf's safety carries over."
        )
    yield (
        "Effects (receptor, pain, tolerance) rest on cells, animals and assumptions: no study in "
        "people gives their size. Read them as directions with wide bounds."
    )
    if plan.alkaloids:
        yield (
            "Levels in blood rest on two small studies that differ four-fold in scale; how much of "
            "a tea or of swallowed leaf is absorbed was not measured."
        )
    yield from _dose(plan)
    if plan.habit.times:
        yield (
            f"The habit before time zero is followed for {-plan.habit.times[0] / 24:.0f} days; "
            "older doses would leave less than 1 % of their tolerance. Dependence and withdrawal "
            "are not in this model yet."
        )
    if any(share for name, share in plan.population.cyp2d6.items() if name != "normal"):
        yield (
            "No person with another CYP2D6 phenotype was ever studied with kratom: the enzyme's "
            "share of clearance is an assumption from test tubes."
        )
    for drug in plan.silent:
        yield f"{drug}: no kinetics in the evidence for this dose and route; it is not simulated."
    if plan.medicines:
        named = ", ".join(dict.fromkeys(medicine.drug for medicine, _ in plan.medicines))
        yield (
            f"With {named}: drugs meet here only at the mu-opioid receptor. Effects on enzymes and "
            "added sedation are not simulated, and the receptor's competition is no sign of safety."
        )
    recalled = sum(record.read == "recalled" for record in used)
    if recalled:
        yield f"{recalled} of {len(used)} numbers are from memory or a judgement: check before use."
    yield from scenario.remarks()
    if found.failed:
        said = " ".join(found.advice)
        yield f"{found.failed} simulated people could not be computed and are left out. {said}"


def _dose(plan: Plan) -> Iterator[str]:
    """Whether a dose lies outside what was ever studied; of 7-hydroxymitragynine nothing was."""
    if plan.product.main != "mitragynine":
        return
    low, high = studied()
    largest = max(plan.schedule.amounts, default=0.0) * plan.milligrams("mitragynine")
    if largest > high:
        yield (
            f"A dose holds about {largest:.3g} mg mitragynine. Studies went up to {high:g} mg; "
            "beyond that the model continues in a straight line, which may be wrong."
        )
    elif 0.0 < largest < low:
        yield (
            f"A dose holds about {largest:.2g} mg mitragynine, less than any study gave "
            f"({low:g} mg)."
        )


def studied() -> tuple[float, float]:
    """Lowest and highest mg of mitragynine in one dose of the studies in people."""
    arms = [
        arm
        for study in studies().values()
        for arm in study.arms
        if any(o.study == study.id and o.use != "none" for o in observations().values())
    ]
    doses = [arm.mg["mitragynine"] for arm in arms if arm.mg.get("mitragynine")]
    return min(doses), max(doses)
