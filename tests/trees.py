"""Rooted trees, and what they ask of the coefficients of a one-step method: its order conditions.

Hairer, Norsett & Wanner, Solving Ordinary Differential Equations I, chapter II.2, for Runge-Kutta
methods; Hairer & Wanner, Solving Ordinary Differential Equations II, chapter IV.7, for Rosenbrock
methods. A method with weights b is of order p if sum_i b_i phi_i(tree) = 1/gamma(tree) for every
tree of at most p nodes; what it says of the middle of a step, at theta, is of order p if that sum
is theta^nodes/gamma(tree).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import prod
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Tree", "defects", "rosenbrock", "runge_kutta", "square", "trees"]

Array = NDArray[np.float64]
Phi = dict["Tree", Array]
"""Every tree's elementary weight of each stage."""


class Tree(NamedTuple):
    """A root and the trees that hang from it, sorted, so that equal trees compare equal."""

    children: tuple[Tree, ...] = ()

    @property
    def order(self) -> int:
        """How many nodes it has."""
        return 1 + sum(child.order for child in self.children)

    @property
    def density(self) -> int:
        """gamma: the order times the densities of the trees that hang from the root."""
        return self.order * prod(child.density for child in self.children)


@cache
def trees(order: int) -> tuple[Tree, ...]:
    """Every rooted tree of so many nodes, once: a root over every bag with one node fewer."""
    return tuple(Tree(bag) for bag in _bags(order - 1, _all_up_to(order - 1)))


def _all_up_to(order: int) -> tuple[Tree, ...]:
    return tuple(tree for nodes in range(1, order + 1) for tree in trees(nodes))


def _bags(nodes: int, choice: Sequence[Tree]) -> list[tuple[Tree, ...]]:
    """Every bag of trees out of `choice` with so many nodes in all; each sorted as `choice` is."""
    if nodes == 0:
        return [()]
    return [
        (first, *rest)
        for i, first in enumerate(choice)
        if first.order <= nodes
        for rest in _bags(nodes - first.order, choice[i:])
    ]


def square(rows: Sequence[Sequence[float]]) -> Array:
    """The matrix whose row i begins with rows[i] and is zero from the diagonal on."""
    full = np.zeros((len(rows), len(rows)))
    for i, row in enumerate(rows):
        assert len(row) == i
        full[i, :i] = row
    return full


def runge_kutta(stages: Array, order: int) -> Phi:
    """phi of every tree up to `order`: the product over a root's children of A phi(child)."""
    return rosenbrock(stages, stages, order)


def rosenbrock(alpha: Array, beta: Array, order: int) -> Phi:
    """phi of every tree up to `order`: over several children the product of alpha phi(child), over
    a single child beta phi(child), beta = alpha + gamma with its diagonal (table IV.7.1)."""
    phi: Phi = {}
    for tree in _all_up_to(order):
        matrix = beta if len(tree.children) == 1 else alpha
        branches = [matrix @ phi[child] for child in tree.children]
        phi[tree] = np.prod([np.ones(len(alpha)), *branches], axis=0)
    return phi


def defects(weights: ArrayLike, phi: Phi, order: int, theta: float = 1.0) -> Array:
    """By how much the conditions of exactly this order are missed, one number per tree."""
    return np.array(
        [np.dot(weights, phi[tree]) - theta**order / tree.density for tree in trees(order)]
    )
