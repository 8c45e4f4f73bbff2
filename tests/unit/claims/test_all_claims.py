"""All claims judged: each rests on what exists, says no more than it may, and what must show."""

from __future__ import annotations

import json
from typing import Any

import pytest

from advice import told
from overstated import overstated
from reading import grade
from speciosa.claims import Bench, Verdict, Verdicts, all_cases, claims, judge
from speciosa.claims.answer import Answer
from speciosa.claims.bench import BASE, FACTS, simulations
from speciosa.claims.grade import LEVELS
from speciosa.claims.ran import People
from speciosa.claims.sources import cited
from speciosa.claims.words import ADVICE, SENTENCES, WORDS
from speciosa.evidence import observations
from speciosa.model import VARIANTS
from speciosa.safety.facts import facts
from speciosa.safety.laws import laws

pytestmark = pytest.mark.slow  # every simulation, with every variant of the model

IDS = tuple(claims())
KEYS = {"id", "claim", "verdict", "certainty", "because", "records", "simulations", "variants"}
COLOURS = ("red-vein-analgesic", "green-vein-balanced", "white-vein-stimulating")
DOSES = ("dose-over-7-g", "muscle-relaxation-5-to-15-g")


@pytest.fixture(scope="module")
def verdicts() -> Verdicts:
    """All of them, with fewer people than they are told with."""
    return judge(bench=Bench(people=20, replicates=12))


@pytest.fixture(scope="module")
def of(verdicts: Verdicts) -> dict[str, Verdict]:
    return {one.claim.id: one for one in verdicts}


@pytest.fixture(scope="module")
def told_as(verdicts: Verdicts) -> dict[str, Any]:
    return verdicts.to_dict()


def test_each_is_judged_in_the_order_of_the_list_with_every_simulation(verdicts: Verdicts) -> None:
    assert tuple(one.claim.id for one in verdicts) == IDS
    assert {name for one in verdicts for name in one.simulations} == set(simulations())


# ---- what a verdict rests on -----------------------------------------------------------------


@pytest.mark.parametrize("identity", IDS)
def test_everything_that_is_named_exists(identity: str, told_as: dict[str, Any]) -> None:
    entry = told_as["claims"][IDS.index(identity)]
    bench = Bench()
    known = {*observations(), *laws(), *(one for name in FACTS for one in facts(name))}
    for part in (entry, *entry["parts"]):
        for name in part["records"]:
            assert name in known or bench.record(name).id == name
        for name in part["simulations"]:
            assert name in simulations()
            assert told_as["simulations"][name] == bench.says(name)
    assert set(entry["variants"]) <= {BASE, *VARIANTS}
    assert bool(entry["records"]) == bool(cited(entry["records"]))


@pytest.mark.parametrize("identity", IDS)
def test_none_holds_on_assumed_records_alone(identity: str, of: dict[str, Verdict]) -> None:
    bench = Bench()
    for part in of[identity].parts:
        if part.reply.answer == Answer.YES and not part.part.of_levels:
            held = [bench.record_or_none(one) for one in part.reply.records]
            assert any(
                one is None or (one.status != "assumed" and one.system != "claims") for one in held
            )


@pytest.mark.parametrize("identity", IDS)
def test_the_model_alone_affirms_nothing_but_levels(identity: str, of: dict[str, Verdict]) -> None:
    for part in of[identity].parts:
        nothing_seen = part.seen is None or part.seen.answer == Answer.UNSURE
        if nothing_seen and not part.part.of_levels:
            assert part.reply.answer != Answer.YES
        if nothing_seen and part.part.built_in:
            assert part.reply.answer == Answer.UNSURE


@pytest.mark.parametrize("identity", IDS)
def test_what_is_not_decided_is_very_low(identity: str, of: dict[str, Verdict]) -> None:
    for part in of[identity].parts:
        assert part.certainty.level in LEVELS
        if part.reply.answer == Answer.UNSURE:
            assert part.certainty.level == "very low"


@pytest.mark.parametrize("identity", IDS)
def test_verdicts_by_variant_begin_with_the_model_as_it_stands(
    identity: str, of: dict[str, Verdict]
) -> None:
    variants = of[identity].variants
    if variants:
        assert set(variants) == {BASE, *VARIANTS}
        assert variants[BASE] == of[identity].verdict


@pytest.mark.parametrize("identity", IDS)
def test_advice_never_holds_and_never_fails(identity: str, of: dict[str, Verdict]) -> None:
    found = of[identity]
    words = ADVICE if found.advice else WORDS
    begun = tuple(word.partition("{")[0] for word in words.values())
    assert all(one.startswith(begun) for one in (found.verdict, *found.variants.values()))
    if found.claim.kind == "advice":
        assert found.advice


# ---- what is said ----------------------------------------------------------------------------


@pytest.mark.parametrize("identity", IDS)
def test_the_text_is_one_sentence_of_the_verdict_and_one_of_the_gap(
    identity: str, of: dict[str, Verdict]
) -> None:
    found = of[identity]
    gap = all_cases()[identity].gap
    start, that, end = SENTENCES[found.answer][found.certainty.level].partition("{that}")
    verdict = found.plain.removesuffix(f" {gap}")
    assert verdict != found.plain
    assert verdict.startswith(start)
    assert found.deciding.part.that in verdict
    assert that == "{that}"
    assert verdict.endswith(end.format(on=found.deciding.reply.on))
    for sentence in (verdict, gap):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert ". " not in sentence


