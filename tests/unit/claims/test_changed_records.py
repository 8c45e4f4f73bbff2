"""A record that changes changes the verdict: no verdict was written by hand.

Quick ones alone, which need no simulation; the others stand with their systems in `cases/`.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from changed import exactly, invented
from speciosa.claims.bench import Bench
from speciosa.claims.judging import all_cases, judge
from speciosa.evidence import find

HELPFUL = "use/effects/helpful/smith-2017"

CHANGED = (
    # Stronger than 7-OH by two laboratories; were one of them wrong, it would depend on which.
    (
        "seven-oh-most-potent",
        "opioid/mu/EC50/pseudoindoxyl/varadi-2016",
        1e4,
        "fails",
        "depends on which study is right",
    ),
    (
        "opioid-alkaloids-act-on-opioid-receptors",
        "opioid/mu/Ki/mitragynine",
        1e6,
        "cannot be decided",
        "fails",
    ),
    ("organ-damage", "liver/cases/ahmad-2021", 0.0, "holds", "fails"),
    ("tolerance-develops", "use/disorder/tolerance/singh-2019-disorder", 0.33, "holds", "fails"),
    (
        "dependence-develops",
        "use/withdrawal/odds_above_three_glasses/singh-2019-disorder",
        0.5,
        "holds",
        "fails",
    ),
    (
        "less-addictive-than-opioids",
        "dependence/people/disorder/opioids/boscarino-2015",
        0.9,
        "cannot be decided",
        "holds",
    ),
    (
        "avoid-in-pregnancy-children-illness",
        "use/newborn/cases/fda-neonates-2018",
        0.0,
        "evidence supports it",
        "evidence speaks against it",
    ),
    ("fda-warnings", "use/warnings/fda/overdose/2018-02-21", 0.0, "holds", "fails"),
    ("user-reports-positive", HELPFUL, 0.9, "depends on who is asked", "holds"),
    ("more-research-needed", "claims/most", 0.999, "holds", "fails"),
)
NEW = (
    ("stay-hydrated", "gut/water/trial"),
    ("lab-testing-ensures-quality", "market/certificate/lead"),
    ("holistic-plan", "use/plan/trial"),
    ("consult-professional", "use/asked_first/cohort"),
    ("endorphin-release", "mood/endorphin/people"),
)
"""Where a study would stand that nobody has done, and that would be the first to say so."""


def judged(claim: str, bench: Bench) -> str:
    return judge([claim], bench=bench).verdicts[0].verdict


@pytest.mark.parametrize(("claim", "identity", "value", "before", "after"), CHANGED)
def test_another_number_is_another_verdict(
    claim: str, identity: str, value: float, before: str, after: str
) -> None:
    assert judged(claim, Bench(instead=find([identity]))) == before
    assert judged(claim, Bench(instead=exactly(identity, value))) == after


@pytest.mark.parametrize(("claim", "identity"), NEW)
def test_the_first_study_of_what_nobody_has_measured_decides(claim: str, identity: str) -> None:
    study = invented(identity, HELPFUL, 0.5, species="human")
    without, with_it = judged(claim, Bench()), judged(claim, Bench(instead=study))
    assert without in ("cannot be decided", "no evidence decides")
    assert with_it in ("holds", "evidence supports it")


@pytest.mark.parametrize(("claim", "identity"), NEW)
def test_a_guess_in_its_place_would_not(claim: str, identity: str) -> None:
    (study,) = invented(identity, HELPFUL, 0.5, species="human").values()
    guess = replace(study, status="assumed")
    assert judged(claim, Bench(instead={identity: guess})) == judged(claim, Bench())


def test_they_are_of_more_than_a_dozen_claims_and_need_no_simulation() -> None:
    of = {claim for claim, *_ in (*CHANGED, *NEW)}
    assert len(of) >= 12
    for claim in of:
        assert not [need for part in all_cases()[claim].parts for need in part.needs]
