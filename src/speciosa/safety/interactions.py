"""Numbers for the findings about company: what a simulation says, and the static calculation.

A finding keeps its words; where the drug has kinetics and a dose, estimates stand beside them: the
ratio of its area and peak with kratom, that of each alkaloid with it, and how much of the drive to
breathe is lost together and apart. Where only a mechanism is known there is no number.

A finding can become graver by its numbers, and never less grave: a model that shows little does
not know everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from speciosa.product.medicines import medicines
from speciosa.safety.finding import SEVERITIES, Estimate, Finding
from speciosa.safety.stacking import slug
from speciosa.trial.company import dangerous
from speciosa.trial.met import Band, Exposures, Ratio

__all__ = ["with_numbers"]

_FOLDS = ((5.0, "danger"), (2.0, "warning"), (1.25, "caution"))
"""Strong, moderate and weak, as regulators sort inhibitors by the area of a victim [ich-m12]."""
STACKED = "interaction/stacked-sedatives"
"""Where there is such a finding, loss of breath is told there and not at each drug."""
_LEAST_CHANGE = 0.05
"""A ratio whose whole range is nearer to 1 says nothing, and would be read as a reassurance."""
_LEAST_RISK = 0.05
"""A loss below which the others' part is too small to tell of."""
_SHORT = {"hydroxymitragynine": "7-OH"}
_RISKS = {
    "breathing.risk": "drive to breathe lost at worst",
    "arousal.risk": "wakefulness lost at worst",
}


def with_numbers(findings: Iterable[Finding], found: Exposures) -> Iterator[Finding]:
    """The findings, those about company with their estimates, as grave as these make them."""
    held = list(findings)
    ids = {finding.id for finding in held}
    names = {slug(name): name for name in medicines()}
    for finding in held:
        kind, _, word = finding.id.partition("/")
        drug = names.get(word, "") if kind == "interaction" else ""
        estimates = tuple(_of_drug(drug, found)) if drug else ()
        if finding.id == STACKED or (STACKED not in ids and dangerous([drug])):
            estimates += tuple(_risks(found))
        if not estimates:
            yield finding
            continue
        severity = min(
            (finding.severity, *(_grave(ratio) for ratio in found.ratios if ratio.of == drug)),
            key=SEVERITIES.index,
        )
        yield replace(finding, severity=severity, estimates=(*finding.estimates, *estimates))


def _of_drug(drug: str, found: Exposures) -> Iterator[Estimate]:
    for ratio in filter(_tells, found.ratios):
        if ratio.of == drug:
            yield from _ratio(ratio, f"{drug} with kratom")
        elif drug in ratio.by:
            company = " and ".join(ratio.by)
            yield from _ratio(ratio, f"{_SHORT.get(ratio.of, ratio.of)} with {company}")


def _tells(ratio: Ratio) -> bool:
    ends = (ratio.auc.p05, ratio.auc.p95, ratio.cmax.p05, ratio.cmax.p95)
    return any(abs(end - 1.0) >= _LEAST_CHANGE for end in ends)


def _risks(found: Exposures) -> Iterator[Estimate]:
    for risk in found.risks:
        if risk.others.p95 >= _LEAST_RISK:
            of = _RISKS[risk.output]
            yield _lost(f"{of}, together", risk.together)
            yield _lost(f"{of}, kratom alone", risk.kratom)
            yield _lost(f"{of}, the rest alone", risk.others)


def _ratio(ratio: Ratio, of: str) -> Iterator[Estimate]:
    """Area and peak over those without the other."""
    yield _times(f"level over time (AUC) of {of}", ratio.auc)
    if ratio.static is not None:
        yield Estimate(
            f"level over time (AUC) of {of}", ratio.static, None, None, "times", "static"
        )
    yield _times(f"highest level (Cmax) of {of}", ratio.cmax)


def _times(of: str, band: Band) -> Estimate:
    return Estimate(of, band.median, band.p05, band.p95, "times", "simulated")


def _lost(of: str, band: Band) -> Estimate:
    middle, low, high = (100.0 * share for share in (band.median, band.p05, band.p95))
    return Estimate(of, middle, low, high, "%", "simulated")


def _grave(ratio: Ratio) -> str:
    """How grave a change of exposure is by itself."""
    fold = max(ratio.auc.median, 1.0 / ratio.auc.median)
    return next((severity for least, severity in _FOLDS if fold >= least), "note")
