"""Write `docs/claims.md`, a page for each topic in `docs/claims/`, and their pictures.

`python3 docs/claims.py` judges every claim first, which simulates people. To take verdicts that are
there:

`speciosa claims --json - | python3 docs/claims.py -`

The verdicts are kept in `src/speciosa/claims/verdicts.json`, which the web app shows. The lines of
the navigation in `zensical.toml` are written too, since a topic has its page there.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from filling import between, filled
from speciosa import claims
from speciosa.claims.answer import Answer
from speciosa.claims.grade import LEVELS, STARTS
from speciosa.claims.kept import FILE as VERDICTS
from speciosa.claims.sources import cited
from speciosa.claims.words import ADVICE, SENTENCES, WORDS
from speciosa.evidence import records
from speciosa.evidence.cite import Cited, as_text
from speciosa.model import VARIANTS
from speciosa.report.claim_chart import claim_chart, numbers
from speciosa.report.claims import ANSWERS, STARTED, first_sentence
from speciosa.report.files import json_text
from speciosa.report.words import count, sentence

HERE = Path(__file__).parent
PAGE, FOLDER, PICTURES = HERE / "claims.md", HERE / "claims", HERE / "pictures" / "claims"
NAV = HERE.parent / "zensical.toml"
FEWEST = 2
"""Numbers that are worth a picture."""
MADE = "This page is written by `python3 docs/claims.py` from the cases, the records and a run."

_Data = Mapping[str, Any]


def page(text: str, found: _Data) -> str:
    """The overview with what is made of verdicts, words and records in its places."""
    made = {
        "summary": summary(found),
        "verdicts": verdicts(found["claims"]),
        "words": words(),
        "grades": grades(),
        "bounds": bounds(),
        "variants": variants(),
    }
    return filled(text, made)


def pages(found: _Data) -> dict[str, str]:
    """The page of each topic by its file name, in the order of the claims."""
    return {f"{word}.md": topic(word, held, found) for word, held in topics(found).items()}


def topics(found: _Data) -> dict[str, list[_Data]]:
    """The claims of each topic."""
    held: dict[str, list[_Data]] = {}
    for one in found["claims"]:
        held.setdefault(one["system"], []).append(one)
    return held


# ---- The overview --------------------------------------------------------------------------------


def summary(found: _Data) -> Iterator[str]:
    """How many verdicts there are of each word and certainty, and from how many people."""
    held: dict[str, Counter[str]] = {}
    for one in found["claims"]:
        kind = one["verdict"].partition(" on ")[0]
        held.setdefault(kind, Counter())[one["certainty"]] += 1
    levels = LEVELS[::-1]
    yield f"| verdict | claims | {' | '.join(f'certainty {level}' for level in levels)} |"
    yield "| --- " * (2 + len(levels)) + "|"
    for kind, of in sorted(held.items(), key=lambda one: -one[1].total()):
        cells = [str(of[level]) if of[level] else "–" for level in levels]
        yield f"| {kind} | {of.total()} | {' | '.join(cells)} |"
    everything = Counter(one["certainty"] for one in found["claims"])
    cells = [str(everything[level]) if everything[level] else "–" for level in levels]
    yield f"| all | {len(found['claims'])} | {' | '.join(cells)} |"
    yield ""
    people = found["people"]
    yield (
        f"Simulated: {people['n']} people, each in {people['replicates']} draws of what we do not "
        f"know, in {count(len(found['simulations']), 'scenario')}; seed {found['seed']}, version "
        f"{found['version']}."
    )


def verdicts(held: Sequence[_Data]) -> Iterator[str]:
    """A line for each claim, by topic."""
    yield "| claim | verdict | certainty | in plain words |"
    yield "| --- | --- | --- | --- |"
    for word, some in topics({"claims": held}).items():
        yield f"| **[{word.capitalize()}](claims/{word}.md)** | | | |"
        for one in some:
            link = f"[{one['short']}](claims/{word}.md#{anchor(one['short'])})"
            cells = (link, one["verdict"], one["certainty"], first_sentence(one))
            yield f"| {' | '.join(map(cell, cells))} |"


def words() -> Iterator[str]:
    """What each verdict says, on a statement and on advice, and how its sentence begins."""
    yield "| what the evidence says | of a statement | of advice | its sentence |"
    yield "| --- | --- | --- | --- |"
    for answer in Answer:
        begun = (said.partition("{that}")[0] for said in SENTENCES[answer].values())
        starts = "; ".join(f"{said.strip()} …" for said in dict.fromkeys(begun))
        cells = (ANSWERS[answer], WORDS[answer], ADVICE[answer], starts)
        yield f"| {' | '.join(one.replace('{on}', '…') for one in cells)} |"


def grades() -> Iterator[str]:
    """Where each kind of evidence starts."""
    yield "| kind of evidence | starts at | what it is |"
    yield "| --- | --- | --- |"
    for start, level in STARTS.items():
        yield f"| {start} | {LEVELS[level]} | {STARTED[start]} |"


def bounds() -> Iterator[str]:
    """The bounds that no band of an effect gives."""
    yield "| record | value | status | where it comes from |"
    yield "| --- | --- | --- | --- |"
    for one in records("claims").values():
        why = one.because or f"{one.source}: {one.where}"
        yield f"| `{one.id}` | {one.value:g} | {one.status} | {cell(why)} |"


def variants() -> Iterator[str]:
    """Each other version of the model."""
    yield from (f"- `{name}`: {one.says}" for name, one in VARIANTS.items())


# ---- The page of a topic -------------------------------------------------------------------------


def topic(word: str, held: Sequence[_Data], found: _Data) -> str:
    """Every case of a topic, then its simulations and sources."""
    parts = [
        f"# Claims: {word}",
        f"{MADE} [All claims](../claims.md), with what the words mean.",
        *(part for one in held for part in case(one)),
    ]
    used = dict.fromkeys(name for one in held for name in one["simulations"])
    if used:
        says = (f"- `{name}`: {found['simulations'][name]}" for name in used)
        parts += ["## The simulations", "On the same virtual people.", "\n".join(says)]
    ids = dict.fromkeys(identity for one in held for identity in one["records"])
    if works := cited(ids):
        parts += ["## Sources", "\n".join(map(reference, works))]
    return "\n\n".join(parts) + "\n"


def case(one: _Data) -> Iterator[str]:
    """One case, whole."""
    yield f"## {one['short']}"
    if one["claim"] != one["short"]:
        yield f"> {one['claim']}"
    yield f"**{sentence(one['verdict'])}**, certainty {one['certainty']}. {one['plain']}"
    for place, part in enumerate(one["parts"], 1):
        beside = " (Beside: it decides nothing.)" if part["beside"] else ""
        level = part["certainty"]["level"]
        yield (
            f"**{place}. Is it so that {part['that']}?**{beside} "
            f"{sentence(ANSWERS[part['answer']])}, certainty {level}."
        )
        yield "\n".join(about(part, names(one)))
    if len(numbers(one)) >= FEWEST:
        yield f"![Numbers of this case beside their bounds](../pictures/claims/{one['id']}.svg)"
    yield "\n".join(rest(one))


def about(part: _Data, known: re.Pattern[str]) -> Iterator[str]:
    """What decides one part, point by point."""
    told: list[str] = []
    for name, key in (("Seen", "seen"), ("Simulated", "model")):
        if part[key]:
            reasons = split(part[key])
            told += reasons
            yield from point(name, (marked(said, known) for said in reasons))
    if part["built_in"]:
        yield from point("Not heard", [f"the model: {part['built_in']}"])
        told.append(f"the model is not heard: {part['built_in']}")
    left = [marked(said, known) for said in split(part["because"]) if said not in told]
    if left:
        yield from point("Therefore", left)
    certainty = part["certainty"]
    steps = (
        f"{abs(step['by'])} {'down' if step['by'] < 0 else 'up'} for {step['domain']}: "
        f"{step['why']}"
        for step in certainty["steps"]
    )
    start = f"starts {LEVELS[STARTS[certainty['start']]]}"
    kind = STARTED[certainty["start"]]
    yield from point("Certainty", [f"{start} ({kind})", *steps])


def rest(one: _Data) -> Iterator[str]:
    """Variants, simulations and sources of a case, and how to ask for it."""
    found: Mapping[str, str] = one["variants"]
    if found:
        others = {name: said for name, said in found.items() if said != one["verdict"]}
        if others:
            yield from point(
                "With variants of the model",
                (f"`{name}`: {said}" for name, said in others.items()),
            )
        else:
            yield f"- **With variants of the model:** the same in all {len(found) - 1}"
    if one["simulations"]:
        yield from point("Simulations", [", ".join(f"`{name}`" for name in one["simulations"])])
    works = [f"[{entry.source.key}](#{entry.source.key})" for entry in cited(one["records"])]
    yield from point("Sources", [", ".join(works) or "none"])
    yield f"- **Again:** `speciosa claims {one['id']}`"


def point(name: str, said: Iterable[str]) -> Iterator[str]:
    """A point of a list; several things said stand below it."""
    lines = list(said)
    if len(lines) == 1:
        yield f"- **{name}:** {lines[0]}"
    else:
        yield f"- **{name}:**"
        yield from (f"    - {line}" for line in lines)


def reference(entry: Cited) -> str:
    """A source with an anchor that cases lead to."""
    key = entry.source.key
    first, *others = as_text([entry]).strip().splitlines()
    said = " ".join([first.removesuffix(f" [{key}]"), *(line.strip() for line in others)])
    return f'- <a id="{key}"></a>**{key}**: {plain(said)}'


# ---- Words ---------------------------------------------------------------------------------------


def split(reasons: str) -> list[str]:
    """Reasons one by one; a bound stays with what is held against it, and a count with its."""
    found = re.split(r"; (?!the bound |\d+ would do|none newer )", reasons)
    return [said.removeprefix("simulated: ") for said in found]


def names(one: _Data) -> re.Pattern[str]:
    """Ids and names of simulations of a case, the longest first."""
    held = sorted({*one["records"], *one["simulations"]}, key=len, reverse=True)
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, held)) or '(?!)'})(?![\w/-])")


def marked(said: str, known: re.Pattern[str]) -> str:
    """Text with ids as code."""
    return known.sub(lambda found: f"`{found[0]}`", said)


def anchor(heading: str) -> str:
    """Where a heading can be led to."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower())


