from __future__ import annotations

import numpy as np
import pytest
from scipy.special import ndtri

from speciosa.evidence.normal import normal_quantile


def test_it_agrees_with_scipy_over_the_whole_range() -> None:
    small = 10.0 ** -np.linspace(1.0, 300.0, 1000)
    near_one = 1.0 - 2.0 ** -np.linspace(2.0, 52.0, 51)
    shares = np.concatenate([np.linspace(0.001, 0.999, 9999), small, near_one])
    # SciPy's own error grows to 1e-15 where the quantile passes 0.
    assert normal_quantile(shares) == pytest.approx(ndtri(shares), rel=2e-15, abs=1e-15)


def test_known_percentage_points() -> None:
    """Of the paper: shares of 0.25, 0.001 and 1e-20."""
    found = normal_quantile([0.25, 0.001, 1e-20])
    known = [-0.6744897501960817, -3.090232306167814, -9.262340089798408]
    assert found == pytest.approx(known, rel=1e-15)


def test_it_is_odd_and_keeps_its_shape() -> None:
    shares = np.linspace(0.03125, 0.5, 16).reshape(2, 8)
    found = normal_quantile(shares)
    assert found.shape == (2, 8)
    assert (normal_quantile(1.0 - shares) == -found).all()
    assert found[1, -1] == 0.0


def test_a_single_share_is_a_single_number() -> None:
    assert normal_quantile(0.975).shape == ()
    assert float(normal_quantile(0.975)) == pytest.approx(1.959963984540054, rel=1e-15)
