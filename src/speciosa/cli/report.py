"""`speciosa report`: one page for a professional, and an appendix on demand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from speciosa.cli.check import day
from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    destination,
    helped,
    json_option,
    progress,
    told_as,
    whole_number,
    write_json,
)
from speciosa.errors import InputError

if TYPE_CHECKING:
    from speciosa.report.onepage import OnePage

_OPTIONS = {"now": "--now", "question": "--question"}


def _file(name: str, says: str) -> Any:
    return click.option(name, metavar="FILE", callback=_written, help=says)


def _written(ctx: click.Context, param: click.Parameter, name: str | None) -> str | None:
    if name == STANDARD_OUTPUT:
        raise InputError(param.opts[0], name, "the name of a file")
    return destination(ctx, param, name)


@click.command()
@click.argument("scenario", metavar="SCENARIO.toml")
@_file("--pdf", "The page on paper, tagged for those who have it read aloud.")
@_file("--html", "The page as a file that needs no network.")
@json_option
@click.option(
    "--now",
    metavar="TIME",
    help="When it is asked: '6 h' from the first dose, '2 h ago'.",
)
@click.option("--question", metavar="TEXT", help="What was asked, to stand on the page.")
@click.option("--appendix", is_flag=True, help="All measures, findings, sources, assumptions.")
@click.option("--paper", metavar="a4|letter", default="a4", help="What --pdf is printed on.")
@whole_number("--people", 1, "How many people to simulate.")
@whole_number("--replicates", 1, "How many draws of what we do not know.")
@whole_number("--seed", 0, "Same seed, same result to the last digit.")
@click.option("--today", metavar="YYYY-MM-DD", help="The day that dates of facts are held against.")
@click.option("--quiet", is_flag=True, help="No page in the terminal, no progress bar.")
def report(
    scenario: str,
    pdf: str | None,
    html: str | None,
    json_file: str | None,
    now: str | None,
    question: str | None,
    appendix: bool,
    paper: str,
    people: int | None,
    replicates: int | None,
    seed: int | None,
    today: str | None,
    quiet: bool,
) -> None:
    """Write one page for a professional.

    The answer first, then exposure, course, other drugs, what would change it, and what it rests
    on. In an emergency, or where breath stops in the simulation, what to do stands in its place.
    """
    from speciosa import inference, safety, trial
    from speciosa.report.asked import hour_of, last_taken, question_of, within
    from speciosa.report.onepage import onepage

    when = day(today)
    with told_as(_OPTIONS):
        hour, asked = hour_of(now), question_of(question)  # what is no time is refused first
    _refused_before(pdf, html, paper)
    with helped(scenario, json_file):
        read = trial.Scenario.load(scenario)
        with told_as(_OPTIONS):
            hour = hour_of(now, last_taken(read))
            within(hour, read.output.until or 0.0)
        with progress("people", quiet) as watch:
            result = trial.simulate(
                read, people=people, replicates=replicates, seed=seed, series=True, progress=watch
            )
    # Where breath stops the page is a card, with what the rules alone find.
    stops = result.breath_stops
    page = onepage(
        result,
        safety.check(result.scenario, today=when, quick=stops),
        () if stops else inference.missing(result.scenario, result.rows),
        now=hour,
        question=asked,
        appendix=appendix,
    )
    _write(page, pdf, html, paper)
    if json_file is not None:
        write_json(page.to_dict(), json_file)
    if json_file != STANDARD_OUTPUT and (page.emergency or not quiet):
        from speciosa.report.onepage_text import print_page

        print_page(page, console())


def _refused_before(pdf: str | None, html: str | None, paper: str) -> None:
    """What a run could not be written to is refused before the run and not after it."""
    from speciosa.report.onepage_code import needed
    from speciosa.report.onepage_pdf import PAPERS

    if paper not in PAPERS:
        raise InputError("--paper", paper, " or ".join(PAPERS))
    for wanted, names in ((pdf, ("typst", "segno")), (html, ("jinja2", "segno"))):
        for name in names if wanted is not None else ():
            needed(name)


def _write(page: OnePage, pdf: str | None, html: str | None, paper: str) -> None:
    if pdf is not None:
        from speciosa.files import write_bytes
        from speciosa.report.onepage_pdf import pdf as printed

        write_bytes(Path(pdf), printed(page, paper))
    if html is not None:
        from speciosa.report.files import write_text
        from speciosa.report.onepage_html import html as written

        write_text(Path(html), written(page))
