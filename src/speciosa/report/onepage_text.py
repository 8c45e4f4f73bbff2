"""The page in a terminal: the same lines in the same order, without its drawing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from speciosa.report.onepage import OnePage
from speciosa.report.onepage_shown import shown

__all__ = ["print_page"]

_STYLES = {"emergency": "bold red", "danger": "bold red", "warning": "bold yellow"}


def print_page(page: OnePage, console: Console) -> None:
    """Print it; in an emergency what to do, and why that is there, and nothing else."""
    table = shown(page)
    console.print(Text(page.title, style="bold"))
    if page.emergency:
        console.print(Panel(Text(page.emergency.rstrip()), border_style="red", title="EMERGENCY"))
        if page.seen:
            console.print(Text(table["seen_head"], style="bold"))
            for line in page.seen:
                console.print(Text(f"• {line}"))
        console.print(Text(table["posture"], style="dim"))
        return
    run = page.run
    console.print(
        Text(f"{page.today} · model {run.version} {run.model} · {page.status}", style="dim")
    )
    console.print(Text(f"Question: {page.question}", style="dim"))
    for one in page.answer:
        said = Text(f"{one.label}: ", style="bold")
        if one.severity:
            said.append(f"{one.severity.upper()} ", style=_STYLES.get(one.severity, "bold"))
        said.append(one.text, style="not bold")
        if one.sure:
            said.append(f" ({one.sure})", style="dim")
        console.print(said)
    exposure = [(one.label, f"{one.text}{_how(one.how)}") for one in page.exposure]
    _pairs(console, "Exposure", [pair for pair in exposure if pair[1]])
    if page.timeline is not None:
        line = table["timeline"]
        rows = [(one["label"], one["people_text"], one["unknown_text"]) for one in line["moments"]]
        head = (line["moments_head"], "people differ", "we do not know")
        _columns(console, f"{line['title']} ({line['unit']})", head, rows)
    rows = [
        (o.drug, o.severity, o.mechanism, o.number or "–", o.certainty) for o in page.interactions
    ]
    head = ("kratom with", "severity", "mechanism", "AUC with over without", "certainty")
    _columns(console, "Other drugs", head, rows)
    if page.unsimulated:
        console.print(Text(f"Not simulated: {page.unsimulated}.", style="dim"))
    _pairs(console, "What would change this", [(one.what, one.why) for one in page.missing])
    console.print(Text(table["ranked"], style="dim"))
    _pairs(console, "Use and withdrawal", [(one.label, one.text) for one in page.use])
    basis = [(o.what, o.value, o.status, o.read, ", ".join(o.sources)) for o in page.basis]
    head = ("number", "value (9 of 10)", "status", "how it was read", "source")
    _columns(console, "What it rests on", head, basis)
    console.print()
    console.print(Text("Limits, the gravest first", style="bold"))
    for limit in table["limits_short"]:
        console.print(Text(f"• {limit}"))
    console.print()
    console.print(Text(f"{table['range']} {table['numbers_line']}".rstrip(), style="dim"))
    console.print(Text(f"Run {run.hash}. To repeat this: {run.command}", style="dim"))
    console.print(Text(table["posture"], style="dim"))


def _how(how: str) -> str:
    return f" ({how})" if how in ("assumed", "drawn") else ""


def _pairs(console: Console, heading: str, pairs: Sequence[tuple[str, str]]) -> None:
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=28, overflow="fold", style="dim")
    grid.add_column(overflow="fold")
    for label, text in pairs:
        grid.add_row(label, text)
    _headed(console, heading, grid)


def _columns(
    console: Console, heading: str, head: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    if not rows:
        return
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for name in head:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*row)
    _headed(console, heading, table)


def _headed(console: Console, heading: str, table: Table) -> None:
    console.print()
    console.print(Text(heading, style="bold"))
    console.print(table)
