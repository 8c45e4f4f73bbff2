from __future__ import annotations

import numpy as np
import pytest
from tests.bodies import Body, alone, precisely

from speciosa.body.metabolism import (
    CHANGING,
    DRUG,
    ENZYME,
    INACTIVATION,
    INDUCTION,
    INHIBITION,
    ROUTE,
    WALL,
    Metabolism,
)
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
    "input.loose": 0.1,
    "metabolism.flow": 100.0,
    "metabolism.bound": 1.0,
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
    # The other enzyme sees a third more: what the liver leaves in blood rises from 3/4 to all.
    assert found["lost.leafine"] == pytest.approx(30.0 + 20.0 * 4 / 3, rel=1e-6)
    assert found["arriving.leafine"] == pytest.approx(400.0)
    assert found["arriving.leafol"] == pytest.approx(0.0)


def test_an_induced_enzyme_raises_the_odds_at_first_pass_and_its_share_of_clearance():
    found = seen({"input.activity.CYP3A": 3.0})
    # Odds 1 : 3 become 3 : 3.
    assert found["arriving.leafine"] == pytest.approx(200.0)
    # What the liver leaves in blood falls from 3/4 to 1/2, for both of its enzymes.
    assert found["lost.leafine"] == pytest.approx(30.0 + (150.0 + 20.0) * 2 / 3, rel=1e-6)


def test_shares_that_add_up_beyond_the_whole_fill_it_in_proportion():
    too_much = {f"metabolism.share.{TO_LEAFOL}": 0.9, f"metabolism.share.{BY_2D6}": 0.6}
    found = seen(too_much | {"input.uptake.leafine": 0.0})
    assert found["lost.leafine"] == pytest.approx(100.0)
    assert found["arriving.leafol"] == pytest.approx(60.0)
    assert seen(too_much | {"input.activity.CYP2D6": 0.0})["lost.leafine"] == pytest.approx(60.0)


def test_a_drug_without_routes_is_cleared_whole():
    assert seen({"input.usual.leafol": 77.0})["lost.leafol"] == 77.0


# ---- An enzyme in the gut wall and one in the liver, and a drug that acts on both ----------------

BOTH = ("CYP3A", "gut_CYP3A")
ACTS = [Member(f"leafine.{name}", {"drug": "leafine", "enzyme": name}) for name in BOTH]
ACTED = Body(
    flatten_alone(
        Metabolism,
        {
            DRUG: [Member("leafine"), Member("sleep")],
            ENZYME: [Member(name, attributes={"organ": name}) for name in BOTH],
            ROUTE: [Member("sleep.CYP3A", {"drug": "sleep", "enzyme": "CYP3A", "product": None})],
            WALL: [Member("sleep.gut_CYP3A", {"drug": "sleep", "enzyme": "gut_CYP3A"})],
            CHANGING: [Member(name, {"enzyme": name}) for name in BOTH],
            INHIBITION: ACTS,
            INACTIVATION: ACTS,
            INDUCTION: ACTS,
        },
    )
)
NEVER = 1e30
RESTING = {
    "metabolism.share": 0.9,
    "metabolism.first_pass": 0.5,
    "metabolism.wall": 0.4,
    "metabolism.flow": 100.0,
    "metabolism.bound.CYP3A": 1.0,
    "metabolism.bound.gut_CYP3A": 0.0,
    "metabolism.Ki": NEVER,
    "metabolism.kinact": 0.0,
    "metabolism.KI": 4000.0,
    "metabolism.Emax": 0.0,
    "metabolism.EC50": 4000.0,
    "metabolism.kdeg": 0.02,
    "input.activity": 1.0,
    "input.loose": 0.05,
    "input.uptake.leafine": 0.0,
    "input.uptake.sleep": 100.0,
    "input.usual.leafine": 0.0,
    "input.usual.sleep": 10.0,
    "input.unbound.leafine": 0.0,
    "input.unbound.sleep": 0.0,
}
DESTROYING = {"metabolism.kinact": 4.0}
USUAL_AMOUNTS = (1.0, 1.0)


def dotted(changed: dict[str, float]) -> dict[str, float]:
    return {name.replace("__", "."): value for name, value in changed.items()}


def now(amounts: tuple[float, float] = USUAL_AMOUNTS, **changed: float) -> dict[str, float]:
    """All outputs at once, with these amounts of the two enzymes."""
    found = ACTED.observed(amounts, ACTED.vector(RESTING | dotted(changed)))
    return {name.removeprefix("metabolism."): value for name, value in found.items()}


def after(hours: float, given: dict[str, float], **changed: float) -> dict[str, float]:
    """What is there of each enzyme after a while under constant inputs."""
    vector = ACTED.vector(RESTING | given | dotted(changed))
    found = precisely(ACTED.amounts(), vector, Events.none(), [hours])
    return {name: float(found[f"metabolism.amount.{name}"][0, 0]) for name in BOTH}


