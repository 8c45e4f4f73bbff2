"""From IR to functions that can be called: the only file that knows LLVM.

Code is optimised lightly and never vectorised by LLVM: it is written in vectors already. Object
code comes from the cache when it is there; then LLVM only links it, which takes milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from speciosa.engine.codegen.store import Store
from speciosa.engine.codegen.target import TARGETS, Target, target_of
from speciosa.errors import InputError

__all__ = ["Code", "available", "build", "host", "load", "version", "why_not"]

CHOICE: Final = "SPECIOSA_TARGET"
"""Environment variable that names a target, to compare or to track down a difference."""
LEVEL: Final = 1
"""Optimisation: more makes the code 2 % faster and compiling twice as long."""

Entry = Callable[[int], None]


@lru_cache(maxsize=1)
def _llvm() -> Any:
    """LLVM's binding, ready for this processor; None where it cannot be loaded."""
    try:
        import llvmlite.binding as llvm  # pyright: ignore[reportMissingTypeStubs]
    except (ImportError, OSError):
        return None
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm


def available() -> bool:
    """Whether machine code can be made here."""
    return _llvm() is not None


def why_not() -> str:
    """One line for whoever gets the slow solver."""
    return (
        "llvmlite cannot be loaded here, so the slow reference solver is used; "
        "results are the same within tolerance (python3 -m pip install llvmlite)"
    )


def version() -> str:
    """The version of LLVM, where machine code can be made."""
    return ".".join(str(part) for part in _llvm().llvm_version_info)


@dataclass(frozen=True)
class _Processor:
    """What LLVM generates for: a name for tuning, and the features that it may use."""

    target: Target
    name: str
    features: str


@lru_cache(maxsize=1)
def _features() -> Any:
    llvm = _llvm()
    try:
        return llvm.get_host_cpu_features()
    except RuntimeError:  # LLVM does not know how to ask this processor
        return {}


def host() -> Target:
    """The target of this processor, or the one that `SPECIOSA_TARGET` names.

    Raises:
        InputError: the variable names no target.
    """
    named = os.environ.get(CHOICE)
    if named is None:
        return target_of(_features(), platform.machine())
    if named not in TARGETS:
        raise InputError(CHOICE, named, f"one of {', '.join(TARGETS)}")
    return TARGETS[named]


def _processor(target: Target) -> _Processor:
    llvm = _llvm()
    if target == target_of(_features(), platform.machine()):
        flat = _features().flatten() if _features() else ""
        return _Processor(target, llvm.get_host_cpu_name(), flat)
    return _Processor(target, "", target.features)


@dataclass(frozen=True)
class Code:
    """Compiled code that stays loaded as long as this lives.

    Attributes:
        object: what a linker would take.
        entries: the public functions by name; each takes the address of its arguments.
        cached: whether the object came from the cache.
    """

    object: bytes
    entries: dict[str, Entry]
    cached: bool
    _engine: Any


def build(text: str, names: Sequence[str], target: Target, store: Store | None) -> Code:
    """Compile a module, or take its object code from the store.

    A damaged entry does not get past the store; one that LLVM cannot link is built anew.
    """
    processor = _processor(target)
    key = "\n".join((text, processor.name, processor.features, str(LEVEL), version()))
    held = store.get(key) if store is not None else None
    if held is not None:
        try:
            return load(held, names, target, cached=True)
        except RuntimeError:
            held = None
    made = _compiled(text, processor)
    if store is not None:
        store.put(key, made)
    return load(made, names, target)


def load(made: bytes, names: Sequence[str], target: Target, *, cached: bool = False) -> Code:
    """Link object code that was made for this target.

    Raises:
        RuntimeError: LLVM cannot link it, or a function is missing.
    """
    llvm = _llvm()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine(_processor(target)), True)
    engine.add_object_file(llvm.ObjectFileRef.from_data(made))
    engine.finalize_object()
    entries: dict[str, Entry] = {}
    kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
    for name in names:
        address = engine.get_function_address(name)
        if not address:
            raise RuntimeError(f"the object code has no function {name}")
        entries[name] = kind(address)
    return Code(made, entries, cached, engine)


def _machine(processor: _Processor) -> Any:
    llvm = _llvm()
    return llvm.Target.from_default_triple().create_target_machine(
        cpu=processor.name,
        features=processor.features,
        opt=LEVEL,
        reloc="pic",
        codemodel="small",
        jit=True,
    )


def _compiled(text: str, processor: _Processor) -> bytes:
    llvm = _llvm()
    machine = _machine(processor)
    module = llvm.parse_assembly(text)
    module.triple = machine.triple
    module.data_layout = str(machine.target_data)
    module.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=LEVEL)
    options.slp_vectorization = options.loop_vectorization = False
    builder = llvm.create_pass_builder(machine, options)
    builder.getModulePassManager().run(module, builder)
    return machine.emit_object(module)
