"""Photograph the pages of the web app: `python3 docs/pictures/web.py`.

Needs Debian's chromium, and pip install '.[test]'. A server is started on a free port and ended.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from speciosa.web.serve import served

HERE = Path(__file__).parent / "web"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZES = {"desk": (1440, 1000, "light"), "phone": (390, 844, "dark")}
SETTLE = 1500  # ms; what loads by itself has come

LEAF = {
    "product.kind": "leaf",
    "regimen.dose": "3 g",
    "person.pain": "chronic",
    "output.until": "24 h",
}
COMPANY = {**LEAF, "with.0.drug": "quetiapine", "with.0.dose": "100 mg"}
PAGES = {
    "start": "/",
    "happens": f"/?{urlencode(LEAF)}",
    "danger": f"/danger?{urlencode(COMPANY)}",
    "compare": f"/compare?{urlencode({**LEAF, 'b.regimen.dose': '6 g'})}",
    "emergency": f"/?{urlencode({**LEAF, 'person.signs': 'blue lips'})}",
    "claims": "/claims",
    "claim": "/claims/less-respiratory-depression",
    "inside": "/inside",
    "system": "/inside/opioid",
    "evidence": "/evidence?words=half-life",
    "record": "/evidence/record/opioid/mu/Ki/mitragynine",
    "source": "/evidence/source/tanna-2022",
    "about": "/about",
    "validation": "/about#levels",
    "open": "/open",
    "help": "/help?country=US",
    "report": f"/report?{urlencode(COMPANY)}",
}


def main() -> None:
    """Every page, on a desk by day and on a phone by night."""
    HERE.mkdir(exist_ok=True)
    with served() as address, sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(ARGUMENTS)
        )
        for name, path in PAGES.items():
            for size in SIZES:
                photograph(browser, address + path, HERE / f"{name}-{size}.png", size)
        browser.close()


def photograph(browser: Browser, url: str, file: Path, size: str) -> None:
    """One page, to at most three screens down."""
    width, height, scheme = SIZES[size]
    with browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    ) as context:
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.goto(url)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLE)
        page.wait_for_selector("progress", state="hidden")
        page.wait_for_timeout(SETTLE)
        tall = min(int(page.evaluate("document.documentElement.scrollHeight")), 3 * height)
        page.set_viewport_size({"width": width, "height": tall})
        page.screenshot(path=file)


if __name__ == "__main__":
    main()
