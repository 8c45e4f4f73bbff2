"""One lane among the others: what `turn` reads and writes when it looks at a person alone."""

from __future__ import annotations

from dataclasses import dataclass

from speciosa.engine.codegen.ir import Function, Kind, Value
from speciosa.engine.codegen.layout import Job
from speciosa.engine.codegen.stepper import Stepper

__all__ = ["NEVER", "Lane"]

NEVER = float("inf")


@dataclass(frozen=True)
class Lane:
    """Lane `k`, and the flags by which it asks for what is computed for all lanes together.

    Attributes:
        stepper: whose memory it lies in.
        f: the function being written.
        job: its argument.
        work: the lanes' memory.
        k: which lane; known when the code runs.
        again: the lane wants to be looked at once more.
        dirty: a parameter has changed.
        closing: the last outputs are due.
    """

    stepper: Stepper
    f: Function
    job: Value
    work: Value
    k: Value
    again: Value
    dirty: Value
    closing: Value

    def raised(self, *flags: Value) -> None:
        """Raise flags."""
        for flag in flags:
            self.f.store(self.f.whole(1), flag)

    def at(self, name: str) -> Value:
        """The address of an array of the lanes."""
        return self.stepper.memory.at(self.f, self.work, name)

    def array(self, slot: Job) -> Value:
        """The address that a slot of the job holds."""
        return self.f.load(self.job, Kind.POINTER, slot)

    def get(self, name: str) -> Value:
        """The lane's part of a vector."""
        return self.f.load(self.at(name), self._kind(name), self.k)

    def set(self, name: str, value: Value | float) -> None:
        """Write the lane's part of a vector."""
        if not isinstance(value, Value):
            value = self.f.constant(value, self._kind(name))
        self.f.store(value, self.at(name), self.k)

    def number(self, name: str, i: Value) -> Value:
        """The lane's part of element `i` of an array of vectors."""
        return self.f.load(self.at(name), Kind.NUMBER, i * self.f.width + self.k)

    def set_number(self, name: str, i: Value, value: Value) -> None:
        """Write the lane's part of element `i`."""
        self.f.store(value, self.at(name), i * self.f.width + self.k)

    def _kind(self, name: str) -> Kind:
        whole = self.stepper.memory.kind(name) == Kind.WHOLES
        return Kind.WHOLE if whole else Kind.NUMBER
