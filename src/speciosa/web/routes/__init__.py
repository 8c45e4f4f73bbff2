"""The pages, one file each; every file has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from speciosa.web.routes import (
    about,
    claims,
    compare,
    danger,
    data,
    evidence,
    files,
    happens,
    help,
    inside,
    jobs,
    report,
    static,
)

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    about.router,
    claims.router,
    compare.router,
    danger.router,
    data.router,
    evidence.router,
    files.router,
    happens.router,
    help.router,
    inside.router,
    jobs.router,
    report.router,
    static.router,
)
