"""The page as HTML: a file that stands alone, or the part that a page of the web app takes in.

Nothing is fetched from anywhere: pictures are inside. No element has a style of its own and there
is no script, so that the part holds under a policy that forbids both.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from speciosa.report.onepage import OnePage, chart_of
from speciosa.report.onepage_code import code_svg, needed
from speciosa.report.onepage_shown import shown

__all__ = ["STYLE", "body", "html"]

STYLE = files("speciosa.report") / "templates" / "onepage.css"
"""The looks of the page, for who shows its body."""


def html(page: OnePage) -> str:
    """A whole file. Raises InputError where jinja2 or segno is not installed."""
    safe = needed("markupsafe").Markup
    return (
        _environment()
        .get_template("onepage-alone.html")
        .render(
            page=shown(page), body=safe(body(page)), style=safe(STYLE.read_text(encoding="utf-8"))
        )
    )


def body(page: OnePage, *, level: int = 1) -> str:
    """The page alone, its first heading of this level; to stand beside `STYLE`."""

    def heading(depth: int, text: str, grave: str = "") -> Any:
        rank = depth + level - 1
        word = f'<b class="grave {escape(grave)}">{escape(grave)}</b> ' if grave else ""
        return needed("markupsafe").Markup(
            f'<h{rank} class="h{depth}">{word}{escape(text)}</h{rank}>'
        )

    wide, narrow = chart_of(page), chart_of(page, "narrow")
    return (
        _environment()
        .get_template("onepage.html")
        .render(
            page=shown(page),
            heading=heading,
            wide=_inside(wide.svg()) if wide else "",
            narrow=_inside(narrow.svg()) if narrow else "",
            code=_inside(code_svg(page.run)),
        )
    )


def _inside(svg: str) -> str:
    """A picture as an address that holds it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


@cache
def _environment() -> Any:
    jinja = needed("jinja2")
    return jinja.Environment(
        loader=jinja.PackageLoader("speciosa.report"),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
