from __future__ import annotations

import math
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from speciosa.errors import ScenarioError
from speciosa.trial.quantities import Amount, as_text, time_text
from speciosa.trial.scenario import Scenario
from speciosa.trial.tables import Person

EXAMPLES = sorted((Path(__file__).parents[3] / "examples").glob("*.toml"))


def tea(**tables: Any) -> Scenario:
    given: dict[str, Any] = {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}}
    return Scenario(**{**given, **tables})


def again(scenario: Scenario) -> Scenario:
    return Scenario.from_dict(tomllib.loads(scenario.to_toml()))


def test_two_keys_are_enough_and_the_rest_is_filled_in() -> None:
    assert tea().filled() == {
        "person": {
            "age": "35 y",
            "weight": "70 kg",
            "sex": "female",
            "experience": "naive",
            "cyp2d6": "normal",
            "conditions": [],
            "pain": "none",
            "signs": [],
        },
        "product": {"kind": "tea", "profile": {}},
        "regimen": {"dose": "2 g", "steps": []},
        "with": [],
        "output": {"until": "7 d", "sampling": "dense", "lloq": "0 ng/mL"},
        "run": {"people": 200, "replicates": 50, "seed": 1, "variants": []},
    }


def test_every_default_says_why() -> None:
    lines = tea().defaulted()
    assert "person.weight = 70 kg: the customary adult" in lines
    assert {line.split(" = ")[0] for line in lines} == {
        *(f"person.{key}" for key in tea().filled()["person"]),
        "regimen.steps",
        *(f"output.{key}" for key in tea().filled()["output"]),
        *(f"run.{key}" for key in tea().filled()["run"]),
    }


def test_what_is_set_is_not_called_a_default() -> None:
    lines = tea(person={"weight": "70 kg"}).defaulted()
    assert not any(line.startswith("person.weight") for line in lines)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_reads_and_comes_back_equal(path: Path) -> None:
    scenario = Scenario.load(path)
    assert again(scenario) == scenario
    assert again(scenario).to_toml() == scenario.to_toml()


def test_there_are_at_least_five_examples() -> None:
    assert len(EXAMPLES) >= 5


def test_two_grams_of_tea_hold_39_mg_of_mitragynine() -> None:
    scenario = Scenario.load(next(p for p in EXAMPLES if p.stem == "two-grams-of-tea"))
    content = scenario.contents["mitragynine"]
    assert (content.unit, scenario.regimen.dose.unit) == ("mg/g", "g")
    assert content.value * scenario.regimen.dose.value == 39.0
    assert scenario.output.until == 120.0


@pytest.mark.parametrize(
    ("written", "kilograms"),
    [("70 kg", 70.0), (70, 70.0), ("70000 g", 70.0), ("75 kg", 75.0)],
)
def test_a_number_is_in_the_unit_of_its_key(written: object, kilograms: float) -> None:
    # Of one person a weight is a number, which a checker cannot know.
    assert tea(person={"weight": written}).who.weight == kilograms  # pyright: ignore


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2 g", Amount(2.0, "g")),
        (2, Amount(2.0, "g")),
        ("500 mg", Amount(0.5, "g")),
        ("0 g", Amount(0.0, "g")),
        ("2 tsp", Amount(2.0, "tsp")),
        ("1 teaspoon", Amount(1.0, "tsp")),
        ("2 tablespoons", Amount(2.0, "tbsp")),
    ],
)
def test_doses(written: object, read: Amount) -> None:
    assert tea(regimen={"dose": written}).regimen.dose == read


@pytest.mark.parametrize(
    ("content", "dose", "read"),
    [
        ("15 mg/tablet", "1 tablet", Amount(1.0, "tablets")),
        ("15 mg/tablet", "0.5 tabs", Amount(0.5, "tablets")),
        ("10 mg/gummy", "2 gummies", Amount(2.0, "gummies")),
        ("0.15 g/shot", "1 shot", Amount(1.0, "shots")),
        ("300 mg/bottle", "0.5 bottles", Amount(0.5, "bottles")),
        ("25000 ug/piece", "3 pieces", Amount(3.0, "pieces")),
        ("25 mg/capsule", "2 capsules", Amount(2.0, "capsules")),
    ],
)
def test_pieces_are_counted_where_their_content_is_told(
    content: str, dose: str, read: Amount
) -> None:
    scenario = tea(product={"kind": "extract", "mitragynine": content}, regimen={"dose": dose})
    assert scenario.regimen.dose == read
    assert again(scenario) == scenario


def test_one_of_a_piece_is_shown_as_one() -> None:
    assert str(Amount(1.0, "gummies")) == "1 gummy"
    assert str(Amount(2.0, "gummies")) == "2 gummies"


