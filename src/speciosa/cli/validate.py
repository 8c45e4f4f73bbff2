"""`speciosa validate`: what was measured in people beside what the model says."""

from __future__ import annotations

import click

from speciosa.cli.shared import STANDARD_OUTPUT, console, json_option, progress, write_json


@click.command()
@json_option
@click.option("--figure", metavar="FILE", help="Also draw it, as .svg or .png.")
@click.option(
    "--interactions", is_flag=True, help="Ratios with and without another drug; takes minutes."
)
@click.option("--quiet", is_flag=True, help="No table, no progress bar.")
def validate(json_file: str | None, figure: str | None, interactions: bool, quiet: bool) -> None:
    """Compare the model with measurements.

    What was measured in people beside the same thing simulated.

    Fold error of each observation and of each group; what the model was fitted to stands apart
    from what it has never seen.
    """
    from speciosa import trial

    if figure is not None:
        from speciosa.report.chart import picture

        picture(figure)  # refused before the run and not after it
    with progress("studies", quiet) as watch:
        outcome = trial.validate(progress=watch, interactions=interactions).to_dict()
    if figure is not None:
        from speciosa.report.against import against

        against(outcome["comparisons"]).save(figure)
    if json_file is not None:
        write_json(outcome, json_file)
    if not quiet and json_file != STANDARD_OUTPUT:
        from speciosa.report.validation import print_validation

        print_validation(outcome, console())
