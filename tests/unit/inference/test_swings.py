"""What each fact that was not stated would move, and the order that this gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from speciosa.errors import EmergencyError, SolverError
from speciosa.inference import swings
from speciosa.inference.swings import NOW, Fact, missing
from speciosa.trial import Scenario
from speciosa.trial.cohort import Cohort
from speciosa.trial.plan import Plan

FEW: dict[str, Any] = {
    "regimen": {"dose": "2 g"},
    "output": {"until": "30 h"},
    "run": {"people": 4, "replicates": 2},
}
TEA: dict[str, Any] = {"product": {"kind": "tea"}, **FEW}
OFTEN = {"dose": "2 g", "every": "12 h", "for": "24 h"}
RANGES = {
    "plasma.mitragynine": ("cmax", "ng/mL", 10.0, 150.0),
    "plasma.hydroxymitragynine": ("cmax", "ng/mL", 1.0, 60.0),
    "breathing.risk": ("max", "1", 0.01, 0.5),
    "arousal.risk": ("max", "1", 0.01, 0.6),
    "dependence.score": ("max", "1", 0.0, 0.1),
}


def rows(**wider: tuple[float, float]) -> Iterator[dict[str, Any]]:
    for output, (measure, unit, low, high) in RANGES.items():
        told = {"output": output, "measure": measure, "window": "all", "unit": unit}
        narrow = {"p05": (low + high) / 2, "p95": (low + high) / 2}
        yield {**told, "kind": "variability", **narrow}
        p05, p95 = wider.get(output.partition(".")[0], (low, high))
        yield {**told, "kind": "both", "p05": p05, "p95": p95}


def found(**tables: Any) -> dict[str, Fact]:
    return {one.key: one for one in missing(Scenario.from_dict({**TEA, **tables}), rows())}


@pytest.fixture(scope="module")
def tea() -> dict[str, Fact]:
    return found()


def test_what_moves_an_answer_most_comes_first(tea: dict[str, Fact]) -> None:
    shares = [one.share for one in tea.values()]
    assert shares == sorted(shares, reverse=True)
    assert all(0.0 <= share <= 1.0 for share in shares)
    for one in tea.values():
        moved = [swing.share for swing in one.swings]
        assert moved == sorted(moved, reverse=True)
        assert one.share == moved[0]


def test_what_the_model_does_not_follow_comes_last_and_moves_nothing(
    tea: dict[str, Fact],
) -> None:
    assert {*list(tea)[-3:]} == {"person.age", "person.sex", "person.conditions"}
    for key in ("person.age", "person.sex", "person.conditions"):
        assert tea[key].share == 0.0
        for swing in tea[key].swings:
            assert swing.ends == (swing.middle, swing.middle)


def test_the_ends_of_a_content_bracket_what_is_drawn(tea: dict[str, Fact]) -> None:
    for swing in tea["product.mitragynine"].swings:
        low, high = swing.ends
        assert swing.share == 0.0 or low < swing.middle < high, swing.output


def test_more_weight_is_less_of_everything(tea: dict[str, Fact]) -> None:
    for swing in tea["person.weight"].swings:
        light, heavy = swing.ends
        assert swing.share == 0.0 or light > heavy, swing.output


def test_a_level_is_in_proportion_to_a_stated_content(tea: dict[str, Fact]) -> None:
    fact = tea["product.mitragynine"]
    first, second = (float(end.split()[0]) for end in fact.ends)
    level = next(one for one in fact.swings if one.output == "plasma.mitragynine")
    assert level.ends[1] / level.ends[0] == pytest.approx(second / first, rel=0.05)


def test_what_is_stated_is_not_in_the_list(tea: dict[str, Fact]) -> None:
    stated = found(person={"weight": "70 kg", "cyp2d6": "normal"})
    assert set(tea) - set(stated) == {"person.weight", "person.cyp2d6"}
    for key, one in stated.items():
        assert one == tea[key]  # what was stated is what was taken for it


def test_time_moves_the_level_from_its_highest_to_a_day_later(tea: dict[str, Fact]) -> None:
    fact = tea[NOW]
    assert fact.ends == ("at its highest", "24 h after the last dose")
    level = next(one for one in fact.swings if one.output == "plasma.mitragynine")
    assert level.ends[0] == level.middle > 5.0 * level.ends[1] > 0.0
    assert "dependence.score" not in {one.output for one in fact.swings}


def test_a_share_is_of_the_range_widened_to_hold_the_ends() -> None:
    scenario = Scenario.from_dict(TEA)

    def share(**wider: tuple[float, float]) -> float:
        facts = {one.key: one for one in missing(scenario, rows(**wider))}
        moved = facts["product.mitragynine"].swings
        return next(one.share for one in moved if one.output == "plasma.mitragynine")

    inside = share(plasma=(1e-3, 1e3))
    assert share(plasma=(1e-6, 1e6)) == pytest.approx(inside / 2)
    assert share(plasma=(50.0, 50.0)) == 1.0


def test_a_range_of_which_nobody_would_speak_is_not_a_scale() -> None:
    told = found(regimen=OFTEN, output={"until": "72 h"})
    moved = told["product.mitragynine"].swings
    low, high = next(one.ends for one in moved if one.output == "dependence.score")
    share = next(one.share for one in moved if one.output == "dependence.score")
    assert 0.1 < high < 1.0
    assert share == pytest.approx(high - low)


def test_withdrawal_counts_only_where_use_is_regular_as_it_stands(tea: dict[str, Fact]) -> None:
    for fact in tea.values():
        assert "dependence.score" not in {one.output for one in fact.swings}
    habit = found(person={"experience": {"dose": "1 g"}})
    assert "dependence.score" in {one.output for one in habit["product.mitragynine"].swings}
    often = found(regimen=OFTEN, output={"until": "72 h"})["person.experience"]
    swing = next(one for one in often.swings if one.output == "dependence.score")
    assert swing.ends[0] == swing.middle < 1.0 < swing.ends[1]


def test_of_one_dose_use_before_ranks_by_what_it_moves_of_level_and_breath(
    tea: dict[str, Fact],
) -> None:
    keys = list(tea)
    assert 0.0 < tea["person.experience"].share < tea["product.mitragynine"].share
    assert keys.index("person.experience") > keys.index("product.mitragynine")


def test_in_dangerous_company_that_the_model_does_not_feel_breath_is_not_told() -> None:
    told = found(**{"with": [{"drug": "alprazolam", "dose": "1 mg"}]})
    for fact in told.values():
        assert not {"breathing.risk", "arousal.risk"} & {one.output for one in fact.swings}


def test_where_nobody_can_be_simulated_at_an_end_the_others_are_told(
    monkeypatch: pytest.MonkeyPatch, tea: dict[str, Fact]
) -> None:
    real = swings.cohort

    def fails(prepared: Plan, *given: Any, **named: Any) -> Cohort:
        if prepared.scenario.who.cyp2d6 == "poor":
            raise SolverError("nobody")
        return real(prepared, *given, **named)

    monkeypatch.setattr(swings, "cohort", fails)
    first, *others = found().values()
    assert (first.key, first.failed, first.swings) == ("person.cyp2d6", ("poor",), ())
    assert others == [one for one in tea.values() if one.key != first.key]


def test_where_breath_stops_at_an_end_no_number_is_told_and_nothing_counts_before() -> None:
    extract = {"product": {"kind": "extract"}, "regimen": {"dose": "1.2 g"}}
    first, *others = found(**extract, run={"people": 40}).values()
    assert first.key == "product.mitragynine"
    assert first.stops == first.ends[1:]
    assert first.swings == ()
    assert first.share == 1.0
    assert not any(one.stops for one in others)


def test_where_breath_stops_as_it_stands_nothing_is_told() -> None:
    extract = {"product": {"kind": "extract"}, "regimen": {"dose": "8 g"}}
    assert found(**extract, run={"people": 40}) == {}


def test_a_sign_of_an_emergency_stops_it() -> None:
    with pytest.raises(EmergencyError):
        found(person={"signs": ["blue lips"]})


def test_it_is_the_same_each_time(tea: dict[str, Fact]) -> None:
    assert list(found().items()) == list(tea.items())


@pytest.mark.parametrize(
    ("kind", "stated", "dose"),
    [
        ("extract", {"mitragynine": "40 mg/shot"}, "1 shot"),
        ("extract", {"mitragynine": "40 mg/bottle"}, "1 bottle"),
        ("extract", {"mitragynine": "5 mg/mL"}, "10 mL"),
        ("tea", {"mitragynine": "0.2 mg/mL"}, "200 mL"),
        ("capsule", {"mitragynine": "9 mg/capsule"}, "4 capsules"),
        ("7-oh", {"profile": {"7-OH": "15 mg/tablet"}}, "1 tablet"),
    ],
)
def test_contents_of_pieces_and_of_volumes_are_varied_too(
    kind: str, stated: dict[str, Any], dose: str
) -> None:
    scenario = Scenario.from_dict(
        {**TEA, "product": {"kind": kind, **stated}, "regimen": {"dose": dose}}
    )
    facts = {one.key: one for one in missing(scenario, rows())}
    assert not [one for one in facts.values() if one.failed]
    seven = facts.get("product.profile.hydroxymitragynine")
    assert (seven is None) == (kind == "7-oh")
    if seven is not None:
        for swing in seven.swings:
            low, high = swing.ends
            assert low <= swing.middle <= high or swing.share == 0.0, swing.output
