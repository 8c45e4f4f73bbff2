"""What a page of the web app holds: its links, its ids, and the words for lay people."""

from __future__ import annotations

from html.parser import HTMLParser

__all__ = ["Held", "held"]

_EMPTY = frozenset({"br", "hr", "img", "input", "link", "meta", "use", "path", "rect"})


class Held(HTMLParser):
    """A page that was read.

    Attributes:
        links: every `href` of the page, in order.
        ids: every id.
        headings: the level of each heading.
        lay: the text of each element of class `lay`.
        open: elements that were never closed.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []
        self.lay: list[str] = []
        self.open: list[str] = []
        self._depth = 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.headings.append(int(tag[1]))
        if tag in _EMPTY:
            return
        self.open.append(tag)
        if "lay" in given.get("class", "").split() and not self._depth:
            self._depth = len(self.open)
            self.lay.append("")
        elif tag == "li" and self._depth:
            self.lay[-1] += "\n"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _EMPTY:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-3:]}"
        if len(self.open) == self._depth:
            self._depth = 0
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if self._depth:
            self.lay[-1] += data


def held(text: str) -> Held:
    """What a page holds; fails where an element is closed that is not open."""
    found = Held(text)
    assert not found.open, found.open
    return found
