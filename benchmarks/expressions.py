"""A program as text in the language of another engine, so that all compute the same expressions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from speciosa.engine import Program

__all__ = ["ARITHMETIC", "assignments", "mathml"]

ARITHMETIC: Mapping[str, str] = MappingProxyType(
    {
        "add": "{} + {}",
        "sub": "{} - {}",
        "mul": "{} * {}",
        "div": "{} / {}",
        "neg": "-{}",
        "pow": "{} ** {}",
    }
)
"""Python, and whatever reads as it does."""
MATHML = {"add": "plus", "sub": "minus", "mul": "times", "div": "divide", "neg": "minus"} | {
    "pow": "power"
}


def assignments(program: Program, inputs: Sequence[str]) -> tuple[list[str], list[str]]:
    """Python lines, one for each operation, and the names of the results."""
    names = [*inputs, *(repr(value) for value in program.constants)]
    lines: list[str] = []
    for kind, args in program.ops:
        name = f"v{len(names)}"
        lines.append(f"{name} = {ARITHMETIC[kind].format(*(names[arg] for arg in args))}")
        names.append(name)
    return lines, [names[slot] for slot in program.results]


def mathml(program: Program, inputs: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """MathML of what is used more than once, by a name for it, and of the results."""
    used = Counter(arg for op in program.ops for arg in op.args)
    texts = [*inputs, *(f"<cn>{value!r}</cn>" for value in program.constants)]
    shared: dict[str, str] = {}
    for kind, args in program.ops:
        slot = len(texts)
        text = f"<apply><{MATHML[kind]}/>{''.join(texts[arg] for arg in args)}</apply>"
        if used[slot] > 1:
            shared[f"v{slot}"], text = text, f"<ci>v{slot}</ci>"
        texts.append(text)
    return shared, [texts[slot] for slot in program.results]
