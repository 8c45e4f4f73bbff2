"""Every page in a real browser: on a phone and a desk, without script, for every kind of reader."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from addresses import ADDRESSES

SIZES = {"phone": (320, 640), "tablet": (768, 1024), "desk": (1440, 900)}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

every_page = pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)


@dataclass
class Watched:
    """What a page said to the console, and whom it asked beside its own server."""

    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext, server: str) -> None:
        def ask(request: Request) -> None:
            if not request.url.startswith((server, "data:")):
                self.asked.append(request.url)

        def say(message: ConsoleMessage) -> None:
            # A browser says so by itself of a page that was refused, or is nowhere.
            refused = "responded with a status of 4" in message.text
            if message.type in ("error", "warning") and not refused:
                self.said.append(message.text)

        context.on("request", ask)
        context.on("console", say)
        context.on("weberror", lambda error: self.said.append(str(error.error)))


@pytest.fixture
def watched(context: BrowserContext, server: str) -> Iterator[Watched]:
    """Nothing may be complained of, and nobody else asked, whatever a test does."""
    found = Watched()
    found.watch(context, server)
    yield found
    assert found.said == []
    assert found.asked == []


def goes_sideways(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def settled(page: Page) -> None:
    """Nothing is loaded any longer, and what the page computes by itself is there."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("() => !document.querySelector('progress')", timeout=120_000)


@every_page
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
def test_it_fits_and_says_what_it_is(
    page: Page, server: str, watched: Watched, address: str, size: tuple[int, int]
) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(server + address)
    settled(page)
    assert page.locator("h1").count() == 1
    assert page.title().endswith("· Speciosa")
    assert page.locator("html").get_attribute("lang") == "en"
    assert not goes_sideways(page)


@every_page
def test_it_says_the_same_without_script(
    browser: Browser, server: str, page: Page, address: str
) -> None:
    page.goto(server + address)
    settled(page)
    heading = page.locator("h1").inner_text()
    with browser.new_context(java_script_enabled=False) as plain:
        other = plain.new_page()
        other.goto(server + address)
        assert other.locator("h1").inner_text() == heading
        assert len(other.locator("main").inner_text()) > 50


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, server: str, watched: Watched, address: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(server + address)
    settled(page)
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    assert found.violations_count == 0, found.generate_report()


@every_page
def test_letters_twice_as_large_still_fit(
    page: Page, server: str, watched: Watched, address: str
) -> None:
    page.set_viewport_size({"width": 640, "height": 800})
    page.goto(server + address)
    settled(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not goes_sideways(page)


@every_page
def test_forced_colours_and_still_pictures_are_heeded(
    page: Page, server: str, watched: Watched, address: str
) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(server + address)
    settled(page)
    assert page.locator("h1").is_visible()
    moving = page.evaluate(
        "document.getAnimations().filter(one => one.playState === 'running').length"
    )
    assert moving == 0


@every_page
def test_the_keyboard_reaches_everything(
    page: Page, server: str, watched: Watched, address: str
) -> None:
    page.goto(server + address)
    settled(page)
    if page.locator("nav").count():  # an emergency has nothing before it to skip
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
    seen: set[str] = set()
    for _ in range(400):
        page.keyboard.press("Tab")
        # What has the focus must show it, and must not be hidden behind anything.
        here = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const box = one.getBoundingClientRect(), look = getComputedStyle(one);
              return [one.outerHTML.slice(0, 300) + box.top + window.scrollY,
                      look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) > 0,
                      box.width > 0 && box.height > 0];
            }"""
        )
        if here is None or here[0] in seen:
            break
        seen.add(here[0])
        assert here[1], f"no focus to be seen at {here[0]}"
        assert here[2], f"nothing to be seen at {here[0]}"


@every_page
def test_targets_are_large_enough_for_a_finger(
    page: Page, server: str, watched: Watched, address: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(server + address)
    settled(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input:not([type=hidden]), summary')]
            .filter(one => one.getClientRects().length)
            .map(one => [one.outerHTML.slice(0, 120), one.getBoundingClientRect()])
            .filter(([_, box]) => box.width < 24 || box.height < 24).map(([name]) => name)"""
    )
    assert small == []
