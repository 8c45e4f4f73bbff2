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
