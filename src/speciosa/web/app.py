"""The app: its pages, its guard, and how every error ends as a page without a trace of code."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Iterable
from contextlib import asynccontextmanager
from functools import partial

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response

import speciosa
from speciosa.errors import EmergencyError, InputError, SpeciosaError
from speciosa.web import routes
from speciosa.web.described import described
from speciosa.web.emergency import card_of, stop
from speciosa.web.form.query import Pairs
from speciosa.web.form.read import read
from speciosa.web.form.second import PREFIX
from speciosa.web.guard import Guard, Token
from speciosa.web.instead import instead
from speciosa.web.jobs import Busy, Jobs
from speciosa.web.page import in_part, page

__all__ = ["create_app"]

_LOG = logging.getLogger("speciosa.web")


def create_app(hosts: Iterable[str]) -> FastAPI:
    """The app; `hosts` are the names under which it may be asked, as `127.0.0.1:8000`."""
    # The pages of FastAPI's own documentation load from elsewhere.
    app = FastAPI(
        title="Speciosa",
        version=speciosa.__version__,
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan,
    )
    app.openapi = partial(described, app)
    app.state.token = Token()
    app.state.jobs = Jobs()
    for router in routes.ROUTERS:
        app.include_router(router)
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    app.add_middleware(Guard, hosts=tuple(hosts))
    app.add_exception_handler(InputError, _refused)
    app.add_exception_handler(EmergencyError, _emergency)
    app.add_exception_handler(SpeciosaError, _not_computed)
    app.add_exception_handler(Busy, _busy)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(ClientDisconnect, _malformed)  # half a form, and then no more
    app.add_exception_handler(Exception, _fault)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """A server that stops ends its jobs."""
    yield
    app.state.jobs.close()


def _refused(request: Request, error: Exception) -> Response:
    return _wrong(request, 422, "That cannot be", str(error))


def _emergency(request: Request, error: Exception) -> Response:
    """Whatever page was asked for, it is what to do that is shown."""
    seen = read(request)
    return stop(request, card_of(seen) or f"EMERGENCY. {error}.", seen)


def _not_computed(request: Request, error: Exception) -> Response:
    return _wrong(request, 422, "It could not be computed", str(error))


def _busy(request: Request, error: Exception) -> Response:
    return _wrong(request, 429, "Too much at once", str(error))


def _http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    why = "There is no such page." if status == 404 else "This cannot be asked in this way."
    return _wrong(request, status, "Not found here", why)


def _malformed(request: Request, error: Exception) -> Response:
    del error
    why = "Something in the address or the form is not what it should be."
    return _wrong(request, 422, "That cannot be", why)


def _fault(request: Request, error: Exception) -> Response:
    _LOG.error("a fault at %s", request.url.path, exc_info=error)
    why = "This is a fault of ours, and not of what was asked. The server goes on."
    return _wrong(request, 500, "Something broke", why)


def _wrong(request: Request, status: int, title: str, why: str) -> Response:
    """What is wrong, as a page, or as the kind of file that was asked for.

    Where something is wrong with a scenario, signs of an emergency in it come first. What was
    entered can be changed, so that it is not lost.
    """
    entered: Pairs = ()
    if status == 422:
        seen = read(request)
        if told := card_of(seen):
            return stop(request, told, seen)
        entered = [pair for pair in seen.pairs if not pair[0].startswith(PREFIX)]
    template = "wrong.html" if in_part(request) else "error.html"
    return instead(request, "error", why, status) or page(
        request, template, pairs=entered, status=status, title=title, why=why
    )
