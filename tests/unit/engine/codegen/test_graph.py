import pytest

from speciosa.engine.codegen.graph import Graph
from speciosa.errors import ModelError


@pytest.fixture
def graph():
    return Graph()


@pytest.fixture
def x(graph):
    return graph.leaf(0)


@pytest.fixture
def y(graph):
    return graph.leaf(1)


def test_equal_parts_exist_once(graph, x, y):
    assert graph.op("add", x, y) == graph.op("add", y, x)
    assert graph.op("mul", x, y) == graph.op("mul", y, x)
    assert graph.op("sub", x, y) != graph.op("sub", y, x)
    assert graph.leaf(1) == y
    assert graph.constant(0.1) == graph.constant(0.1)


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        ("add", (1, 2), 3.0),
        ("sub", (1, 2), -1.0),
        ("mul", (3, 2), 6.0),
        ("div", (1, 4), 0.25),
        ("neg", (1,), -1.0),
        ("pow", (2, 3), 8.0),
        ("exp", (0,), 1.0),
        ("log", (1,), 0.0),
        ("sqrt", (4,), 2.0),
        ("tanh", (0,), 0.0),
        ("max", (1, 2), 2.0),
        ("min", (1, 2), 1.0),
    ],
)
def test_constants_are_folded(graph, kind, values, expected):
    folded = graph.op(kind, *(graph.constant(float(v)) for v in values))
    assert folded == graph.constant(expected)


@pytest.mark.parametrize(
    ("kind", "values"),
    [("div", (1, 0)), ("log", (-1,)), ("exp", (1e4,)), ("mul", (1e300, 1e300)), ("pow", (-8, 0.5))],
)
def test_constants_without_a_finite_value_are_refused(graph, kind, values):
    with pytest.raises(ModelError, match=rf"an equation holds {kind}\(.*no finite value"):
        graph.op(kind, *(graph.constant(float(v)) for v in values))


def test_what_changes_nothing_is_left_out(graph, x, y):
    zero, one = graph.constant(0.0), graph.constant(1.0)
    minus, two, half = graph.constant(-1.0), graph.constant(2.0), graph.constant(0.5)
    op = graph.op
    assert op("add", x, zero) == op("add", zero, x) == x
    assert op("sub", x, zero) == x
    assert op("sub", zero, x) == op("neg", x)
    assert op("sub", x, x) == zero
    assert op("mul", x, one) == op("mul", one, x) == op("div", x, one) == x
    assert op("mul", x, zero) == op("mul", zero, x) == op("div", zero, x) == zero
    assert op("mul", x, minus) == op("neg", x)
    assert op("neg", op("neg", x)) == x
    assert op("pow", x, zero) == one
    assert op("pow", x, one) == x
    assert op("pow", x, two) == op("mul", x, x)
    assert op("pow", x, half) == op("sqrt", x)
    assert op("pow", x, minus) == op("div", one, x)


def test_all_else_stays(graph, x, y, run):
    three = graph.constant(3.0)
    results = [
        graph.op("add", x, three),
        graph.op("sub", x, y),
        graph.op("mul", three, x),
        graph.op("div", x, y),
        graph.op("neg", x),
        graph.op("pow", x, three),
        graph.op("pow", x, y),
        graph.op("exp", x),
        graph.op("max", x, y),
    ]
    found = run(graph.program([0, 1], results), 2.0, 4.0)
    assert found[:7] == [5.0, -2.0, 6.0, 0.5, -2.0, 8.0, 16.0]
    assert found[8] == 4.0


def test_a_program_holds_what_its_results_need_and_no_more(graph, x, y):
    wanted = graph.op("mul", graph.op("add", x, y), graph.constant(3.0))
    graph.op("exp", y)
    graph.constant(7.0)
    graph.label(wanted, "wanted")
    graph.label(wanted, "another name")
    program = graph.program([0, 1, 2], [wanted, x, wanted])
    assert program.constants == (3.0,)
    assert [op.kind for op in program.ops] == ["add", "mul"]
    assert program.results == (5, 0, 5)
    assert program.labels == ("", "wanted")


def test_leaves(graph, x, y):
    both = graph.op("add", y, x)
    assert graph.leaves(both) == [0, 1]
    assert graph.leaves(graph.constant(1.0)) == []
    with pytest.raises(ModelError, match="leaf 1 is not an input"):
        graph.program([0], [both])
