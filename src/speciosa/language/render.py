"""A system as plain text, as LaTeX and as a table: what a page or a terminal shows of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from speciosa.errors import ModelError
from speciosa.language.index import Each
from speciosa.language.symbols import (
    Formula,
    Input,
    Lookup,
    Number,
    Parameter,
    Quantity,
    State,
    Total,
    lift,
)
from speciosa.language.system import System

__all__ = ["Row", "as_latex", "as_table", "as_text"]

_GREEK: Final = re.compile(
    "[aA]lpha|[bB]eta|[gG]amma|[dD]elta|[eE]psilon|zeta|eta|[tT]heta|iota|kappa|[lL]ambda|mu|nu|"
    "[xX]i|[pP]i|rho|[sS]igma|tau|[uU]psilon|[pP]hi|chi|[pP]si|[oO]mega"
)
_NUMBERED: Final = re.compile(r"([A-Za-z]+)(\d+)")
# How tightly a formula holds together; more is tighter.
_NEG, _SUM, _TOTAL, _TERM, _POWER, _WHOLE = range(1, 7)


class Row(NamedTuple):
    """One symbol of a system; `evidence` is empty where no record is behind it."""

    kind: str
    name: str
    unit: str
    doc: str
    evidence: str


def as_table(system: type[System]) -> tuple[Row, ...]:
    """Inputs, parameters, states, then outputs, each in order of definition."""
    return tuple(
        Row(
            type(quantity).__name__.lower(),
            quantity.name + _of_each(quantity.each),
            str(quantity.unit),
            quantity.doc,
            quantity.evidence if isinstance(quantity, Parameter) else "",
        )
        for group in (system.inputs, system.parameters, system.states, system.outputs)
        for quantity in group
    )


def as_text(system: type[System]) -> str:
    """One equation a line, in order of definition; d(x)/dt where the state x is defined.

    What runs over an index set is followed by its word: `load[ligand] = ligand / K_A`.
    """
    return "\n".join(_text_lines(system))


def as_latex(system: type[System]) -> str:
    """An `aligned` block: one equation per named quantity, d/dt for states; "" without any."""
    lines = [f"{left} &= {right}" for left, right in _latex_equations(system)]
    if not lines:
        return ""
    return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def _of_each(each: Each | None) -> str:
    return f"[{each.word}]" if each else ""


def _text_lines(system: type[System]) -> Iterator[str]:
    for quantity in system.named:
        name = quantity.name + _of_each(quantity.each)
        if isinstance(quantity, State):
            yield f"d({name})/dt = {quantity.rate.text()}"
            for left, value in _given(quantity, name, "lag"):
                yield f"{left} = {value.text()}"
        elif not isinstance(quantity, Input | Parameter):
            yield f"{name} = {quantity.formula()}"


def _latex_equations(system: type[System]) -> Iterator[tuple[str, str]]:
    for quantity in system.named:
        index = quantity.each.word if quantity.each else ""
        name = _symbol(quantity.name, index)
        if isinstance(quantity, State):
            yield rf"\frac{{\mathrm{{d}} {name}}}{{\mathrm{{d}} t}}", _latex(quantity.rate, index)
            for left, value in _given(quantity, name, r"t_{\mathrm{lag}}"):
                yield left, _latex(value, index)
        elif not isinstance(quantity, Input | Parameter):
            yield name, _definition(quantity, index)[0]


def _given(state: State, name: str, lag: str) -> Iterator[tuple[str, Quantity]]:
    """What is set for a state besides its rate: the start always, lag, F, D and R if any."""
    yield f"{name}(0)", lift(state.start)
    for word, value in zip((lag, "F", "D", "R"), state.dosing, strict=True):
        if value is not None:
            yield f"{word}({name})", value


def _latex(quantity: Quantity, index: str, holds: int = 0) -> str:
    """A quantity inside a formula: its name, or its definition in brackets if they are needed.

    `index` is what stands for the member: the word of the index set, or where a map leads.
    """
    if quantity.name:
        return _symbol(quantity.name, index if quantity.each else "")
    text, own = _definition(quantity, index)
    return rf"\left({text}\right)" if own < holds else text


def _definition(quantity: Quantity, index: str) -> tuple[str, int]:
    """A quantity written out, and how tightly that holds together."""
    match quantity:
        case Number():
            return _number(quantity.value), _WHOLE if quantity.value >= 0 else _NEG
        case Total():
            over = quantity.over.word
            below = _upright(over)
            if quantity.by:
                below += rf" :\, {_upright(f'{quantity.by.name}({over})')} = {_upright(index)}"
            return rf"\sum_{{{below}}} {_latex(quantity.args[0], over, _TERM)}", _TOTAL
        case Lookup():
            return _latex(quantity.args[0], f"{quantity.along.name}({index})", _WHOLE), _WHOLE
        case Formula():
            return _formula(quantity.kind, quantity.args, index)
        case _:  # an output, or the same in another unit
            (same,) = quantity.args
            return (_latex(same, index), _WHOLE) if same.name else _definition(same, index)


def _formula(kind: str, args: tuple[Quantity, ...], index: str) -> tuple[str, int]:
    plain = [_latex(arg, index) for arg in args]
    held = [_latex(arg, index, _TERM) for arg in args]
    whole = [_latex(arg, index, _WHOLE) for arg in args]
    match kind:
        case "add":
            return f"{plain[0]} + {_latex(args[1], index, _SUM)}", _SUM
        case "sub":
            return f"{plain[0]} - {_latex(args[1], index, _TOTAL)}", _SUM
        case "mul":
            if isinstance(args[0], Formula) and args[0].kind == "neg" and not args[0].name:
                return rf"{plain[0]} \, {held[1]}", _NEG
            return rf"{held[0]} \, {held[1]}", _TERM
        case "div":
            return rf"\frac{{{plain[0]}}}{{{plain[1]}}}", _TERM
        case "neg":
            return f"-{held[0]}", _NEG
        case "pow":
            return f"{{{whole[0]}}}^{{{plain[1]}}}", _POWER
        case "exp":
            return f"e^{{{plain[0]}}}", _POWER
        case "log":
            return rf"\ln\left({plain[0]}\right)", _WHOLE
        case "sqrt":
            return rf"\sqrt{{{plain[0]}}}", _WHOLE
        case "hill":
            x, k = (f"{{{base}}}^{{{plain[2]}}}" for base in whole[:2])
            return rf"\frac{{{x}}}{{{k} + {x}}}", _TERM
        case "smooth_step":
            away = _latex(args[1], index, _TOTAL)
            power = rf"-\left({plain[0]} - {away}\right) / {whole[2]}"
            return rf"\frac{{1}}{{1 + e^{{{power}}}}}", _TERM
        case "positive_part":
            return rf"{held[1]} \, \ln\left(1 + e^{{{held[0]} / {whole[1]}}}\right)", _TERM
        case _:
            raise ModelError(f"{kind} has no LaTeX; add it to speciosa.language.render")


def _number(value: float) -> str:
    mantissa, e, exponent = f"{value:.12g}".partition("e")
    return rf"{mantissa} \times 10^{{{int(exponent)}}}" if e else mantissa


def _symbol(name: str, index: str) -> str:
    """A name in the way of the field: `K_A` is K with the subscript A, `EC50` is EC with 50.

    One letter and Greek letters are italic; a phrase such as `relative_weight` keeps its words on
    one line. The index comes last in the subscript.
    """
    head, *tail = name.split("_")
    if len(head) > 1 and head.islower() and not _GREEK.fullmatch(head):
        head, tail = r"\ ".join((head, *tail)), []
    numbered = _NUMBERED.fullmatch(head)
    if numbered:
        head, tail = numbered[1], [numbered[2], *tail]
    letter = len(head) == 1 or _GREEK.fullmatch(head)
    below = ", ".join(_upright(word) for word in (*tail, index) if word)
    greek = "\\" if _GREEK.fullmatch(head) else ""
    return (f"{greek}{head}" if letter else _upright(head)) + (f"_{{{below}}}" if below else "")


def _upright(text: str) -> str:
    return rf"\mathrm{{{text}}}"
