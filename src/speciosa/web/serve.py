"""Run the app on this computer alone, until Ctrl-C."""

from __future__ import annotations

import uvicorn

from speciosa.errors import InputError
from speciosa.web.app import create_app

__all__ = ["ADDRESS", "hosts_of", "serve"]

ADDRESS = "127.0.0.1"


def hosts_of(port: int) -> tuple[str, ...]:
    """The names of this computer for itself, with the port."""
    return tuple(f"{name}:{port}" for name in (ADDRESS, "localhost"))


def serve(port: int) -> None:
    """Serve until stopped. Raises InputError if the port is taken."""
    config = uvicorn.Config(
        create_app(hosts_of(port)),
        host=ADDRESS,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
    )
    try:
        held = config.bind_socket()
    except SystemExit:
        raise InputError("--port", port, "a port that nobody uses") from None
    uvicorn.Server(config).run(sockets=[held])
