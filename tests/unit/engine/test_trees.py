from __future__ import annotations

from collections import Counter
from math import factorial, prod

import numpy as np
import pytest
from tests.trees import Tree, defects, runge_kutta, square, trees

LEAF = Tree()


def symmetry(tree: Tree) -> int:
    """In how many ways the nodes of the tree can be exchanged without changing it."""
    return prod(
        factorial(many) * symmetry(child) ** many for child, many in Counter(tree.children).items()
    )


def test_there_are_as_many_trees_as_the_textbook_counts() -> None:
    # Hairer, Norsett & Wanner I, table II.2.1.
    assert [len(trees(order)) for order in range(1, 8)] == [1, 1, 2, 4, 9, 20, 48]


@pytest.mark.parametrize("order", range(1, 8))
def test_every_way_to_grow_a_tree_node_by_node_is_counted_once(order: int) -> None:
    # A tree grows in order!/(symmetry * gamma) ways; each node but the first has a choice of all
    # before it, so the ways add up to (order - 1)!. A tree missing, doubled or with a wrong density
    # would spoil the sum.
    assert all(tree.order == order for tree in trees(order))
    assert len(set(trees(order))) == len(trees(order))
    ways = [factorial(order) / (symmetry(tree) * tree.density) for tree in trees(order)]
    assert all(way == int(way) for way in ways)
    assert sum(ways) == factorial(order - 1)


def test_a_bush_and_a_twig_have_the_densities_of_the_textbook() -> None:
    assert Tree((LEAF, LEAF, LEAF)).density == 4
    assert Tree((Tree((Tree((LEAF,)),)),)).density == 24
    assert Tree((LEAF, Tree((LEAF,)))).density == 8


def test_the_classical_method_is_of_order_4_and_no_more() -> None:
    stages = square([(), (0.5,), (0, 0.5), (0, 0, 1)])
    weights = np.array([1, 2, 2, 1]) / 6
    phi = runge_kutta(stages, 5)
    for order in range(1, 5):
        assert defects(weights, phi, order) == pytest.approx(0, abs=3e-16)
    assert np.max(np.abs(defects(weights, phi, 5))) > 1e-3
