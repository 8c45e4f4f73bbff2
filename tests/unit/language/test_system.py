import pytest

from speciosa.errors import ModelError
from speciosa.language import Each, Input, Output, Parameter, State, System

DRUG = Each("drug", "a substance")


class Small(System):
    """All four kinds."""

    drive = Input("1/h", "drive")
    k = Parameter("1/h", "speed", evidence="small/k")
    x = State("1", "level")
    lost = k * x
    x.rate = drive - lost
    again = lost
    level = Output(x, "level")


def test_kinds_are_collected_in_order():
    assert Small.inputs == (Small.drive,)
    assert Small.parameters == (Small.k,)
    assert Small.states == (Small.x,)
    assert Small.outputs == (Small.level,)
    assert [q.name for q in Small.named] == ["drive", "k", "x", "lost", "level"]
    assert all(q.owner is Small for q in Small.named)
    assert Small.word == "test_system"


def test_it_is_used_as_a_class():
    with pytest.raises(ModelError, match="Small is a set of equations"):
        Small()


def test_it_is_final():
    with pytest.raises(ModelError, match="More extends a finished system"):

        class More(Small):
            pass


def test_a_state_needs_a_rate():
    with pytest.raises(ModelError, match=r"the state x \[1\] has no rate; set `x.rate = ...`"):

        class Bad(System):
            x = State("1", "x")


def test_a_name_is_written_once():
    with pytest.raises(ModelError, match=r"x is written twice; the first is x \[1\]"):

        class Bad(System):
            x = Input("1", "x")
            x = x + 1


def test_the_same_again_under_its_name_is_no_harm():
    class Fine(System):
        x = Input("1", "x")
        x = x
        limit = 3
        limit = 4

    assert Fine.inputs == (Fine.x,)


def test_words_of_every_system_are_taken():
    with pytest.raises(ModelError, match="word cannot name a quantity"):

        class Bad(System):
            word = Input("1", "x")  # pyright: ignore[reportAssignmentType] - wrong on purpose


def test_every_symbol_has_a_name():
    with pytest.raises(ModelError, match=r"Bad uses an unnamed parameter \[1\]; give it a name"):

        class Bad(System):
            x = Input("1", "x")
            y = x * Parameter("1", "k", evidence="a/k")


def state_with(word, value):
    given = {} if word == "rate" else {word: value}
    return State("1", "x", **given)


@pytest.mark.parametrize("word", ["start", "lag", "F", "D", "R", "rate"])
def test_also_those_that_hang_on_a_state(word):
    of = {"start": "1", "lag": "h", "F": "1", "D": "h", "R": "1/h", "rate": "1/h"}[word]
    hidden = Parameter(of, "hidden", evidence="a/k")
    with pytest.raises(ModelError, match="Bad uses an unnamed parameter"):

        class Bad(System):
            k = Input("1/h", "k")
            x = state_with(word, hidden)
            x.rate = hidden if word == "rate" else k


def test_systems_do_not_use_each_other():
    with pytest.raises(ModelError, match=r"Bad uses level \[1\] of Small; systems meet in the wir"):

        class Bad(System):
            y = Small.level * 2
