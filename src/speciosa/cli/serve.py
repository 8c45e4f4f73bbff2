"""`speciosa serve`: the local web app."""

from __future__ import annotations

import click

from speciosa.errors import InputError


def _port(_ctx: click.Context, _param: click.Parameter, value: str) -> int:
    if not value.isdecimal() or not 1 <= int(value) <= 65535:
        raise InputError("--port", value, "a whole number from 1 to 65535")
    return int(value)


@click.command()
@click.option(
    "--port", metavar="N", default="8321", callback=_port, show_default=True, help="Where to serve."
)
def serve(port: int) -> None:
    """Open the web app on this computer.

    It answers to this computer alone, asks nothing of the network and keeps nothing. Ctrl-C ends
    it.
    """
    try:
        from speciosa.web.serve import ADDRESS
        from speciosa.web.serve import serve as run
    except ModuleNotFoundError as error:
        if error.name in ("fastapi", "uvicorn", "jinja2"):
            raise InputError("serve", error.name, "pip install 'speciosa[web]'") from None
        raise

    click.echo(f"http://{ADDRESS}:{port}  (Ctrl-C ends it)", err=True)
    run(port)