def test_the_gut_wall_takes_its_share_before_the_liver_takes_half_of_the_rest():
    found = now()
    assert found["arriving.sleep"] == pytest.approx(100.0 * 0.6 * 0.5)
    assert found["gone"] == pytest.approx(70.0 + 10.0)


def test_without_the_gut_walls_enzyme_all_of_a_dose_meets_the_liver():
    found = now((1.0, 0.0))
    assert found["arriving.sleep"] == pytest.approx(50.0)
    assert found["lost.sleep"] == pytest.approx(10.0)  # the blood does not notice


def test_without_the_livers_enzyme_a_drug_keeps_the_rest_of_its_clearance():
    found = now((0.0, 1.0))
    assert found["arriving.sleep"] == pytest.approx(60.0)
    assert found["lost.sleep"] == pytest.approx(1.0, rel=1e-5)


def test_what_blood_brings_limits_what_a_busier_liver_clears():
    # Half is extracted as usual, so of a tenfold enzyme blood sees 10 / 11 over 1 / 2 and not ten.
    found = now((10.0, 1.0))
    assert found["lost.sleep"] == pytest.approx(1.0 + 9.0 * (10 / 11) / (1 / 2), rel=1e-6)


def test_a_swallowed_drug_is_exposed_in_inverse_proportion_to_its_enzyme_whatever_is_extracted():
    # What arrives over the pace of clearance is the area; in a well-stirred liver extraction
    # cancels out of it [rowland-1973].
    for first_pass in (0.01, 0.5, 0.9):
        given = {"metabolism__first_pass": first_pass, "metabolism__share": 1.0}
        usual, half = now(USUAL_AMOUNTS, **given), now((0.5, 1.0), **given)
        area = half["arriving.sleep"] / half["lost.sleep"]
        # A hundredth that no route explains keeps the last per mille from being exact.
        assert area == pytest.approx(2.0 * usual["arriving.sleep"] / usual["lost.sleep"], rel=0.01)


def test_at_its_ki_a_drug_leaves_half_of_what_an_enzyme_does_and_all_once_it_is_gone():
    busy = now(input__unbound__leafine=300.0, metabolism__Ki=300.0)
    assert busy["working.CYP3A"] == busy["working.gut_CYP3A"] == pytest.approx(0.5)
    assert now(metabolism__Ki=300.0)["working.CYP3A"] == 1.0


def test_the_gut_wall_meets_all_of_what_is_taken_up_and_the_liver_what_plasma_leaves():
    # 3e4 nmol/h in 100 L/h are 300 nmol/L, of which a twentieth is unbound in blood.
    found = now(input__uptake__leafine=3e4, metabolism__Ki=300.0)
    assert found["working.gut_CYP3A"] == pytest.approx(0.5)
    assert found["working.CYP3A"] == pytest.approx(1.0 / 1.05)


def test_no_enzyme_changes_without_a_drug_that_acts_on_it():
    assert after(1000.0, DESTROYING) == {"CYP3A": 1.0, "gut_CYP3A": 1.0}


def test_the_loss_settles_where_making_and_destroying_balance():
    # Half of the fastest loss, 2 per h, against a turnover of 0.02 per h.
    at_half = after(1000.0, DESTROYING, input__unbound__leafine=4000.0)
    assert at_half["CYP3A"] == pytest.approx(0.02 / 2.02, rel=1e-6)


def test_a_call_for_more_settles_at_as_much_more_as_is_made():
    # Half of the most, 8-fold besides the usual.
    more = after(1000.0, {"metabolism.Emax": 8.0}, input__unbound__leafine=4000.0)
    assert more["CYP3A"] == pytest.approx(5.0, rel=1e-6)


def test_more_comes_at_the_pace_of_turnover_and_not_at_once():
    half_life = np.log(2.0) / 0.02
    more = after(half_life, {"metabolism.Emax": 8.0}, input__unbound__leafine=4000.0)
    assert more["CYP3A"] == pytest.approx(3.0, rel=1e-6)


def test_what_is_being_taken_up_is_diluted_by_the_blood_that_flows_there():
    # 0.05 of 8e6 nmol/h in 100 L/h are 4000 nmol/L, as if that were unbound in the blood.
    taken = after(5.0, DESTROYING, input__uptake__leafine=8e6)
    there = after(5.0, DESTROYING, input__unbound__leafine=4000.0)
    assert taken["CYP3A"] == pytest.approx(there["CYP3A"], rel=1e-7)


def test_a_lost_enzyme_comes_back_at_its_own_pace():
    start = np.array([0.2, 0.2])
    found = precisely(
        ACTED.from_state(start), ACTED.vector(RESTING), Events.none(), [np.log(2.0) / 0.02]
    )
    assert found["metabolism.amount.CYP3A"][0, 0] == pytest.approx(0.6, rel=1e-6)
