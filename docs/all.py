"""Write every generated page anew: `python3 docs/all.py`.

In this order, since a later page may speak of what an earlier one lists. Without a word: the pages
that the code, the records and the wiring tell by themselves, in seconds. With `--runs` also those
that need simulated people, which takes long: the comparisons with studies, the body pages that show
them, the example of a check, the bands of dose, the verdicts on claims, the pictures, and what
tests show of credibility.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]

TOLD = ("docs/names.py", "docs/outputs.py", "docs/body.py", "docs/credibility.py")
"""Scripts that only read."""

VALIDATION = ("-m", "speciosa", "validate", "--figure", "docs/pictures/validation.png", "--json")
KEPT = "docs/credibility_results.py"
OF_VALIDATION = (
    ("docs/validation.py",),
    ("docs/body.py", "--observed"),
    (KEPT, "--validation"),
)
"""Scripts that take what `speciosa validate --json` says."""
INTERACTIONS = (
    *("-m", "speciosa", "validate", "--interactions"),
    *("--figure", "docs/pictures/interactions.png", "--json"),
)
OF_INTERACTIONS = (("docs/interactions.py",), (KEPT, "--interactions"))
"""The same for ratios with and without another drug."""

RUN = (
    *("docs/check.py", "docs/report.py", "docs/dose_bands.py"),
    *("docs/claims.py", "docs/own_claims.py"),
    *("docs/pictures/make.py", "docs/pictures/engine.py", "docs/pictures/web.py"),
)
"""Scripts that simulate people or draw."""


def main(arguments: Sequence[str]) -> None:
    """All pages; with `--runs` those of runs too."""
    if wrong := [word for word in arguments if word != "--runs"]:
        raise SystemExit(f"docs/all.py: got {wrong[0]!r}; expected --runs or nothing")
    for script in TOLD:
        python(script)
    if arguments:
        for command, pages in ((VALIDATION, OF_VALIDATION), (INTERACTIONS, OF_INTERACTIONS)):
            outcome = python(*command, "-")
            for line in pages:
                python(*line, given=outcome)
        for script in RUN:
            python(script)
        python(KEPT, "--tests")
        python("docs/credibility.py")  # once more, from what was kept


def python(*line: str, given: bytes | None = None) -> bytes:
    """What a script prints, run in the root of the repository; ends all where it fails."""
    print(" ".join(line), file=sys.stderr)
    done = subprocess.run([sys.executable, *line], cwd=ROOT, input=given, stdout=-1, check=True)
    return done.stdout


if __name__ == "__main__":
    main(sys.argv[1:])
