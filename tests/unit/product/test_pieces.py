"""Pieces are counted: what one holds stands on its label, whatever it weighs."""

from __future__ import annotations

import pytest

from speciosa.evidence import find
from speciosa.product.content import Product, Stated
from speciosa.product.pieces import PIECES, counted, piece

SEVEN = "hydroxymitragynine"


def molar_mass(name: str) -> float:
    return find([f"substance/molar_mass/{name}"])[f"substance/molar_mass/{name}"].value


@pytest.mark.parametrize(
    ("word", "one"),
    [("Tablets", "tablet"), ("tab", "tablet"), ("gummies", "gummy"), ("caps", "capsule")],
)
def test_a_piece_has_many_names(word: str, one: str) -> None:
    assert piece(word) == one
    assert counted(word) == PIECES[one]


def test_spoons_are_counted_and_no_pieces() -> None:
    assert (piece("tsp"), counted("Tablespoons")) == (None, "tbsp")
    assert counted("drops") is None


def test_a_tablet_of_15_mg_holds_15_mg() -> None:
    tablet = Product("7-oh", {SEVEN: Stated(15.0)}, "tablet")
    held = tablet.nanomoles("tablets")
    assert set(held) == {SEVEN}
    assert held[SEVEN][0] == pytest.approx(15.0 * 1e6 / molar_mass(SEVEN))


def test_a_gummy_has_the_other_alkaloids_in_proportion() -> None:
    gummy = Product("extract", {"mitragynine": Stated(10.0)}, "gummy")
    gram = Product("extract", {"mitragynine": Stated(10.0)})
    assert gummy.nanomoles("gummies") == gram.nanomoles("g")


def test_a_content_per_capsule_needs_no_weight_of_a_capsule() -> None:
    told = Product("capsule", {"mitragynine": Stated(8.0)}, "capsule")
    assert told.size("capsules")[0] == 1.0
    assert "product/capsule_fill" not in told.records("capsules")
    assert "product/capsule_fill" in Product("capsule", {}).records("capsules")


def test_a_tablespoon_is_about_three_teaspoons() -> None:
    leaf = Product("leaf", {})
    assert leaf.size("tbsp")[0] / leaf.size("tsp")[0] == pytest.approx(3.0, rel=0.1)
    assert "market/tablespoon" in leaf.records("tbsp")
