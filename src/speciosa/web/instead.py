"""What is wrong, or what to do, in place of a file: in the form of the file that was asked for."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import PlainTextResponse, Response

from speciosa.report.files import json_text

__all__ = ["instead"]


def instead(request: Request, key: str, said: str, status: int = 422) -> Response | None:
    """JSON with the one key, or for a table the words alone; None where a page was asked for."""
    path = request.url.path
    if path.endswith(".json"):
        return Response(json_text({key: said}), status, media_type="application/json")
    if path.endswith(".csv"):
        return PlainTextResponse(f"{said}\n", status)
    return None
