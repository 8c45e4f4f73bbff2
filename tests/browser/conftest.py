"""A real browser at a real server, on this machine alone.

Debian's chromium is used, since no other browser can be had offline. Where it is missing these
tests are left out, unless SPECIOSA_BROWSER says that they must run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest

from speciosa.web.serve import served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = [item for item in items if "browser" in item.path.parts]
    for item in here:
        item.add_marker(pytest.mark.slow)
        if CHROMIUM is None and not os.environ.get("SPECIOSA_BROWSER"):
            item.add_marker(pytest.mark.skip(reason="chromium is not installed"))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    return {"executable_path": CHROMIUM, "args": ARGUMENTS, "headless": True}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an app that runs for as long as the tests do."""
    with served() as address:
        yield address
