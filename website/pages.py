"""The pages as the builder of the site takes them.

In the repository a page may link to whatever lies there, and the host sets ```math blocks. On the
site stand pages and pictures alone. So a link to a page outside of `docs/` leads to where that page
is on the site, a link to another file to a copy of it, a link to a folder to its README or becomes
mere words, and equations are set when the site is built.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path
from textwrap import indent

from website.equations import set_in_mathml

__all__ = ["ROOT", "prepare", "rewritten"]

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
SHOWN = {".md", ".png", ".svg"}
MOVED = {
    ROOT / "README.md": "index.md",  # which says the same with the site around it
    ROOT / "CONTRIBUTING.md": "contributing.md",
    ROOT / "CHANGELOG.md": "changes.md",
    ROOT / "changes" / "README.md": "changes.md",  # where what it asks for is read
}
KINDS = {
    "breaking": "works otherwise than before",
    "feature": "new",
    "number": "numbers",
    "evidence": "evidence",
    "fix": "mended",
}

FENCE = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\[([^\[\]]*)\]\(([^)#:\s]+)(#[^)\s]*)?\)")


def prepare(folder: Path) -> None:
    """Fill a folder with every page, picture and linked file."""
    if folder.exists():
        shutil.rmtree(folder)
    for source in sorted(DOCS.rglob("*")):
        if source.suffix in SHOWN:
            _put(folder, source)
    _put(folder, ROOT / "CONTRIBUTING.md")
    (folder / "changes.md").write_text(_changes(folder), encoding="utf-8")


def rewritten(text: str, source: Path, place: str, folder: Path) -> str:
    """The text of a file as it reads in its place on the site; copies what it links to."""
    done: list[str] = []
    end = 0
    for fence in FENCE.finditer(text):
        done += [_links(text[end : fence.start()], source, place, folder), _block(fence[0])]
        end = fence.end()
    return "".join([*done, _links(text[end:], source, place, folder)])


def _put(folder: Path, source: Path) -> None:
    """Copy a file to its place; a page as it reads there."""
    place = _place(source)
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix == ".md":
        text = source.read_text(encoding="utf-8")
        target.write_text(rewritten(text, source, place, folder), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def _place(source: Path) -> str:
    """Where a file of the repository stands on the site."""
    if source in MOVED:
        return MOVED[source]
    if source.is_relative_to(DOCS) and source.suffix in SHOWN:
        return source.relative_to(DOCS).as_posix()
    # The builder leaves out names that begin with a dot.
    return "/".join(["files", *(part.lstrip(".") for part in source.relative_to(ROOT).parts)])


def _links(text: str, source: Path, place: str, folder: Path) -> str:
    def link(found: re.Match[str]) -> str:
        words, path, anchor = found[1], found[2], found[3] or ""
        target = Path(os.path.normpath(source.parent / path))
        if (target / "README.md").is_file():
            target /= "README.md"
        if target.is_dir():
            return words
        if not target.is_file():
            return found[0]  # code that only looks like a link, or one for the builder to refuse
        there = _place(target)
        if there.startswith("files/"):
            _put(folder, target)
        leads = os.path.relpath(there, Path(place).parent)
        return f"[{words}]({Path(leads).as_posix()}{anchor})"

    return LINK.sub(link, text)


def _block(fence: str) -> str:
    """Code stays as it is; equations are set."""
    word, _, rest = fence.partition("\n")
    return set_in_mathml(rest.removesuffix("```").strip()) if word == "```math" else fence


def _changes(folder: Path) -> str:
    """The page of changes: releases, then what is in no release yet, by its kind."""
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for kind, heading in KINDS.items():
        text += f"\n## Not in a release yet: {heading}\n\n"
        for path in sorted((ROOT / "changes").glob(f"*.{kind}.md")):
            said = rewritten(path.read_text(encoding="utf-8"), path, "changes.md", folder)
            text += f"-   {indent(said, '    ').strip()}\n\n"
    return text
