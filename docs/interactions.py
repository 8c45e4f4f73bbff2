"""Write the results into `docs/interactions.md`, from what `speciosa validate` says of ratios.

`speciosa validate --interactions --figure docs/pictures/interactions.png --json - |
python3 docs/interactions.py`

The trial with kratom is run here, with what test tubes say and with what was fitted.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from filling import filled
from speciosa.evidence import Observation, observations, records, studies
from speciosa.evidence.fits import fits
from speciosa.report.words import number, span
from speciosa.trial.observed import is_ratio
from speciosa.trial.ratios import Crossover, crossover

PAGE = Path(__file__).with_suffix(".md")
TRIAL, TRIALS, SEED = "tanna-2023", 20, 1
GUT, LIVER = "gut-cyp3a-as-in-tubes", "cyp3a-autoinhibition"
VERSIONS: Mapping[str, tuple[str, ...]] = {
    "tubes": (GUT, LIVER),
    "gut": (GUT,),
    "fitted": (),
}
"""Test tubes for gut wall and liver, for the gut wall alone, and the model as it stands."""
WORST = 10
STATIC = "metabolism/static/ratio/"

_BUSY = "taken together with the last rifampicin, an assumed hour: in the model rifampicin still \
blocks the enzyme then; half a day later the ratio is far lower"
_INDUCED = "after days ritonavir makes more enzyme as well; the model knows only that it blocks"
_FEW = "so little of a dose gets past gut wall and liver that a small error there is a large one \
of the ratio"
_LATE = "a day after the last dose of the cause: hangs on how fast that leaves"
REASONS: Mapping[tuple[str, str], str] = {
    ("nifedipine", "rifampicin"): _BUSY,
    ("oxycodone", "rifampicin"): _BUSY,
    ("alprazolam", "ritonavir"): _INDUCED,
    ("alfentanil", "ritonavir"): _INDUCED,
    ("methadone", "ritonavir"): _INDUCED,
    ("simvastatin", "rifampicin"): _FEW,
    ("buspirone", "rifampicin"): _FEW,
    ("buspirone", "verapamil"): _FEW,
    ("omeprazole", "fluoxetine"): "that fluoxetine blocks CYP2C19 is not in the model",
    ("buspirone", "fluvoxamine"): _LATE,
}
"""Why a pair may be far off, where something is known; of other pairs nothing is said."""

_Row = Mapping[str, Any]


def page(text: str, outcome: Mapping[str, Any], visits: Mapping[str, Crossover]) -> str:
    """The page with what is made of numbers in its places, `<!-- made: ... -->` to the end mark."""
    rows: Sequence[_Row] = outcome["comparisons"]
    made = {
        "kratom": kratom(visits),
        "summary": summary(outcome),
        "worst": worst(areas(rows, "validate")),
        "pairs": pairs(areas(rows, "validate")),
        "peaks": pairs([r for r in rows if r["measure"] == "cmax_ratio"]),
        "fitted": pairs(areas(rows, "fit")),
        "left out": left_out(outcome["left_out"]),
    }
    return filled(text, made)


def kratom(visits: Mapping[str, Crossover]) -> Iterator[str]:
    """What the trial saw beside the static rule and three versions of the model."""
    yield (
        "| exposure with kratom over without | observed (90 % interval) | static rule, as printed "
        "before | static rule, here | model, test tubes | model, test tubes, gut wall alone "
        "| model, fitted |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for o in of_trial():
        printed = records("metabolism").get(f"{STATIC}{molecule(o)}")
        said = [number(printed.value) if printed and o.measure == "auc_ratio" else "–"]
        static = visits["tubes"].static[o.id]
        said.append("–" if static is None else number(static))
        said += [middle(visits[name], o.id) for name in VERSIONS]
        seen = f"{number(o.value)} ({span(o.spread.low, o.spread.high)})"
        yield f"| {molecule(o)}, {what(o.measure)} | {seen} | {' | '.join(said)} |"


def middle(visits: Crossover, identity: str) -> str:
    """The middle of the trials, and the 90 % range with all that is not known."""
    low, high = np.nanpercentile(visits.uncertain[identity], [5.0, 95.0])
    return f"{number(float(np.nanmedian(visits.nominal[identity])))} ({span(low, high)})"


def of_trial() -> list[Observation]:
    """Ratios of areas and peaks of the trial with kratom."""
    wanted = ("auc_ratio", "cmax_ratio")
    held = (o for o in observations().values() if o.study == TRIAL and is_ratio(o))
    return [o for o in held if o.measure in wanted]


def summary(outcome: Mapping[str, Any]) -> Iterator[str]:
    """How near, by group, with the static rule on the same observations."""
    rows: Sequence[_Row] = outcome["comparisons"]
    yield (
        f"Fit: `{next(run for run in fits() if run.startswith('interactions'))}`. "
        f"{outcome['trials']} virtual trials of each pair, seed {outcome['seed']}."
    )
    yield ""
    yield (
        "| group | ratios | pairs of drugs | within 2-fold | mean fold error | inside 90 % "
        "| ratios with a static rule | static: within 2-fold | static: mean fold error "
        "| model on the same: within 2-fold | model on the same: mean fold error |"
    )
    yield "| --- " * 11 + "|"
    unseen = areas(rows, "validate")
    for name, held in (
        ("never seen, AUC", unseen),
        ("never seen, AUC raised", [r for r in unseen if r["observed"] >= 1.0]),
        ("never seen, AUC lowered", [r for r in unseen if r["observed"] < 1.0]),
        ("never seen, Cmax", [r for r in rows if r["measure"] == "cmax_ratio"]),
        ("fitted, AUC of midazolam", areas(rows, "fit")),
    ):
        if not held:
            continue
        beside = [r for r in held if r["baseline"] is not None]
        folds = [r["fold"] for r in held]
        cells = [name, str(len(held)), str(len({pair(r) for r in held})), *near(folds)]
        cells += [percent(sum(r["inside_90"] for r in held) / len(held)), str(len(beside))]
        cells += near([r["baseline"] / r["observed"] for r in beside])
        cells += near([r["fold"] for r in beside])
        yield f"| {' | '.join(cells)} |"


def near(folds: Sequence[float]) -> list[str]:
    """Share within 2-fold, and the geometric mean of how many fold they are off."""
    if not folds:  # the static rule says nothing of peaks
        return ["–", "–"]
    off = [abs(math.log(fold)) for fold in folds]
    within = sum(one <= math.log(2.0) for one in off) / len(off)
    return [percent(within), number(math.exp(sum(off) / len(off)))]


def worst(rows: Iterable[_Row]) -> Iterator[str]:
    """Those that are furthest off, and why if something is known."""
    yield "| victim | cause | observed | model | static | fold | likely reason | study: arm |"
    yield "| --- " * 8 + "|"
    for r in sorted(rows, key=lambda r: -abs(math.log(r["fold"])))[:WORST]:
        why = REASONS.get(pair(r), "not known")
        cells = (*pair(r), number(r["observed"]), number(r["simulated"]), number(r["baseline"]))
        yield f"| {' | '.join(cells)} | {r['fold']:.2f} | {why} | {where(r)} |"


def pairs(rows: Iterable[_Row]) -> Iterator[str]:
    """A line for each ratio, by victim and cause."""
    yield "| victim | cause | observed | model | 90 % | static | fold | study: arm | read |"
    yield "| --- " * 9 + "|"
    for r in sorted(rows, key=lambda r: (*pair(r), where(r))):
        cells = (
            *pair(r),
            number(r["observed"]),
            number(r["simulated"]),
            span(r["p05"], r["p95"]),
            number(r["baseline"]),
            f"{r['fold']:.2f}",
            where(r),
            r["read"],
        )
        yield f"| {' | '.join(cells)} |"


def left_out(rows: Iterable[_Row]) -> Iterator[str]:
    """What could not be compared, and why."""
    yield "| observation | because |"
    yield "| --- | --- |"
    for r in rows:
        yield f"| `{r['id']}` | {r['because']} |"


def areas(rows: Iterable[_Row], use: str) -> list[_Row]:
    """Ratios of areas that serve this."""
    return [r for r in rows if (r["measure"], r["use"]) == ("auc_ratio", use)]


def where(row: _Row) -> str:
    """Study, and its arm with the cause."""
    return f"{row['study']}: {row['arm'].partition(',')[0]}"


def pair(row: _Row) -> tuple[str, str]:
    """Victim and cause by the names of the drugs."""
    o = observations()[row["id"]]
    taken, alone = (studies()[o.study].arm(name) for name in o.arms)
    before = {m.drug for m in alone.medicines}
    after = [m.drug for m in taken.medicines if m.drug not in before]
    return molecule(o), after[0] if after else "kratom"


def molecule(o: Observation) -> str:
    """The drug whose exposure was measured."""
    return o.output.removeprefix("plasma.")


def what(measure: str) -> str:
    """AUC or Cmax."""
    return {"auc_ratio": "AUC", "cmax_ratio": "Cmax"}[measure]


def percent(share: float) -> str:
    """A share in per cent."""
    return f"{100 * share:.0f} %"


def run_trial(trials: int = TRIALS) -> dict[str, Crossover]:
    """The trial with kratom by each version of the model."""
    wanted = of_trial()
    study, arms = studies()[TRIAL], wanted[0].arms
    return {
        name: crossover(study, arms, wanted, trials=trials, seed=SEED, variants=variants)
        for name, variants in VERSIONS.items()
    }


def main() -> None:
    """The page anew."""
    outcome = json.load(sys.stdin)
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8"), outcome, run_trial()), encoding="utf-8")


if __name__ == "__main__":
    main()
