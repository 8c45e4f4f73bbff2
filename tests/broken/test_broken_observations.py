"""Observations that are wrong, each in one way, and the one message that says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.messages import one_message

from speciosa.errors import EvidenceError
from speciosa.evidence.load import read_observations

KEYS = frozenset({"tanna-2022", "obeng-2021"})
STUDY = """\
study:
  id: made-up
  source: tanna-2022
  title: A study
  population: adults
  arms:
    - {id: tea, product: tea, weighed: 2 g, mg: {mitragynine: 39}, number: 1, n: 5}
  sampling: [0.5, 1, 2]
  lloq: {mitragynine: 0.5 ng/mL}
  where: abstract
  read: verified
observations:
  - id: made-up/mitragynine/cmax
    output: plasma.mitragynine
    measure: cmax
    window: all
    statistic: median
    arm: tea
    value: 81.9
    unit: nmol/L
    spread: {kind: range, low: 50, high: 177}
    where: Table 3
    read: verified
    use: fit
"""

OBSERVATIONS = {
    "no study": (
        "study:\n",
        "stud:\n",
        "observations/made-up.yaml, study: got nothing; expected a study",
    ),
    "other name": (
        "id: made-up\n",
        "id: other\n",
        "study, id: got 'other'; expected made-up, the name of",
    ),
    "no value": ("    value: 81.9\n", "", "cmax, value: got nothing; expected a finite number"),
    "no unit": ("    unit: nmol/L\n", "", "cmax, unit: got nothing; expected a unit"),
    "no spread": (
        "    spread: {kind: range, low: 50, high: 177}\n",
        "",
        "cmax, spread: got nothing; expected a spread such as {kind: range, low: 1, high: 3}",
    ),
    "range upside down": (
        "high: 177",
        "high: 7",
        "spread, high: got 7.0; expected a number of at least low",
    ),
    "no use": ("    use: fit\n", "", "cmax, use: got nothing; expected one of fit, validate, none"),
    "other use": (
        "use: fit",
        "use: train",
        "cmax, use: got 'train'; expected one of fit, validate, none",
    ),
    "none, no reason": (
        "use: fit",
        "use: none",
        "because: got nothing; expected why it serves neither",
    ),
    "no such arm": ("arm: tea", "arm: coffee", "cmax, arm: got 'coffee'; expected one of tea"),
    "no arm": ("    arm: tea\n", "", "cmax, arm: got nothing; expected an arm of the study"),
    "no such statistic": (
        "median",
        "mode",
        "cmax, statistic: got 'mode'; expected one of single, median",
    ),
    "no such window": (
        "window: all",
        "window: some",
        "window: got 'some'; expected one of first, last, all",
    ),
    "other study's id": (
        "id: made-up/",
        "id: else/",
        "id: got 'else/mitragynine/cmax'; expected an id that",
    ),
    "sampling backwards": (
        "[0.5, 1, 2]",
        "[0.5, 2, 1]",
        "sampling: got [0.5, 2.0, 1.0]; expected times in h",
    ),
    "sampling before": (
        "[0.5, 1, 2]",
        "[-1, 1, 2]",
        "sampling: got [-1.0, 1.0, 2.0]; expected times in h",
    ),
    "negative dose": (
        "mitragynine: 39",
        "mitragynine: -39",
        "mitragynine: got -39.0; expected mg of at least",
    ),
    "dose of words": (
        "mitragynine: 39",
        "mitragynine: lots",
        "mitragynine: got 'lots'; expected mg in one",
    ),
    "limit without unit": (
        "0.5 ng/mL",
        "0.5",
        "lloq, mitragynine: got 0.5; expected a quantity such as 2 ng",
    ),
    "weight of a time": (
        "weighed: 2 g",
        "weighed: 2 h",
        "weighed: got '2 h'; expected a quantity such as 2 g",
    ),
    "doses without interval": (
        "number: 1",
        "number: 15",
        "every: got nothing; expected hours above 0 where",
    ),
    "half a dose": (
        "number: 1",
        "number: 0.5",
        "number: got 0.5; expected a whole number of doses",
    ),
    "product of no kind": (
        "product: tea",
        "product: wine",
        "product: got 'wine'; expected one of leaf, tea",
    ),
    "nobody": ("n: 5}", "n: 0}", "n: got 0; expected the number of people"),
    "arms twice": (
        "  sampling:",
        "    - {id: tea, product: tea, mg: {}, number: 1}\n  sampling:",
        "study, arms: got 'tea'; expected names of arms that differ",
    ),
    "further key": (
        "    use: fit\n",
        "    use: fit\n    weigth: 1\n",
        "weigth: got 1; expected only",
    ),
    "a moment without its hour": (
        "measure: cmax",
        "measure: change",
        "cmax, at: got nothing; expected hours with at, change",
    ),
    "an hour of no moment": (
        "    use: fit\n",
        "    use: fit\n    at: 2\n",
        "cmax, at: got 2; expected hours with at, change",
    ),
    "an hour before": (
        "measure: cmax",
        "measure: at\n    at: -1",
        "cmax, at: got -1; expected hours with",
    ),
    "a share of nothing": (
        "median",
        "share",
        "cmax, above: got nothing; expected a bound with the statistic",
    ),
    "a bound of no share": (
        "    use: fit\n",
        "    use: fit\n    above: 2\n",
        "cmax, above: got 2; expected a bound",
    ),
    "fitted though it follows": (
        "    use: fit\n",
        "    use: fit\n    by: dose over area\n",
        "cmax, use: got 'fit'; expected none, since it follows",
    ),
    "fitted though it repeats": (
        "    use: fit\n",
        "    use: fit\n    repeats: made-up/other\n",
        "cmax, use: got 'fit'; expected none, since it follows",
    ),
    "habit without interval": (
        "number: 1, n: 5}",
        "number: 1, n: 5, habit: {mg: {mitragynine: 39}, days: 9}}",
        "habit, every: got nothing; expected hours between",
    ),
    "habit of no days": (
        "number: 1, n: 5}",
        "number: 1, n: 5, habit: {mg: {mitragynine: 39}, every: 8, days: 0}}",
        "habit, days: got 0; expected a number above 0",
    ),
    "habit that is no habit": (
        "number: 1, n: 5}",
        "number: 1, n: 5, habit: {mg: {mitragynine: -9}, every: 8, days: 9}}",
        "mitragynine: got -9.0; expected mg of at least 0",
    ),
    "habit of the future": (
        "number: 1, n: 5}",
        "number: 1, n: 5, habit: {mg: {mitragynine: 39}, every: 8, days: 9, since: -2}}",
        "habit, since: got -2; expected a number above 0",
    ),
    "medicine without dose": (
        "number: 1, n: 5}",
        "number: 1, n: 5, with: [{drug: morphine}]}",
        "with 1, mg: got nothing; expected mg in one dose",
    ),
    "medicine taken back": (
        "number: 1, n: 5}",
        "number: 1, n: 5, with: [{drug: morphine, mg: -1}]}",
        "with 1, mg: got -1.0; expected mg of at least",
    ),
    "medicine once every day": (
        "number: 1, n: 5}",
        "number: 1, n: 5, with: [{drug: morphine, mg: 1, every: 24}]}",
        "with 1, every: got 24; expected hours above 0 where",
    ),
    "medicine often, at once": (
        "number: 1, n: 5}",
        "number: 1, n: 5, with: [{drug: morphine, mg: 1, number: 3}]}",
        "with 1, every: got nothing; expected hours above 0 where",
    ),
    "pain of no word": (
        "number: 1, n: 5}",
        "number: 1, n: 5, pain: 7}",
        "pain: got 7; expected one of none, acute, ",
    ),
    "pain of an unknown word": (
        "number: 1, n: 5}",
        "number: 1, n: 5, pain: bad}",
        "pain: got 'bad'; expected one of none, acute, ",
    ),
    "route by another word": (
        "number: 1, n: 5}",
        "number: 1, n: 5, route: iv}",
        "route: got 'iv'; expected one of oral, sublingual, ",
    ),
    "route of a medicine by another word": (
        "number: 1, n: 5}",
        "number: 1, n: 5, with: [{drug: morphine, mg: 5, route: iv}]}",
        "route: got 'iv'; expected one of oral, sublingual, ",
    ),
}


@pytest.mark.parametrize("name", OBSERVATIONS)
def test_a_broken_observation_gets_one_clear_message(name: str, tmp_path: Path) -> None:
    old, new, message = OBSERVATIONS[name]
    assert old in STUDY
    path = tmp_path / "observations" / "made-up.yaml"
    path.parent.mkdir()
    path.write_text(STUDY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_observations(path, KEYS)
    assert message in one_message(caught)


def test_the_plain_one_is_right(tmp_path: Path) -> None:
    path = tmp_path / "observations" / "made-up.yaml"
    path.parent.mkdir()
    path.write_text(STUDY)
    study, (observation,) = read_observations(path, KEYS)
    assert (study.arms[0].weighed, study.lloq["mitragynine"]) == (2.0, 0.5)
    assert observation.arms == ("tea",)
    assert study.arms[0].habit is None
    assert study.arms[0].medicines == ()
    assert study.arms[0].pain == "none"


def test_a_habit_medicines_and_a_pain_are_read(tmp_path: Path) -> None:
    path = tmp_path / "observations" / "made-up.yaml"
    path.parent.mkdir()
    more = (
        "n: 5, pain: acute, habit: {mg: {mitragynine: 30}, every: 8, days: 9}, "
        "with: [{drug: morphine, mg: 5, at: 1, every: 4, number: 2, route: intravenous}, "
        "{drug: caffeine, mg: 100}]}"
    )
    path.write_text(STUDY.replace("n: 5}", more))
    arm = read_observations(path, KEYS)[0].arms[0]
    assert arm.pain == "acute"
    assert arm.habit is not None
    # The last dose of a habit was one interval ago where nothing else is said.
    assert (dict(arm.habit.mg), arm.habit.days, arm.habit.since) == ({"mitragynine": 30}, 9, 8)
    morphine, caffeine = arm.medicines
    assert (morphine.drug, morphine.at, morphine.every, morphine.number) == ("morphine", 1, 4, 2)
    assert (morphine.route, caffeine.route) == ("intravenous", "oral")
    assert (caffeine.at, caffeine.number) == (0, 1)
