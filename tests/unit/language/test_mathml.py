"""Equations as a browser sets them."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from speciosa.errors import ModelError
from speciosa.language.mathml import as_mathml
from speciosa.language.render import as_latex
from speciosa.model.wiring import SYSTEMS


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda one: one.word)
def test_every_system_is_set_and_each_equation_is_a_row(system: type) -> None:
    latex = as_latex(system)
    root = ET.fromstring(as_mathml(latex))
    rows = list(root.iter("{http://www.w3.org/1998/Math/MathML}mtr"))
    assert len(rows) == (latex.count("&=") if latex else 0)
    assert "\\" not in as_mathml(latex)


def test_an_aligned_block_is_a_table_and_a_word_is_one_name() -> None:
    found = as_mathml(
        "\\begin{aligned}\nk_{\\mathrm{on}} &= \\mathrm{calm\\ rise} \\\\\nb &= 1\n\\end{aligned}"
    )
    assert found.count("<mtr>") == 2
    assert "<msub><mi>k</mi><mi>on</mi></msub>" in found
    assert "<mi>calm\N{NO-BREAK SPACE}rise</mi>" in found


@pytest.mark.parametrize(
    ("latex", "expected"),
    [
        (r"\frac{a}{b}", "<mfrac><mi>a</mi><mi>b</mi></mfrac>"),
        (r"{x}^{2}", "<msup><mi>x</mi><mn>2</mn></msup>"),
        (r"\tau", "<mi>τ</mi>"),
        (r"\Delta", "<mi>Δ</mi>"),
        (r"\sqrt{x}", "<msqrt><mi>x</mi></msqrt>"),
        (r"\mathrm{EC}_{\mathrm{50}}", "<msub><mi>EC</mi><mn>50</mn></msub>"),
        (r"2.5 \times 10^{-3}", "<msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup>"),
        (r"\sum_{\mathrm{drug}} x", "<munder><mo>∑</mo><mi>drug</mi></munder>"),
        (r"\left(a\right)", "<mo>(</mo><mi>a</mi><mo>)</mo>"),
        (r"\mathrm{d} x", '<mi mathvariant="normal">d</mi><mi>x</mi>'),
    ],
)
def test_each_form(latex: str, expected: str) -> None:
    assert expected in as_mathml(latex)


@pytest.mark.parametrize("latex", [r"a \nosuch b", r"\frac{a", r"\frac a b"])
def test_what_is_not_known_is_refused(latex: str) -> None:
    with pytest.raises(ModelError):
        as_mathml(latex)