@pytest.mark.parametrize("written", ["4 capsules", "4 caps", "4capsules"])
def test_capsules(written: str) -> None:
    scenario = Scenario(product={"kind": "capsule"}, regimen={"dose": written})
    assert scenario.regimen.dose == Amount(4.0, "capsules")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("19.5 mg/g", Amount(19.5, "mg/g")),
        ("1.95 %", Amount(19.5, "mg/g")),
        (19.5, Amount(19.5, "mg/g")),
        ("< 0.1 mg/g", Amount(0.1, "mg/g", below=True)),
        ("0 mg/g", Amount(0.0, "mg/g")),
    ],
)
def test_contents(written: object, read: Amount) -> None:
    scenario = tea(product={"kind": "tea", "mitragynine": written})
    assert scenario.contents == {"mitragynine": read}


def test_a_liquid_is_taken_by_volume() -> None:
    liquid = {"kind": "extract", "mitragynine": "12 mg/mL"}
    assert Scenario(product=liquid, regimen={"dose": "30 mL"}).regimen.dose == Amount(30.0, "mL")


def test_alkaloids_go_by_the_names_that_laboratories_use() -> None:
    profile = {"7-OH": "0.1 mg/g", "Speciociliatine": "5 mg/g"}
    scenario = tea(product={"kind": "tea", "profile": profile})
    assert set(scenario.contents) == {"hydroxymitragynine", "speciociliatine"}


def test_times_may_be_written_in_any_unit() -> None:
    regimen = {"dose": "2 g", "every": "480 min", "for": "1 wk"}
    read = tea(regimen=regimen).regimen
    assert (read.every, read.duration) == (8.0, 168.0)


def test_a_regimen_without_an_end_lasts_a_week_and_is_followed_for_three_days() -> None:
    filled = tea(regimen={"dose": "2 g", "every": "8 h"}).filled()
    assert (filled["regimen"]["for"], filled["output"]["until"]) == ("7 d", "10 d")


def test_a_late_sample_or_medicine_makes_the_run_longer() -> None:
    late = tea(output={"sampling": ["1 h", "20 d"]})
    assert late.output.until == 480.0
    medicine = {"drug": "naloxone", "dose": "2 mg", "route": "intranasal", "at": "10 d"}
    assert tea(medicines=[medicine]).output.until == 240.0 + 168.0


def test_a_regular_user_took_the_same_dose_before_unless_said_otherwise() -> None:
    scenario = tea(person={"experience": "regular"}, regimen={"dose": "3 g"})
    habit = {"dose": "3 g", "every": "8 h", "for": "1 y"}
    assert scenario.filled()["person"]["experience"] == habit
    assert scenario.replace(regimen__dose="4 g").filled()["person"]["experience"]["dose"] == "4 g"


def test_a_break_counts_in_the_unit_of_the_habit() -> None:
    scenario = Scenario(
        product={"kind": "capsule"},
        person={"experience": {"dose": "4 capsules"}},
        regimen={"dose": "0 g"},
    )
    assert scenario.regimen.dose == Amount(0.0, "capsules")


def test_people_may_be_given_by_single_values_or_distributions() -> None:
    people = {"age": 40, "sex": "male", "weight": "80 kg", "cyp2d6": {"poor": 0.1, "normal": 0.9}}
    filled = tea(people=people).filled()["people"]
    assert filled["age"] == {"low": "40 y", "high": "40 y"}
    assert filled["weight"] == {"median": "80 kg", "cv": 0.0}
    assert filled["sex"] == {"female": 0.0}
    assert filled["cyp2d6"]["poor"] == 0.1
    assert tea(people={}).filled()["people"]["weight"] == "reference"


def test_other_medicines_go_by_alias() -> None:
    read = tea(**{"with": [{"drug": "Narcan"}, {"drug": "st johns wort"}]})
    assert [medicine.drug for medicine in read.medicines] == ["naloxone", "st john's wort"]


def test_a_certificate_lies_beside_the_scenario_and_travels_in_it(tmp_path: Path) -> None:
    (tmp_path / "coa.toml").write_text(
        'lab = "L"\ndate = 2026-02-03\n[alkaloids]\nMitragynine = "1.4 %"\n7-OH = "< 0.02 %"\n'
    )
    path = tmp_path / "s.toml"
    path.write_text('[product]\nkind="tea"\ncertificate="coa.toml"\n[regimen]\ndose="2 g"\n')
    scenario = Scenario.load(path)
    assert scenario.contents["mitragynine"] == Amount(14.0, "mg/g")
    assert scenario.contents["hydroxymitragynine"].below
    assert scenario.filled()["product"]["certificate"]["reported"] == "2026-02-03"
    assert scenario.filled()["product"]["certificate"]["file"] == "coa.toml"
    assert again(scenario) == scenario


