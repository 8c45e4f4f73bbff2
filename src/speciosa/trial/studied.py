"""How much mitragynine the studies in people gave, which bounds what can be predicted."""

from __future__ import annotations

from speciosa.evidence import observations, studies

__all__ = ["studied"]


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
