"""Colours and names decide nothing, and what a lab paper is worth was never tested."""

from __future__ import annotations

from dataclasses import replace

import pytest

from speciosa.claims import Bench
from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE, Need
from speciosa.claims.judging import judge
from speciosa.claims.ran import People
from speciosa.evidence import find
from speciosa.model import VARIANTS

COLOURS = ("red-vein-analgesic", "green-vein-balanced", "white-vein-stimulating")
APART = "market/names/alkaloids_apart/strains-2023"


LEAVES = ("leaf-3-g", "red-leaf-3-g", "green-leaf-3-g", "white-leaf-3-g")
EFFECTS = ("pain.relief", "arousal.sedation", "arousal.stimulation")


@pytest.fixture(scope="module")
def bench() -> Bench:
    """A few people, enough where every one of them has the same answer."""
    bench = Bench(people=8, replicates=6)
    bench.run(Need(leaf, effect) for leaf in LEAVES for effect in EFFECTS)
    return bench


@pytest.mark.parametrize("colour", ["red", "green", "white"])
@pytest.mark.parametrize("output", EFFECTS)
def test_leaf_of_a_colour_acts_as_any_leaf_of_the_same_content(
    bench: Bench, colour: str, output: str
) -> None:
    same = People(
        f"{colour}-leaf-3-g",
        output,
        at_most=f"bands/{output}/mild",
        than="leaf-3-g",
        how="apart",
    )
    assert {same.ask(bench, name).answer for name in (BASE, *VARIANTS)} == {Answer.YES}


@pytest.mark.parametrize("claim", COLOURS)
def test_a_colour_changes_nothing_as_the_content_does_not_differ(bench: Bench, claim: str) -> None:
    found = judge([claim], bench=bench).verdicts[0]
    assert found.verdict == "fails"
    assert APART in found.deciding.reply.records
    assert set(found.variants.values()) == {"fails"}


def test_the_model_has_no_voice_on_colours_but_is_shown(bench: Bench) -> None:
    found = judge(["red-vein-analgesic"], bench=bench).verdicts[0]
    assert "red-leaf-3-g" in found.simulations
    assert found.deciding.part.built_in
    assert found.deciding.model is not None


def test_people_feel_what_the_pack_says_all_the_same(bench: Bench) -> None:
    felt = judge(["white-vein-stimulating"], bench=bench).verdicts[0].parts[0]
    assert (felt.reply.answer, felt.certainty.level) == (Answer.YES, "very low")


@pytest.mark.parametrize("claim", ["green-vein-balanced", "strains-have-unique-properties"])
def test_an_alkaloid_that_differed_by_colour_would_change_the_verdict(claim: str) -> None:
    found = find([APART])[APART]
    differs = replace(found, value=2.0, spread=replace(found.spread, centre=2.0))
    bench = Bench(people=4, replicates=4, instead={APART: differs})
    assert judge([claim], bench=bench).verdicts[0].verdict != "fails"


def test_trees_differ_though_names_do_not_tell_them(bench: Bench) -> None:
    trees, names = judge(["strains-have-unique-properties"], bench=bench).verdicts[0].parts
    assert (trees.reply.answer, names.reply.answer) == (Answer.YES, Answer.NO)


def test_nobody_compared_packs_with_a_lab_paper_to_packs_without() -> None:
    found = judge(["lab-testing-ensures-quality"], bench=Bench()).verdicts[0]
    assert found.verdict == "no evidence decides"
    assert found.parts[0].reply.answer == Answer.YES  # a test can find lead


def test_one_comparison_of_packs_would_decide_on_lab_papers() -> None:
    compared = replace(
        find(["contaminants/share_above/lead/3g"])["contaminants/share_above/lead/3g"],
        id="market/certificate/lead",
    )
    bench = Bench(instead={compared.id: compared})
    found = judge(["lab-testing-ensures-quality"], bench=bench).verdicts[0]
    assert found.verdict == "evidence supports it"
