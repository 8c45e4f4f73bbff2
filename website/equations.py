"""Equations as MathML, which a browser sets by itself: no script, no font, nothing to load.

KaTeX or MathJax would do the same with scripts and fonts beside the pages, and only where scripts
run. What `speciosa.language.render` writes is a small part of LaTeX, so a translator that runs when
the site is built is enough. What it does not know keeps its backslash, and stops the build.
"""

# The translator may be missing where types are checked.
# pyright: reportMissingImports=false

from __future__ import annotations

import re

__all__ = ["set_in_mathml"]

LETTER = r'<mi mathvariant="normal">(.)</mi>'
SPACE = "<mtext>&#x000A0;</mtext>"
WORD = re.compile(f"{LETTER}(?:{LETTER}|{SPACE})*")


def set_in_mathml(latex: str) -> str:
    """The block as a box of its own, so that a wide equation scrolls and the page does not."""
    from latex2mathml.converter import convert

    # The translator knows aligned equations by their older name.
    found = convert(latex.replace("{aligned}", "{align*}"), display="block")
    if "\\" in found:
        raise ValueError(f"got an equation with an unknown command; expected none:\n{found}")
    return f'<div class="equations">{WORD.sub(_joined, found)}</div>'


def _joined(letters: re.Match[str]) -> str:
    """A word as one name instead of its letters one by one, for eyes and for screen readers."""
    word = re.sub(LETTER, r"\1", letters[0]).replace(SPACE, "\N{NO-BREAK SPACE}")
    return f'<mi mathvariant="normal">{word}</mi>' if len(word) == 1 else f"<mi>{word}</mi>"
