import pytest

from speciosa.errors import UnitMismatch
from speciosa.language import (
    Each,
    Input,
    exp,
    hill,
    log,
    positive_part,
    saturation,
    smooth_step,
    sqrt,
)
from speciosa.units import ONE, unit

DRUG = Each("drug", "a substance")
X, K = Input("ng/mL", "x", each=DRUG), Input("ug/L", "k")
N = Input("1", "n")
X.name, K.name, N.name = "x", "k", "n"


@pytest.mark.parametrize("function", [exp, log, sqrt])
def test_these_take_plain_numbers(function):
    assert function(N).unit == function(2.0).unit == ONE
    with pytest.raises(
        UnitMismatch, match=rf"{function.__name__}\(x\): x \[ng/mL\] is not a plain"
    ):
        function(X)


def test_results_have_the_right_unit_and_index():
    for made in (saturation(X, K), hill(X, K, N), hill(X, K, 2), smooth_step(X, K, K)):
        assert (made.unit, made.each) == (ONE, DRUG)
    rounded = positive_part(X - K, K)
    assert (rounded.unit, rounded.each) == (unit("ng/mL"), DRUG)
    assert saturation(X, K).text() == "x / (k + x)"
    assert hill(X, K, N).text() == "hill(x, k, n)"


@pytest.mark.parametrize(
    "write",
    [
        lambda: saturation(X, N),
        lambda: hill(X, N, N),
        lambda: hill(X, K, K),
        lambda: smooth_step(X, N, K),
        lambda: smooth_step(X, K, N),
        lambda: positive_part(X, 1),
    ],
)
def test_unequal_units_are_refused(write):
    with pytest.raises(UnitMismatch, match=r"cannot write \w+: .* differ in unit"):
        write()