@pytest.mark.parametrize("identity", IDS)
def test_the_text_is_plain(identity: str, of: dict[str, Verdict]) -> None:
    assert grade(of[identity].plain) <= 8


@pytest.mark.parametrize("identity", IDS)
def test_the_text_says_no_more_than_its_certainty(identity: str, of: dict[str, Verdict]) -> None:
    assert overstated(of[identity].plain, of[identity].certainty.level) == []


def test_a_text_that_says_more_would_be_found(of: dict[str, Verdict]) -> None:
    found = of["side-effect-nausea"]
    assert found.certainty.level == "very low"
    louder = f"It is likely that {found.deciding.part.that}. It always is, as was proven."
    assert overstated(louder, "very low") == ["likely", "proven", "always"]


@pytest.mark.parametrize("identity", IDS)
def test_the_text_gives_no_advice(identity: str, of: dict[str, Verdict]) -> None:
    found = of[identity]
    said = [found.plain, *(part.part.that for part in found.parts)]
    assert [told(text) for text in said] == [[]] * len(said)


@pytest.mark.parametrize("identity", IDS)
def test_the_short_form_is_short_or_the_claim_itself(
    identity: str, told_as: dict[str, Any]
) -> None:
    entry = told_as["claims"][IDS.index(identity)]
    if len(entry["claim"]) <= 75:
        assert not all_cases()[identity].short or len(entry["short"]) <= 75
    else:
        assert len(entry["short"]) <= 75
    assert entry["short"].endswith(".")


# ---- json ------------------------------------------------------------------------------------


def test_json_is_plain_and_each_claim_has_its_keys(told_as: dict[str, Any]) -> None:
    assert json.loads(json.dumps(told_as, allow_nan=False)) == told_as
    assert [one["id"] for one in told_as["claims"]] == list(IDS)
    for entry in told_as["claims"]:
        assert set(entry) >= KEYS
        assert all(entry[key] for key in KEYS - {"records", "simulations", "variants"})
        assert entry["claim"] == claims()[entry["id"]].claim
    assert told_as["people"] == {"n": 20, "replicates": 12}


# ---- what must show --------------------------------------------------------------------------


def test_kratom_is_not_supported_to_act_on_cannabis_receptors_by_itself(
    of: dict[str, Verdict],
) -> None:
    found = of["endocannabinoid-receptor-binding"]
    assert found.verdict == "fails"
    assert set(found.variants.values()) == {"fails"}
    assert "leaf-15-g" in found.simulations  # the largest dose of any article
    assert of["endocannabinoid-pain-and-inflammation"].verdict == "cannot be decided"


def test_it_is_not_supported_to_lower_inflammation_at_what_people_reach(
    of: dict[str, Verdict],
) -> None:
    found = of["anti-inflammatory"]
    assert found.verdict == "fails"
    assert set(found.variants.values()) == {"fails"}
    assert found.parts[0].reply.answer == Answer.YES  # it does in mice
    assert "leaf-15-g" in found.deciding.reply.simulations
    assert Answer.YES not in {part.reply.answer for part in found.parts[1:]}


@pytest.mark.parametrize("identity", COLOURS)
def test_no_colour_of_vein_holds(identity: str, of: dict[str, Verdict]) -> None:
    assert of[identity].verdict == "fails"
    assert "holds" not in of[identity].variants.values()


@pytest.mark.parametrize("colour", ["red", "green", "white"])
def test_at_equal_content_leaf_of_any_colour_is_the_same_leaf(
    colour: str, verdicts: Verdicts
) -> None:
    leaf = f"{colour}-leaf-3-g"
    asked = {
        test.output
        for identity in COLOURS
        for part in all_cases()[identity].parts
        for test in _people(part.model)
        if leaf in (test.simulation, test.than)
    }
    assert asked
    for output in asked & {"pain.relief", "arousal.stimulation", "arousal.sedation"}:
        nothing = People(leaf, output, at_most=0.0, than="leaf-3-g", how="apart", share=1.0)
        verdicts.bench.run(nothing.needs)
        assert nothing.ask(verdicts.bench, BASE).answer == Answer.YES


def test_that_it_protects_nerves_cannot_be_decided(of: dict[str, Verdict]) -> None:
    assert of["neuroprotective"].verdict == "cannot be decided"


def test_7_oh_is_stronger_than_mitragynine_and_not_the_strongest(of: dict[str, Verdict]) -> None:
    found = of["seven-oh-most-potent"]
    mitragynine, others = found.parts
    assert found.verdict == "fails"
    assert mitragynine.reply.answer == Answer.YES
    assert others.reply.answer == Answer.NO
    assert any("pseudoindoxyl" in one for one in others.reply.records)


@pytest.mark.parametrize("identity", DOSES)
def test_both_texts_on_doses_tell_that_the_articles_contradict_each_other(
    identity: str, of: dict[str, Verdict]
) -> None:
    assert "contradict each other on 7 to 15 g" in of[identity].plain
    articles = of[identity].parts[-1]
    assert articles.reply.answer == Answer.MIXED
    for other in DOSES:
        assert claims()[other].claim in articles.reply.because


def _people(test: object) -> list[People]:
    """Every comparison of people within a test."""
    if isinstance(test, People):
        return [test]
    return [one for inner in getattr(test, "tests", ()) for one in _people(inner)]
