"""Where what has an id has its page."""

from __future__ import annotations

from urllib.parse import quote

from speciosa.report.uses import item

__all__ = ["evidence_path", "path_to", "use_path"]


def path_to(kind: str, identity: str) -> str:
    """The page of a record, an observation or a source."""
    return f"/evidence/{kind}/{quote(identity, safe='/')}"


def evidence_path(identity: str) -> str:
    """The page of an id; empty for facts, laws and numbers, which stand on pages of others."""
    found = item(identity)
    if found is None or found.kind not in ("record", "observation"):
        return ""
    return path_to(found.kind, identity)


def use_path(kind: str, identity: str) -> str:
    """The page of what uses a number; empty for what has none."""
    if kind == "system":
        return f"/inside/{identity}"
    if kind == "claim":
        return f"/claims/{identity}"
    return evidence_path(identity)
