"""Signs of an emergency in a scenario."""

from __future__ import annotations

from typing import Any

import pytest

from speciosa.errors import EmergencyError, InputError
from speciosa.inference import explain
from speciosa.trial import Scenario, simulate
from speciosa.trial.signs import signs, suicidal


def tea(**person: Any) -> Scenario:
    return Scenario(person=person, product={"kind": "tea"}, regimen={"dose": "2 g"})


@pytest.mark.parametrize(
    "text",
    [
        "I want to die",
        "thinking about suicide a lot",
        "suicidal!",
        "I don't want to live anymore",
        "I don\u2019t want to be here",
        "sometimes I wish I were dead",
        "they'd be better off without me",
        "going to kill myself",
        "Ending it all would be easier.",
        "no reason to live",
        "I am not suicidal but I want to die",
        "no longer suicidal",  # a false alarm, and meant to be one
        "my friend died by suicide",  # so is this
    ],
)
def test_words_about_suicide_are_heard(text: str) -> None:
    assert suicidal(text)


@pytest.mark.parametrize(
    "text",
    [
        "slept badly, took 2 g at eight",
        "not suicidal",
        "No suicidal thoughts.",
        "no thoughts of suicide",
        "this tea is to die for",
        "dying of heat today",
        "denies suicidal ideation",
    ],
)
def test_other_words_and_plain_denials_are_not(text: str) -> None:
    assert not suicidal(text)


def test_signs_stand_once_in_the_order_given() -> None:
    assert signs(tea(signs=["fever", "fever", "confusion"])) == ("fever", "confusion")
    assert signs(tea(notes="suicide", signs=["fever"])) == ("fever", "suicidal thoughts")
    assert signs(tea(notes="a quiet day")) == ()


def test_a_sign_stops_the_modelling() -> None:
    for scenario in (tea(signs=["blue lips"]), tea(notes="I want to die")):
        with pytest.raises(EmergencyError) as caught:
            simulate(scenario)
        assert "an emergency: " in str(caught.value)
        assert "`speciosa check` shows what to do" in str(caught.value)
        assert not isinstance(caught.value, InputError)
        with pytest.raises(EmergencyError):
            explain(scenario, "pain.relief")


def test_notes_stay_with_a_changed_copy_and_go_nowhere_else() -> None:
    scenario = tea(notes="I want to die\nand that is mine")
    assert signs(scenario.replace(run__people=3)) == ("suicidal thoughts",)
    assert "mine" not in scenario.to_toml()
    assert "notes" not in scenario.filled()["person"]
    many = Scenario(people={"notes": "mine"}, product={"kind": "tea"}, regimen={"dose": "2 g"})
    assert "notes" not in many.filled()["people"]
