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

    With how many of its numbers come from each, how they came about, and how they were read.
    A number that was derived or fitted brings the sources of what it was derived from or fitted to.
    """
    from speciosa import trial
    from speciosa.evidence.cite import FORMS, rests_on

    cited = rests_on(trial.evidence(trial.Scenario.load(scenario)))
    if json_file is not None:
        write_json({"sources": [one.to_dict() for one in cited]}, json_file)
    if json_file != STANDARD_OUTPUT:
        click.echo(FORMS[form](cited), nl=False)
