from __future__ import annotations

import pytest
from tests.bodies import alone

from speciosa.body.metabolism import Metabolism

TO_LEAFOL = "leafine.CYP3A.leafol"
BY_2D6 = "leafine.CYP2D6"
BODY = alone(
    Metabolism,
    ("leafine", "leafol"),
    (("leafine", "CYP3A", "leafol"), ("leafine", "CYP2D6", None)),
)
USUAL = {
    f"metabolism.share.{TO_LEAFOL}": 0.5,
    f"metabolism.share.{BY_2D6}": 0.2,
    f"metabolism.first_pass.{TO_LEAFOL}": 0.25,
    f"metabolism.first_pass.{BY_2D6}": 0.0,
    "input.uptake.leafine": 400.0,
    "input.uptake.leafol": 0.0,
    "input.usual.leafine": 100.0,
    "input.usual.leafol": 30.0,
    "input.activity.CYP3A": 1.0,
    "input.activity.CYP2D6": 1.0,
}


def seen(changed: dict[str, float]) -> dict[str, float]:
    found = BODY.observed((), BODY.vector(USUAL | changed))
    return {name.removeprefix("metabolism."): value for name, value in found.items()}


def test_a_quarter_converted_on_the_way_in_and_half_of_what_is_cleared():
    found = seen({})
    assert found["arriving.leafine"] == pytest.approx(300.0)
    assert found["arriving.leafol"] == pytest.approx(100.0 + 50.0)
    assert found["lost.leafine"] == pytest.approx(100.0)
    assert found["lost.leafol"] == pytest.approx(30.0)
    # 130 cleared and 100 converted, of which 150 live on as leafol.
    assert found["gone"] == pytest.approx(80.0)


def test_a_poor_metaboliser_keeps_what_that_enzyme_would_have_cleared():
    found = seen({"input.activity.CYP2D6": 0.0})
    assert found["lost.leafine"] == pytest.approx(80.0, rel=1e-6)
    assert found["arriving.leafol"] == pytest.approx(150.0, rel=1e-6)


def test_a_blocked_enzyme_stops_its_product_and_its_first_pass():
    found = seen({"input.activity.CYP3A": 0.0})
    assert found["lost.leafine"] == pytest.approx(50.0, rel=1e-6)
    assert found["arriving.leafine"] == pytest.approx(400.0)
    assert found["arriving.leafol"] == pytest.approx(0.0)


def test_an_induced_enzyme_raises_the_odds_at_first_pass_and_its_share_of_clearance():
    found = seen({"input.activity.CYP3A": 3.0})
    # Odds 1 : 3 become 3 : 3.
    assert found["arriving.leafine"] == pytest.approx(200.0)
    assert found["lost.leafine"] == pytest.approx(200.0, rel=1e-6)


def test_shares_that_add_up_beyond_the_whole_fill_it_in_proportion():
    too_much = {f"metabolism.share.{TO_LEAFOL}": 0.9, f"metabolism.share.{BY_2D6}": 0.6}
    found = seen(too_much | {"input.uptake.leafine": 0.0})
    assert found["lost.leafine"] == pytest.approx(100.0)
    assert found["arriving.leafol"] == pytest.approx(60.0)
    assert seen(too_much | {"input.activity.CYP2D6": 0.0})["lost.leafine"] == pytest.approx(60.0)


def test_a_drug_without_routes_is_cleared_whole():
    assert seen({"input.usual.leafol": 77.0})["lost.leafol"] == 77.0
