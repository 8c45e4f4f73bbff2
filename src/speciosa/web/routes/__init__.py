"""The pages, one file each; every file has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from speciosa.web.routes import about, claims, evidence, inside, static

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (
    about.router,
    claims.router,
    evidence.router,
    inside.router,
    static.router,
)
