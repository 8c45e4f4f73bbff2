"""The pages, one file each; every file has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from speciosa.web.routes import about, compare, danger, help, static

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    about.router,
    compare.router,
    danger.router,
    help.router,
    static.router,
)
