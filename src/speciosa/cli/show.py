"""`speciosa show`: the equations of a body system with the numbers behind them."""

from __future__ import annotations

import click

from speciosa.cli.shared import STANDARD_OUTPUT, console, json_option, write_json


@click.command()
@click.argument("system", metavar="SYSTEM")
@json_option
def show(system: str, json_file: str | None) -> None:
    """Show a system, its numbers and sources.

    The equations of a body system, and for each number its value, spread, source and status.
    """
    from speciosa.report.system import show as page_of

    page = page_of(system)
    if json_file is not None:
        write_json(page.to_dict(), json_file)
    if json_file != STANDARD_OUTPUT:
        page.print(console())
