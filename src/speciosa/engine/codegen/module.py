"""A module of LLVM IR: the functions of one model, and what they declare."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from speciosa.engine.codegen.ir import Function, Kind
from speciosa.engine.codegen.target import Target

__all__ = ["Module"]


@dataclass
class Module:
    """Functions and what they declare."""

    target: Target
    functions: list[str] = field(default_factory=list[str])
    declared: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def text(self) -> str:
        """The module as LLVM IR."""
        return "\n".join([*self.functions, *self.declared.values(), ""])

    @contextmanager
    def function(
        self, name: str, arguments: Sequence[Kind], *, public: bool = False
    ) -> Generator[Function]:
        """Write a function without a result; `public` ones can be called from outside."""
        function = Function(self.target, self.declared, arguments)
        yield function
        shown = ", ".join(
            f"{function.type_of(a.kind)}{' noalias' if a.kind == Kind.POINTER else ''} {a.text}"
            for a in function.arguments
        )
        head = "define" if public else "define internal"
        how = "" if public else "noinline "
        wide = f'"prefer-vector-width"="{64 * self.target.width}"'
        self.functions.append(
            f'{head} void @{name}({shown}) {how}nounwind "no-builtins" {wide} {{\nentry:\n'
            + "\n".join(function.local)
            + "\n  br label %start\nstart:\n"
            + "\n".join(function.lines)
            + "\n  ret void\n}\n"
        )
