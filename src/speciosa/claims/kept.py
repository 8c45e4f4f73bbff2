"""The verdicts that come with the package, as `speciosa claims --json` printed them.

Judging all claims takes half a minute of simulation; a page has to show them at once, and without a
network. So they are judged when the package is made, and say of which version and seed they are.
`docs/claims.py` writes the file; a test holds that it is what judging gives now.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

__all__ = ["FILE", "kept", "of_claim"]

FILE = Path(__file__).with_name("verdicts.json")


@cache
def kept() -> Mapping[str, Any]:
    """Version, seed, people, simulations, and every claim with its verdict."""
    return MappingProxyType(json.loads(FILE.read_text(encoding="utf-8")))


@cache
def of_claim() -> Mapping[str, Mapping[str, Any]]:
    """The verdicts by the id of the claim, in the order of the claims."""
    return MappingProxyType({one["id"]: one for one in kept()["claims"]})
