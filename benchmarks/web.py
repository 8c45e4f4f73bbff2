"""How soon the web app answers: the server alone, and in a browser as on a slow phone.

One dose, three days, 200 people, the whole body. The server is a process of its own that has
answered once before, as it has for anybody who changes something; what a start costs is in
`starting.py`. The browser is Debian's chromium, driven by playwright; without either of them its
part is left out.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from benchmarks.measure import Size
from benchmarks.table import Figure, Table

__all__ = ["tables"]

ANSWER = 0.2
"""s that the server may take for a change."""
CHANGE = 0.2
"""s from a change in the form to its curve."""
FIRST = 1.5
"""s to a first result on a slow phone."""
TRANSFER = 150.0
"""kB of a first result."""
SLOWER = 6
"""Times as slow as this machine a phone is."""
BYTES = 1.6e6 / 8.0
"""A second, of its network."""
LATENCY = 150.0
"""ms, of the same."""
PATIENCE = 120.0

_SEEN = """
  const look = () => {
    const curve = document.querySelector('#result svg.narrow');
    if (!curve || !curve.getBoundingClientRect().height) return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { window.seen = performance.now() / 1000; }));
  };
  requestAnimationFrame(look);
"""
"""Notes when the curve was painted, in s since the page was asked for.

A driver that asks the page from outside would have to wait for the slow processor itself.
"""
_CHANGED = """dose => new Promise(done => {
  const field = document.querySelector('form.scenario [name="regimen.dose"]');
  const result = document.querySelector('#result');
  let begun = 0;
  const watch = new MutationObserver(() => {
    if (!result.querySelector('svg.chart')) return;
    watch.disconnect();
    requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000)));
  });
  watch.observe(result, {childList: true});
  field.value = dose;
  begun = performance.now();
  field.dispatchEvent(new Event('input', {bubbles: true}));
})"""
"""From a change in a field until its result is painted, in s."""


def tables(size: Size) -> list[Table]:
    """The median of several answers, and of several loads and changes in a browser."""
    found = Table("The web app: a change in one dose, median", ("what", "measured", "most"))
    with _served() as base:
        doses = (f"{3.0 + 0.01 * n:.2f} g" for n in range(1, 1000))
        _answer(base, next(doses))
        taken = [_answer(base, next(doses)) for _ in range(size.rounds)]
        _add(found, "the server's answer to a change, s", taken, ANSWER)
        with _browser() as browser:
            if browser is None:
                found.notes.append("without playwright or chromium nothing is seen in a browser")
                return [found]
            loads = [_first(browser, base, next(doses)) for _ in range(size.rounds)]
            _add(found, "first result on a slow phone, s", [one for one, _ in loads], FIRST)
            _add(found, "transfer of a first result, kB", [kB for _, kB in loads], TRANSFER)
            changes = _changes(browser, base, [next(doses) for _ in range(1 + size.rounds)])
            _add(found, "from a change to its curve, s", changes[1:], CHANGE)
    found.notes.append(
        f"slow phone: a {SLOWER} times slower processor, {BYTES * 8e-6:g} Mbit/s, {LATENCY:g} ms"
    )
    return [found]


def _add(table: Table, what: str, taken: list[float], goal: float) -> None:
    table.add(what, Figure(statistics.median(taken), at_most=goal), Figure(max(taken)))


def _query(dose: str) -> str:
    said = {"product.kind": "leaf", "regimen.dose": dose, "output.until": "3 d"}
    return urlencode(said)


def _answer(base: str, dose: str) -> float:
    """Seconds of one answer to htmx, without a browser."""
    asked = Request(f"{base}/?{_query(dose)}", headers={"HX-Request": "true"})
    begun = time.perf_counter()
    with urlopen(asked, timeout=PATIENCE) as answer:
        answer.read()
    return time.perf_counter() - begun


def _first(browser: Any, base: str, dose: str) -> tuple[float, float]:
    """Seconds until a curve is seen on a slow phone that was never here, and kB that came."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    came: list[float] = []
    wire.on("Network.loadingFinished", lambda told: came.append(told["encodedDataLength"]))
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": LATENCY,
            "downloadThroughput": BYTES,
            "uploadThroughput": BYTES,
        },
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(_SEEN)
    page.goto(f"{base}/?{_query(dose)}")
    taken = page.wait_for_function("window.seen").json_value()
    context.close()
    return taken, sum(came) / 1000.0


def _changes(browser: Any, base: str, doses: list[str]) -> list[float]:
    """Seconds from each change to its curve, at this machine's own pace."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{base}/?{_query('3 g')}")
    page.wait_for_function("typeof htmx !== 'undefined'")
    taken = [page.evaluate(_CHANGED, dose) for dose in doses]
    page.close()
    return taken


@contextlib.contextmanager
def _served() -> Iterator[str]:
    """A server of its own; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "speciosa", "serve", "--port", str(port)],
        stderr=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
        env=dict(os.environ),
    )
    try:
        _until(lambda: urlopen(f"{base}/about", timeout=PATIENCE).close())
        yield base
    finally:
        server.terminate()
        server.wait()


def _until(asks: Callable[[], None]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return asks()
        except URLError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@contextlib.contextmanager
def _browser() -> Iterator[Any]:
    """Chromium, or None where it or what drives it is not there."""
    there, playwright = shutil.which("chromium"), _driver()
    if there is None or playwright is None:
        yield None
        return
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=there,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def _driver() -> Any:
    with contextlib.suppress(ModuleNotFoundError):
        return import_module("playwright.sync_api")
    return None