def cell(said: str) -> str:
    """Text that cannot end a cell of a table."""
    return " ".join(said.split()).replace("|", "\\|")


def plain(said: str) -> str:
    """Text in which brackets and stars are no Markdown."""
    return re.sub(r"([\[\]*<>])", r"\\\1", said)


# ---- Files ---------------------------------------------------------------------------------------


def navigation(text: str, found: _Data) -> str:
    """The configuration of the site with a line for each topic."""
    start, end = "    # Topics of claims, written by docs/claims.py\n", "    # End of topics\n"
    lines = (f'    {{ "{word.capitalize()}" = "claims/{word}.md" }},\n' for word in topics(found))
    return between(text, start, end, "".join(lines))


def pictures(found: _Data) -> dict[str, str]:
    """Every picture as SVG, by its file name."""
    return {
        f"{one['id']}.svg": claim_chart(one).svg()
        for one in found["claims"]
        if len(numbers(one)) >= FEWEST
    }


def write(folder: Path, ending: str, files: Mapping[str, str]) -> None:
    """A folder of files that are all written here; what is left of others goes."""
    folder.mkdir(exist_ok=True)
    for path in folder.glob(f"*{ending}"):
        if path.name not in files:
            path.unlink()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Everything anew."""
    if arguments not in ([], ["-"]):
        raise SystemExit(f"docs/claims.py: got {arguments[0]!r}; expected - or nothing")
    found = json.load(sys.stdin) if arguments else claims.judge().to_dict()
    kept = json_text(found)
    found = json.loads(kept)
    write(FOLDER, ".md", pages(found))
    write(PICTURES, ".svg", pictures(found))
    VERDICTS.write_text(kept, encoding="utf-8")
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), found), encoding="utf-8")
    NAV.write_text(navigation(NAV.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
