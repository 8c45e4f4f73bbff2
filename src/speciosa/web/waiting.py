"""How far a job is: on a page of its own, or as the part of a page that htmx asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import Request
from starlette.responses import Response

from speciosa.web.form.query import Pairs
from speciosa.web.jobs import Job, Task
from speciosa.web.page import in_part, page

__all__ = ["box"]


def box(
    request: Request,
    task: Task[Any] | None,
    job: Job[Any] | None,
    pairs: Pairs,
    *,
    alone: bool = False,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """How far it is, and how to end or begin it.

    Args:
        task: what is or may be computed; None where nothing is known of it.
        job: of the task; None where there is none, or no longer.
        pairs: of the scenario that links to other pages take along.
        alone: on the page of the job itself.
        status: of the answer.
        headers: of the answer.
    """
    part = in_part(request)
    template = "progress.html" if part else "job.html"
    shown = page(
        request,
        template,
        pairs=pairs,
        status=status,
        task=task,
        job=job,
        alone=alone or not part,
    )
    shown.headers.update(headers or {})
    return shown
