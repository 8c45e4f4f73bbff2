"""LLVM IR as Python values: typed, structured, and nothing that LLVM may reorder.

A `Function` is written from top to bottom. Values carry their type, arithmetic on them writes one
instruction, and control flow is a `with` block. No instruction carries a fast-math flag: what is
fused is written as a fused operation, so that the optimiser, whatever its level, may not change a
bit of any result.

Types: one number or eight (`double` and a vector of `width` doubles), whole numbers likewise, truth
values likewise, and pointers.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum

from speciosa.engine.codegen.target import Target

__all__ = ["Function", "Kind", "Value"]


class Kind(Enum):
    """The type of a value."""

    NUMBER = "double"
    NUMBERS = "vector of double"
    WHOLE = "i64"
    WHOLES = "vector of i64"
    TRUTH = "i1"
    TRUTHS = "vector of i1"
    POINTER = "ptr"

    __hash__ = object.__hash__  # by name, as enumerations hash, takes long at every instruction


_ONE = {Kind.NUMBERS: Kind.NUMBER, Kind.WHOLES: Kind.WHOLE, Kind.TRUTHS: Kind.TRUTH}
_MANY = {one: many for many, one in _ONE.items()}
_FLOATING = (Kind.NUMBER, Kind.NUMBERS)
_SUFFIX = {Kind.NUMBERS: "f64", Kind.WHOLES: "i64", Kind.TRUTHS: "i1"}
_MIX = "operands of {} and {}"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a function being written."""

    at: Function
    text: str
    kind: Kind

    @property
    def constant(self) -> bool:
        """Whether it is written out as a number."""
        return not self.text.startswith("%")

    def __add__(self, other: Value | float) -> Value:
        return self.at.binary("fadd", "add", self, other)

    def __radd__(self, other: float) -> Value:
        return self.at.binary("fadd", "add", self, other)

    def __sub__(self, other: Value | float) -> Value:
        return self.at.binary("fsub", "sub", self, other)

    def __rsub__(self, other: float) -> Value:
        return self.at.binary("fsub", "sub", self.at.constant(other, self.kind), self)

    def __mul__(self, other: Value | float) -> Value:
        return self.at.binary("fmul", "mul", self, other)

    def __rmul__(self, other: float) -> Value:
        return self.at.binary("fmul", "mul", self, other)

    def __truediv__(self, other: Value | float) -> Value:
        return self.at.binary("fdiv", "sdiv", self, other)

    def __rtruediv__(self, other: float) -> Value:
        return self.at.binary("fdiv", "sdiv", self.at.constant(other, self.kind), self)

    def __and__(self, other: Value | int) -> Value:
        return self.at.binary("", "and", self, other)

    def __or__(self, other: Value | int) -> Value:
        return self.at.binary("", "or", self, other)

    def __neg__(self) -> Value:
        return self.at.instruction(f"fneg {self.at.type_of(self.kind)} {self.text}", self.kind)

    def __invert__(self) -> Value:
        return self.at.binary("", "xor", self, -1)

    def __lt__(self, other: Value | float) -> Value:
        return self.at.compare("olt", "slt", self, other)

    def __le__(self, other: Value | float) -> Value:
        return self.at.compare("ole", "sle", self, other)

    def __gt__(self, other: Value | float) -> Value:
        return self.at.compare("ogt", "sgt", self, other)

    def __ge__(self, other: Value | float) -> Value:
        return self.at.compare("oge", "sge", self, other)

    def equals(self, other: Value | float) -> Value:
        """Whether both are equal; false if either is nan."""
        return self.at.compare("oeq", "eq", self, other)


