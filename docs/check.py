"""Write the example of `docs/check.md`, and its gravest part in README: `python3 docs/check.py`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from filling import filled
from speciosa import check
from speciosa.report.checked import print_check

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_suffix(".md")
SCENARIO = "examples/with-quetiapine.toml"
TODAY = date(2026, 11, 25)
README = ROOT / "README.md"
EXAMPLE = "example"
GRAVEST = ("DANGER ", "WARNING ")
"""Findings that README shows."""


def example() -> str:
    """What `speciosa check` prints of the example, as a block of text."""
    console = Console(width=100, highlight=False, color_system=None)
    with console.capture() as caught:
        print_check(check(ROOT / SCENARIO, today=TODAY).to_dict(), console)
    lines = [line.rstrip() for line in caught.get().splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def page(text: str, block: str) -> str:
    """The page with its example replaced."""
    return filled(text, {EXAMPLE: block.splitlines()})


def gravest(block: str) -> str:
    """Of an example the findings that README shows."""
    parts = block.split("\n\n")
    return "```text\n" + "\n\n".join(p for p in parts if p.startswith(GRAVEST)) + "\n```\n"


def main() -> None:
    """Both pages anew."""
    block = example()
    for file, part in ((PAGE, block), (README, gravest(block))):
        file.write_text(page(file.read_text(encoding="utf-8"), part), encoding="utf-8")


if __name__ == "__main__":
    main()
