"""Bounds that are records: what is common, what most people are, what an effect must at least be.

Each stands in `records/claims.yaml` with its reason, fixed before any claim was run. Where an
output has words for its sizes, its own band of mild effects is the least effect instead.
"""

from __future__ import annotations

__all__ = ["BELOW", "COMMON", "EFFECT", "LESS", "MORE", "MOST", "SURE"]

COMMON = "claims/common"
MOST = "claims/most"
SURE = "claims/sure"
EFFECT = "claims/margin/effect"
"""A tenth of the scale."""
BELOW = "claims/margin/below"
"""The same the other way."""
MORE = "claims/margin/more"
"""Fold of usual: a tenth more."""
LESS = "claims/margin/less"
"""Fold of usual: a tenth less."""
