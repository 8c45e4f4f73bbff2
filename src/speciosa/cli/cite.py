"""`speciosa cite`: every source that a run rests on."""

from __future__ import annotations

import click

from speciosa.cli.shared import STANDARD_OUTPUT, json_option, write_json


@click.command()
@click.argument("scenario", metavar="SCENARIO.toml")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "bibtex", "csl"]),
    default="text",
    show_default=True,
    help="Plain text, BibTeX, or CSL-JSON for reference managers.",
)
@json_option
def cite(scenario: str, form: str, json_file: str | None) -> None:
    """List every source a run rests on.

    With how many of its numbers come from each, and how they were read.
    """
    from speciosa import trial
    from speciosa.report import sources

    used = trial.evidence(trial.Scenario.load(scenario))
    if json_file is not None:
        write_json(sources.table(used), json_file)
    if json_file != STANDARD_OUTPUT:
        click.echo(sources.written(used, form), nl=False)
