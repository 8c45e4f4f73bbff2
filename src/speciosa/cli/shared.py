"""What several commands share: kinds of option, the JSON file, the console, the progress bar."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from speciosa.errors import EmergencyError, InputError, ScenarioError

if TYPE_CHECKING:
    from rich.console import Console

    from speciosa.trial import Result

STANDARD_OUTPUT = "-"

_Command = TypeVar("_Command", bound=Callable[..., Any])


def destination(_ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    """What an option names as a place to write, refused before the answer is made and not after."""
    if name is not None and name != STANDARD_OUTPUT:
        path = Path(name)
        if path.is_dir() or not path.parent.is_dir():
            raise InputError(param.opts[0], name, "a file in a folder that exists, or -")
    return name


json_option = click.option(
    "--json",
    "json_file",
    metavar="FILE",
    callback=destination,
    help="Write the answer as JSON; - is standard output, and then nothing else is printed there.",
)


def whole_number(name: str, least: int, says: str) -> Callable[[_Command], _Command]:
    """An option that takes a whole number of at least `least`; InputError for anything else."""

    def check(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        try:
            number = int(value)
        except ValueError:
            number = least - 1
        if number < least:
            raise InputError(name, value, f"a whole number of at least {least}")
        return number

    return click.option(name, metavar="N", callback=check, help=says)


@contextmanager
def told_as(options: Mapping[str, str]) -> Generator[None]:
    """Errors about what was handed over by these options name the option and not its key."""
    try:
        yield
    except InputError as error:
        if error.key not in options or type(error) is not InputError:
            raise
        raise InputError(options[error.key], error.value, error.expected) from None


@contextmanager
def helped(scenario: str, json_file: str | None = None) -> Generator[None]:
    """An emergency in a scenario file shows what to do in place of any number, and ends with 1.

    It does so too where the same file names a medicine that nobody knows, which a simulation would
    complain of. The card goes where the answer would; to standard error if that is kept for JSON.
    """
    try:
        yield
    except (EmergencyError, ScenarioError):
        from datetime import date

        from speciosa.safety.case import Case
        from speciosa.safety.emergencies import card
        from speciosa.trial.signs import refuse_emergency

        try:
            case = Case.load(scenario)
        except ScenarioError:
            case = None
        if case is not None:
            if told := card(case, date.today()):
                click.echo(told, err=json_file == STANDARD_OUTPUT)
            refuse_emergency(case.scenario)
        raise


def stop(result: Result, json_file: str | None, *, kept: bool = True) -> None:
    """In place of a table: what to do if breath stops in a simulation, and what was seen there.

    `kept` tells whether files that were asked for are written all the same.
    """
    from datetime import date

    from speciosa.report.stopped import seen
    from speciosa.safety import check
    from speciosa.safety.emergencies import breath_stops_card

    today, scenario = date.today(), result.scenario
    told = breath_stops_card(today, scenario.who.jurisdiction)
    found = check(scenario, today=today, quick=True).to_dict()["findings"]
    lines = "\n".join(seen(result.warnings, found))
    rest = "No table is shown."
    if kept:
        rest += " What was computed is kept by --json FILE and --out DIR."
    click.echo(f"{told}\n{lines}\n{rest}", err=json_file == STANDARD_OUTPUT)


def console() -> Console:
    """Standard output for tables: the terminal's width, or 100 columns in a file or a pipe."""
    from rich.console import Console

    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=100)


def write_json(data: object, where: str) -> None:
    """Write `data` as JSON to a file in one step, or to standard output."""
    from speciosa.report.files import json_text

    write_out(json_text(data), where)


def write_out(text: str, where: str) -> None:
    """Write text to a file in one step, or to standard output when `where` is `-`."""
    from speciosa.report.files import write_text

    if where == STANDARD_OUTPUT:
        click.echo(text, nl=False)
    else:
        write_text(Path(where), text)


def new_folder(out: str | None) -> Path | None:
    """The folder that `--out` names, refused before a run and not after it."""
    if out is None:
        return None
    folder = Path(out)
    if folder.exists() and not folder.is_dir():
        raise InputError("--out", out, "a folder, or a name that is still free")
    return folder


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
