from __future__ import annotations

from typing import Any

import pytest

from speciosa.trial.company import (
    NOT_IN_COMPANY,
    RISKS,
    dangerous,
    uncounted,
    unfelt,
    withheld,
)


def test_opioids_and_sedatives_are_dangerous_and_an_antagonist_is_not() -> None:
    drugs = ["fentanyl", "buprenorphine", "alcohol", "midazolam", "naloxone", "caffeine", "other"]
    assert dangerous(drugs) == ["fentanyl", "buprenorphine", "alcohol", "midazolam"]


@pytest.mark.parametrize(
    ("taken", "hidden"),
    [
        (["oxycodone"], NOT_IN_COMPANY),
        (["midazolam", "alcohol"], NOT_IN_COMPANY),
        (["methadone"], (*NOT_IN_COMPANY, *RISKS)),
        (["midazolam", "heroin"], (*NOT_IN_COMPANY, *RISKS)),
        (["caffeine"], ()),
        ([], ()),
    ],
)
def test_breath_and_sedation_are_withheld_in_their_company(
    taken: list[str], hidden: tuple[str, ...]
) -> None:
    assert withheld({"with": [{"drug": one, "dose": "10 mg"} for one in taken]}) == hidden
    assert {"breathing.drive", "arousal.sedation"} <= set(NOT_IN_COMPANY)


def test_a_scenario_without_company_withholds_nothing() -> None:
    assert withheld({}) == ()


MORPHINE = {"drug": "morphine", "dose": "10 mg"}


@pytest.mark.parametrize(
    "missing",
    [
        {"drug": "morphine"},
        {"drug": "alcohol", "dose": None},
        {"drug": "buprenorphine", "dose": "2 mg", "route": "oral"},
        {"drug": "methadone", "dose": "10 mg"},
    ],
)
def test_what_no_simulation_shows_is_withheld_and_named(missing: dict[str, Any]) -> None:
    assert uncounted([MORPHINE, missing, {"drug": "caffeine"}]) == [missing["drug"]]
    assert set(RISKS) <= set(withheld({"with": [MORPHINE, missing]}))
    assert not set(RISKS) & set(withheld({"with": [MORPHINE]}))


def test_a_dangerous_drug_without_an_effect_in_the_model_is_unfelt() -> None:
    assert unfelt(["methadone", "morphine", "alcohol", "caffeine"]) == ["methadone"]
