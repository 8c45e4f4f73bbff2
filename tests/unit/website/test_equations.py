"""Equations as a browser sets them."""

from __future__ import annotations

import re

import pytest
from website.equations import set_in_mathml

pytest.importorskip("latex2mathml", reason="comes with '.[docs]'")


def test_an_aligned_block_is_a_table_and_a_word_is_one_name() -> None:
    found = set_in_mathml(
        "\\begin{aligned}\nk_{\\mathrm{on}} &= \\mathrm{calm\\ rise} \\\\\nb &= 1\n\\end{aligned}"
    )
    assert found.count("<mtr>") == 2
    assert "<mi>on</mi>" in found
    assert "<mi>calm\N{NO-BREAK SPACE}rise</mi>" in found
    assert not re.search("<mi[^>]*>&", found.replace("<mi />", ""))


def test_a_letter_set_upright_stays_so() -> None:
    assert '<mi mathvariant="normal">d</mi>' in set_in_mathml("\\mathrm{d(x)}")


def test_a_command_that_is_not_known_stops_the_build() -> None:
    with pytest.raises(ValueError, match=r"unknown command.*\n.*\\nosuch"):
        set_in_mathml("a \\nosuch b")
