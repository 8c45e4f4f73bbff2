"""`speciosa simulate`: from a scenario file to what happens in people."""

from __future__ import annotations

from typing import Literal

import click

from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    helped,
    json_option,
    new_folder,
    progress,
    stop,
    told_as,
    whole_number,
    write_json,
)
from speciosa.errors import InputError


@click.command()
@click.argument("scenario", metavar="SCENARIO.toml")
@whole_number("--people", 1, "How many people to simulate.")
@whole_number("--replicates", 1, "How many draws of what we do not know.")
@whole_number("--seed", 0, "Same seed, same result to the last digit.")
@click.option("--variants", metavar="NAME,...", help="Other versions of the model, or all.")
@click.option("--data", metavar="FILE.csv", help="Event records in place of people and regimen.")
@click.option(
    "--covariates",
    type=click.Choice(["nocb", "locf", "linear"]),
    help="With --data: next value (as NONMEM), last value, or a line between two rows.",
)
@json_option
@click.option("--series", is_flag=True, help="With --json: time courses as well.")
@click.option("--out", metavar="DIR", help="Folder for tables, time courses, figures and sources.")
@click.option("--quiet", is_flag=True, help="No table, no progress bar.")
def simulate(
    scenario: str,
    people: int | None,
    replicates: int | None,
    seed: int | None,
    variants: str | None,
    data: str | None,
    covariates: Literal["nocb", "locf", "linear"] | None,
    json_file: str | None,
    series: bool,
    out: str | None,
    quiet: bool,
) -> None:
    """Simulate people, from a scenario file.

    Prints a table; --json and --out keep everything that was computed. Where breath stops in the
    simulation, it prints what to do in place of the table.
    """
    from speciosa import trial

    folder = new_folder(out)
    if data is None and covariates is not None:
        raise InputError("--covariates", covariates, "--data FILE.csv beside it")
    for option, value in (("--people", people), ("--series", series or None)):
        if data is not None and value is not None:
            raise InputError(option, value, "no such option beside --data, which says who and when")
    with helped(scenario, json_file):
        read = trial.Scenario.load(scenario)
        # Variants may be of the scenario as well, and then no option is to blame.
        options = {} if variants is None else {"variants": "--variants"}
        with told_as(options), progress("people", quiet) as watch:
            result = trial.simulate(
                read,
                people=people,
                replicates=replicates,
                seed=seed,
                variants=_names(variants),
                series=series or (folder is not None and data is None),
                progress=watch,
                data=data,
                covariates=covariates or "nocb",
            )
    if folder is not None:
        from speciosa.report.folder import save

        save(result, folder)
    if json_file is not None:
        write_json(result.to_dict(series=series), json_file)
    if result.breath_stops:
        stop(result, json_file)
    elif not quiet and json_file != STANDARD_OUTPUT:
        from speciosa.report.tables import print_result

        print_result(result.to_dict(series=False), console())


def _names(text: str | None) -> tuple[str, ...]:
    return () if text is None else tuple(name.strip() for name in text.split(",") if name.strip())
