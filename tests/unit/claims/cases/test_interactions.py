"""What kratom does with other drugs: one trial, and counts of calls and deaths."""

from __future__ import annotations

from dataclasses import replace

import pytest

from speciosa.claims import Bench, Verdict
from speciosa.claims.answer import Answer
from speciosa.claims.judging import judge
from speciosa.evidence import find

LIMIT = "interactions/cutoff/no_effect"
ODDS = "use/calls/odds_serious_with_others/post-2019"
ALCOHOL = "breathing/people/isohypercapnic/alcohol_on_oxycodone"
ALONE = "use/deaths/alone/olsen-2019"


def judged(claim: str, bench: Bench) -> Verdict:
    return judge([claim], bench=bench).verdicts[0]


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(people=8, replicates=6)


def test_a_peak_beyond_the_bound_of_no_effect_is_an_interaction(bench: Bench) -> None:
    blood = judged("interacts-with-medicines", bench).parts[0]
    assert blood.reply.answer == Answer.YES
    assert "cmax_ratio is 1.5" in blood.reply.because
    # The one that did not change was looked at too.
    assert "tanna-2023/dextromethorphan/auc_ratio" in blood.reply.records


def test_the_verdict_on_medicines_hangs_on_the_bound_of_the_guideline() -> None:
    limit = find([LIMIT])[LIMIT]
    wide = Bench(people=4, replicates=4, instead={LIMIT: replace(limit, value=2.0)})
    assert judged("interacts-with-medicines", wide).verdict == "fails"


def test_harm_in_company_is_low_in_certainty_and_advice_never_holds(bench: Bench) -> None:
    found = judged("avoid-combining", bench)
    assert (found.verdict, found.certainty.level) == ("evidence supports it", "low")
    assert "leaf-3-g-with-oxycodone-10-mg" in found.simulations


def test_odds_that_could_be_even_would_leave_company_undecided() -> None:
    odds = find([ODDS])[ODDS]
    even = replace(odds, value=1.05, spread=replace(odds.spread, centre=1.05))
    found = judged("avoid-combining", Bench(people=4, replicates=4, instead={ODDS: even}))
    assert found.verdict == "no evidence decides"


def test_alcohol_that_took_nothing_more_from_the_breath_would_speak_against_it() -> None:
    alcohol = find([ALCOHOL])[ALCOHOL]
    none = replace(alcohol, value=1.3, spread=replace(alcohol.spread, centre=1.3))
    found = judged("avoid-combining", Bench(people=4, replicates=4, instead={ALCOHOL: none}))
    assert found.verdict == "evidence speaks against it"


def test_deaths_mostly_of_kratom_alone_would_speak_against_it() -> None:
    mostly = replace(find([ALONE])[ALONE], value=0.9)
    found = judged("avoid-combining", Bench(people=4, replicates=4, instead={ALONE: mostly}))
    assert found.verdict == "evidence speaks against it"
