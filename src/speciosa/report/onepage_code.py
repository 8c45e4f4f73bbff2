"""The small square code of a page, and the libraries that paper needs besides."""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

from speciosa.errors import InputError
from speciosa.report.onepage_parts import Run

__all__ = ["code_svg", "needed"]


def needed(name: str) -> Any:
    """A library of the extra `report`. Raises InputError where it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise InputError("report", name, "pip install 'speciosa[report]'") from None


def code_svg(run: Run) -> str:
    """What names the run, as an SVG picture of a QR code. Raises InputError without segno."""
    made = needed("segno").make(run.code, error="m", micro=False)
    out = io.BytesIO()
    made.save(out, kind="svg", border=2, xmldecl=False, omitsize=True, dark="#222222", light="#fff")
    return out.getvalue().decode()
