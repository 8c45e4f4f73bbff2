"""A system: a class body that is the model of one part of the body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from speciosa.errors import ModelError
from speciosa.language.symbols import Input, Output, Parameter, Quantity, State

__all__ = ["System"]

Kind = TypeVar("Kind", bound=Quantity)


class _Body(dict[str, Any]):
    """The names of a class body; each quantity learns its name on the line that gives it."""

    def __setitem__(self, name: str, value: Any) -> None:
        before = self.get(name)
        if isinstance(before, Quantity) and before is not value:
            raise ModelError(f"{name} is written twice; the first is {before!r}")
        if isinstance(value, Quantity):
            if name in _TAKEN:
                raise ModelError(f"{name} cannot name a quantity: every system has {name} already")
            value.name = value.name or name
        super().__setitem__(name, value)


class _SystemType(type):
    @classmethod
    def __prepare__(cls, name: str, bases: tuple[type, ...], /, **kwds: Any) -> dict[str, object]:
        return _Body()

    def __new__(cls, name: str, bases: tuple[type, ...], body: Mapping[str, Any]) -> _SystemType:
        return super().__new__(cls, name, bases, dict(body))


class System(metaclass=_SystemType):
    """One part of the body. Its class body is the model; it is never instantiated.

    Attributes:
        word: the name in records, claims and results: the last part of the module.
        inputs: what it needs, in order of definition; so are the rest.
        parameters: its numbers.
        states: what changes with time.
        outputs: what it gives.
        named: every quantity with a name: the four kinds, and what is calculated on the way.

    Raises:
        ModelError: a state has no rate, a name is given twice, a symbol has no name or belongs to
            another system, or a system is made from a system.
    """

    word: ClassVar[str]
    inputs: ClassVar[tuple[Input, ...]]
    parameters: ClassVar[tuple[Parameter, ...]]
    states: ClassVar[tuple[State, ...]]
    outputs: ClassVar[tuple[Output, ...]]
    named: ClassVar[tuple[Quantity, ...]]

    def __init_subclass__(cls) -> None:
        if cls.__mro__[1] is not System:
            raise ModelError(f"{cls.__name__} extends a finished system; write one of its own")
        found = (value for value in vars(cls).values() if isinstance(value, Quantity))
        cls.named = tuple(dict.fromkeys(found))
        for quantity in cls.named:
            quantity.owner = quantity.owner or cls
        cls.word = cls.__module__.rpartition(".")[2]
        cls.inputs, cls.parameters = cls._all(Input), cls._all(Parameter)
        cls.states, cls.outputs = cls._all(State), cls._all(Output)
        cls._own_all(cls.named)

    def __init__(self) -> None:
        raise ModelError(f"{type(self).__name__} is a set of equations; it is used as a class")

    @classmethod
    def _all(cls, kind: type[Kind]) -> tuple[Kind, ...]:
        return tuple(quantity for quantity in cls.named if isinstance(quantity, kind))

    @classmethod
    def _own_all(cls, roots: tuple[Quantity, ...]) -> None:
        """Refuse what an equation uses without it being a named part of this system."""
        seen: set[Quantity] = set()
        rest = list(roots)
        while rest:
            quantity = rest.pop()
            if quantity in seen:
                continue
            seen.add(quantity)
            if quantity.owner not in (None, cls):
                raise ModelError(
                    f"{cls.__name__} uses {quantity!r} of {quantity.owner.__name__}; "
                    "systems meet in the wiring, through an Input"
                )
            symbol = isinstance(quantity, Input | Parameter | State | Output)
            if symbol and quantity.owner is None:
                raise ModelError(f"{cls.__name__} uses {quantity!r}; give it a name of its own")
            rest.extend(quantity.args)
            if isinstance(quantity, State):
                hung = (quantity.rate, quantity.start, *quantity.dosing)
                rest.extend(value for value in hung if isinstance(value, Quantity))


_TAKEN = frozenset(System.__annotations__)
