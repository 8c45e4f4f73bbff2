"""`speciosa compare`: regimens in the same people, side by side."""

from __future__ import annotations

from pathlib import Path

import click

from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    json_option,
    new_folder,
    progress,
    stop,
    told_as,
    whole_number,
    write_json,
)
from speciosa.errors import InputError

_OPTIONS = {"others": "OTHER.toml", "breaks": "--breaks"}


@click.command()
@click.argument("scenario", metavar="SCENARIO.toml")
@click.argument("others", metavar="[OTHER.toml ...]", nargs=-1)
@click.option("--taper", is_flag=True, help="Ways to stop: abrupt, and paces of sources.")
@click.option("--breaks", is_flag=True, help="Every day, two days off in seven, strains in turn.")
@whole_number("--people", 1, "How many people to simulate.")
@whole_number("--replicates", 1, "How many draws of what we do not know.")
@whole_number("--seed", 0, "Same seed, same result to the last digit.")
@json_option
@click.option("--series", is_flag=True, help="With --json: courses day by day as well.")
@click.option("--out", metavar="DIR", help="Folder for tables, courses, figures and sources.")
@click.option("--quiet", is_flag=True, help="No table, no progress bar.")
def compare(
    scenario: str,
    others: tuple[str, ...],
    taper: bool,
    breaks: bool,
    people: int | None,
    replicates: int | None,
    seed: int | None,
    json_file: str | None,
    series: bool,
    out: str | None,
    quiet: bool,
) -> None:
    """Compare regimens in the same people.

    None is prescribed. With other scenarios: their regimens. With --taper: ways to come off a
    habit, or repeated doses; a plan of one's own is steps of a scenario that end at 0. With
    --breaks: days off.
    """
    from speciosa import trial
    from speciosa.trial.glance import stopping

    folder = new_folder(out)
    read = trial.Scenario.load(scenario)
    named = {name: trial.Scenario.load(file) for name, file in _named(scenario, others).items()}
    if (first := stopping([read, *named.values()])) is not None:
        stop(first, json_file, kept=False)
        return
    with told_as(_OPTIONS), progress("people", quiet) as watch:
        pairs = trial.compare(
            read,
            named,
            name=Path(scenario).stem,
            taper=taper,
            breaks=breaks,
            people=people,
            replicates=replicates,
            seed=seed,
            progress=watch,
        )
    from speciosa.report.pairs import print_pairs, save_pairs, table_of

    table = table_of(pairs, taper, series=series or folder is not None)
    if folder is not None:
        save_pairs(pairs, table, folder)
    if not series:
        table.pop("series", None)
    if json_file is not None:
        write_json(table, json_file)
    if not quiet and json_file != STANDARD_OUTPUT:
        print_pairs(table, console())


def _named(first: str, others: tuple[str, ...]) -> dict[str, str]:
    """Files by what they are called in tables; no name twice."""
    named: dict[str, str] = {}
    for file in others:
        name = Path(file).stem
        if name in named or name == Path(first).stem:
            raise InputError("OTHER.toml", file, "a file whose name no other scenario here has")
        named[name] = file
    return named
