import importlib
import traceback

import pytest

from speciosa.errors import ModelError, UnitMismatch
from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    State,
    System,
    at,
    in_unit,
    lift,
    log,
    total,
)
from speciosa.units import ONE, unit

DRUG = Each("drug", "a substance")
ENZYME = Each("enzyme", "an enzyme")
ROUTE = Each("route", "a route", drug=DRUG, product=DRUG)


def named(name, of="1", each=None):
    made = Input(of, "doc", each=each)
    made.name = name
    return made


@pytest.fixture
def c():
    return named("c", "ng/mL")


@pytest.fixture
def n():
    return named("n")


def test_units_follow_arithmetic(c, n):
    assert (c + c).unit == (c - c).unit == (-c).unit == (2 * c).unit == (n * c).unit == c.unit
    assert (c * c).unit == (c**2).unit == unit("ng/mL") ** 2
    assert (c / c).unit == ONE
    assert (1 / c).unit == ONE / c.unit
    assert (n**n).unit == (2**n).unit == (n**0.5).unit == ONE
    assert (1 + n).unit == (1 - n).unit == (n / 2).unit == ONE


def test_the_unit_of_a_factor_keeps_its_text(n):
    assert str((n * named("k", "mL/min/kg")).unit) == "mL/min/kg"


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda c, n: c + n, r"cannot write c \[ng/mL\] \+ n \[1\]: the units differ"),
        (lambda c, n: c * 2 - n, r"cannot write c \* 2 \[ng/mL\] - n \[1\]: the units differ"),
        (lambda c, n: 1 - c, r"cannot write 1 \[1\] - c \[ng/mL\]"),
        (lambda c, n: 1 + c, r"cannot write 1 \[1\] \+ c \[ng/mL\]"),
        (lambda c, n: c**n, r"cannot write c \[ng/mL\] \*\* n \[1\]: a power needs plain"),
        (lambda c, n: n**c, r"cannot write n \[1\] \*\* c \[ng/mL\]"),
        (lambda c, n: c**0.5, r"cannot write c \[ng/mL\] \*\* 0.5 \[1\]"),
        (lambda c, n: in_unit(c, "nmol/L"), r"c \[ng/mL\] cannot be written in \[nmol/L\]"),
    ],
)
def test_unequal_units_are_refused_with_both(write, message, c, n):
    with pytest.raises(UnitMismatch, match=message):
        write(c, n)


