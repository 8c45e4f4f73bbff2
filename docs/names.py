"""Write `docs/names.md` from the body systems: `python3 docs/names.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from speciosa.language.render import as_table
from speciosa.model.wiring import SYSTEMS

PAGE = Path(__file__).with_name("names.md")
HEAD = """# Names

One name has one meaning in all body systems. Look here before you coin one. `[drug]` says that
there is one for each drug. This page is written by `python3 docs/names.py`; a test refuses a name
with two units or two descriptions.

| name | unit | meaning | where |
| --- | --- | --- | --- |
"""


def meanings() -> dict[str, dict[tuple[str, str], list[str]]]:
    """For each name its units and descriptions, and the systems that use each."""
    found: dict[str, dict[tuple[str, str], list[str]]] = {}
    for system in SYSTEMS:
        for row in as_table(system):
            uses = found.setdefault(row.name, {}).setdefault((row.unit, row.doc), [])
            uses.append(f"{system.word} ({row.kind})")
    return found


def page() -> str:
    """The whole page."""
    return HEAD + "\n".join(_rows()) + "\n"


def _rows() -> Iterator[str]:
    for name, meaning in sorted(meanings().items(), key=lambda item: item[0].lower()):
        for (unit, doc), uses in meaning.items():
            yield f"| `{name}` | {unit} | {doc} | {', '.join(uses)} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
