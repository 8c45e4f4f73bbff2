"""Files to keep: a bibliography, a table, or data."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.evidence.cite import FORMS, Cited

__all__ = ["CITATIONS", "citation", "download"]

CITATIONS = {
    "txt": ("text", "text/plain; charset=utf-8"),
    "bib": ("bibtex", "application/x-bibtex; charset=utf-8"),
    "json": ("csl", "application/vnd.citationstyles.csl+json"),
}
"""Endings of a bibliography: its form and its kind of file."""


def download(text: str | bytes, name: str, kind: str, *, shown: bool = False) -> Response:
    """A file to be kept under a name; `shown` where a browser may show it instead."""
    safe = "".join(one if one.isalnum() or one in "-._" else "-" for one in name)
    how = "inline" if shown else "attachment"
    return Response(
        text, media_type=kind, headers={"content-disposition": f'{how}; filename="{safe}"'}
    )


def citation(cited: Iterable[Cited], name: str, ending: str) -> Response:
    """Sources as a file; 404 for an ending that none has."""
    if ending not in CITATIONS:
        raise HTTPException(404)
    form, kind = CITATIONS[ending]
    return download(FORMS[form](cited), f"{name}.{ending}", kind)
