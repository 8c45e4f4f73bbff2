"""A claim of one's own with one fault: refused, with its place and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from own_claim import HEAD, INLINE, SEEN, SIMULATED, WHOLE, judged, written
from speciosa.claims.bench import simulations
from speciosa.claims.judging import judge
from speciosa.claims.own import own
from speciosa.errors import EmergencyError, EvidenceError, InputError, ScenarioError

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
