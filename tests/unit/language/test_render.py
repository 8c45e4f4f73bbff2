import pytest

from speciosa.errors import ModelError
from speciosa.language import (
    Each,
    Input,
    Output,
    Parameter,
    State,
    System,
    as_latex,
    as_table,
    as_text,
    at,
    exp,
    hill,
    in_unit,
    log,
    positive_part,
    smooth_step,
    sqrt,
    total,
)
from speciosa.language.symbols import apply
from speciosa.units import ONE

DRUG = Each("drug", "a substance")
ROUTE = Each("route", "a route", drug=DRUG, product=DRUG)


class Liver(System):
    """A bit of everything."""

    flow = Input("L/h", "blood flow")
    CL_int = Parameter("L/h", "clearance", evidence="liver/CL/{drug}/{route}", each=ROUTE)
    V1 = Parameter("L", "volume", evidence="liver/V/{drug}", each=DRUG)
    lag = Parameter("h", "delay", evidence="liver/lag", each=DRUG)
    share = Parameter("1", "share", evidence="liver/share", each=DRUG)
    speed = Parameter("ug/h", "speed", evidence="liver/speed", each=DRUG)
    A = State("ug", "amount", lag=lag, F=share, D=lag, R=speed, each=DRUG)
    level = A / V1
    lost = CL_int * at(level, ROUTE.drug)
    made_here = total(lost, by=ROUTE.product)
    A.rate = made_here - total(lost, by=ROUTE.drug)
    plasma = Output(in_unit(level, "ng/mL"), "concentration")
    all_of_it = Output(total(A), "amount of all")


def test_text():
    assert as_text(Liver).splitlines() == [
        "d(A[drug])/dt = made_here - total(lost, by=route.drug)",
        "A[drug](0) = 0",
        "lag(A[drug]) = lag",
        "F(A[drug]) = share",
        "D(A[drug]) = lag",
        "R(A[drug]) = speed",
        "level[drug] = A / V1",
        "lost[route] = CL_int * at(level, route.drug)",
        "made_here[drug] = total(lost, by=route.product)",
        "plasma[drug] = in_unit(level, 'ng/mL')",
        "all_of_it = total(A)",
    ]


def test_latex():
    d, r = r"\mathrm{drug}", r"\mathrm{route}"
    lost = rf"\mathrm{{lost}}_{{{r}}}"
    assert as_latex(Liver).split("\n") == [
        r"\begin{aligned}",
        rf"\frac{{\mathrm{{d}} A_{{{d}}}}}{{\mathrm{{d}} t}} &= \mathrm{{made\ here}}_{{{d}}}"
        rf" - \sum_{{{r} :\, \mathrm{{drug(route)}} = {d}}} {lost} \\",
        rf"A_{{{d}}}(0) &= 0 \\",
        rf"t_{{\mathrm{{lag}}}}(A_{{{d}}}) &= \mathrm{{lag}}_{{{d}}} \\",
        rf"F(A_{{{d}}}) &= \mathrm{{share}}_{{{d}}} \\",
        rf"D(A_{{{d}}}) &= \mathrm{{lag}}_{{{d}}} \\",
        rf"R(A_{{{d}}}) &= \mathrm{{speed}}_{{{d}}} \\",
        rf"\mathrm{{level}}_{{{d}}} &= \frac{{A_{{{d}}}}}{{V_{{\mathrm{{1}}, {d}}}}} \\",
        rf"{lost} &= \mathrm{{CL}}_{{\mathrm{{int}}, {r}}}"
        r" \, \mathrm{level}_{\mathrm{drug(route)}} \\",
        rf"\mathrm{{made\ here}}_{{{d}}} &= "
        rf"\sum_{{{r} :\, \mathrm{{product(route)}} = {d}}} {lost} \\",
        rf"\mathrm{{plasma}}_{{{d}}} &= \mathrm{{level}}_{{{d}}} \\",
        rf"\mathrm{{all\ of\ it}} &= \sum_{{{d}}} A_{{{d}}}",
        r"\end{aligned}",
    ]


