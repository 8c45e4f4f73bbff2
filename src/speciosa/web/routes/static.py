"""Style, script and icon, which browsers may keep for as long as the version lasts."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.responses import Response

from speciosa.report.onepage_html import STYLE
from speciosa.web.page import STATIC

__all__ = ["router"]

router = APIRouter()

_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}
_FILES = {
    one.name: one.read_bytes() for one in STATIC.iterdir() if one.name.endswith(tuple(_KINDS))
}
"""Read once, by name: no path of a request ever reaches the disk."""
_FILES[STYLE.name] = STYLE.read_bytes()


@router.get("/static/{version}/{name}", include_in_schema=False)
def static(version: str, name: str) -> Response:
    """A file of the app; `version` is in the address so that an update is seen at once."""
    del version
    if name not in _FILES:
        raise HTTPException(404)
    kind = _KINDS[f".{name.rpartition('.')[2]}"]
    kept = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(_FILES[name], media_type=kind, headers=kept)
