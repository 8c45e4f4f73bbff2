from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speciosa.errors import InputError, UnitMismatch
from speciosa.units import ONE, Unit, convert, parse_quantity, unit

NAMES = ("g", "mg", "ug", "ng", "kg", "L", "mL", "m", "cm", "nmol", "mol", "h", "min", "d", "y")
units = st.sampled_from(NAMES).map(unit)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ug/L", "ng/mL"),
        ("nM", "nmol/L"),
        ("mg/(kg*h)", "mg/kg/h"),
        ("mg h-1", "mg/h"),
        ("m2", "m^2"),
        ("m²", "m**2"),
        ("cm³", "cm^3"),
        ("µg", "ug"),
        ("μg", "mcg"),
        ("ng·h/mL", "ng*h/mL"),
        ("ng h / mL", "h*ng/mL"),
        ("60 min".removeprefix("60 "), "mins"),
        ("days", "d"),
        ("1", "mg/mg"),
        ("h^-1", "1/h"),
        (" ml ", "mL"),
    ],
)
def test_equal_units_have_one_dimension_and_one_factor(a, b):
    assert unit(a) == unit(b)
    assert hash(unit(a)) == hash(unit(b))
    assert convert(3.0, unit(a), unit(b)) == 3.0


@pytest.mark.parametrize(("a", "b"), [("ug/L", "ug/mL"), ("h", "min"), ("%", "1"), ("lb", "kg")])
def test_another_factor_is_another_unit_of_the_same_dimension(a, b):
    assert unit(a) != unit(b)
    assert unit(a).same_dimension(unit(b))


def test_mass_and_amount_are_different_dimensions():
    assert not unit("ng/mL").same_dimension(unit("nmol/L"))
    with pytest.raises(UnitMismatch, match="ng/mL cannot become nmol/L"):
        convert(1.0, unit("ng/mL"), unit("nmol/L"))


@pytest.mark.parametrize(
    ("value", "a", "b", "expected"),
    [
        (5.0, "ug", "mg", 0.005),
        (39.0, "mg", "g", 0.039),
        (1.0, "y", "d", 365.25),
        (90.0, "min", "h", 1.5),
        (1.0, "wk", "h", 168.0),
        (50.0, "%", "1", 0.5),
        (1.0, "lb", "g", 453.59237),
        (2.0, "mL/min", "L/h", 0.12),
    ],
)
def test_conversion_rounds_at_most_once(value, a, b, expected):
    assert convert(value, unit(a), unit(b)) == expected


def test_arrays_convert_elementwise():
    found = convert(np.array([1.0, 2.0]), unit("g"), unit("mg"))
    assert found.tolist() == [1000.0, 2000.0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ng/mll",
        "mg^99",
        "(mg",
        "(mg/",
        "mg)",
        "2",
        "/h",
        "mg//h",
        "mg/",
        "1 2",
        "?",
        "kg " * 30,
    ],
)
def test_other_text_is_refused_and_shown(text):
    with pytest.raises(InputError, match="expected a unit such as") as caught:
        unit(text)
    assert repr(text)[:60] in str(caught.value)


def test_a_near_miss_is_suggested():
    with pytest.raises(InputError, match='did you mean "nmol"'):
        unit("nmoll/L")


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        (unit("ng/mL"), "ng/mL"),
        (unit("ng/mL") * unit("L"), "ug"),
        (unit("1/h") * unit("h"), "1"),
        (ONE / unit("h"), "1/h"),
        (unit("ng/mL") * ONE, "ng/mL"),
        (unit("ng/mL") * unit("h"), "ug*h/L"),
        (unit("cm") ** 2, "cm^2"),
        (unit("nmol") / unit("h") ** 2, "nmol/h^2"),
        (unit("ng") / unit("mg"), "1/1000000"),
        (Unit((1, 0, 0, 0, 0), Fraction(7, 3)), "7/3 g"),
    ],
)
def test_a_unit_shows_as_written_or_tidily(made, shown):
    assert str(made) == shown


@given(units, units, st.integers(-3, 3))
def test_arithmetic_is_exact(a, b, n):
    assert a * b / b == a
    assert (a * b) ** n == a**n * b**n
    assert a / b == ONE / (b / a)


@given(units, units)
def test_a_tidy_unit_reads_back_as_itself(a, b):
    made = a * b
    factor, _, named = str(made).rpartition(" ")
    read = unit(named)
    assert (read.dims, read.factor * Fraction(factor or 1)) == (made.dims, made.factor)


@pytest.mark.parametrize(
    ("text", "value", "text_unit"),
    [
        ("70 kg", 70.0, "kg"),
        ("1e-3 mg", 1e-3, "mg"),
        ("50%", 50.0, "%"),
        ("3", 3.0, "1"),
        (" -.5 mg/kg ", -0.5, "mg/kg"),
        ("2.g", 2.0, "g"),
    ],
)
def test_a_quantity_is_a_number_and_a_unit(text, value, text_unit):
    assert parse_quantity(text) == (value, unit(text_unit))


@pytest.mark.parametrize(
    "text", ["", "kg", "1,5 g", "1.2.3 g", "nan g", "inf g", "1e999 g", "2 frogs"]
)
def test_anything_else_is_no_quantity(text):
    with pytest.raises(InputError, match=r"^dose: got .*expected a number and a unit"):
        parse_quantity(text, key="dose")


def test_pressure_is_no_mass_over_length():
    assert str(unit("mmHg/h") * unit("h")) == "mmHg"
    with pytest.raises(UnitMismatch):
        convert(40.0, unit("mmHg"), unit("g/m"))
