"""The pages, one file each; every file has a `router`."""

from __future__ import annotations

from fastapi import APIRouter

from speciosa.web.routes import about, help, static

__all__ = ["ROUTERS"]

ROUTERS: tuple[APIRouter, ...] = (about.router, help.router, static.router)
