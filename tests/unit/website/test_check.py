"""The check of the built site, on sites with one fault each."""

from __future__ import annotations

from pathlib import Path

import pytest
from website.check import POLICY, read, unlisted, wrong

HEAD = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
GOOD = (
    f'{HEAD}<h2 id="here">Here</h2><a href="#here">here</a><a href="other/index.html#there">x</a>'
)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "other").mkdir()
    (tmp_path / "index.html").write_text(GOOD, encoding="utf-8")
    other = f'{HEAD}<h2 id="there">There</h2><a href="../index.html">back</a><a href="/">home</a>'
    (tmp_path / "other" / "index.html").write_text(other, encoding="utf-8")
    (tmp_path / "style.css").write_text("p { background: url(data:image/svg+xml;x) }")
    (tmp_path / "script.js").write_text('make("http://www.w3.org/2000/svg")')
    return tmp_path


def test_nothing_is_wrong_with_a_good_site(site: Path) -> None:
    pages = read(site)
    assert len(pages) == 2
    assert wrong(site, pages) == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<a href="gone.html">x</a>', "gone.html leads nowhere"),
        ('<a href="gone/">x</a>', "gone/ leads nowhere"),
        ('<img src="gone.png">', "gone.png leads nowhere"),
        ('<source srcset="gone.png">', "gone.png leads nowhere"),
        ('<a href="#gone">x</a>', "#gone leads to no place in that page"),
        ('<a href="other/#gone">x</a>', "other/#gone leads to no place in that page"),
        ('<a href="style.css#gone">x</a>', "style.css#gone leads to no place in that page"),
        (
            '<script src="https://cdn.test/x.js"></script>',
            "https://cdn.test/x.js is on another host",
        ),
        ('<link href="//fonts.test/x" rel="preconnect">', "//fonts.test/x is on another host"),
        ('<p style="background: url(http://a.test/x)">x', "http://a.test/x is on another host"),
        ("<style>@import 'https://a.test/x';</style>", "https://a.test/x is on another host"),
        (
            "<script>fetch('https://a.test/x.json')</script>",
            "names the host a.test, which was not there before",
        ),
        ("<p>see [x](y.md)</p>", "Markdown is left: 'see [x](y.md)'"),
        ("<p>first:\n- one\n- two</p>", "Markdown is left: 'first:\\n- one\\n- two'"),
    ],
)
def test_a_fault_in_a_page_is_told(site: Path, html: str, told: str) -> None:
    (site / "index.html").write_text(GOOD + html, encoding="utf-8")
    assert wrong(site, read(site)) == [f"index.html: {told}"]


def test_a_page_without_its_policy_is_told(site: Path) -> None:
    (site / "index.html").write_text(GOOD.replace("'self'", "*"), encoding="utf-8")
    (line,) = wrong(site, read(site))
    assert line.startswith("index.html: its policy is")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "style.css",
            "@import url(https://a.test/x.css);",
            "https://a.test/x.css is on another host",
        ),
        ("style.css", "p { src: url('//a.test/f.woff2') }", "//a.test/f.woff2 is on another host"),
        ("style.css", "p { src: url(gone.woff2) }", "gone.woff2 leads nowhere"),
        ("script.js", "get('https://a.test')", "names the host a.test, which was not there before"),
    ],
)
def test_a_fault_in_a_style_or_a_script_is_told(
    site: Path, name: str, text: str, told: str
) -> None:
    (site / name).write_text(text, encoding="utf-8")
    assert wrong(site, read(site)) == [f"{name}: {told}"]


def test_signs_of_markdown_in_code_are_no_mistake(site: Path) -> None:
    code = "<pre><code>- [x](y) ** 2</code></pre><script>a = '**'</script>"
    (site / "index.html").write_text(GOOD + code, encoding="utf-8")
    assert wrong(site, read(site)) == []


def test_pages_and_navigation_are_compared_both_ways(tmp_path: Path) -> None:
    nav = '{ "A" = ["a.md", { "B" = "b/README.md" }] }, "twice.md", { "Again" = "twice.md" }'
    (tmp_path / "nav.toml").write_text(f"[project]\nnav = [{nav}]\n", encoding="utf-8")
    pages = tmp_path / "pages"
    pages.mkdir()
    for name in ("a.md", "twice.md", "new.md"):
        (pages / name).touch()
    assert unlisted(tmp_path / "nav.toml", pages) == [
        "new.md: not in the navigation of nav.toml",
        "b/README.md: in the navigation of nav.toml, but not there",
        "twice.md: 2 times in the navigation of nav.toml",
    ]
