"""The pages, one file each; every file has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from speciosa.web.routes import about, compare, danger, data, files, happens, help, jobs, static

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    about.router,
    compare.router,
    danger.router,
    data.router,
    files.router,
    happens.router,
    help.router,
    jobs.router,
    static.router,
)
