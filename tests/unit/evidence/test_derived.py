"""Numbers on interactions that were worked out from others follow from them."""

from __future__ import annotations

import re

import pytest

from speciosa.evidence import Record, observations, records

RECORDS = records("comedication", "interactions", "metabolism", "market", "contaminants", "limits")
BOUNDS = [
    (record.id, record.by.removeprefix("1 - 1 / "))
    for record in RECORDS.values()
    if record.id.startswith("comedication/fm_at_least/")
]


def value(identity: str) -> float:
    return RECORDS[identity].value


@pytest.mark.parametrize(("share", "ratio"), BOUNDS, ids=lambda identity: identity.split("/")[-1])
def test_a_share_is_at_least_what_its_inhibition_took_away(share: str, ratio: str) -> None:
    seen = observations().get(ratio) or RECORDS[ratio]
    assert value(share) == pytest.approx(1.0 - 1.0 / seen.value, abs=0.006)


def test_there_are_such_bounds() -> None:
    assert len(BOUNDS) >= 9


@pytest.mark.parametrize("drug", ["buspirone", "simvastatin"])
def test_what_a_gut_without_enzyme_would_let_through(drug: str) -> None:
    active, through = value("interactions/gut_activity/CYP3A"), value(f"comedication/Fg/{drug}")
    expected = 1.0 / (active * (1.0 - through) + through)
    assert value(f"comedication/AUC_ratio_gut/{drug}/kratom") == pytest.approx(expected, abs=0.05)


def test_the_activity_left_in_the_gut_gives_the_ratio_back_that_was_seen() -> None:
    left, through = RECORDS["interactions/gut_activity/CYP3A"], 0.56
    for activity, ratio in ((left.value, 1.39), (left.spread.low, 1.57), (left.spread.high, 1.23)):
        assert 1.0 / (activity * (1.0 - through) + through) == pytest.approx(ratio, abs=0.01)


def test_a_static_model_multiplies_by_one_and_the_concentration_over_its_constant() -> None:
    lumen = value("interactions/static/lumen/mitragynine")
    pump = 1.0 + lumen / value("interactions/IC50/P-gp/mitragynine")
    assert value("interactions/static/R1_gut/P-gp/mitragynine") == pytest.approx(pump, rel=0.06)
    assert lumen == pytest.approx(39e3 / 398.5 / 0.25, rel=0.03)  # 39 mg in 250 mL


def test_inhibitors_of_people_come_in_the_order_of_their_ratios() -> None:
    strength = {
        record.id.rsplit("/", 1)[1]: record.value
        for record in RECORDS.values()
        if record.id.startswith("comedication/inhibition/CYP2D6/")
    }
    assert strength["paroxetine"] > strength["bupropion"] > strength["duloxetine"]


def test_more_grams_never_leave_fewer_products_above_a_limit() -> None:
    shares = {
        record.id.removeprefix("contaminants/share_above/"): record.value
        for record in RECORDS.values()
        if record.id.startswith("contaminants/share_above/")
    }
    for name, share in shares.items():
        if name.endswith("/3g"):
            assert share <= shares[name.replace("/3g", "/25g")]


def test_a_product_of_7_hydroxymitragynine_is_no_leaf() -> None:
    leaf = RECORDS["market/hydroxymitragynine/natural"].spread.high
    made = records("product")["product/hydroxymitragynine/7-oh"].spread.low
    assert made > 50.0 * leaf


SCALED = [
    (record, match)
    for record in RECORDS.values()
    if record.id.startswith("metabolism/")
    and (match := re.match(r"(comedication/\S+) x (1000|60)\b", record.by))
]


@pytest.mark.parametrize(("record", "match"), SCALED, ids=lambda pair: getattr(pair, "id", ""))
def test_a_constant_of_the_model_is_what_was_handed_over_in_other_units(
    record: Record, match: re.Match[str]
) -> None:
    assert record.value == pytest.approx(value(match[1]) * float(match[2]), rel=0.01)


def test_there_are_such_constants() -> None:
    assert len(SCALED) >= 15


def test_what_reaches_the_liver_is_shared_out_by_routes_that_all_have_a_first_pass() -> None:
    for identity in RECORDS:
        if identity.startswith("metabolism/share/"):
            passing = identity.replace("/share/", "/first_pass/")
            assert passing in {*RECORDS, *records("fitted", "metabolism")}, identity
