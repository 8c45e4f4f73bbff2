"""`speciosa explain`: what drives the spread of a result."""

from __future__ import annotations

import click

from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    helped,
    json_option,
    progress,
    told_as,
    whole_number,
    write_json,
)

_OPTIONS = {
    "outputs": "--output",
    "output": "--output",
    "measure": "--measure",
    "window": "--window",
    "people": "--people",
}


@click.command()
@click.argument("scenario", metavar="SCENARIO.toml")
@click.option("--output", metavar="NAME", required=True, help="Which output, as pain.relief.")
@click.option("--measure", metavar="NAME", help="Which measure of it; what tells most without.")
@click.option("--window", metavar="NAME", help="first, last or all; all without.")
@whole_number("--people", 1, "How many people to simulate at most.")
@whole_number("--seed", 0, "Same seed, same result to the last digit.")
@json_option
@click.option("--figure", metavar="FILE", help="Also draw it, as .svg or .png.")
@click.option("--quiet", is_flag=True, help="No table, no progress bar.")
def explain(
    scenario: str,
    output: str,
    measure: str | None,
    window: str | None,
    people: int | None,
    seed: int | None,
    json_file: str | None,
    figure: str | None,
    quiet: bool,
) -> None:
    """Say what drives the spread of a result.

    How much of it is that people differ and how much that we do not know; which numbers and which
    traits it hangs on; and which measurement would narrow it most.
    """
    from speciosa import inference, trial

    if figure is not None:
        from speciosa.report.chart import picture

        picture(figure)  # refused before the run and not after it
    with helped(scenario, json_file):
        read = trial.Scenario.load(scenario)
        with told_as(_OPTIONS), progress("people", quiet) as watch:
            outcome = inference.explain(
                read, output, measure, window, people=people, seed=seed, progress=watch
            ).to_dict()
    if figure is not None:
        from speciosa.report.explained import drivers

        drivers(outcome).save(figure)
    if json_file is not None:
        write_json(outcome, json_file)
    if not quiet and json_file != STANDARD_OUTPUT:
        from speciosa.report.explained import print_explanation

        print_explanation(outcome, console())
