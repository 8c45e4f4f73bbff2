"""What drives the spread of a cup of tea; few people, so only what is large is looked at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from cups import TWO_GRAMS, tea
from speciosa import Scenario, simulate
from speciosa.errors import InputError
from speciosa.evidence import find
from speciosa.evidence.fits import fits
from speciosa.inference import Explanation, explain
from speciosa.inference.explanation import FEWEST, usual_people
from speciosa.inference.explanation import PEOPLE as PEOPLE_OF_ONE_DOSE
from speciosa.inference.rows import asked, measured
from speciosa.people.draws import PERSON, REPLICATE
from speciosa.trial.plan import plan

PEOPLE = 16_000


@cache
def relief(seed: int = 1) -> Explanation:
    return explain(tea(), "pain.relief", people=PEOPLE, seed=seed)


@cache
def peak() -> Explanation:
    return explain(tea(), "plasma.mitragynine", people=PEOPLE)


def of(found: Explanation, identity: str, kind: str) -> float:
    return next((one.index.total for one in found.of(kind) if one.factor.id == identity), 0.0)


def test_shares_of_people_and_of_not_knowing_make_up_the_whole() -> None:
    for found in (relief(), peak()):
        parts = found.people_differ.first + found.we_do_not_know.first + found.only_together
        assert parts == pytest.approx(1.0, abs=0.05)
        assert found.people_differ.total >= found.people_differ.first - 0.05


def test_what_is_largest_does_not_depend_on_the_seed() -> None:
    first, second = relief(1), relief(2)
    for kind, most in (("uncertainty", 2), ("variability", 1)):
        one, two = ([d.factor.id for d in found.of(kind)][:most] for found in (first, second))
        assert set(one) == set(two)


def test_the_receptor_matters_to_relief_and_not_to_the_blood() -> None:
    for kind in ("variability", "uncertainty"):
        assert of(relief(), "opioid/mu/gain", kind) > 0.05
        assert of(peak(), "opioid/mu/gain", kind) == 0.0


def test_a_drug_that_is_not_taken_and_a_pace_after_the_output_get_nothing() -> None:
    ids = {one.factor.id for one in relief().drivers}
    assert not any("morphine" in name for name in ids)
    assert of(relief(), "pain/k_felt", "uncertainty") == 0.0


def test_numbers_of_a_fit_are_one_factor() -> None:
    (run,) = (name for name in fits() if name.startswith("pharmacokinetics-"))
    found = explain(tea(), "plasma.mitragynine", "half_life", people=PEOPLE)
    one = next(d.factor for d in found.of("uncertainty") if d.factor.id == run)
    assert len(one.records) > 10
    assert "tanna-2022" in one.title
    assert not any(d.factor.id in one.records for d in found.of("uncertainty"))


def test_a_content_that_is_stated_is_known_and_one_that_is_not_matters() -> None:
    known = explain(tea(), "plasma.mitragynine", people=PEOPLE)
    open_ = explain(tea(product={"kind": "tea"}), "plasma.mitragynine", people=PEOPLE)
    assert not any(d.factor.id.startswith("product/") for d in known.drivers)
    assert any(
        d.factor.id.startswith("product/") and d.index.total > 0.02 for d in open_.of("uncertainty")
    )
    assert open_.we_do_not_know.first > known.we_do_not_know.first


def test_people_who_are_alike_in_weight_do_not_differ_in_it() -> None:
    alike = peak()
    apart = explain(
        tea(people={"weight": {"median": "70 kg", "cv": 0.5}}), "plasma.mitragynine", people=PEOPLE
    )
    assert of(alike, "weight", "variability") == 0.0
    assert of(apart, "weight", "variability") > 0.02


def test_everything_in_its_middle_is_the_middle_person_of_a_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The draws of a fit stand in no order, so a fit of one draw, its best values, stands in."""
    best = {
        run: replace(fit, draws=np.array([[find([i])[i].value for i in fit.ids]]))
        for run, fit in fits().items()
    }
    monkeypatch.setattr("speciosa.model.model.fits", lambda: best)
    prepared = plan(tea())
    (value,) = measured(prepared, "plasma.mitragynine", "cmax", "all", {}, 1)
    names = [name for _, name in asked(prepared)]
    assert len(names) > 50
    run = simulate(tea(), people=400, replicates=1).measure("cmax", "plasma.mitragynine")
    assert value == pytest.approx(float(np.median(run)), rel=0.15)


