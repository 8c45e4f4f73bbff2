"""Enzymes share out a drug: on its way in, and from the blood."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.bodies import alone, people

from speciosa.body.metabolism import Metabolism

TWO_WAYS = (("leafine", "CYP3A", "leafol"), ("leafine", "CYP2D6", None))
BODY = alone(Metabolism, ("leafine", "leafol"), TWO_WAYS)
SHARE = st.integers(0, 100).map(lambda n: n / 100)


def changed(parameters: np.ndarray, **to: float) -> np.ndarray:
    """Parameters with all numbers of these names set; `__` stands for the dot."""
    after = parameters.copy()
    for name, value in to.items():
        wanted = name.replace("__", ".")
        hit = [
            i for i, p in enumerate(BODY.parameters) if p == wanted or p.startswith(wanted + ".")
        ]
        assert hit, wanted
        after[hit] = value
    return after


def seen(parameters: np.ndarray) -> dict[str, float]:
    return BODY.observed((), parameters)


def value(parameters: np.ndarray, name: str) -> float:
    return float(parameters[BODY.parameters.index(name)])


@given(people(BODY))
def test_usual_enzymes_clear_a_drug_at_its_usual_pace(parameters):
    usual = changed(parameters, input__activity=1.0)
    for drug in ("leafine", "leafol"):
        expected = value(usual, f"input.usual.{drug}")
        assert seen(usual)[f"metabolism.lost.{drug}"] == pytest.approx(expected, rel=1e-12)


@given(people(BODY), SHARE, SHARE)
def test_without_its_enzymes_a_drug_keeps_the_rest_of_its_clearance(parameters, first, second):
    assume(first + second <= 0.9)
    without = changed(
        parameters,
        input__activity=0.0,
        **{
            "metabolism__share__leafine.CYP3A.leafol": first,
            "metabolism__share__leafine.CYP2D6": second,
        },
    )
    rest = (1 - first - second) * value(without, "input.usual.leafine")
    assert seen(without)["metabolism.lost.leafine"] == pytest.approx(rest, rel=1e-5, abs=1e-9)
    assert seen(without)["metabolism.arriving.leafol"] == value(without, "input.uptake.leafol")


@given(people(BODY))
def test_however_large_the_shares_a_lazier_enzyme_never_makes_clearance_negative(parameters):
    for activity in (0.0, 0.1):
        lazy = changed(parameters, **{"input__activity__CYP2D6": activity})
        found = seen(lazy)
        assert found["metabolism.lost.leafine"] >= 0.0
        assert found["metabolism.gone"] >= -1e-9


def one_liver(parameters: np.ndarray, extracted: float, first: float) -> np.ndarray:
    """A liver whose two routes convert on the way in as they do from the blood: 90 % of all."""
    odds = extracted / (1 - extracted)
    shares = {"CYP3A.leafol": first, "CYP2D6": 1 - first}
    given = {f"metabolism__share__leafine.{name}": 0.9 * part for name, part in shares.items()}
    for name, part in shares.items():
        given[f"metabolism__first_pass__leafine.{name}"] = odds * part / (1 + odds * part)
    return changed(parameters, **given)


@given(people(BODY), SHARE.filter(lambda share: share < 1), SHARE)
def test_a_busier_enzyme_never_slows_a_drug_down(parameters, extracted, first):
    liver = one_liver(parameters, extracted, first)
    pace = [
        seen(changed(liver, input__activity__CYP3A=a))["metabolism.lost.leafine"]
        for a in (0.0, 0.5, 1.0, 2.0, 5.0)
    ]
    assert np.all(np.diff(pace) >= -1e-9)


@given(people(BODY), SHARE.filter(lambda share: 0 < share < 1), SHARE)
def test_however_busy_a_liver_clears_no_more_than_blood_brings(parameters, extracted, first):
    usual = changed(one_liver(parameters, extracted, first), input__activity=1.0)
    busiest = changed(usual, input__activity=1e9)
    drug = "metabolism.lost.leafine"
    liver = 0.9 * seen(usual)[drug]
    assert seen(busiest)[drug] <= (0.1 * liver / 0.9 + liver / extracted) * (1 + 1e-6) + 1e-9


@given(people(BODY), st.sampled_from([0.0, 1e-6, 0.5, 1.0, 5.0, 1e6]))
def test_first_pass_converts_between_none_and_all_of_the_uptake(parameters, activity):
    at_first = changed(
        parameters, input__usual=0.0, input__uptake__leafol=0.0, input__activity=activity
    )
    uptake = value(at_first, "input.uptake.leafine")
    found = seen(at_first)
    converted = found["metabolism.arriving.leafol"] + found["metabolism.gone"]
    assert -1e-12 * uptake <= converted <= uptake * (1 + 1e-12)
    assert converted + found["metabolism.arriving.leafine"] == pytest.approx(uptake, rel=1e-12)


@given(people(BODY), SHARE.filter(lambda share: share < 1))
def test_at_usual_activity_the_only_route_converts_its_documented_share(parameters, share):
    usual = changed(
        parameters,
        input__activity=1.0,
        metabolism__first_pass=0.0,
        **{"metabolism__first_pass__leafine.CYP3A.leafol": share},
    )
    left = (1 - share) * value(usual, "input.uptake.leafine")
    mine = seen(changed(usual, input__usual=0.0))["metabolism.arriving.leafine"]
    assert mine == pytest.approx(left, rel=1e-12)


@given(people(BODY))
def test_twice_the_activity_doubles_the_odds_of_conversion_at_first_pass(parameters):
    def odds(activity: float) -> float:
        only = changed(
            parameters,
            input__usual=0.0,
            input__uptake=1.0,
            input__activity=activity,
            **{"metabolism__first_pass__leafine.CYP2D6": 0.0},
        )
        passed = seen(only)["metabolism.arriving.leafine"]
        return (1 - passed) / passed

    assert odds(2.0) == pytest.approx(2 * odds(1.0), rel=1e-9, abs=1e-12)