class Function:
    """One function being written; `arguments` are its values."""

    def __init__(self, target: Target, declared: dict[str, str], arguments: Sequence[Kind]) -> None:
        self.target, self.declared, self.width = target, declared, target.width
        self.lines: list[str] = []
        self.local: list[str] = []
        self._count = 0
        self._types = {
            kind: f"<{self.width} x {_ONE[kind].value}>" if kind in _ONE else kind.value
            for kind in Kind
        }
        self.arguments = tuple(Value(self, f"%a{i}", k) for i, k in enumerate(arguments))

    def type_of(self, kind: Kind) -> str:
        """The type as IR text."""
        return self._types[kind]

    # Writing lines.
    def instruction(self, text: str, kind: Kind) -> Value:
        """An instruction that gives a value."""
        self._count += 1
        name = f"%v{self._count}"
        self.lines.append(f"  {name} = {text}")
        return Value(self, name, kind)

    def do(self, text: str) -> None:
        """An instruction that gives none."""
        self.lines.append(f"  {text}")

    def constant(self, value: float, kind: Kind) -> Value:
        """A constant of any kind but pointers."""
        if kind in _FLOATING:
            text = "0x" + struct.pack(">d", float(value)).hex().upper()
        elif kind in (Kind.TRUTH, Kind.TRUTHS):
            text = "true" if value else "false"
        else:
            text = str(int(value))
        if kind in _ONE:
            text = f"splat ({_ONE[kind].value} {text})"
        return Value(self, text, kind)

    def numbers(self, value: float) -> Value:
        """A vector constant."""
        return self.constant(value, Kind.NUMBERS)

    def whole(self, value: int) -> Value:
        """A whole constant."""
        return self.constant(value, Kind.WHOLE)

    # Arithmetic.
    def pair(self, a: Value, b: Value | float) -> tuple[Value, Value]:
        """Both as one kind; one number beside a vector stands for all of its lanes."""
        if not isinstance(b, Value):
            return a, self.constant(b, a.kind)
        if a.kind is b.kind:
            return a, b
        if _MANY.get(a.kind) == b.kind:
            return self.all_lanes(a), b
        if _MANY.get(b.kind) == a.kind:
            return a, self.all_lanes(b)
        raise TypeError(_MIX.format(a.kind, b.kind))

    def binary(self, floating: str, whole: str, a: Value, b: Value | float) -> Value:
        """An operation on two values of one kind."""
        a, b = self.pair(a, b)
        name = floating if a.kind in _FLOATING else whole
        return self.instruction(f"{name} {self.type_of(a.kind)} {a.text}, {b.text}", a.kind)

    def compare(self, floating: str, whole: str, a: Value, b: Value | float) -> Value:
        """A truth value for each lane."""
        a, b = self.pair(a, b)
        name = f"fcmp {floating}" if a.kind in _FLOATING else f"icmp {whole}"
        kind = Kind.TRUTHS if a.kind in _ONE else Kind.TRUTH
        return self.instruction(f"{name} {self.type_of(a.kind)} {a.text}, {b.text}", kind)

    def fused(self, a: Value | float, b: Value, c: Value | float) -> Value:
        """a * b + c, rounded once where the processor can; in two steps where it cannot."""
        a = a if isinstance(a, Value) else self.constant(a, b.kind)
        c = c if isinstance(c, Value) else self.constant(c, b.kind)
        if not self.target.fused:
            return a * b + c
        return self.call_intrinsic("fma", b.kind, a, b, c)

    def choose(self, condition: Value, a: Value | float, b: Value | float) -> Value:
        """`a` where the condition holds, else `b`; one of them is a value."""
        if not isinstance(a, Value):
            assert isinstance(b, Value)
            a = self.constant(a, b.kind)
        a, b = self.pair(a, b)
        one, other = self.type_of(condition.kind), self.type_of(a.kind)
        return self.instruction(
            f"select {one} {condition.text}, {other} {a.text}, {other} {b.text}", a.kind
        )

    def larger(self, a: Value | float, b: Value) -> Value:
        """The larger; `b` if either is nan."""
        a = a if isinstance(a, Value) else self.constant(a, b.kind)
        return self.choose(a > b, a, b)

    def smaller(self, a: Value | float, b: Value) -> Value:
        """The smaller; `b` if either is nan."""
        a = a if isinstance(a, Value) else self.constant(a, b.kind)
        return self.choose(a < b, a, b)

    def size(self, a: Value) -> Value:
        """The absolute value."""
        return self.call_intrinsic("fabs", a.kind, a)

    def root(self, a: Value) -> Value:
        """The square root, correctly rounded."""
        return self.call_intrinsic("sqrt", a.kind, a)

    def bits(self, a: Value) -> Value:
        """The numbers of a vector as whole numbers, bit for bit."""
        return self.instruction(
            f"bitcast {self.type_of(a.kind)} {a.text} to {self.type_of(Kind.WHOLES)}", Kind.WHOLES
        )

    def from_bits(self, a: Value) -> Value:
        """The reverse of `bits`."""
        return self.instruction(
            f"bitcast {self.type_of(a.kind)} {a.text} to {self.type_of(Kind.NUMBERS)}", Kind.NUMBERS
        )

    def shifted(self, a: Value, how: str, by: int) -> Value:
        """Shift whole numbers: `how` is shl, lshr or ashr."""
        return self.instruction(
            f"{how} {self.type_of(a.kind)} {a.text}, {self.constant(by, a.kind).text}", a.kind
        )

    def converted(self, how: str, a: Value, kind: Kind) -> Value:
        """A conversion: sitofp, zext, inttoptr and so on."""
        return self.instruction(
            f"{how} {self.type_of(a.kind)} {a.text} to {self.type_of(kind)}", kind
        )

    def call_intrinsic(self, name: str, kind: Kind, *arguments: Value) -> Value:
        """An LLVM intrinsic whose arguments all have the kind of its result."""
        suffix = f"v{self.width}{_SUFFIX[kind]}" if kind in _ONE else "f64"
        full, type_ = f"llvm.{name}.{suffix}", self.type_of(kind)
        self.declared[full] = f"declare {type_} @{full}({', '.join(type_ for _ in arguments)})"
        return self.instruction(
            f"call {type_} @{full}({', '.join(f'{type_} {a.text}' for a in arguments)})", kind
        )

    # Lanes.
    def all_lanes(self, a: Value) -> Value:
        """One value in every lane."""
        many = self.type_of(_MANY[a.kind])
        first = self.instruction(
            f"insertelement {many} poison, {self.type_of(a.kind)} {a.text}, i64 0", _MANY[a.kind]
        )
        zeros = f"<{self.width} x i32> zeroinitializer"
        return self.instruction(
            f"shufflevector {many} {first.text}, {many} poison, {zeros}", first.kind
        )

    def lane(self, a: Value, k: int | Value) -> Value:
        """The value of one lane."""
        index = k.text if isinstance(k, Value) else str(k)
        return self.instruction(
            f"extractelement {self.type_of(a.kind)} {a.text}, i64 {index}", _ONE[a.kind]
        )

    def with_lane(self, a: Value, k: int, one: Value) -> Value:
        """The vector with another value in one lane."""
        return self.instruction(
            f"insertelement {self.type_of(a.kind)} {a.text}, "
            f"{self.type_of(one.kind)} {one.text}, i64 {k}",
            a.kind,
        )

    def shuffled(self, a: Value, b: Value, lanes: Sequence[int]) -> Value:
        """Lanes of two vectors put side by side; those of `b` are counted from the width on."""
        type_ = self.type_of(a.kind)
        chosen = ", ".join(f"i32 {lane}" for lane in lanes)
        return self.instruction(
            f"shufflevector {type_} {a.text}, {type_} {b.text}, <{self.width} x i32> <{chosen}>",
            a.kind,
        )

    def any(self, truths: Value) -> Value:
        """Whether it holds in any lane."""
        name = f"llvm.vector.reduce.or.v{self.width}i1"
        type_ = self.type_of(Kind.TRUTHS)
        self.declared[name] = f"declare i1 @{name}({type_})"
        return self.instruction(f"call i1 @{name}({type_} {truths.text})", Kind.TRUTH)

    # Memory.
    def place(self, base: Value, index: int | Value, kind: Kind) -> Value:
        """The address of element `index` of an array of this kind."""
        text = index.text if isinstance(index, Value) else str(index)
        return self.instruction(
            f"getelementptr inbounds {self.type_of(kind)}, ptr {base.text}, i64 {text}",
            Kind.POINTER,
        )

    def load(self, base: Value, kind: Kind, index: int | Value | None = None) -> Value:
        """Element `index` of an array; vectors are aligned to their size."""
        where = base if index is None else self.place(base, index, kind)
        return self.instruction(
            f"load {self.type_of(kind)}, ptr {where.text}, align {self._aligned(kind)}", kind
        )

    def store(
        self,
        value: Value,
        base: Value,
        index: int | Value | None = None,
        *,
        aligned: bool = True,
    ) -> None:
        """Write element `index` of an array."""
        where = base if index is None else self.place(base, index, value.kind)
        align = self._aligned(value.kind) if aligned else 8
        self.do(f"store {self.type_of(value.kind)} {value.text}, ptr {where.text}, align {align}")

    def store_where(self, lanes: Value, value: Value, base: Value, index: int | Value) -> None:
        """Write element `index` of an array of vectors in the lanes that hold."""
        if not self.target.masked:
            held = self.load(base, value.kind, index)
            self.store(self.choose(lanes, value, held), base, index)
            return
        where = self.place(base, index, value.kind)
        type_, truths = self.type_of(value.kind), self.type_of(lanes.kind)
        name = f"llvm.masked.store.v{self.width}{_SUFFIX[value.kind]}.p0"
        self.declared[name] = f"declare void @{name}({type_}, ptr, i32 immarg, {truths})"
        self.do(
            f"call void @{name}({type_} {value.text}, ptr {where.text}, "
            f"i32 {self._aligned(value.kind)}, {truths} {lanes.text})"
        )

    def variable(self, start: Value) -> Value:
        """A variable of this function; LLVM keeps it in a register."""
        self._count += 1
        name = f"%m{self._count}"
        self.local.append(f"  {name} = alloca {self.type_of(start.kind)}, align 64")
        place = Value(self, name, Kind.POINTER)
        self.store(start, place)
        return place

    def _aligned(self, kind: Kind) -> int:
        if kind in (Kind.NUMBERS, Kind.WHOLES):
            return 8 * self.width
        return 1 if kind in (Kind.TRUTH, Kind.TRUTHS) else 8

    # Control.
    def call(self, name: str, *arguments: Value) -> None:
        """Call a function of this module."""
        shown = ", ".join(f"{self.type_of(a.kind)} {a.text}" for a in arguments)
        self.do(f"call void @{name}({shown})")

    def _label(self) -> str:
        self._count += 1
        return f"L{self._count}"

    def _begin(self, label: str) -> None:
        self.lines.append(f"{label}:")

    @contextmanager
    def when(self, condition: Value) -> Generator[None]:
        """What follows happens only if the condition holds."""
        inside, after = self._label(), self._label()
        self.do(f"br i1 {condition.text}, label %{inside}, label %{after}")
        self._begin(inside)
        yield
        self.do(f"br label %{after}")
        self._begin(after)

    @contextmanager
    def as_long_as(self, condition: Callable[[], Value]) -> Generator[None]:
        """What follows happens again and again as long as the condition holds before it."""
        head, inside, after = self._label(), self._label(), self._label()
        self.do(f"br label %{head}")
        self._begin(head)
        self.do(f"br i1 {condition().text}, label %{inside}, label %{after}")
        self._begin(inside)
        yield
        self.do(f"br label %{head}")
        self._begin(after)

    @contextmanager
    def count_to(self, end: Value, start: int = 0) -> Generator[Value]:
        """What follows happens for each whole number from `start` up to, not including, `end`."""
        counter = self.variable(self.whole(start))
        with self.as_long_as(lambda: self.load(counter, Kind.WHOLE) < end):
            yield (now := self.load(counter, Kind.WHOLE))
            self.store(now + 1, counter)
