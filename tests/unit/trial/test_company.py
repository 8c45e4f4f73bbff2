from __future__ import annotations

import pytest

from speciosa.trial.company import NOT_IN_COMPANY, RISKS, dangerous, unfelt, withheld


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
    assert withheld({"with": [{"drug": one} for one in taken]}) == hidden
    assert {"breathing.drive", "arousal.sedation"} <= set(NOT_IN_COMPANY)


def test_a_scenario_without_company_withholds_nothing() -> None:
    assert withheld({}) == ()


def test_a_dangerous_drug_without_an_effect_in_the_model_is_unfelt() -> None:
    assert unfelt(["methadone", "morphine", "alcohol", "caffeine"]) == ["methadone"]
