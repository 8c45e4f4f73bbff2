"""`speciosa interactions`: kratom with every medicine and substance that is known here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    json_option,
    progress,
    write_json,
)
from speciosa.errors import InputError


@click.command()
@json_option
@click.option("--csv", "csv_file", metavar="FILE", help="The table as comma-separated values.")
@click.option(
    "--tripsit",
    "tripsit_file",
    metavar="FILE",
    help="A row in the schema of TripSit's combos.json.",
)
@click.option("--numbers", is_flag=True, help="Simulate ratios of exposure too; takes minutes.")
@click.option("--quiet", is_flag=True, help="No table, no progress bar.")
def interactions(
    json_file: str | None,
    csv_file: str | None,
    tripsit_file: str | None,
    numbers: bool,
    quiet: bool,
) -> None:
    """List kratom with every drug known here.

    How grave it is, how it acts, how sure that is. --csv and --tripsit are for other tools.
    """
    from speciosa.safety.table import interaction_table, to_csv, to_tripsit

    for option, name in (("--csv", csv_file), ("--tripsit", tripsit_file)):
        _writable(option, name)
    with progress("drugs", quiet or not numbers) as watch:
        table = interaction_table(date.today(), numbers=numbers, progress=watch)
    if csv_file is not None:
        from speciosa.report.files import write_text

        write_text(Path(csv_file), to_csv(table))
    if tripsit_file is not None:
        write_json(to_tripsit(table), tripsit_file)
    if json_file is not None:
        write_json({"interactions": [row.to_dict() for row in table]}, json_file)
    if not quiet and STANDARD_OUTPUT not in (json_file, tripsit_file):
        from speciosa.report.checked import print_table

        print_table([row.to_dict() for row in table], console())


def _writable(option: str, name: str | None) -> None:
    """Refuse a place before the table is made and not after it."""
    if name is None or (name == STANDARD_OUTPUT and option == "--tripsit"):
        return
    path = Path(name)
    if path.is_dir() or not path.parent.is_dir():
        raise InputError(option, name, "a file in a folder that exists")
