"""Write the example of `docs/check.md` from a check: `python3 docs/check.py`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console

from speciosa import check
from speciosa.report.checked import print_check

ROOT = Path(__file__).parents[1]
PAGE = Path(__file__).with_suffix(".md")
SCENARIO = "examples/with-quetiapine.toml"
TODAY = date(2026, 11, 25)
START, END = "<!-- made: example -->\n", "<!-- end -->"


def example() -> str:
    """What `speciosa check` prints of the example, as a block of text."""
    console = Console(width=100, highlight=False, color_system=None)
    with console.capture() as caught:
        print_check(check(ROOT / SCENARIO, today=TODAY).to_dict(), console)
    lines = [line.rstrip() for line in caught.get().splitlines()]
    return "```text\n" + "\n".join(lines) + "\n```\n"


def page(text: str, block: str) -> str:
    """The page with its example replaced."""
    before, _, rest = text.partition(START)
    return before + START + block + END + rest.partition(END)[2]


def main() -> None:
    """The page anew."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), example()), encoding="utf-8")


if __name__ == "__main__":
    main()
