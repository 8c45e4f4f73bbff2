"""A file, an address and a file again say the same; a form keeps all that was written."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.safety.case import Case
from speciosa.trial import Scenario
from speciosa.trial.words import CONDITIONS, CYP2D6, KINDS, PAINS, SEXES, SIGNS
from speciosa.trial.writing import toml
from speciosa.web.form.fields import Form
from speciosa.web.form.making import form_of
from speciosa.web.form.opened import Paper, opened
from speciosa.web.form.query import address, pairs_of
from speciosa.web.form.read import read_pairs

EXAMPLES = sorted((Path(__file__).parents[4] / "examples").glob("*.toml"))


def asked(query: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(query).query, keep_blank_values=True)


def sent(form: Form) -> list[tuple[str, str]]:
    """What a browser sends if the button is pressed and nothing was changed."""
    pairs = [*form.hidden]
    for one in form.all():
        if one.kind == "text":
            pairs.append((one.key, one.value))
        elif one.kind == "choice":
            chosen = [choice.value for choice in one.choices if choice.chosen]
            pairs.append((one.key, chosen[-1] if chosen else ""))
        else:
            pairs += [(one.key, choice.value) for choice in one.choices if choice.chosen]
    return pairs


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_is_the_same_by_file_address_form_and_file_again(file: Path) -> None:
    scenario = Scenario.load(file)
    by_address = read_pairs(asked(address("/", scenario)))
    assert by_address.scenario == scenario
    by_form = read_pairs(sent(form_of(by_address)))
    assert by_form.scenario == scenario
    assert Scenario.from_dict(tomllib.loads(toml(by_form.tables))) == scenario


def paper_of(scenario: Scenario, folder: Path) -> Paper | None:
    """The lab paper that an example names."""
    if scenario.product.certificate is None:
        return None
    name = scenario.product.certificate.texts["file"]
    return Paper(name, (folder / "certificates" / name).read_bytes())


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_an_example_that_is_opened_keeps_its_defaults_unsaid(file: Path) -> None:
    scenario = Scenario.load(file)
    found = opened(file.read_bytes(), paper_of(scenario, file.parent))
    held = read_pairs(found.pairs)
    assert (held.scenario, found.left) == (scenario, ())
    assert held.scenario is not None
    assert held.scenario.defaulted() == scenario.defaulted()


def in_order(words: Sequence[str]) -> list[str]:
    """Words as boxes that are ticked come: in the order in which they stand."""
    return sorted(words, key=(*CONDITIONS, *SIGNS).index)


TIMES = st.sampled_from(("8 h", "12 h", "1 d", "7 h", "30 min", "3.4285714285714284 h"))
LASTS = st.sampled_from(("7 d", "14 d", "2 wk", "100 h", "2.5 d"))
DOSES = st.floats(0.01, 9.0).map(lambda grams: f"{grams!r} g")
HABITS = st.sampled_from(("naive", "regular")) | st.fixed_dictionaries(
    {}, optional={"dose": DOSES, "every": TIMES, "for": st.sampled_from(("30 d", "1 y", "183 d"))}
).filter(bool)
WHO: dict[str, st.SearchStrategy[Any]] = {
    "experience": HABITS,
    "conditions": st.lists(st.sampled_from(CONDITIONS), unique=True, max_size=3).map(in_order),
    "signs": st.lists(st.sampled_from(SIGNS), unique=True, max_size=2).map(in_order),
    "pain": st.sampled_from(PAINS),
    "jurisdiction": st.sampled_from(("US", "TH", "US-CA/San Diego")),
}
PERSON = st.fixed_dictionaries(
    {},
    optional={
        **WHO,
        "age": st.integers(18, 99),
        "weight": st.floats(30.0, 200.0).map(lambda kg: f"{kg!r} kg"),
        "sex": st.sampled_from(SEXES),
        "cyp2d6": st.sampled_from(CYP2D6),
    },
)
PEOPLE = st.fixed_dictionaries(
    {},
    optional={
        **WHO,
        "age": st.just({"low": "20 y", "high": "50 y"}) | st.just("40 y"),
        "weight": st.sampled_from(("reference", "80 kg", {"median": "75 kg", "cv": 0.2})),
        "sex": st.sampled_from((*SEXES, {"female": 0.25})),
        "cyp2d6": st.sampled_from((*CYP2D6, {"poor": 0.5, "normal": 0.5})),
    },
)
MEDICINE = st.fixed_dictionaries(
    {"drug": st.sampled_from(("caffeine", "metoprolol", "Xanax"))},
    optional={"dose": st.integers(1, 90).map(lambda mg: f"{mg} mg"), "at": TIMES},
)
SCENARIOS = st.fixed_dictionaries(
    {
        "product": st.fixed_dictionaries(
            {"kind": st.sampled_from(KINDS[:4])},
            optional={
                "mitragynine": st.sampled_from(("14 mg/g", "1.4 %", "< 0.5 mg/g")),
                "profile": st.sampled_from(({}, {"speciogynine": "3 mg/g", "7-OH": "0.1 mg/g"})),
                "strain": st.sampled_from(("Red Bali", "50x", "día & más")),
            },
        ),
        "regimen": st.fixed_dictionaries({"dose": DOSES})
        | st.fixed_dictionaries(
            {
                "dose": DOSES,
                "every": TIMES,
                "for": LASTS,
                "steps": st.just([]) | st.just([{"from": "2 d", "dose": "0 g"}]),
            }
        ),
    },
    optional={
        "with": st.lists(MEDICINE, max_size=3),
        "output": st.fixed_dictionaries(
            {}, optional={"until": st.just("1000 h"), "sampling": st.just(["0.5 h", "1 h"])}
        ),
        "run": st.fixed_dictionaries(
            {}, optional={"people": st.integers(1, 500), "variants": st.just(["all"])}
        ),
    },
)


@given(
    tables=SCENARIOS,
    who=st.tuples(st.just("person"), PERSON) | st.tuples(st.just("people"), PEOPLE),
)
def test_any_scenario_survives_file_address_and_form(
    tables: dict[str, Any], who: tuple[str, dict[str, Any]]
) -> None:
    whole = {**tables, who[0]: who[1]}
    scenario = Scenario.from_dict(whole)
    found = opened(toml(whole).encode())
    held = read_pairs(found.pairs)
    assert (held.error, found.left) == (None, ())
    assert held.scenario == scenario
    assert read_pairs(sent(form_of(held))).scenario == scenario
    assert read_pairs(pairs_of(scenario.filled())).scenario == scenario


KEYS = st.sampled_from(
    (
        *("product.kind", "product.mitragynine", "product.profile.7-OH", "product.certificate.lab"),
        *("regimen.dose", "regimen.every", "regimen.for", "regimen.steps.7.from", "regimen.steps"),
        *("person.age", "person.weight", "person.experience", "person.experience.dose"),
        *("person.conditions", "person.signs", "person.jurisdiction", "person.notes", "person"),
        *("people.age", "people.age.low", "people.sex", "people.weight", "people.cyp2d6.poor"),
        *("with.0.drug", "with.5.dose", "with.drug", "with.0", "output.sampling", "output.until"),
        *("run.people", "run.seed", "run.variants", "more", "a.b.c.d.e", "..", "person.0.age"),
    )
)
VALUES = st.sampled_from(
    (
        "leaf",
        "3 g",
        "0,5 g",
        "1,250 mg",
        "twice a day",
        "never",
        "since March",
        "2-3 g",
        "nan",
        "inf",
    ),
) | st.text(max_size=20)


@given(pairs=st.lists(st.tuples(KEYS | st.text(max_size=12), VALUES), max_size=8))
def test_whatever_is_written_is_in_the_form_again(pairs: list[tuple[str, str]]) -> None:
    held = read_pairs(pairs)
    again = sent(form_of(held))
    shown = " ".join(value for _, value in again)
    for key, value in held.pairs:
        assert value in shown, (key, value)
    assert held.empty or (held.error is None) == (held.scenario is not None)


def test_notes_never_reach_an_address() -> None:
    text = '[person]\nnotes = "my back"\n[product]\nkind = "tea"\n[regimen]\ndose = "2 g"\n'
    found = opened(text.encode())
    assert [key for key, _ in found.pairs] == ["product.kind", "regimen.dose"]
    assert "notes" in found.left[0]
    assert not found.signs
    signed = opened(text.replace("my back", "I want to die").encode()).signs
    assert signed == [("person.signs", "suicidal thoughts")]


def test_numbers_in_a_file_keep_their_unit() -> None:
    text = '[person]\nage = 42\n[product]\nkind = "leaf"\nmitragynine = 14\n'
    text += '[regimen]\ndose = 2.5\nevery = 8\n[[with]]\ndrug = "caffeine"\ndose = 80\n'
    found = opened(text.encode())
    assert ("regimen.dose", "2.5 g") in found.pairs
    assert ("with.0.dose", "80 mg") in found.pairs
    held = read_pairs(found.pairs)
    assert held.scenario == Scenario.from_dict(tomllib.loads(text))
    assert held.case == Case.of(tomllib.loads(text))
