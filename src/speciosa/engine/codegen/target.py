"""Which processor the code is for: how many people fit in one vector, and what it can fuse.

Chosen from what the processor says it can do, never from its name. Each target is one shape of
code: the same inputs give the same bits on every processor of that target.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["TARGETS", "Target", "target_of"]


@dataclass(frozen=True, slots=True)
class Target:
    """A shape of code.

    Attributes:
        name: for tables and for `SPECIOSA_TARGET`.
        width: doubles in one vector; each is one person.
        fused: whether a * b + c can be rounded once.
        features: what LLVM may use, as it spells it.
        needs: features that a processor must report.
    """

    name: str
    width: int
    fused: bool
    features: str
    needs: tuple[str, ...]


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        target.name: target
        for target in (
            Target(
                "avx512",
                8,
                True,
                "+avx512f,+avx512dq,+avx512vl,+avx512bw,+avx512cd,+avx2,+avx,+fma,+bmi2",
                ("avx512f", "avx512dq", "avx512vl", "avx512bw", "avx512cd", "fma", "bmi2"),
            ),
            Target("avx2", 4, True, "+avx2,+avx,+fma,+bmi2", ("avx2", "fma", "bmi2")),
            Target("sse2", 2, False, "+sse2", ("sse2",)),
            Target("neon", 2, True, "+neon", ("neon",)),
        )
    }
)
"""From the widest down; the last two are what every 64-bit processor of their kind has."""

PLAIN = Target("plain", 2, False, "", ())
"""Any other processor: LLVM writes vectors as single numbers."""


def target_of(features: Mapping[str, bool], machine: str) -> Target:
    """The widest target that a processor with these features can run."""
    if machine.lower() in ("arm64", "aarch64"):
        return TARGETS["neon"]
    for target in TARGETS.values():
        if target.name != "neon" and all(features.get(need, False) for need in target.needs):
            return target
    return PLAIN
