"""A claim of one's own: read from a file, and tested like any other."""

from __future__ import annotations

from pathlib import Path

import pytest

from own_claim import HEAD, SEEN, SIMULATED, WHOLE, judged, written
from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench, simulations
from speciosa.claims.case import Part
from speciosa.claims.grade import Step
from speciosa.claims.judging import judge
from speciosa.claims.margins import MOST
from speciosa.claims.own import own
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Count, Difference, Every, Known, Measured, Ratio


def part_of(folder: Path, looks: str, grade: str = 'grade = {start = "observational"}') -> Part:
    text = f'{HEAD}[[part]]\nthat = "it is so"\n{grade}\n{looks}'
    _, case, _ = own(written(folder, text))
    return case.parts[0]


def test_a_level_in_plasma_is_affirmed_by_a_scenario_in_the_file(tmp_path: Path) -> None:
    found = judged(written(tmp_path, WHOLE))
    assert found.verdict == "holds"
    assert found.claim.id == "mine"
    assert found.claim.system == "own"
    assert found.claim.articles == ()
    assert found.simulations == ("mine/leaf",)
    assert found.plain == (
        "It may be that leaf is in the blood. Nobody has followed people until it was gone."
    )
    assert set(found.variants.values()) == {"holds"}


def test_a_bound_that_nobody_reaches_fails_it(tmp_path: Path) -> None:
    text = WHOLE.replace("at_least = 1.0", "at_least = 1e6")
    assert judged(written(tmp_path, text)).verdict == "fails"


def test_a_scenario_may_be_a_file_beside_it(tmp_path: Path) -> None:
    leaf = '[product]\nkind = "leaf"\n[regimen]\ndose = "5 g"\n'
    written(tmp_path, leaf, "five-grams.toml")
    text = f'{HEAD}[scenarios]\nleaf = "five-grams.toml"\n{SIMULATED}'
    _, case, scenarios = own(written(tmp_path, text))
    assert scenarios["mine/leaf"].product.kind == "leaf"
    assert case.parts[0].needs[0].simulation == "mine/leaf"


def test_a_simulation_of_the_popular_claims_may_be_asked(tmp_path: Path) -> None:
    text = HEAD + SIMULATED.replace('"leaf"', '"leaf-15-g"')
    _, case, scenarios = own(written(tmp_path, text))
    assert scenarios == {}
    assert case.parts[0].needs[0].simulation == "leaf-15-g"
    assert "leaf-15-g" in simulations()


def test_a_claim_of_records_alone_needs_no_simulation(tmp_path: Path) -> None:
    found = judged(written(tmp_path, HEAD + SEEN))
    assert (found.verdict, found.certainty.level) == ("holds", "high")
    assert found.records == ("opioid/mu/Ki/mitragynine",)
    assert found.simulations == ()


def test_advice_of_ones_own_never_holds(tmp_path: Path) -> None:
    text = (HEAD + SEEN).replace('kind = "effect"', 'kind = "advice"')
    assert judged(written(tmp_path, text)).verdict == "evidence supports it"


def test_two_files_may_give_one_name_to_two_scenarios(tmp_path: Path) -> None:
    first = written(tmp_path, WHOLE, "five.toml")
    other = written(tmp_path, WHOLE.replace('"5 g"', '"0.001 g"'), "next-to-nothing.toml")
    found = judge([first, other], bench=Bench(people=2, replicates=2))
    assert [one.verdict for one in found] == ["holds", "fails"]


@pytest.mark.parametrize(
    ("looks", "test"),
    [
        ("id = 'a/b'\nat_least = 2", Bound("a/b", at_least=2.0)),
        ("id = 'a/b'\nat_most = 'c/d'", Bound("a/b", at_most="c/d")),
        ("count = 'a/b'\nat_least = 0.01", Count("a/b", at_least=0.01)),
        ("over = 'a/b'\nunder = 'c/d'\nat_least = 1", Ratio("a/b", "c/d", at_least=1.0)),
        (
            "first = 'a/b'\nsecond = 'c/d'\nat_most = 0",
            Difference("a/b", "c/d", at_most=0.0),
        ),
        (
            "first = 'a/b'\nsecond = 'c/d'\nat_most = 1\nlog = true",
            Difference("a/b", "c/d", at_most=1.0, log=True),
        ),
        ("measured = 'pain/trial/'", Measured("pain/trial/")),
        (
            "measured = 'pain/trial/'\nspecies = 'human'\nlooked = 'PubMed'",
            Measured("pain/trial/", "human", "PubMed"),
        ),
        ("facts = ['person/pregnancy']", Known(("person/pregnancy",))),
    ],
)
def test_each_look_at_a_study_is_the_test_of_that_name(tmp_path: Path, looks: str, test) -> None:
    assert part_of(tmp_path, f"[[part.seen]]\n{looks}\n").seen == test


def test_several_looks_must_all_be_so(tmp_path: Path) -> None:
    looks = "[[part.seen]]\nmeasured = 'a/b/'\n[[part.seen]]\nfacts = ['c/d']\n"
    assert part_of(tmp_path, looks).seen == Every((Measured("a/b/"), Known(("c/d",))))


def test_two_scenarios_are_compared_as_the_file_says(tmp_path: Path) -> None:
    asked = """\
[[part.simulated]]
output = "pain.relief"
scenario = "leaf-5-g"
than = "nothing"
how = "ratio"
window = "last"
at_least = "claims/margin/effect"
share = 0.9
"""
    found = part_of(tmp_path, asked, grade="")
    assert found.model == People(
        "leaf-5-g",
        "pain.relief",
        at_least="claims/margin/effect",
        measure="max",
        window="last",
        than="nothing",
        how="ratio",
        share=0.9,
    )


def test_what_is_left_out_is_the_largest_value_in_most_people(tmp_path: Path) -> None:
    asked = '[[part.simulated]]\noutput = "pain.relief"\nscenario = "nothing"\nat_most = 0.1\n'
    found = part_of(tmp_path, asked, grade="")
    assert found.model == People(
        "nothing", "pain.relief", at_most=0.1, measure="max", window="all", share=MOST
    )
    assert (found.about, found.grade.start, found.built_in) == ("people", "none", "")


def test_a_grade_has_its_steps_and_reasons(tmp_path: Path) -> None:
    grade = """\
[part.grade]
start = "trial"
[[part.grade.step]]
by = -1
domain = "imprecision"
why = "nine men"
"""
    found = part_of(tmp_path, grade + "[[part.seen]]\nfacts = ['c/d']\n", grade="")
    assert found.grade.steps == (Step(-1, "imprecision", "nine men"),)


def test_a_model_may_be_silenced_with_a_reason(tmp_path: Path) -> None:
    text = WHOLE.replace('that = "leaf', 'built_in = "it is put in"\nthat = "leaf')
    found = judged(written(tmp_path, text))
    assert found.verdict == "cannot be decided"
    assert "the model is not heard: it is put in" in found.because


def test_a_part_that_fails_fails_the_claim(tmp_path: Path) -> None:
    other = SEEN.replace("at_most = 1000.0", "at_most = 0.001")
    found = judged(written(tmp_path, HEAD + SEEN + other))
    assert found.verdict == "fails"
    assert [one.reply.answer for one in found.parts] == [Answer.YES, Answer.NO]