def test_the_spread_is_that_of_a_run_of_many() -> None:
    scenario = tea(run={"people": 100, "replicates": 100, "seed": 5})
    rows = simulate(scenario, outputs=["plasma.mitragynine"]).frame()
    both = rows.query("measure == 'cmax' and kind == 'both'").iloc[0]
    for name in ("p05", "median", "p95"):
        assert peak().middle[name] == pytest.approx(float(both[name]), rel=0.25)


def test_a_column_is_a_name_that_a_run_asks_for_and_exact_records_are_none() -> None:
    keys = asked(plan(tea()))
    assert (PERSON, "weight") in keys
    assert (REPLICATE, "opioid/mu/gain") in keys
    known = {name for kind, name in keys if kind == REPLICATE and "/" in name}
    held = find(name for name in known if not name.startswith("product/stated/"))
    assert not any(record.spread.kind == "exact" for record in held.values())


def test_what_to_measure_is_said_in_the_records_own_words() -> None:
    for row in relief().narrow():
        record = find([row["id"]])[row["id"]]
        assert row["status"] == record.status
        assert row["title"]
        assert 0.0 < row["takes_away"] <= 1.0
        if record.status == "assumed":
            assert record.because[1:] in row["would"]


def test_the_object_is_plain_and_its_numbers_are_shares() -> None:
    plain = relief().to_dict()
    assert plain["measure"] == "max"
    assert not plain["logarithm"]
    assert peak().to_dict()["logarithm"]
    for row in plain["factors"]:
        for key in ("first", "total"):
            assert 0.0 <= row[f"{key}_low"] <= row[key] <= row[f"{key}_high"] <= 1.0


def test_a_dose_of_nothing_has_nothing_to_explain() -> None:
    found = explain(tea(regimen={"dose": "0 g"}), "pain.relief", people=PEOPLE)
    assert not found.varies
    assert found.only_together == 0.0
    assert found.narrow() == ()


def test_progress_reaches_the_number_of_people() -> None:
    told: list[tuple[int, int]] = []
    explain(tea(), "pain.relief", people=PEOPLE, progress=lambda *at: told.append(at))
    assert told == sorted(told)
    assert all(done <= of_all == PEOPLE for done, of_all in told)


@pytest.mark.parametrize(
    ("asked_for", "says"),
    [
        ({"output": "pain.releif"}, "pain.relief"),
        ({"output": "pain.relief", "measure": "cmax"}, "one of max"),
        ({"output": "pain.relief", "window": "last"}, "one of all"),
        ({"output": "pain.relief", "people": 100}, "at least"),
    ],
)
def test_what_is_wrong_is_told_with_what_would_be_right(
    asked_for: dict[str, Any], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        explain(tea(), **asked_for)


def test_the_more_doses_the_fewer_people() -> None:
    twice = {"dose": "2 g", "every": "12 h", "for": "1 d"}
    often = {"dose": "2 g", "every": "1 h", "for": "20 d"}
    one, two, many = (
        usual_people(plan(tea(regimen=regimen))) for regimen in ({"dose": "2 g"}, twice, often)
    )
    assert one == PEOPLE_OF_ONE_DOSE > two > many == FEWEST


def test_an_effect_that_falls_is_explained_by_its_lowest_value() -> None:
    found = explain(tea(), "gut.transit", people=PEOPLE)
    assert found.measure == "min"
    assert found.varies


def test_noise_of_the_integrator_is_not_ranked() -> None:
    found = explain(tea(), "muscle.tension", "max", people=PEOPLE)
    assert found.middle["p05"] == pytest.approx(1.0)
    assert not found.varies
    assert found.drivers == ()
    assert found.to_dict()["counted"]["change_nothing"] == len(asked(plan(tea())))


@pytest.mark.slow
def test_the_example_takes_seconds_and_tells_relief_by_what_nobody_measured() -> None:
    found = explain(Scenario.load(TWO_GRAMS), "pain.relief")
    assert found.we_do_not_know.first > found.people_differ.first
    assert {one.factor.status for one in found.of("uncertainty")[:3]} == {"assumed"}
