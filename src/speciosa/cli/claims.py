"""`speciosa claims`: popular claims, or one's own, put to the test."""

from __future__ import annotations

import click

from speciosa.cli.shared import (
    STANDARD_OUTPUT,
    console,
    destination,
    json_option,
    progress,
    write_json,
)
from speciosa.errors import InputError


@click.command()
@click.argument("ids", metavar="[ID|CLAIM.toml]...", nargs=-1)
@click.option("--system", metavar="WORD", help="Only claims on this body system or topic of use.")
@json_option
@click.option(
    "--review",
    "review_file",
    metavar="FILE",
    callback=destination,
    help="Write schema.org ClaimReview as JSON-LD; - is standard output.",
)
@click.option(
    "--figure",
    metavar="FILE",
    callback=destination,
    help="Draw the numbers of one claim, as .svg or .png.",
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
def claims(
    ids: tuple[str, ...],
    system: str | None,
    json_file: str | None,
    review_file: str | None,
    figure: str | None,
    quiet: bool,
) -> None:
    """Put popular claims to the test.

    Without an ID all of them, a line each; with one the whole case: what decides each part, how
    sure that is, with numbers and sources. A file is a claim of one's own.
    """
    from speciosa.report.chart import picture

    printed = [json_file, review_file].count(STANDARD_OUTPUT)
    if printed > 1:
        raise InputError("-", "twice", "standard output for one of the two at most")
    if figure is not None:
        picture(figure)
        if len(ids) != 1:
            raise InputError("--figure", figure, "one claim with it, by its ID or its file")

    from speciosa.claims.judging import judge

    with progress("people", quiet) as watch:
        verdicts = judge(ids, system, progress=watch)
    found = verdicts.to_dict()
    if figure is not None:
        from speciosa.report.claim_chart import claim_chart

        claim_chart(found["claims"][0]).save(figure)
    if json_file is not None:
        write_json(found, json_file)
    if review_file is not None:
        from datetime import date

        from speciosa.claims.review import claim_reviews

        write_json(claim_reviews(found["claims"], date.today()), review_file)
    if not printed:
        from speciosa.claims.sources import cited
        from speciosa.report.claims import print_claim, print_claims

        if not ids:
            print_claims(found, console())
        for one in found["claims"] if ids else ():
            print_claim(one, found["simulations"], cited(one["records"]), console())
