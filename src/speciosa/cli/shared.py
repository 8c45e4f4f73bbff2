"""What several commands share: kinds of option, the JSON file, the console, the progress bar."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speciosa.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

STANDARD_OUTPUT = "-"

json_option = click.option(
    "--json",
    "json_file",
    metavar="FILE",
    help="Write the answer as JSON; - is standard output, and then nothing else is printed there.",
)


class WholeNumber(click.ParamType):
    """A whole number of at least `least`."""

    name = "whole number"

    def __init__(self, least: int) -> None:
        self.least = least

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How help shows it."""
        return "N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The number, or an InputError that names the option."""
        option = param.opts[0] if param else "number"
        try:
            number = int(value)
        except (TypeError, ValueError):
            number = self.least - 1
        if number < self.least:
            raise InputError(option, value, f"a whole number of at least {self.least}")
        return number


def console() -> Console:
    """Standard output for tables: the terminal's width, or 100 columns in a file or a pipe."""
    from rich.console import Console

    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=100)


def write_json(data: object, destination: str) -> None:
    """Write `data` to a file in one step, or to standard output when `destination` is `-`."""
    from speciosa.report.files import json_text, write_text

    text = json_text(data)
    if destination == STANDARD_OUTPUT:
        click.echo(text, nl=False)
        return
    path = Path(destination)
    if path.is_dir() or not path.parent.is_dir():
        raise InputError("--json", destination, "a file in a folder that exists, or -")
    write_text(path, text)


@contextmanager
def progress(what: str, quiet: bool) -> Generator[Callable[[int, int], None] | None]:
    """A bar on standard error while people are simulated; None where nobody watches.

    What is yielded takes how many are done and how many there are.
    """
    import sys

    if quiet or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
