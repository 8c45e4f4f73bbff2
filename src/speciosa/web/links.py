"""Where what has an id has its page."""

from __future__ import annotations

import re
from urllib.parse import quote

from markupsafe import Markup, escape

from speciosa.evidence import sources
from speciosa.report.uses import item

__all__ = ["evidence_path", "path_to", "prose", "use_path"]

_CODE = re.compile(r"`+([^`]+)`+")
_KEYS = re.compile(r"\[([\w.\-]+(?:[,;] [\w.\-]+)*)\]")


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


def prose(text: str) -> Markup:
    """Words of a file of code as a page shows them: names set as code, keys of sources as links."""
    marked = _CODE.sub(r"<code>\1</code>", str(escape(" ".join(text.split()))))
    return Markup(_KEYS.sub(_linked, marked))


def _linked(found: re.Match[str]) -> str:
    """Keys in brackets; what is no key stays as it is."""
    keys = re.split(r"[,;] ", found[1])
    if not all(key in sources() for key in keys):
        return found[0]
    links = (f'<a href="/evidence/source/{key}">{key}</a>' for key in keys)
    return f"[{', '.join(links)}]"
