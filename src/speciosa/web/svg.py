"""Figures of `report`, made ready to stand inside a page.

A policy that forbids styles in elements is worth having, and matplotlib writes all its looks as
such styles. Each is also an attribute of SVG of its own, and becomes one here. Names of parts are
made unique, since several figures share a page.
"""

from __future__ import annotations

import re
from functools import cache
from html import escape

from speciosa.report.chart import Chart, Drawing

__all__ = ["inline"]

_STYLE = re.compile(r' style="([^"]*)"')
_FONT = re.compile(r"(?:(?P<weight>bold|[1-9]00) )?(?P<size>[\d.]+)px (?P<family>.+)")
_ID = re.compile(r'( id="|url\(#|xlink:href="#| href="#)([^")]+)')
_HEAD = re.compile(r"^.*?(?=<svg )", re.DOTALL)
_DROPPED = re.compile(r"\s*<metadata>.*?</metadata>|\s*<style[^>]*>.*?</style>", re.DOTALL)
_ROOT = re.compile(r"<svg [^>]*>")
_BOX = re.compile(r'viewBox="([^"]*)"')


def inline(chart: Chart | Drawing, name: str, kind: str = "") -> str:
    """The figure as an SVG element named `name`, with class `chart` and the `kind` given."""
    text = _HEAD.sub("", chart.svg(), count=1)
    text = _DROPPED.sub("", text)
    text = _STYLE.sub(lambda found: _attributes(found[1]), text)
    text = _ID.sub(lambda found: f"{found[1]}{name}-{found[2]}", text)
    text = re.sub(r"<title>.*?</title>|<desc>.*?</desc>", "", text, count=2, flags=re.DOTALL)
    box = _BOX.search(text)
    root = (
        f'<svg class="chart {kind}" role="img" viewBox="{box[1] if box else ""}" '
        f'aria-labelledby="{name}-title {name}-desc" xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" stroke-linejoin="round" stroke-linecap="butt">'
        f'<title id="{name}-title">{escape(chart.title)}</title>'
        f'<desc id="{name}-desc">{escape(chart.description)}</desc>'
    )
    return _ROOT.sub(lambda _: root, text, count=1)


@cache
def _attributes(style: str) -> str:
    """`fill: none; stroke-width: 2` as attributes."""
    found: list[str] = []
    for part in filter(None, (one.strip() for one in style.split(";"))):
        key, _, value = part.partition(":")
        key, value = key.strip(), value.strip()
        if key == "font" and (font := _FONT.fullmatch(value)):
            found.append(f'font-size="{font["size"]}" font-family="{escape(font["family"])}"')
            if font["weight"]:
                found.append(f'font-weight="{font["weight"]}"')
        else:
            found.append(f'{key}="{escape(value)}"')
    return " " + " ".join(found) if found else ""