def test_a_unit_error_points_at_its_line(tmp_path, monkeypatch):
    (tmp_path / "bad_system.py").write_text(
        "from speciosa.language import Input, Parameter, System\n"
        "class Bad(System):\n"
        "    c = Input('ng/mL', 'level')\n"
        "    K = Parameter('nmol/L', 'affinity', evidence='x/K')\n"
        "    free = c + K\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UnitMismatch, match=r"c \[ng/mL\] \+ K \[nmol/L\]") as caught:
        importlib.import_module("bad_system")
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert [f.lineno for f in frames if f.filename.endswith("bad_system.py")][-1] == 5


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_only_finite_numbers_stand_in_equations(number, n):
    with pytest.raises(ModelError, match="cannot stand in an equation"):
        _ = n * number


def test_a_quantity_cannot_be_asked_for_its_value(n):
    with pytest.raises(ModelError, match=r"n \[1\] has no value yet"):
        _ = 1 if n else 0


@pytest.mark.parametrize(
    ("write", "text"),
    [
        (lambda a, b: a + b * a, "a + b * a"),
        (lambda a, b: (a + b) * a, "(a + b) * a"),
        (lambda a, b: a - (b - a), "a - (b - a)"),
        (lambda a, b: a - b - a, "a - b - a"),
        (lambda a, b: a / (b * a), "a / (b * a)"),
        (lambda a, b: a / (a / b), "a / (a / b)"),
        (lambda a, b: -(a + b), "-(a + b)"),
        (lambda a, b: -a * b, "-a * b"),
        (lambda a, b: (-a) ** 2, "(-a) ** 2"),
        (lambda a, b: (a**b) ** 2, "(a ** b) ** 2"),
        (lambda a, b: a ** (b**2), "a ** b ** 2"),
        (lambda a, b: a * -2, "a * (-2)"),
        (lambda a, b: 0.1 * log(a) + 1e-9, "0.1 * log(a) + 1e-09"),
        (lambda a, b: a * (1 / 3), "a * 0.3333333333333333"),
        (lambda a, b: in_unit(a, "%"), "in_unit(a, '%')"),
        (lambda a, b: lift(-1), "-1"),
    ],
)
def test_a_formula_is_written_with_the_brackets_it_needs(write, text):
    assert write(named("a"), named("b")).text() == text


def test_what_has_no_name_says_so():
    assert repr(Input("mg", "x")) == "an unnamed input [mg]"


class TestEach:
    def test_plain_ones_count_for_every_member(self):
        x, k = named("x", each=DRUG), named("k")
        assert (x * k).each == (k * x).each == (x + x).each == DRUG
        assert (k + k).each is None

    def test_two_index_sets_do_not_mix(self):
        with pytest.raises(
            ModelError,
            match=r"cannot write x \* y: y \[1\] runs over each route, another part over each drug",
        ):
            _ = named("x", each=DRUG) * named("y", each=ROUTE)

    def test_totals(self):
        x = named("x", "mg", each=ROUTE)
        assert (total(x).each, total(x).unit) == (None, unit("mg"))
        assert total(x, by=ROUTE.product).each == DRUG
        assert total(x).text() == "total(x)"
        assert total(x, by=ROUTE.product).text() == "total(x, by=route.product)"

    def test_a_total_needs_something_to_add_up(self):
        with pytest.raises(ModelError, match="it runs over no index set"):
            total(named("x"))
        with pytest.raises(ModelError, match="runs over each drug, not each route"):
            total(named("x", each=DRUG), by=ROUTE.drug)

    def test_lookup(self):
        found = at(named("x", "mg", each=DRUG), ROUTE.drug)
        assert (found.each, found.unit, found.text()) == (ROUTE, unit("mg"), "at(x, route.drug)")
        with pytest.raises(ModelError, match="runs over each enzyme, not each drug"):
            at(named("x", each=ENZYME), ROUTE.drug)

    def test_outputs_and_conversions_keep_the_index(self):
        x = named("x", "mg", each=DRUG)
        assert Output(in_unit(x, "g"), "doc").each == DRUG


class TestParameter:
    @pytest.mark.parametrize("evidence", ["a/{drug", "a/{0}", "a/{}"])
    def test_a_template_must_be_readable(self, evidence):
        with pytest.raises(ModelError, match="evidence="):
            Parameter("1", "doc", evidence=evidence, each=DRUG)

    def test_only_an_indexed_one_has_fields(self):
        with pytest.raises(ModelError, match="only a parameter with each= has fields"):
            Parameter("1", "doc", evidence="a/{drug}")
        assert Parameter("1", "doc", evidence="a/b").evidence == "a/b"


def state_with(word, value):
    return State("mg", "amount", **{word: value})


class TestState:
    def test_the_rate_has_the_unit_per_hour(self):
        x = State("mg", "amount")
        x.name = "x"
        with pytest.raises(
            UnitMismatch, match=r"rate of x \[mg\] must be in \[mg/h\], not x \[mg\]"
        ):
            x.rate = x

    def test_the_rate_is_set_once(self):
        x, k = State("mg", "amount"), named("k", "1/h")
        with pytest.raises(ModelError, match="has no rate"):
            _ = x.rate
        x.rate = -k * x
        with pytest.raises(ModelError, match="is set twice"):
            x.rate = k * x

    def test_the_rate_runs_over_no_more_than_the_state(self):
        x, k = State("mg", "amount"), named("k", "mg/h", each=DRUG)
        with pytest.raises(ModelError, match="runs over each drug, the state does not"):
            x.rate = k

    @pytest.mark.parametrize("word", ["start", "lag", "F", "D", "R"])
    def test_what_is_given_has_its_unit(self, word):
        with pytest.raises(UnitMismatch, match=f"the {word} of an unnamed state"):
            state_with(word, named("k", "L"))

    @pytest.mark.parametrize(
        ("start", "between"), [(0.0, (1, 2)), (0.0, (1, -1)), (3, (1, 2)), (float("nan"), None)]
    )
    def test_bounds_are_in_order_and_hold_the_start(self, start, between):
        with pytest.raises(ModelError, match="do not fit together"):
            State("mg", "amount", start=start, between=between)

    def test_everything_at_once(self):
        k = named("k", "mg")
        made = State(
            "mg",
            "x",
            start=k,
            between=(0, 1),
            lag=named("l", "h"),
            F=named("f"),
            D=named("d", "h"),
            R=named("r", "mg/h"),
            each=DRUG,
        )
        assert (made.start, made.between) == (k, (0, 1))
        assert [one.name for one in made.dosing if one is not None] == ["l", "f", "d", "r"]


def test_a_symbol_takes_part_in_its_own_system():
    class Part(System):
        x = Input("1", "x")
        y = Output(x * 2, "twice x")

    assert Part.y.text() == "y"
    assert Part.y.formula() == "x * 2"
