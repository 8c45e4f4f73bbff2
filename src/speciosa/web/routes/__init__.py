"""The pages, one file each; every file has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from speciosa.web.routes import about, danger, data, happens, help, jobs, report, static

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    about.router,
    danger.router,
    data.router,
    happens.router,
    help.router,
    jobs.router,
    report.router,
    static.router,
)