def test_table():
    rows = as_table(Liver)
    assert [row.kind for row in rows] == ["input"] + 5 * ["parameter"] + ["state"] + 2 * ["output"]
    assert rows[0] == ("input", "flow", "L/h", "blood flow", "")
    assert rows[1] == (
        "parameter", "CL_int[route]", "L/h", "clearance", "liver/CL/{drug}/{route}",
    )  # fmt: skip


def latex_of(write):
    class One(System):
        a = Input("1", "a")
        b = Input("1", "b")
        K_A = Input("1", "K")
        EC50 = Input("1", "potency")
        tau_max = Input("1", "tau")
        x = Input("1", "x", each=DRUG)
        y = write(One_ns(a, b, K_A, EC50, tau_max, x))

    return as_latex(One).split("&= ")[1].removesuffix("\n\\end{aligned}")


class One_ns:
    def __init__(self, a, b, K_A, EC50, tau_max, x):
        self.a, self.b, self.K_A, self.EC50, self.tau_max, self.x = a, b, K_A, EC50, tau_max, x


@pytest.mark.parametrize(
    ("write", "expected"),
    [
        (lambda s: s.a + (s.b + s.a), r"a + b + a"),
        (lambda s: s.a + -s.b, r"a + \left(-b\right)"),
        (lambda s: s.a - (s.b + s.a), r"a - \left(b + a\right)"),
        (lambda s: s.a - total(s.x) + s.b, r"a - \sum_{\mathrm{drug}} x_{\mathrm{drug}} + b"),
        (lambda s: s.a * total(s.x), r"a \, \left(\sum_{\mathrm{drug}} x_{\mathrm{drug}}\right)"),
        (lambda s: total(s.x + s.a), r"\sum_{\mathrm{drug}} \left(x_{\mathrm{drug}} + a\right)"),
        (lambda s: (s.a + 1) * s.b, r"\left(a + 1\right) \, b"),
        (lambda s: -s.a * s.b, r"-a \, b"),
        (lambda s: -(s.a * s.b), r"-a \, b"),
        (lambda s: -(s.a + s.b), r"-\left(a + b\right)"),
        (lambda s: s.a * -2.0, r"a \, \left(-2\right)"),
        (lambda s: (s.a + s.b) / (s.a * s.b), r"\frac{a + b}{a \, b}"),
        (lambda s: (s.a / s.b) ** s.K_A, r"{\left(\frac{a}{b}\right)}^{K_{\mathrm{A}}}"),
        (lambda s: s.tau_max * s.EC50, r"\tau_{\mathrm{max}} \, \mathrm{EC}_{\mathrm{50}}"),
        (lambda s: exp(s.a) + log(s.b), r"e^{a} + \ln\left(b\right)"),
        (lambda s: sqrt(s.a + 1e-9), r"\sqrt{a + 1 \times 10^{-9}}"),
        (lambda s: hill(s.a, s.b, 2), r"\frac{{a}^{2}}{{b}^{2} + {a}^{2}}"),
        (
            lambda s: smooth_step(s.a, s.b, 0.1),
            r"\frac{1}{1 + e^{-\left(a - b\right) / 0.1}}",
        ),
        (lambda s: positive_part(s.a, s.b), r"b \, \ln\left(1 + e^{a / b}\right)"),
        (lambda s: in_unit(s.a + s.b, "%") / s.a, None),
    ],
)
def test_latex_of(write, expected):
    found = latex_of(write)
    assert found == (expected or r"\frac{a + b}{a}")


def test_an_output_that_is_written_out():
    class Direct(System):
        a = Input("1", "a")
        y = Output(1 - a, "rest")
        z = Output(in_unit(y, "%"), "rest in percent")
        k = Parameter("1/h", "speed", evidence="a/k")
        x = State("1", "level", start=y * 2)
        x.rate = -k * x

    assert r"x(0) &= y \, 2" in as_latex(Direct)
    assert r"y &= 1 - a" in as_latex(Direct)
    assert r"z &= y" in as_latex(Direct)


def test_a_function_without_latex_is_named():
    class Odd(System):
        a = Input("1", "a")
        y = apply("gamma", (a,), ONE)

    with pytest.raises(ModelError, match="gamma has no LaTeX"):
        as_latex(Odd)
