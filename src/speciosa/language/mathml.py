"""Equations as MathML, which a browser sets by itself: no script, no font, nothing to load.

What `render.as_latex` writes is a small part of LaTeX, so a translator of one page is enough. What
it does not know stops it, so that no page ever shows a command in place of an equation.
"""

from __future__ import annotations

import re
from html import escape

from speciosa.errors import ModelError

__all__ = ["as_mathml"]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|\S")
_ROMAN = re.compile(r"\\mathrm\{([^{}]*)\}")
_BEGIN, _END = "\\begin{aligned}", "\\end{aligned}"
_LETTERS = (
    "alpha:α beta:β gamma:γ delta:δ epsilon:ε zeta:ζ eta:η theta:θ iota:ι kappa:κ lambda:λ mu:μ "
    "nu:ν xi:ξ pi:π rho:ρ sigma:σ tau:τ upsilon:\N{GREEK SMALL LETTER UPSILON} phi:φ chi:χ "
    "psi:ψ omega:ω"
)
_GREEK = {name: letter for name, _, letter in (one.partition(":") for one in _LETTERS.split(" "))}
_TIMES = '<mspace width="0.17em"></mspace><mo>\N{INVISIBLE TIMES}</mo>'
_SIGNS = {"-": "−", "\\times": "×"}


def as_mathml(latex: str) -> str:
    """A block of equations, one below another, aligned at their signs. Raises ModelError."""
    inside = latex.strip().removeprefix(_BEGIN).removesuffix(_END)
    rows = [line.strip() for line in inside.split(r"\\") if line.strip()]
    body = "".join(_row(line) for line in rows)
    return (
        '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">'
        f'<mtable displaystyle="true">{body}</mtable></math>'
    )


def _row(line: str) -> str:
    left, _, right = line.partition("&")
    sides = (("right", left), ("left", right))
    cells = [f'<mtd columnalign="{way}">{_Reader(side).all()}</mtd>' for way, side in sides]
    return f"<mtr>{''.join(cells)}</mtr>"


class _Reader:
    """Reads one side of an equation from left to right."""

    def __init__(self, text: str) -> None:
        self.words: list[str] = []
        marked = _ROMAN.sub(self._keep, text)
        self.tokens = [found[0] for found in _TOKEN.finditer(marked)]
        self.at = 0

    def _keep(self, found: re.Match[str]) -> str:
        """Put a word aside, in which a space counts, and leave a mark in its place."""
        self.words.append(found[1].replace("\\ ", "\N{NO-BREAK SPACE}"))
        return "@"

    def all(self, until: str = "") -> str:
        """Everything up to a token, which is taken too; to the end where none is given."""
        made: list[str] = []
        while self.at < len(self.tokens):
            token = self._next()
            if token == until:
                return _grouped(made)
            if token in ("_", "^"):
                made.append(self._script(token, made.pop()))
            else:
                made.append(self._one(token))
        if until:
            raise ModelError(f"an equation ends before {until}")
        return _grouped(made)

    def _next(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def _part(self) -> str:
        """What stands in braces."""
        if self.at >= len(self.tokens) or self._next() != "{":
            raise ModelError("an equation lacks a brace")
        return self.all("}")

    def _script(self, sign: str, base: str) -> str:
        part = self._part()
        if base.startswith("<mo>∑"):
            return f"<munder>{base}{part}</munder>"
        tag = "msub" if sign == "_" else "msup"
        return f"<{tag}>{base}{part}</{tag}>"

    def _one(self, token: str) -> str:
        match token:
            case "{":
                return self.all("}")
            case "@":
                return _name(self.words.pop(0))
            case "\\frac":
                return f"<mfrac>{self._part()}{self._part()}</mfrac>"
            case "\\sqrt":
                return f"<msqrt>{self._part()}</msqrt>"
            case "\\left":
                self._next()
                inside = self.all("\\right")
                self._next()
                return f"<mrow><mo>(</mo>{inside}<mo>)</mo></mrow>"
            case "\\sum":
                return "<mo>∑</mo>"
            case "\\ln":
                return "<mi>ln</mi>"
            case "\\,":
                beside = self.at > 1 and self.tokens[self.at - 2] == ":"
                return '<mspace width="0.17em"></mspace>' if beside else _TIMES
            case _ if token[1:].lower() in _GREEK and token[0] == "\\":
                letter = _GREEK[token[1:].lower()]
                return f"<mi>{letter.upper() if token[1].isupper() else letter}</mi>"
            case _ if token in _SIGNS:
                return f"<mo>{_SIGNS[token]}</mo>"
            case _ if token[0] == "\\":
                raise ModelError(f"{token} has no MathML; add it to speciosa.language.mathml")
            case _ if token[0].isdigit():
                return f"<mn>{token}</mn>"
            case _ if token.isalpha():
                return f"<mi>{token}</mi>"
            case _:
                return f"<mo>{escape(token)}</mo>"


def _name(word: str) -> str:
    """A word upright and whole, for eyes and for screen readers; a number stays a number."""
    if word.isdigit():
        return f"<mn>{word}</mn>"
    way = ' mathvariant="normal"' if len(word) == 1 else ""
    return f"<mi{way}>{escape(word)}</mi>"


def _grouped(made: list[str]) -> str:
    return made[0] if len(made) == 1 else f"<mrow>{''.join(made)}</mrow>"
