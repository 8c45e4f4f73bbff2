"""A claim of one's own: read from a file, tested like any other, and refused where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.claims.answer import Answer
from speciosa.claims.bench import Bench, simulations
from speciosa.claims.case import Part
from speciosa.claims.grade import Step
from speciosa.claims.judging import judge
from speciosa.claims.margins import MOST
from speciosa.claims.own import own
from speciosa.claims.ran import People
from speciosa.claims.seen import Bound, Count, Difference, Every, Known, Measured, Ratio
from speciosa.claims.verdict import Verdict
from speciosa.errors import EmergencyError, EvidenceError, InputError, ScenarioError

HEAD = """\
claim = "Leaf is in the blood within a day."
kind = "effect"
gap = "Nobody has followed people until it was gone."
"""
INLINE = """
[scenarios]
leaf.product.kind = "leaf"
leaf.regimen.dose = "5 g"
leaf.output.until = "24 h"
"""
SIMULATED = """
[[part]]
that = "leaf is in the blood"
[[part.simulated]]
output = "plasma.mitragynine"
measure = "cmax"
scenario = "leaf"
at_least = 1.0
"""
SEEN = """
[[part]]
that = "it binds firmly"
about = "laboratory"
grade = {start = "experiment"}
[[part.seen]]
id = "opioid/mu/Ki/mitragynine"
at_most = 1000.0
"""
WHOLE = HEAD + INLINE + SIMULATED


def written(folder: Path, text: str, name: str = "mine.toml") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def part_of(folder: Path, looks: str, grade: str = 'grade = {start = "observational"}') -> Part:
    text = f'{HEAD}[[part]]\nthat = "it is so"\n{grade}\n{looks}'
    _, case, _ = own(written(folder, text))
    return case.parts[0]


def judged(*paths: str) -> Verdict:
    return judge(paths, bench=Bench(people=2, replicates=2)).verdicts[0]


# ---- what a file says ------------------------------------------------------------------------


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


# ---- what is refused -------------------------------------------------------------------------

BROKEN = {
    "no claim": (
        HEAD.replace("claim =", "# claim =") + SEEN,
        "mine.toml, claim: got nothing; expected a sentence",
    ),
    "no gap": (
        HEAD.replace("gap =", "# gap =") + SEEN,
        "mine.toml, gap: got nothing; expected one sentence: the main thing that nobody knows",
    ),
    "a kind that nobody knows": (
        HEAD.replace('"effect"', '"rumour"') + SEEN,
        "mine.toml, kind: got 'rumour'; expected one of mechanism, effect, dose, product, safety, "
        "advice, law, evidence",
    ),
    "no part": (HEAD, "mine.toml, part: got []; expected at least one part, [[part]]"),
    "a part that is no list": (
        HEAD + "[part]\nthat = 'it is so'\n",
        "mine.toml, part: got {'that': 'it is so'}; expected a list of parts",
    ),
    "a key that nobody asks for": (
        HEAD + "gaps = 'two'\n" + SEEN,
        "mine.toml, gaps: got 'two'; expected gap?",
    ),
    "a part without a statement": (
        HEAD + SEEN.replace("that =", "# that ="),
        "mine.toml, part 1, that: got nothing; expected a statement that follows "
        '"it is likely that"',
    ),
    "nothing to look at": (
        HEAD + "[[part]]\nthat = 'it is so'\n",
        "mine.toml, part 1, simulated: got []; expected something to look at, "
        "[[part.simulated]] or [[part.seen]]",
    ),
    "about trees": (
        HEAD + SEEN.replace('"laboratory"', '"trees"'),
        "mine.toml, part 1, about: got 'trees'; expected one of people, laboratory, product, "
        "document",
    ),
    "a study without a grade": (
        HEAD + SEEN.replace("grade =", "# grade ="),
        "mine.toml, part 1, grade: got nothing; expected a grade, such as "
        "{start = 'observational'}, written as keys and values",
    ),
    "a grade without a study": (
        HEAD + INLINE + SIMULATED.replace("[[part.sim", 'grade = {start = "trial"}\n[[part.sim'),
        "mine.toml, part 1, grade: got {'start': 'trial'}; expected no grade where no study is "
        "looked at",
    ),
    "a grade that nobody knows": (
        HEAD + SEEN.replace('"experiment"', '"rumour"'),
        "mine.toml, part 1, grade, start: got 'rumour'; expected one of trial, experiment, "
        "document, model, observational, cases, none",
    ),
    "a step the wrong way": (
        HEAD
        + SEEN.replace(
            '"experiment"',
            '"trial", step = [{by = 1, domain = "imprecision", why = "few"}]',
        ),
        "mine.toml, part 1, grade, step 1, by: got 1.0; expected -1, -2 or -3",
    ),
    "a step without a reason": (
        HEAD + SEEN.replace('"experiment"', '"trial", step = [{by = -1, domain = "imprecision"}]'),
        "mine.toml, part 1, grade, step 1, why: got nothing; expected the reason",
    ),
    "two bounds": (
        HEAD + SEEN + "at_least = 1\n",
        "mine.toml, part 1, seen 1, at_least: got ['at_least', 'at_most']; expected exactly one of "
        "at_least and at_most",
    ),
    "no bound": (
        HEAD + SEEN.replace("at_most", "# at_most"),
        "mine.toml, part 1, seen 1, at_least: got []; expected exactly one of at_least and at_most",
    ),
    "a bound in words": (
        HEAD + SEEN.replace("1000.0", "'much'"),
        "mine.toml, part 1, seen 1, at_most: got 'much'; expected an id of words joined by /, "
        "such as opioid/mu/Ki/morphine",
    ),
    "a bound that is no number": (
        HEAD + SEEN.replace("1000.0", "true"),
        "mine.toml, part 1, seen 1, at_most: got True; expected a number or an id",
    ),
    "two looks in one": (
        HEAD + SEEN + "measured = 'a/b/'\n",
        "mine.toml, part 1, seen 1, seen: got ['id', 'measured']; expected exactly one of the keys "
        "id, over, count, first, measured, facts",
    ),
    "a ratio over nothing": (
        HEAD + SEEN.replace("id =", "over ="),
        "mine.toml, part 1, seen 1, under: got nothing; expected an id of words joined by /, "
        "such as opioid/mu/Ki/morphine",
    ),
    "a scenario that is not there": (
        HEAD + SIMULATED,
        "mine.toml, part 1, simulated 1, scenario: got 'leaf'; expected one of "
        + ", ".join(simulations()),
    ),
    "a comparison with nothing": (
        HEAD + INLINE + SIMULATED + 'how = "ratio"\n',
        "mine.toml, part 1, simulated 1, than: got ''; expected the scenario that it is compared "
        "with",
    ),
    "a comparison that nobody knows": (
        HEAD + INLINE + SIMULATED + 'than = "nothing"\nhow = "sum"\n',
        "mine.toml, part 1, simulated 1, how: got 'sum'; expected one of difference, apart, ratio",
    ),
    "more than all people": (
        HEAD + INLINE + SIMULATED + "share = 90\n",
        "mine.toml, part 1, simulated 1, share: got 90.0; expected a share of people, from 0 to 1, "
        "or an id",
    ),
    "a scenario that is a number": (
        HEAD + "[scenarios]\nleaf = 5\n" + SIMULATED,
        "mine.toml, scenarios, leaf: got 5; expected the name of a scenario file, or the tables of "
        "a scenario",
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_what_is_wrong_is_told_with_its_place_and_what_would_be_right(
    tmp_path: Path, broken: str
) -> None:
    text, message = BROKEN[broken]
    with pytest.raises(InputError) as caught:
        own(written(tmp_path, text))
    assert str(caught.value) == message


def test_a_file_that_is_not_there_or_no_toml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.toml"):
        own(str(tmp_path / "nowhere.toml"))
    with pytest.raises(InputError, match=r"mine\.toml"):
        own(written(tmp_path, "claim = "))


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        ("leaf.product.kind = 'ketchup'\nleaf.regimen.dose = '5 g'", "ketchup"),
        ("leaf.product.kind = 'leaf'", "regimen"),
        ("leaf = 'nowhere.toml'", "nowhere.toml"),
    ],
)
def test_a_scenario_that_is_wrong_is_refused_as_it_would_be_alone(
    tmp_path: Path, scenario: str, message: str
) -> None:
    with pytest.raises(ScenarioError, match=message):
        own(written(tmp_path, f"{HEAD}[scenarios]\n{scenario}\n{SIMULATED}"))


@pytest.mark.parametrize(
    ("sign", "told"),
    [
        ('leaf.person.signs = ["blue lips"]', "blue lips"),
        ('leaf.person.notes = "I want to die"', "suicidal thoughts"),
    ],
)
def test_an_emergency_in_a_scenario_stops_everything(tmp_path: Path, sign: str, told: str) -> None:
    text = HEAD + INLINE + sign + "\n" + SIMULATED
    with pytest.raises(EmergencyError) as caught:
        judge([written(tmp_path, text)])
    assert caught.value.signs == (told,)


def test_an_emergency_in_a_file_beside_it_stops_everything_too(tmp_path: Path) -> None:
    leaf = '[person]\nsigns = ["blue lips"]\n[product]\nkind = "leaf"\n[regimen]\ndose = "5 g"\n'
    written(tmp_path, leaf, "leaf-of-mine.toml")
    text = f'{HEAD}[scenarios]\nleaf = "leaf-of-mine.toml"\n{SIMULATED}'
    with pytest.raises(EmergencyError, match="an emergency: blue lips"):
        own(written(tmp_path, text))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("mu/Ki/mitragynine", "mu/Ki/water", "opioid/mu/Ki/water"),
        ("at_most = 1000.0", "at_most = 'distribution/V1/mitragynine'", "unit of distribution"),
    ],
)
def test_a_record_that_is_not_there_or_of_another_unit_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(EvidenceError, match=message):
        judged(written(tmp_path, (HEAD + SEEN).replace(old, new)))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"plasma.mitragynine"', '"plasma.water"', r"plasma\.water"),
        ('"cmax"', '"height"', r"got 'height in all'; expected one of cmax in all"),
    ],
)
def test_an_output_or_a_measure_that_is_not_there_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        judged(written(tmp_path, WHOLE.replace(old, new)))
