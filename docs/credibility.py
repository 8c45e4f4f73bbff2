"""Write the pages of `docs/credibility/`: how far the model may be trusted, by what it is used for.

`python3 docs/credibility.py` does it from the judgements beside the pages (one YAML file for each
context of use, `factors.yaml` for what holds in all, `ten-rules.yaml`), from the records, and from
what runs showed, `docs/credibility/results.json`, which `docs/credibility_results.py` makes. No
number of a run is typed.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from speciosa.evidence import records, sources
from speciosa.evidence.record import READ, STATUS
from speciosa.report.words import count, number

FOLDER = Path(__file__).with_name("credibility")
RESULTS = FOLDER / "results.json"
CONTEXTS = ("lay", "poison-centre", "clinician", "research")
USUAL = 1e-6
"""The `rtol` of `speciosa simulate`."""

LEVELS = ("low", "medium", "high")
RISKS = (("low", "low", "medium"), ("low", "medium", "high"), ("medium", "high", "high"))
"""Model risk by influence and by consequence, both from low to high."""
STATES = ("not met", "partly met", "met")
SCORES = ("insufficient", "partial", "adequate", "extensive", "comprehensive")
PARTS = ("Code", "Calculation", "Computational model", "Comparator", "Assessment", "Applicability")
"""What the factors are of; the last has a heading of its own."""
HOW = ("passed", "failed", "skipped")
COMPARISON = "Output comparison"
"""The one factor whose state is counted from the goals and not judged."""

FIGURES = {
    "fold": "mean fold error",
    "sd": "mean difference",
    "within": "within 2-fold",
    "inside": "inside 90 %",
    "rule": "fold error over that of a rule without a model",
}
MADE = (
    "This page is written by `python3 docs/credibility.py` from `{name}.yaml` beside it, the "
    "records and `results.json`."
)
NAMES = {"fold": "gmfe", "within": "within_2", "sd": "off_sd", "inside": "inside_90"}
"""What `speciosa validate --json` calls the figures of a group."""
_Data = Mapping[str, Any]


def group(results: _Data, name: str) -> _Data | None:
    """A group of comparisons by its name."""
    held = (*results["validation"]["groups"], *results["interactions"]["groups"])
    return next((one for one in held if one["group"] == name), None)


def chosen(results: _Data, of: _Data) -> list[_Data]:
    """Comparisons of an output or a family of outputs, with whatever else `of` asks for."""
    rows = (*results["validation"]["rows"], *results["interactions"]["rows"])
    rest = {key: value for key, value in of.items() if key != "output"}
    family = (of["output"], f"{of['output']}.")
    return [
        row
        for row in rows
        if (row["output"] == family[0] or row["output"].startswith(family[1]))
        and all(row[key] == value for key, value in rest.items())
    ]


def reached(results: _Data, goal: _Data) -> tuple[float | None, int]:
    """The figure of a goal, none if nothing was compared, and the number of comparisons."""
    of, figure = goal["of"], goal["figure"]
    if "group" in of:
        held = group(results, of["group"])
        if held is None:
            return None, 0
        if figure == "rule":
            return held["gmfe_beside_baseline"] / held["baseline_gmfe"], held["n"]
        return held[NAMES[figure]], held["n"]
    rows = chosen(results, of)
    if figure in ("fold", "within"):
        rows = [row for row in rows if row["error"] == "fold" and row["fold"]]
        off = [abs(math.log(row["fold"])) for row in rows]
    elif figure == "sd":
        rows = [row for row in rows if row["in_sd"] is not None]
        off = [abs(row["in_sd"]) for row in rows]
    else:
        off = [0.0 if row["inside_90"] else 1.0 for row in rows]
    if not rows:
        return None, 0
    if figure == "within":
        return sum(one <= math.log(2.0) for one in off) / len(off), len(rows)
    mean = sum(off) / len(off)
    return {"fold": math.exp(mean), "inside": 1.0 - mean}.get(figure, mean), len(rows)


def too_far(goal: _Data, found: float | None) -> float:
    """The error over the error allowed: above 1 it is missed, endless if nothing was compared."""
    if found is None:
        return math.inf
    allowed = goal["goal"]
    if goal["figure"] == "fold":
        return math.log(found) / math.log(allowed)
    if goal["figure"] in ("within", "inside"):
        return (1.0 - found) / (1.0 - allowed)
    return found / allowed


def weakest_first(results: _Data, goals: Iterable[_Data]) -> list[tuple[_Data, float | None, int]]:
    """Each goal with what was reached: never compared, then missed, then met."""
    found = [(goal, *reached(results, goal)) for goal in goals]
    return sorted(found, key=lambda one: -too_far(one[0], one[1]))


def shown(figure: str, value: float, *, aim: bool = False) -> str:
    """A figure with its unit; one that is aimed at is a round number."""
    if figure in ("within", "inside"):
        return f"{100 * value:.0f} %"
    text = f"{value:g}" if aim else number(value)
    return text + {"fold": "-fold", "sd": " SD"}.get(figure, "")


def plain(small: float) -> str:
    """`1e-6`, as the other pages write it."""
    return f"{small:.2g}".replace("e-0", "e-")


def verdict(goal: _Data, found: float | None) -> str:
    """`**missed**: goal 2.0-fold, reached 5.6-fold`."""
    aim = f"goal {shown(goal['figure'], goal['goal'], aim=True)}"
    if found is None:
        return f"**never compared**: {aim}"
    word = "**missed**" if too_far(goal, found) > 1.0 else "met"
    return f"{word}: {aim}, reached {shown(goal['figure'], found)}"


def read(name: str) -> Any:
    """A file of judgements."""
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def risk(context: _Data) -> str:
    """Model risk, from influence and consequence."""
    levels = (LEVELS.index(context[key]["level"]) for key in ("influence", "consequence"))
    return RISKS[next(levels)][next(levels)]


def factors(context: _Data, results: _Data) -> list[dict[str, Any]]:
    """The factors of a context: what holds in all, replaced where the context says otherwise."""
    found = [one | context["factors"].get(one["name"], {}) for one in read("factors")]
    for one in found:
        if one["name"] == COMPARISON:
            goals = weakest_first(results, context["goals"])
            missed = sum(too_far(goal, at) > 1.0 for goal, at, _ in goals)
            one["state"] = STATES[0] if missed else STATES[2]
            one["because"] = (
                f"{len(goals) - missed} of {len(goals)} goals are reached. {one['because']}"
            )
        one["because"] = said(one["because"], results)
    return found


def said(text: str, results: _Data) -> str:
    """Words of a judgement with what is counted in its place."""
    held = records().values()
    status, how = Counter(one.status for one in held), Counter(one.read for one in held)
    came = ", ".join(f"{status[word]:,} {word}" for word in STATUS)
    seen = ", ".join(f"{how[word]:,} {word}" for word in READ)
    told = text.replace("{numbers}", f"{len(held):,} records: {came}; {seen}")
    scale = group(results, "never seen, scale")
    off = "an unknown number of" if scale is None else f"{math.floor(scale['gmfe'])}"
    return told.replace("{off}", off)


def evidence(paths: Iterable[str]) -> str:
    """What shows it: files of the repository and commands."""
    words = (f"`{p}`" if p.startswith("speciosa ") else f"[{p}](../../{p})" for p in paths)
    return ", ".join(words) or "nothing"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(" ".join(c.split()) for c in line) + " |" for line in lines)


def bullets(lines: Iterable[str]) -> str:
    """A list."""
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)


def page(name: str, results: _Data) -> str:
    """The page of one context of use."""
    context = read(name)
    found = factors(context, results)
    influence, consequence = context["influence"], context["consequence"]
    parts = [
        f"# {context['title']}",
        said(context["summary"], results),
        "**Not for:**",
        bullets(context["not_for"]),
        f"{MADE.format(name=name)} [All contexts](README.md) explains the words.",
        "## Weakest first",
        goals(results, context),
        "## Question of interest",
        context["question"],
        "## Context of use",
        context["use"],
        f"## Model risk: {risk(context)}",
        f"### Model influence: {influence['level']}",
        influence["because"],
        f"### Decision consequence: {consequence['level']}",
        consequence["because"],
        "## Verification",
        verification(results),
        *(f"### {part} verification\n\n{judged(found, part)}" for part in PARTS[:2]),
        "## Validation",
        compared(results, context["groups"]),
        *(f"### {part}\n\n{judged(found, part)}" for part in PARTS[2:5]),
        "## Applicability",
        judged(found, PARTS[5]),
        "Gaps between what was tested and this use:",
        bullets(context["gaps"]),
        "## Adequacy",
        context["adequacy"],
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def goals(results: _Data, context: _Data) -> str:
    """Every goal with what was reached, the weakest first."""
    return table(
        ("what", "figure", "result", "comparisons", "why this goal"),
        (
            (goal["what"], FIGURES[goal["figure"]], verdict(goal, at), str(n), goal["because"])
            for goal, at, n in weakest_first(results, context["goals"])
        ),
    )


def judged(found: Iterable[_Data], part: str) -> str:
    """The factors of one part."""
    rows = [
        (one["name"], one["state"], one["because"], evidence(one["evidence"]))
        for one in found
        if one["part"] == part
    ]
    return table(("factor", "state", "why", "shown by"), rows)


def verification(results: _Data) -> str:
    """Tests in one sentence, and the error of the engine in another."""
    folders = results["tests"]["folders"].values()
    passed, failed, left = (sum(one[how] for one in folders) for how in HOW)
    worst = max(one["off"] for one in results["tests"]["errors"] if one["rtol"] == USUAL)
    return (
        f"{passed:,} tests pass, {failed:,} fail and {left:,} were skipped. At the tolerance of "
        f"`speciosa simulate` (rtol {plain(USUAL)}) no state of a tested problem lies further from "
        f"SciPy than {plain(worst)} of its peak. [All counts](README.md#what-tests-showed)."
    )


def compared(results: _Data, names: Iterable[str]) -> str:
    """The groups of comparisons that bear on a context."""
    head = ("group", "values", "mean fold error", "within 2-fold", "mean difference")
    head += ("inside 90 %", "by chance", "interval score")
    rows: list[Sequence[str]] = []
    for name in names:
        one = group(results, name)
        if one is None:
            rows.append((name, "0", *["–"] * 6))
            continue
        between = f"{100 * one['inside_90_low']:.0f} to {100 * one['inside_90_high']:.0f} %"
        scores = (("interval_score", ""), ("interval_score_sd", " SD"))
        score = [f"{number(one[key])}{unit}" for key, unit in scores if one[key] is not None]
        cells = (
            ("gmfe", "fold"),
            ("within_2", "within"),
            ("off_sd", "sd"),
            ("inside_90", "inside"),
        )
        told = ["–" if one[key] is None else shown(how, one[key]) for key, how in cells]
        rows.append((name, str(one["n"]), *told, between, ", ".join(score)))
    return table(head, rows)


def index(results: _Data) -> str:
    """The page that lists the contexts."""
    rows: list[Sequence[str]] = []
    for name in CONTEXTS:
        context = read(name)
        found = factors(context, results)
        states = Counter(one["state"] for one in found)
        told = weakest_first(results, context["goals"])
        goal, at, _ = next((one for one in told if one[1] is not None), told[0])
        levels = f"{context['influence']['level']} × {context['consequence']['level']}"
        rows.append(
            (
                f"[{context['title']}]({name}.md)",
                f"{risk(context)} ({levels})",
                ", ".join(f"{states[word]} {word}" for word in reversed(STATES)),
                f"{context['weakest']['factor']}: {context['weakest']['because']}",
                count(sum(one[1] is None for one in told), "goal"),
                f"{goal['what']}: {verdict(goal, at)}",
            )
        )
    head = ("context of use", "model risk", "factors", "weakest factor", "never compared")
    head += ("weakest of what was compared",)
    texts, counts = read("overview"), results["tests"]["folders"]
    tests = [
        (f"`tests/{name}`", what, *(f"{counts[name][how]:,}" for how in HOW))
        for name, what in texts["folders"].items()
    ]
    matrix = [(word, *RISKS[place]) for place, word in enumerate(LEVELS)]
    listed = [f"`{key}`: {sources()[key].fields['title']}" for key in texts["sources"]]
    parts = [
        "# How far to trust it, by what it is used for",
        texts["opening"],
        f"{MADE.format(name='overview')} {texts['again']}",
        table(head, rows),
        texts["reading"],
        table(("influence, down; consequence, across", *LEVELS), matrix),
        "## What tests showed",
        texts["tests"],
        table(("folder", "what it holds", *HOW), tests),
        f"Skipped, and why: {skipped(results)}.",
        texts["errors"],
        table(("method", "rtol", "problems", "largest error, of the peak"), errors(results)),
        "## Sources of the words",
        bullets(listed),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def skipped(results: _Data) -> str:
    """Reasons of tests that were skipped, with their number, and files of which no test ran."""
    told = results["tests"]
    reasons = "; ".join(f"{why} ({n:,})" for why, n in told["skipped"].items())
    never = ", ".join(f"`{path}`" for path in told["never_ran"])
    return f"{reasons or 'none'}. Of these files no test ran: {never or 'none'}"


def errors(results: _Data) -> Iterable[Sequence[str]]:
    """The largest error of the engine by method and tolerance."""
    told = results["tests"]["errors"]
    for rtol, method in dict.fromkeys((one["rtol"], one["method"]) for one in told):
        off = [one["off"] for one in told if (one["rtol"], one["method"]) == (rtol, method)]
        yield f"`{method}`", plain(rtol), str(len(off)), plain(max(off))


def rules() -> str:
    """The page of the ten rules."""
    held = read("ten-rules")
    rows = [
        (
            f"{place}. {one['rule']}",
            f"**{one['score']}**",
            one["because"],
            evidence(one["evidence"]),
            one.get("gap", "–"),
        )
        for place, one in enumerate(held["rules"], start=1)
    ]
    words = [(str(place), word, held["words"][word]) for place, word in enumerate(SCORES)]
    weak = [
        f"{one['rule']} ({one['score']}): {one['gap']}"
        for one in sorted(held["rules"], key=lambda one: SCORES.index(one["score"]))
        if one["score"] in SCORES[:2]
    ]
    parts = [
        "# The ten rules of credible practice",
        held["opening"],
        f"{MADE.format(name='ten-rules')} [All contexts](README.md).",
        "## Weakest first",
        bullets(weak),
        "## Scores",
        table(("rule", "score", "why", "shown by", "gap"), rows),
        "## What the words mean",
        table(("", "word", "the rubric"), words),
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def pages(results: _Data) -> dict[str, str]:
    """Every page by its file name."""
    made = {f"{name}.md": page(name, results) for name in CONTEXTS}
    return {"README.md": index(results), **made, "ten-rules.md": rules()}


def main() -> None:
    """All pages."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    for name, text in pages(results).items():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
