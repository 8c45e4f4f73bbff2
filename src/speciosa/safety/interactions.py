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
from speciosa.trial.exposures import Band, Exposures, Ratio

__all__ = ["with_numbers"]

_FOLDS = ((5.0, "danger"), (2.0, "warning"), (1.25, "caution"))
"""Strong, moderate and weak, as regulators sort inhibitors by the area of a victim [ich-m12]."""
STACKED = "interaction/stacked-sedatives"
"""Where there is such a finding, loss of breath is told there and not at each drug."""
_LEAST_RISK = 0.05
"""A loss below which the others' part is too small to tell of."""
_RISKS = {
    "breathing.risk": "highest share of the drive to breathe that is lost",
    "arousal.risk": "highest sedation, 1 = cannot be woken",
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
    for ratio in found.ratios:
        if ratio.of == drug:
            yield from _ratio(ratio, f"{drug} with kratom over without")
        elif drug in ratio.by:
            company = " and ".join(ratio.by)
            yield from _ratio(ratio, f"{ratio.of} with {company} over without")


def _risks(found: Exposures) -> Iterator[Estimate]:
    for risk in found.risks:
        if risk.others.p95 >= _LEAST_RISK:
            of = _RISKS[risk.output]
            yield _estimate(f"{of}, together", risk.together)
            yield _estimate(f"{of}, kratom alone", risk.kratom)
            yield _estimate(f"{of}, the others alone", risk.others)


def _ratio(ratio: Ratio, of: str) -> Iterator[Estimate]:
    yield _estimate(f"AUC of {of}", ratio.auc)
    yield _estimate(f"Cmax of {of}", ratio.cmax)
    if ratio.static is not None:
        yield Estimate(f"AUC of {of}", ratio.static, None, None, "1", "static")


def _estimate(of: str, band: Band) -> Estimate:
    return Estimate(of, band.median, band.p05, band.p95, "1", "simulated")


def _grave(ratio: Ratio) -> str:
    """How grave a change of exposure is by itself."""
    fold = max(ratio.auc.median, 1.0 / ratio.auc.median)
    return next((severity for least, severity in _FOLDS if fold >= least), "note")
