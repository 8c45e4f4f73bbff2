"""What must hold of the pages, before they are built and after.

Every page is in the navigation, once. Every link and picture leads to a file of the site, and every
anchor to a place in its page. No page and no style asks another host. The theme's own script would,
if a page asked for what it serves by that (drawings of graphs, the stars of a repository); so each
page carries the policy by which the browser refuses, and a host that was not seen in a script
before is told. No Markdown is left as it was written.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

__all__ = ["Page", "read", "unlisted", "wrong"]

POLICY = "default-src 'self' data: 'unsafe-inline'"
LEADING = ("action", "cite", "data", "href", "poster", "src", "srcset", "xlink:href")
"""Attributes that hold the address of something."""
VERBATIM = {"code", "math", "pre", "script", "style", "svg"}
"""Where signs of Markdown are no mistake."""
LEFT = re.compile(r"\]\(|```|\*\*|\| ?---|^(?:- |#+ |\| )", re.MULTILINE)
STYLED = re.compile(r"@import\s+(?:url\()?[\"']?([^\"');\s]+)|url\(\s*[\"']?([^\"')]+)")
HOST = re.compile(r"https?://([\w.-]+)")
DORMANT = {"www.w3.org", "unpkg.com", "cdn.jsdelivr.net", "api.github.com"}
"""In the theme's script: names of formats, and hosts that no page here makes it ask."""


class Page(HTMLParser):
    """What a page holds: its anchors, what it leads to, its styles and scripts, its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.policy = ""
        self.styles: list[str] = []
        self.scripts: list[str] = []
        self.words: list[str] = []
        self._inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what leads somewhere, and what can be led to."""
        held = {name: value or "" for name, value in attrs}
        self.anchors |= {held[name] for name in ("id", "name") if name in held}
        self.links += [held[name] for name in LEADING if name in held]
        self.styles.append(held.get("style", ""))
        if held.get("http-equiv") == "Content-Security-Policy":
            self.policy = held["content"]
        if tag in VERBATIM:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Leave code, an equation or a script."""
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        """Sort text by what it is in."""
        if not self._inside:
            self.words.append(data)
        elif self._inside[-1] == "style":
            self.styles.append(data)
        elif self._inside[-1] == "script":
            self.scripts.append(data)


def unlisted(config: Path, pages: Path) -> list[str]:
    """A line for each page that the navigation leaves out, names twice, or names in vain."""
    nav = tomllib.loads(config.read_text(encoding="utf-8"))["project"]["nav"]
    listed = Counter(_leaves(nav))
    there = {path.relative_to(pages).as_posix() for path in pages.rglob("*.md")}
    return [
        *(
            f"{name}: not in the navigation of {config.name}"
            for name in sorted(there - set(listed))
        ),
        *(
            f"{name}: in the navigation of {config.name}, but not there"
            for name in sorted(set(listed) - there)
        ),
        *(
            f"{name}: {n} times in the navigation of {config.name}"
            for name, n in listed.items()
            if n > 1
        ),
    ]


def _leaves(entry: Any) -> Iterator[str]:
    """The pages in a part of the navigation: a page, a title with its part, or a list of these."""
    if isinstance(entry, str):
        yield entry
    else:
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from _leaves(part)


def read(site: Path) -> dict[Path, Page]:
    """Every page of a built site."""
    return {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}


def wrong(site: Path, pages: Mapping[Path, Page]) -> list[str]:
    """A line for each thing that must not be, beginning with the file it is in."""
    found: list[str] = []
    for path, page in pages.items():
        told = [*_links(site, path, page, pages), *_hosts(path, page)]
        told += [
            f"Markdown is left: {word.strip()[:60]!r}" for word in page.words if LEFT.search(word)
        ]
        found += [f"{path.relative_to(site)}: {line}" for line in told]
    for path in sorted(site.rglob("*.css")):
        told = _styles(path, path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(site)}: {line}" for line in told]
    for path in sorted(site.rglob("*.js")):
        told = _scripts(path.read_text(encoding="utf-8"))
        found += [f"{path.relative_to(site)}: {line}" for line in told]
    return found


def _links(site: Path, path: Path, page: Page, pages: Mapping[Path, Page]) -> Iterator[str]:
    for link in dict.fromkeys(page.links):
        parts = urlsplit(link)
        if parts.netloc:
            yield f"{link} is on another host"
        elif not parts.scheme:
            target = _target(site, path, parts.path)
            if not target.is_file():
                yield f"{link} leads nowhere"
            elif parts.fragment and not _has(pages.get(target), unquote(parts.fragment)):
                yield f"{link} leads to no place in that page"


def _has(page: Page | None, anchor: str) -> bool:
    return page is not None and anchor in page.anchors


def _target(site: Path, path: Path, link: str) -> Path:
    start = site if link.startswith("/") else path.parent
    target = Path(os.path.normpath(start / unquote(link).lstrip("/"))) if link else path
    return target / "index.html" if target.is_dir() else target


def _hosts(path: Path, page: Page) -> Iterator[str]:
    if page.policy != POLICY:
        yield f"its policy is {page.policy!r}; expected {POLICY!r}"
    for text in page.styles:
        yield from _styles(path, text)
    for text in page.scripts:
        yield from _scripts(text)


def _styles(path: Path, text: str) -> Iterator[str]:
    for found in STYLED.finditer(text):
        link = found[1] or found[2]
        parts = urlsplit(link)
        if parts.netloc:
            yield f"{link} is on another host"
        elif (
            not parts.scheme
            and not link.startswith("#")
            and not (path.parent / parts.path).is_file()
        ):
            yield f"{link} leads nowhere"


def _scripts(text: str) -> Iterator[str]:
    for host in sorted(set(HOST.findall(text)) - DORMANT):
        yield f"names the host {host}, which was not there before"