def test_what_changes_nothing_is_said() -> None:
    scenario = tea(
        person={"conditions": ["epilepsy"], "jurisdiction": "US-CA"},
        product={"kind": "tea", "strain": "Red Bali", "profile": {"speciofoline": "1 mg/g"}},
        medicines=[{"drug": "alcohol"}],
    )
    said = " | ".join(scenario.remarks())
    for word in ("epilepsy", "US-CA", "Red Bali", "speciofoline", "alcohol"):
        assert word in said
    assert tea().remarks() == ()


def test_replace_gives_another_and_defaults_follow() -> None:
    first = tea(regimen={"dose": "2 g", "every": "8 h", "for": "2 d"})
    second = first.replace(**{"regimen.for": "4 d", "person.weight": "90 kg"})
    assert (first.output.until, second.output.until) == (120.0, 168.0)
    # As above: of one person a weight is a number.
    assert (first.who.weight, second.who.weight) == (70.0, 90.0)  # pyright: ignore
    assert second.replace(regimen__for="2 d", person__weight=None) == first


def test_replace_is_checked_like_a_file() -> None:
    with pytest.raises(ScenarioError, match=r"^regimen\.dsoe: .* did you mean 'dose'\?$"):
        tea().replace(regimen__dsoe="2 g")
    steps = tea(regimen={"dose": "2 g", "every": 8, "steps": [{"from": "2 d", "dose": "1 g"}]})
    with pytest.raises(ScenarioError, match="replace lists whole"):
        steps.replace(**{"regimen.steps.dose": "3 g"})


def test_medicines_is_a_name_for_python_only() -> None:
    with pytest.raises(ScenarioError, match=r"expected the name \[\[with\]\]"):
        Scenario.from_dict({**tea().filled(), "medicines": []})


def test_a_scenario_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        tea().regimen.dose = Amount(3.0, "g")  # pyright: ignore - wrong on purpose


def test_a_person_stands_in_where_nobody_is_named() -> None:
    assert tea().who == Person()


@pytest.mark.parametrize(
    ("hours", "text"),
    [(0.5, "0.5 h"), (24.0, "24 h"), (48.0, "2 d"), (60.0, "2.5 d"), (8766.0, "1 y")],
)
def test_times_are_shown_as_one_would_say_them(hours: float, text: str) -> None:
    assert time_text(hours) == (text if text != "2.5 d" else "60 h")


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_read_back_to_the_last_bit(value: float) -> None:
    assert float(as_text(value)) == value


@given(
    weight=st.floats(30, 300),
    dose=st.floats(0.001, 100),
    every=st.floats(1, 48),
    doses=st.integers(1, 100),
    content=st.floats(0, 100),
)
def test_any_scenario_comes_back_equal(
    weight: float, dose: float, every: float, doses: int, content: float
) -> None:
    scenario = tea(
        person={"weight": weight, "experience": "regular"},
        product={"kind": "tea", "mitragynine": content},
        regimen={"dose": dose, "every": every, "for": every * doses},
    )
    assert again(scenario) == scenario
    assert math.isfinite(scenario.output.until or math.nan)


WORDS = """
    person people product regimen with medicines output run age weight sex experience cyp2d6 self
    conditions kind mitragynine profile certificate strain dose every for steps from drug at route
    until sampling lloq seed replicates variants [key] wieght
"""
KEYS = st.sampled_from(WORDS.split())
LEAVES = st.one_of(
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=8),
    st.dates(),
    st.sampled_from(["2 g", "8 h", "tea", "14 d", "70 kg", "1.4 %", "naive", "regular", "female"]),
)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, VALUES, max_size=4))
def test_whatever_is_written_gives_a_scenario_or_one_sentence(tables: dict[str, Any]) -> None:
    whole = {"product": {"kind": "tea"}, "regimen": {"dose": "2 g"}, **tables}
    for given_tables in (tables, whole):
        wrong = ""
        try:
            scenario = Scenario.from_dict(given_tables)
            assert again(scenario) == scenario
        except ScenarioError as error:
            wrong = str(error)
        assert "\n" not in wrong


def test_reading_a_scenario_needs_no_heavy_import() -> None:
    heavy = "{'scipy', 'pandas', 'matplotlib', 'pyarrow', 'rich'} & set(sys.modules)"
    code = f"import sys, speciosa.trial.scenario; print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
