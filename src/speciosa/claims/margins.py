"""Bounds and doses that several cases share, fixed before any claim was run.

Most are ids of records, with their reasons in `records/claims.yaml`: what is common, what most
people are, what an effect must at least be. Where an output has words for its sizes, its own band
of mild effects is the least effect instead.
"""

from __future__ import annotations

__all__ = ["BELOW", "COMMON", "EFFECT", "INACTIVE", "LARGEST", "LESS", "MORE", "MOST", "SURE"]

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
INACTIVE = 10_000
"""nmol/L: where a screen of a laboratory calls a compound inactive."""
LARGEST = "leaf-15-g"
"""The largest dose that any of the articles names, so that a small one cannot be the reason."""
