"""How much mitragynine the studies in people gave, which bounds what can be predicted."""

from __future__ import annotations

from functools import cache

from speciosa.evidence.load import studies_of

__all__ = ["studied"]

_DRUG = "mitragynine"


@cache
def studied() -> tuple[float, float]:
    """Lowest and highest mg of mitragynine in one dose of the studies in people."""
    doses = [
        arm.mg[_DRUG]
        for study, held in studies_of(_DRUG)
        if any(o.use != "none" for o in held)
        for arm in study.arms
        if arm.mg.get(_DRUG)
    ]
    return min(doses), max(doses)
