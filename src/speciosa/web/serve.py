"""Run the app on this computer alone: until Ctrl-C, or for as long as a program needs it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager

import uvicorn

from speciosa.errors import InputError
from speciosa.web.app import create_app

__all__ = ["ADDRESS", "hosts_of", "serve", "served"]

ADDRESS = "127.0.0.1"


def hosts_of(port: int) -> tuple[str, ...]:
    """The names of this computer for itself, with the port."""
    return tuple(f"{name}:{port}" for name in (ADDRESS, "localhost"))


def serve(port: int) -> None:
    """Serve until stopped. Raises InputError if the port is taken."""
    config = _config(port)
    try:
        held = config.bind_socket()
    except SystemExit:
        raise InputError("--port", port, "a port that nobody uses") from None
    uvicorn.Server(config).run(sockets=[held])


@contextmanager
def served() -> Generator[str]:
    """The address of the app on a port that nobody uses; it ends with the block.

    with served() as address:
        urlopen(f"{address}/about")
    """
    with socket.socket() as held:
        held.bind((ADDRESS, 0))
        held.listen(128)
        port = held.getsockname()[1]
        server = uvicorn.Server(_config(port))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        while thread.is_alive() and not server.started:
            time.sleep(0.01)
        try:
            yield f"http://{ADDRESS}:{port}"
        finally:
            server.should_exit = True
            thread.join(timeout=10)


def _config(port: int) -> uvicorn.Config:
    return uvicorn.Config(
        create_app(hosts_of(port)),
        host=ADDRESS,
        port=port,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
    )
