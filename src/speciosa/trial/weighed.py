"""From the product of a scenario to what can be dosed: its kind, what is stated of it, per what."""

from __future__ import annotations

from speciosa.product.content import Product, Stated
from speciosa.trial import tables
from speciosa.trial.checks import contents, per_what

__all__ = ["weighed"]


def weighed(product: tables.Product) -> Product:
    """The product with what is stated of its alkaloids; the rest is drawn."""
    stated = {name: Stated(a.value, a.below) for name, a in contents(product).items()}
    return Product(product.kind, stated, per_what(product))
