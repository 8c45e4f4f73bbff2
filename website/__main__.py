"""Build the site and check it: `python3 -m website`.

The pages of `docs/` are prepared in `build/pages`, set by Zensical into `build/website`, and read
again: every link and anchor must lead somewhere, and nothing may ask another host. A warning of the
builder is an error. To look at it: `python3 -m http.server --directory build/website`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.util import find_spec

from website.check import read, unlisted, wrong
from website.pages import ROOT, prepare

PAGES = ROOT / "build" / "pages"
SITE = ROOT / "build" / "website"


def main() -> int:
    """Prepare, build, check; 0 where nothing is wrong."""
    if find_spec("zensical") is None:
        raise SystemExit("website: zensical is missing; python3 -m pip install '.[docs]'")
    prepare(PAGES)
    # Before the builder, which would write a link to nowhere into each page.
    found = unlisted(ROOT / "zensical.toml", PAGES)
    if not found:
        shutil.rmtree(SITE, ignore_errors=True)  # a page that is gone would hide a link to it
        build = (sys.executable, "-m", "zensical", "build", "--clean", "--strict")
        if subprocess.run(build, cwd=ROOT).returncode != 0:
            return 1
        pages = read(SITE)
        found = wrong(SITE, pages)
        links = sum(len(page.links) for page in pages.values())
        print(f"{len(pages)} pages, {links} links, {len(found)} wrong: {SITE.relative_to(ROOT)}")
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
