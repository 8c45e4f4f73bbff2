from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import Body, alone, precisely

from speciosa.body.metabolism import DRUG, ENZYME, FRAGILE, INACTIVATION, ROUTE, WALL, Metabolism
from speciosa.compile import Member, flatten_alone
from speciosa.engine import Events

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
    "input.unbound": 2.0,
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


# ---- An enzyme in the gut wall and one in the liver, and a drug that destroys both ---------------

BOTH = ("CYP3A", "gut_CYP3A")
LOSING = Body(
    flatten_alone(
        Metabolism,
        {
            DRUG: [Member("leafine"), Member("sleep")],
            ENZYME: [Member(name) for name in BOTH],
            ROUTE: [Member("sleep.CYP3A", {"drug": "sleep", "enzyme": "CYP3A", "product": None})],
            WALL: [Member("sleep.gut_CYP3A", {"drug": "sleep", "enzyme": "gut_CYP3A"})],
            FRAGILE: [Member(name, {"enzyme": name}) for name in BOTH],
            INACTIVATION: [
                Member(f"leafine.{name}", {"drug": "leafine", "enzyme": name}) for name in BOTH
            ],
        },
    )
)
RESTING = {
    "metabolism.share": 0.9,
    "metabolism.first_pass": 0.5,
    "metabolism.wall": 0.4,
    "metabolism.kinact": 4.0,
    "metabolism.KI": 4000.0,
    "metabolism.unbound_share": 0.05,
    "metabolism.flow": 100.0,
    "metabolism.kdeg": 0.02,
    "metabolism.autoinhibition": 1.0,
    "input.activity": 1.0,
    "input.uptake.leafine": 0.0,
    "input.uptake.sleep": 100.0,
    "input.usual.leafine": 0.0,
    "input.usual.sleep": 10.0,
    "input.unbound.leafine": 0.0,
    "input.unbound.sleep": 0.0,
}


def lost(hours: float, **changed: float) -> dict[str, float]:
    """The share of each enzyme that is missing after a while under constant inputs."""
    given = LOSING.vector(RESTING | {name.replace("__", "."): v for name, v in changed.items()})
    found = precisely(LOSING.amounts(), given, Events.none(), [hours])
    return {name: float(found[f"metabolism.missing.{name}"][0, 0]) for name in BOTH}


def test_the_gut_wall_takes_its_share_before_the_liver_takes_half_of_the_rest():
    found = LOSING.observed((0.0, 0.0), LOSING.vector(RESTING))
    assert found["metabolism.arriving.sleep"] == pytest.approx(100.0 * 0.6 * 0.5)
    assert found["metabolism.gone"] == pytest.approx(70.0 + 10.0)


def test_without_the_gut_walls_enzyme_all_of_a_dose_meets_the_liver():
    found = LOSING.observed((0.0, 1.0), LOSING.vector(RESTING))
    assert found["metabolism.arriving.sleep"] == pytest.approx(50.0)
    assert found["metabolism.lost.sleep"] == pytest.approx(10.0)  # the blood does not notice


def test_without_the_livers_enzyme_a_drug_keeps_the_rest_of_its_clearance():
    found = LOSING.observed((1.0, 0.0), LOSING.vector(RESTING))
    assert found["metabolism.arriving.sleep"] == pytest.approx(60.0)
    assert found["metabolism.lost.sleep"] == pytest.approx(1.0, rel=1e-5)


def test_no_enzyme_is_missing_without_a_drug_that_destroys_it():
    assert lost(1000.0) == {"CYP3A": 0.0, "gut_CYP3A": 0.0}


def test_the_loss_settles_where_making_and_destroying_balance():
    # Half of the fastest loss, 2 per h, against a turnover of 0.02 per h.
    at_half = lost(1000.0, input__unbound__leafine=4000.0)
    assert at_half["CYP3A"] == pytest.approx(2.0 / 2.02, rel=1e-6)


def test_what_is_being_taken_up_is_diluted_by_the_blood_that_flows_there():
    # 0.05 of 8e6 nmol/h in 100 L/h are 4000 nmol/L, as if that were unbound in the blood.
    taken = lost(5.0, input__uptake__leafine=8e6)
    there = lost(5.0, input__unbound__leafine=4000.0)
    assert taken["CYP3A"] == pytest.approx(there["CYP3A"], rel=1e-9)


def test_a_switch_that_is_off_keeps_the_enzyme_whole():
    off = lost(100.0, input__unbound__leafine=4000.0, **{"metabolism__autoinhibition__CYP3A": 0.0})
    assert off["CYP3A"] == 0.0
    assert off["gut_CYP3A"] > 0.5


def test_a_lost_enzyme_comes_back_at_its_own_pace():
    start = np.array([0.8, 0.8])
    found = precisely(
        LOSING.from_state(start), LOSING.vector(RESTING), Events.none(), [np.log(2.0) / 0.02]
    )
    assert found["metabolism.missing.CYP3A"][0, 0] == pytest.approx(0.4, rel=1e-6)
