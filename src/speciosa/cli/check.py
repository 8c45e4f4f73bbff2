"""`speciosa check`: what is dangerous about a person, a product, a regimen and their company."""

from __future__ import annotations

from datetime import date

import click

from speciosa.cli.shared import STANDARD_OUTPUT, console, json_option, write_json
from speciosa.errors import InputError


@click.command()
@click.argument("scenario", metavar="SCENARIO.toml")
@json_option
@click.option("--more", is_flag=True, help="Tell each finding whole: mechanism, grade, numbers.")
@click.option("--quick", is_flag=True, help="Rules alone, no simulation.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day that dates of facts are held against.")
def check(scenario: str, json_file: str | None, more: bool, quick: bool, today: str | None) -> None:
    """Say what is dangerous, and why.

    Interactions, who should not, the product and its certificate, the regimen, the law and
    emergencies, gravest first, each with its grade of evidence, sources and date.
    """
    from speciosa import safety

    found = safety.check(scenario, today=day(today), quick=quick).to_dict()
    if json_file is not None:
        write_json(found, json_file)
    if json_file != STANDARD_OUTPUT:
        from speciosa.report.checked import print_check

        print_check(found, console(), more=more)


def day(text: str | None) -> date | None:
    """The day that `--today` names. Raises InputError."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise InputError("--today", text, "a day that exists, such as 2026-11-25") from None
