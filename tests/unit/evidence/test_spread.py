"""Distributions against their formulas, against SciPy, and against themselves."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from speciosa.evidence.spread import Printed, Spread, expected_range

SPREADS = {
    "normal": (Spread("normal", 2.0, sd=0.5), stats.norm(2.0, 0.5)),
    "lognormal": (Spread("lognormal", 3.0, gsd=1.7), stats.lognorm(math.log(1.7), scale=3.0)),
    "uniform": (Spread("uniform", 2.0, low=1.0, high=4.0), stats.uniform(1.0, 3.0)),
    "loguniform": (Spread("loguniform", 2.0, low=1.0, high=40.0), stats.loguniform(1.0, 40.0)),
}
LOGIT = Spread("logitnormal", 0.3, sd=0.8)


@pytest.mark.parametrize("kind", SPREADS)
def test_quantiles_are_those_of_scipy(kind: str) -> None:
    spread, known = SPREADS[kind]
    shares = np.linspace(0.001, 0.999, 41)
    np.testing.assert_allclose(spread.quantile(shares), known.ppf(shares), rtol=1e-12)


@pytest.mark.parametrize("kind", SPREADS)
def test_ends_are_quantiles(kind: str) -> None:
    spread, _ = SPREADS[kind]
    np.testing.assert_allclose((spread.p05, spread.p95), spread.quantile([0.05, 0.95]), rtol=1e-12)


def test_a_share_stays_a_share() -> None:
    drawn = LOGIT.quantile(np.linspace(1e-12, 1 - 1e-12, 101))
    assert np.all((drawn > 0.0) & (drawn < 1.0))
    assert LOGIT.quantile(0.5) == pytest.approx(0.3)
    np.testing.assert_allclose((LOGIT.p05, LOGIT.p95), LOGIT.quantile([0.05, 0.95]), rtol=1e-12)


def test_exact_is_exact_in_any_shape() -> None:
    spread = Spread("exact", 5.0, because="a count")
    assert np.array_equal(spread.quantile(np.full((2, 3), 0.9)), np.full((2, 3), 5.0))
    assert (spread.p05, spread.p95, str(spread)) == (5.0, 5.0, "exact")


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99))
def test_a_larger_share_never_gives_a_smaller_value(a: float, b: float) -> None:
    for spread in (*(held for held, _ in SPREADS.values()), LOGIT):
        low, high = spread.quantile([min(a, b), max(a, b)])
        assert low <= high


def test_a_draw_depends_on_nothing_but_its_number() -> None:
    shares = np.linspace(0.01, 0.99, 50)
    for spread in (*(held for held, _ in SPREADS.values()), LOGIT):
        alone = [float(spread.quantile(share)) for share in shares]
        assert np.array_equal(spread.quantile(shares), alone)


@pytest.mark.parametrize(("n", "width"), [(2, 1.12838), (5, 2.32593), (10, 3.07751)])
def test_the_width_of_a_range_is_tippetts(n: int, width: float) -> None:
    assert expected_range(n) == pytest.approx(width, abs=1e-5)


def test_what_a_printed_spread_says_of_people() -> None:
    assert Printed("range", low=1.0, high=math.e).sd_log_people(2.0, 2) == pytest.approx(
        1 / 1.12838
    )
    assert Printed("sd", sd=1.0).sd_log_people(2.0, None) == pytest.approx(
        math.sqrt(math.log(1.25))
    )
    assert Printed("se", se=0.5).sd_log_people(2.0, 4) == pytest.approx(math.sqrt(math.log(1.25)))
    assert Printed("cv", cv=0.5).sd_log_people(2.0, 4) == pytest.approx(math.sqrt(math.log(1.25)))
    assert math.isnan(Printed("ci90", low=1.0, high=2.0).sd_log_people(1.4, 12))
    assert math.isnan(Printed("range", low=1.0, high=2.0).sd_log_people(1.4, None))
    assert math.isnan(Printed("none").sd_log_people(1.4, 12))


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        (Printed("range", low=1.0, high=2.5), "1 to 2.5 (lowest and highest)"),
        (Printed("ci95", low=1.0, high=2.5), "1 to 2.5 (95 % interval)"),
        (Printed("sd", sd=2.0), "SD 2"),
        (Printed("cv", cv=0.35), "CV 35 %"),
        (Printed("none"), "no spread printed"),
    ],
)
def test_people_can_read_it(printed: Printed, text: str) -> None:
    assert str(printed) == text


def test_people_can_read_uncertainty() -> None:
    assert str(SPREADS["lognormal"][0]) == "1.25 to 7.18 (90 %)"


@pytest.mark.parametrize(
    ("spread", "text"),
    [
        (Spread("lognormal", 238.0, gsd=1.8), "known to within 2.6-fold"),
        (Spread("lognormal", 10.0, gsd=1.02), "known to 3.3 %"),
        (Spread("normal", 0.0, sd=1.0), "known to within 1.6 either way"),
        (Spread("exact", 1.0, because="a count"), "exact"),
    ],
)
def test_people_can_read_how_well_a_value_is_known(spread: Spread, text: str) -> None:
    assert spread.words == text


def test_a_spread_of_people_without_logarithms() -> None:
    from speciosa.evidence.spread import Printed, expected_range

    assert Printed("sd", sd=3.0).sd_people(None) == 3.0
    assert Printed("se", se=0.5).sd_people(16) == 2.0
    assert Printed("range", low=-1.0, high=3.0).sd_people(5) == 4.0 / expected_range(5)
    for nothing in (Printed("none"), Printed("se", se=1.0), Printed("range", low=0.0, high=1.0)):
        assert math.isnan(nothing.sd_people(None))
