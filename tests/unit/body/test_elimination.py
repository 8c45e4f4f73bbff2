from __future__ import annotations

import pytest
from tests.bodies import alone, precisely

from speciosa.body.elimination import Elimination
from speciosa.compile import Member
from speciosa.engine import Events

BODY = alone(Elimination)
USUAL = {
    "elimination.CL": 60.0,
    "elimination.reference_weight": 70.0,
    "elimination.weight_exponent": 0.75,
    "input.concentration": 5.0,
    "input.gone": 12.0,
    "input.weight": 70.0,
}


def usual(**changed: float) -> float:
    given = USUAL | {f"input.{name}": value for name, value in changed.items()}
    return BODY.observed([0.0], BODY.vector(given))["elimination.usual.leafine"]


def test_elimination_is_clearance_times_concentration():
    assert usual() == 300.0
    assert usual(concentration=10.0) == 600.0


def test_clearance_grows_with_weight_by_its_exponent():
    assert usual(weight=140.0) == pytest.approx(300.0 * 2**0.75)


def test_the_book_keeper_counts_what_leaves():
    found = precisely(BODY.amounts(), BODY.vector(USUAL), Events.none(), [0.0, 10.0])
    assert found["elimination.left"][0] == pytest.approx([0.0, 120.0])


def saturable(drug: str) -> dict[str, list[Member]]:
    return {"saturable": [Member(drug, {"drug": drug})]}


def test_where_the_enzyme_fills_up_half_the_pace_is_reached_at_km():
    alcohol = alone(Elimination, more=saturable("leafine"))

    def pace(concentration: float) -> float:
        given = USUAL | {"elimination.Km": 1000.0, "input.concentration": concentration}
        return alcohol.observed([0.0], alcohol.vector(given))["elimination.usual.leafine"]

    highest = 60.0 * 1000.0
    assert pace(1000.0) == pytest.approx(highest / 2)
    assert pace(1e9) == pytest.approx(highest, rel=1e-5)
    assert pace(0.01) == pytest.approx(60.0 * 0.01, rel=1e-4)


def test_one_drug_that_fills_its_enzyme_leaves_another_linear():
    both = alone(Elimination, ("leafine", "leafol"), more=saturable("leafol"))
    found = both.observed([0.0], both.vector(USUAL | {"elimination.Km": 5.0}))
    assert found["elimination.usual.leafine"] == 300.0
    assert found["elimination.usual.leafol"] == pytest.approx(150.0)
