"""Write `docs/outputs.md` from the wiring and the variants: `python3 docs/outputs.py`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from speciosa.compile import giver
from speciosa.model.variants import VARIANTS
from speciosa.model.wiring import CONCENTRATIONS, OUTPUTS

PAGE = Path(__file__).with_name("outputs.md")
HEAD = """# Outputs and variants

What a run can be asked for, and which other versions of the model there are. This page is written
by `python3 docs/outputs.py`.
"""
OUTPUT = """
## Outputs

By these names `simulate(outputs=[...])`, `figure` and `speciosa explain --output` know them.
`[drug]` stands for each drug that the run follows, what is taken and what becomes of it:
`plasma.mitragynine`. `[effect]` stands for each effect that wears off: `tolerance.relief`. `[site]`
stands for each receptor or transporter of monoamines that one of the drugs binds:
`monoamine.occupancy.alpha1A`. A unit of 1 is a share, a fold or a score, as the words say.

| name | unit | what it is |
| --- | --- | --- |
"""
KEPT = """
Without `outputs`, a run keeps all but {}.
"""
VARIANT = """
## Variants

Where sources disagree, a variant takes the record that disputes the usual one. By these names
`[run] variants`, `simulate(variants=[...])` and `speciosa simulate --variants` know them; `all`
runs each by itself.

| variant | what it says | replaces | by |
| --- | --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    quiet = " and ".join(f"`{name}.[drug]`" for name in CONCENTRATIONS if name != "plasma")
    parts = (HEAD, OUTPUT, *outputs(), KEPT.format(quiet), VARIANT, *variants())
    return "".join(parts)


def outputs() -> Iterator[str]:
    """A row for each public output."""
    for name, wire in OUTPUTS.items():
        output, member = giver(wire, None)
        each = f".[{output.each.word}]" if output.each is not None and member is None else ""
        of = "" if member is None else f", of {member}"
        yield f"| `{name}{each}` | {output.unit} | {output.doc}{of} |\n"


def variants() -> Iterator[str]:
    """A row for each record that a variant replaces."""
    for variant in VARIANTS.values():
        for usual, other in variant.instead.items():
            yield f"| `{variant.name}` | {variant.says} | `{usual}` | `{other}` |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
