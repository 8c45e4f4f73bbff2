"""`speciosa cache`: the machine code and the choices of method that are kept on this machine."""

from __future__ import annotations

from typing import Any

import click

from speciosa.cli.shared import STANDARD_OUTPUT, json_option, write_json

_ENTRIES = ("entry", "entries")


@click.command()
@click.option("--clear", is_flag=True, help="Remove every entry; what is needed is made again.")
@json_option
def cache(clear: bool, json_file: str | None) -> None:
    """Show or clear the compiled code kept on disk.

    Models are compiled once on a machine; SPECIOSA_CACHE names another folder, or none if empty.
    """
    from speciosa.engine.codegen import machine
    from speciosa.engine.codegen.store import Store, usual_folder

    folder = usual_folder()
    store = None if folder is None else Store(folder)
    removed = store.clear() if store is not None and clear else 0
    held = [] if store is None else store.entries()
    ready = machine.available()
    found: dict[str, Any] = {
        "folder": None if folder is None else str(folder),
        "entries": len(held),
        "bytes": sum(size for _, size in held),
        "bound": None if store is None else store.bound,
        "removed": removed,
        "target": machine.host().name if ready else None,
        "llvm": machine.version() if ready else None,
    }
    if json_file is not None:
        write_json(found, json_file)
    if json_file != STANDARD_OUTPUT:
        _print(found, clear)


def _print(found: dict[str, Any], cleared: bool) -> None:
    from speciosa.engine.codegen import machine
    from speciosa.report.words import count

    if found["folder"] is None:
        click.echo("No folder: models are compiled anew by each process.")
    else:
        click.echo(found["folder"])
        if cleared:
            click.echo(f"{count(found['removed'], *_ENTRIES)} removed")
        size, bound = (f"{found[word] / 2**20:.1f} MiB" for word in ("bytes", "bound"))
        click.echo(f"{count(found['entries'], *_ENTRIES)}, {size} of at most {bound}")
    if found["target"] is None:
        click.echo(machine.why_not())
    else:
        click.echo(f"target {found['target']}, LLVM {found['llvm']}")
