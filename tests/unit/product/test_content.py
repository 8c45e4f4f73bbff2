from __future__ import annotations

import numpy as np
import pytest

from speciosa.evidence import find, records
from speciosa.people import REPLICATE, Draws
from speciosa.product.content import Array, Product, Stated

TEA = Product("tea", {"mitragynine": Stated(19.5), "paynantheine": Stated(5.86)})


def luck(name: str, replicates: int = 4000) -> Array:
    return Draws(1).uniform(REPLICATE, name, replicates)


def value(identity: str) -> float:
    return find([identity])[identity].value


def test_a_stated_content_is_that_content() -> None:
    content = TEA.content(luck)
    assert set(content["mitragynine"]) == {19.5}
    assert set(content["paynantheine"]) == {5.86}


def test_what_is_not_stated_is_in_proportion_to_the_main_alkaloid() -> None:
    content = TEA.content()
    assert content["speciogynine"] == pytest.approx(19.5 * value("product/ratio/speciogynine"))
    drawn = TEA.content(luck)["speciogynine"]
    assert np.median(drawn) == pytest.approx(content["speciogynine"][0], rel=0.05)
    assert drawn.std() > 0.1 * drawn.mean()


@pytest.mark.parametrize("kind", ["leaf", "tea", "capsule", "extract"])
def test_without_a_statement_the_market_decides(kind: str) -> None:
    product = Product(kind, {})
    assert product.source["mitragynine"] == f"product/mitragynine/{kind}"
    drawn = product.content(luck)
    assert np.median(drawn["mitragynine"]) == pytest.approx(
        value(f"product/mitragynine/{kind}"), rel=0.05
    )
    together = np.corrcoef(drawn["mitragynine"], drawn["speciogynine"])[0, 1]
    assert together > 0.2  # a rich leaf is rich in all of them


def test_a_7_oh_product_holds_7_hydroxymitragynine_and_no_leaf() -> None:
    content = Product("7-oh", {}).content()
    assert set(content) == {"mitragynine", "hydroxymitragynine"}
    assert content["hydroxymitragynine"] > content["mitragynine"]


def test_below_a_limit_is_anywhere_under_it() -> None:
    product = Product("tea", {"mitragynine": Stated(14.0), "hydroxymitragynine": Stated(0.2, True)})
    drawn = product.content(luck)["hydroxymitragynine"]
    assert 0.0 < drawn.min() < 0.01
    assert 0.19 < drawn.max() < 0.2
    assert product.content()["hydroxymitragynine"] == [0.1]


def test_stated_absence_is_absence() -> None:
    assert "paynantheine" not in Product("tea", {"paynantheine": Stated(0.0)}).alkaloids
    assert Product("tea", {"mitragynine": Stated(0.0)}).alkaloids == ()


def test_a_liquid_holds_what_is_stated_and_proportions() -> None:
    liquid = Product("extract", {"mitragynine": Stated(12.0)}, "mL")
    assert liquid.content()["mitragynine"] == [12.0]
    assert "speciogynine" in liquid.content()
    seven = Product("7-oh", {"hydroxymitragynine": Stated(10.0)}, "mL")
    assert seven.alkaloids == ("hydroxymitragynine",)


def test_nanomoles_by_the_molar_mass() -> None:
    mass = value("substance/molar_mass/mitragynine")
    np.testing.assert_allclose(TEA.nanomoles("g")["mitragynine"], 19.5e6 / mass, rtol=1e-14)


def test_capsules_and_spoons_weigh_what_their_records_say() -> None:
    capsule = Product("capsule", {"mitragynine": Stated(14.0)})
    share = capsule.nanomoles("capsules")["mitragynine"] / capsule.nanomoles("g")["mitragynine"]
    record = find(["product/capsule_fill"])["product/capsule_fill"]
    np.testing.assert_allclose(share, record.spread.quantile(0.5), rtol=1e-14)
    drawn = capsule.nanomoles("capsules", luck)["mitragynine"]
    assert drawn.std() > 0.0
    assert TEA.nanomoles("tsp")["mitragynine"] > TEA.nanomoles("g")["mitragynine"]


def test_the_same_luck_gives_the_same_product() -> None:
    few, many = (
        Product("tea", {}).nanomoles("g", lambda name, n=n: luck(name, n)) for n in (5, 500)
    )
    for name, amount in few.items():
        assert np.array_equal(amount, many[name][:5])


@pytest.mark.parametrize("unit", ["g", "capsules", "tsp"])
@pytest.mark.parametrize("kind", ["leaf", "tea", "capsule", "extract", "7-oh"])
def test_every_record_behind_a_dose_exists(kind: str, unit: str) -> None:
    assert find(Product(kind, {}).records(unit))


def test_every_ratio_has_a_molar_mass() -> None:
    ratios = [i for i in records("product") if i.startswith("product/ratio/")]
    assert len(ratios) >= 6
    assert find(f"substance/molar_mass/{i.removeprefix('product/ratio/')}" for i in ratios)
