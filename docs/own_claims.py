"""Write the examples of `docs/own-claims.md`, by a run: `python3 docs/own_claims.py`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from filling import END, between, mark
from speciosa import claims
from speciosa.claims.bench import simulations
from speciosa.claims.sources import cited
from speciosa.report.claims import print_claim

PAGE = Path(__file__).with_name("own-claims.md")
HOME = Path(__file__).parents[1] / "examples" / "claims"
EXAMPLE = HOME / "gone-in-a-day.toml"
FILES = sorted(HOME.glob("*.toml"))

_Data = Mapping[str, Any]


def page(text: str, found: _Data) -> str:
    """The page with what is made in its places, `<!-- made: ... -->` to the end mark."""
    (shown,) = (one for one in found["claims"] if one["id"] == EXAMPLE.stem)
    for name, block in (
        ("file", fenced("toml", EXAMPLE.read_text(encoding="utf-8"))),
        ("example", fenced("text", printed(shown, found["simulations"]))),
        ("results", "\n" + "\n".join(results(found)) + "\n"),
        ("simulations", ", ".join(f"`{name}`" for name in simulations())),
    ):
        text = between(text, mark(name), END, block)
    return text


def printed(one: _Data, known: Mapping[str, str]) -> str:
    """What `speciosa claims` prints of a case."""
    console = Console(width=86, highlight=False, color_system=None)
    with console.capture() as caught:
        print_claim(one, known, cited(one["records"]), console)
    return "\n".join(line.rstrip() for line in caught.get().splitlines())


def results(found: _Data) -> Iterator[str]:
    """A line for each file."""
    yield "| file | claim | verdict | certainty | in plain words |"
    yield "| --- | --- | --- | --- | --- |"
    for one in found["claims"]:
        link = f"[`{one['id']}.toml`](../examples/claims/{one['id']}.toml)"
        cells = (link, one["claim"], one["verdict"], one["certainty"], one["plain"])
        yield f"| {' | '.join(cells)} |"


def fenced(language: str, text: str) -> str:
    """A block of code."""
    return f"\n```{language}\n{text.strip()}\n```\n"


def main() -> None:
    """The page anew."""
    found = claims.judge([str(path) for path in FILES]).to_dict()
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
