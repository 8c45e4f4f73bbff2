from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.people import PERSON, REPLICATE, Draws


@given(
    seed=st.integers(0, 2**63 - 1),
    few=st.integers(0, 50),
    more=st.integers(0, 50),
    start=st.integers(0, 10**6),
)
def test_a_person_is_the_same_in_any_crowd(seed: int, few: int, more: int, start: int) -> None:
    draws = Draws(seed)
    crowd = draws.uniform(PERSON, "elimination/CL", few + more, start)
    assert np.array_equal(draws.uniform(PERSON, "elimination/CL", few, start), crowd[:few])
    assert np.array_equal(draws.uniform(PERSON, "elimination/CL", more, start + few), crowd[few:])


def test_person_17_among_20_and_2000() -> None:
    draws = Draws(1)
    assert draws.normal(PERSON, "weight", 20)[17] == draws.normal(PERSON, "weight", 2000)[17]


def test_the_bits_are_those_of_every_machine() -> None:
    found = [x.hex() for x in Draws(1).uniform(PERSON, "weight", 3)]
    assert found == ["0x1.8823a0f569134p-3", "0x1.d946d42cad98bp-1", "0x1.bae2c7119e765p-1"]


@pytest.mark.parametrize(
    ("other", "kind", "quantity"),
    [(2, PERSON, "a"), (1, REPLICATE, "a"), (1, PERSON, "b"), (1, "person1", "a")],
)
def test_different_names_are_independent(other: int, kind: str, quantity: str) -> None:
    one = Draws(1).normal(PERSON, "a", 20_000)
    two = Draws(other).normal(kind, quantity, 20_000)
    assert abs(np.corrcoef(one, two)[0, 1]) < 0.03


def test_names_do_not_run_together() -> None:
    assert Draws(1).uniform("ab", "c", 1) != Draws(1).uniform("a", "bc", 1)


def test_uniform_means_uniform_and_never_reaches_its_ends() -> None:
    u = Draws(3).uniform(PERSON, "x", 100_000)
    assert 0.0 < u.min() < 1e-3
    assert 1.0 - 1e-3 < u.max() < 1.0
    counts, _ = np.histogram(u, bins=10, range=(0.0, 1.0))
    assert np.abs(counts / 10_000 - 1.0).max() < 0.05
    assert abs(Draws(3).normal(PERSON, "x", 100_000).std() - 1.0) < 0.01


def test_nobody_gets_no_numbers() -> None:
    assert Draws(1).uniform(PERSON, "x", 0).shape == (0,)
