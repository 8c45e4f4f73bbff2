"""`speciosa interactions`: kratom with every medicine and substance that is known here."""

from __future__ import annotations

from datetime import date

import click

from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    destination,
    json_option,
    progress,
    write_json,
    write_out,
)
from speciosa.errors import InputError


@click.command()
@json_option
@click.option(
    "--csv",
    "csv_file",
    metavar="FILE",
    callback=destination,
    help="The table as comma-separated values.",
)
@click.option(
    "--tripsit",
    "tripsit_file",
    metavar="FILE",
    callback=destination,
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

    printed = [json_file, csv_file, tripsit_file].count(STANDARD_OUTPUT)
    if printed > 1:
        raise InputError("-", f"{printed} times", "standard output for one of the three at most")
    with progress("drugs", quiet or not numbers) as watch:
        table = interaction_table(date.today(), numbers=numbers, progress=watch)
    if csv_file is not None:
        write_out(to_csv(table), csv_file)
    if tripsit_file is not None:
        write_json(to_tripsit(table), tripsit_file)
    if json_file is not None:
        write_json({"interactions": [row.to_dict() for row in table]}, json_file)
    if not quiet and not printed:
        from speciosa.report.checked import print_table

        print_table([row.to_dict() for row in table], console())
