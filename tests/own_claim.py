"""A claim of one's own as text, piece by piece, and its way through a file to a verdict."""

from __future__ import annotations

from pathlib import Path

from speciosa.claims.bench import Bench
from speciosa.claims.judging import judge
from speciosa.claims.verdict import Verdict

__all__ = ["HEAD", "INLINE", "SEEN", "SIMULATED", "WHOLE", "judged", "written"]

HEAD = """\
claim = "Leaf is in the blood within a day."
kind = "effect"
gap = "Nobody has followed people until it was gone."
"""
INLINE = """
[scenarios]
leaf.product.kind = "leaf"
leaf.regimen.dose = "5 g"
leaf.output.until = "24 h"
"""
SIMULATED = """
[[part]]
that = "leaf is in the blood"
[[part.simulated]]
output = "plasma.mitragynine"
measure = "cmax"
scenario = "leaf"
at_least = 1.0
"""
SEEN = """
[[part]]
that = "it binds firmly"
about = "laboratory"
grade = {start = "experiment"}
[[part.seen]]
id = "opioid/mu/Ki/mitragynine"
at_most = 1000.0
"""
WHOLE = HEAD + INLINE + SIMULATED


def written(folder: Path, text: str, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def judged(*paths: str) -> Verdict:
    return judge(paths, bench=Bench(people=2, replicates=2)).verdicts[0]
