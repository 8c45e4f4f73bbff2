"""From IR to functions that can be called: the only file that knows LLVM.

Code is optimised lightly and never vectorised by LLVM: it is written in vectors already. Object
code comes from the cache when it is there; then LLVM only links it, which takes milliseconds.
"""

from __future__ import annotations

import ctypes
import os
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from typing import Final, Protocol, cast

from speciosa.engine.codegen.store import Store
from speciosa.engine.codegen.target import TARGETS, Target, target_of
from speciosa.errors import InputError

__all__ = ["Code", "available", "build", "host", "load", "version", "why_not"]

CHOICE: Final = "SPECIOSA_TARGET"
"""Environment variable that names a target, to compare or to track down a difference."""
LEVEL: Final = 1
"""Optimisation: more makes the code 2 % faster and compiling twice as long."""

Entry = Callable[[int], None]


class _Engine(Protocol):
    """Keeps code loaded."""

    def add_object_file(self, obj_file: object) -> None: ...
    def finalize_object(self) -> None: ...
    def get_function_address(self, name: str) -> int: ...


class _Machine(Protocol):
    """Writes code for one processor."""

    @property
    def triple(self) -> str: ...
    @property
    def target_data(self) -> object: ...
    def emit_object(self, module: _Module) -> bytes: ...


class _Module(Protocol):
    """IR that LLVM has read."""

    triple: str
    data_layout: str

    def verify(self) -> None: ...


class _Targets(Protocol):
    def from_default_triple(self) -> _Targets: ...
    def create_target_machine(
        self, cpu: str, features: str, opt: int, reloc: str, codemodel: str, jit: bool
    ) -> _Machine: ...


class _Tuning(Protocol):
    slp_vectorization: bool
    loop_vectorization: bool


class _Passes(Protocol):
    def run(self, module: _Module, pass_builder: _Builder) -> object: ...


class _Builder(Protocol):
    def getModulePassManager(self) -> _Passes: ...


class _Objects(Protocol):
    def from_data(self, data: bytes) -> ctypes.c_void_p: ...  # ctypes takes it for one


class _Features(Protocol):
    def items(self) -> Iterable[tuple[str, bool]]: ...
    def flatten(self) -> str: ...


class _Binding(Protocol):
    """What is used of `llvmlite.binding`, which comes without types."""

    llvm_version_info: tuple[int, ...]
    Target: _Targets
    ObjectFileRef: _Objects

    def initialize_native_target(self) -> None: ...
    def initialize_native_asmprinter(self) -> None: ...
    def get_host_cpu_features(self) -> _Features: ...
    def get_host_cpu_name(self) -> str: ...
    def parse_assembly(self, llvmir: str) -> _Module: ...
    def create_mcjit_compiler(
        self, module: _Module, target_machine: _Machine, use_lmm: bool
    ) -> _Engine: ...
    def create_pipeline_tuning_options(self, speed_level: int) -> _Tuning: ...
    def create_pass_builder(self, tm: _Machine, pto: _Tuning) -> _Builder: ...


@lru_cache(maxsize=1)
def _loaded() -> _Binding | None:
    """LLVM's binding, ready for this processor; None where it cannot be loaded."""
    try:
        llvm = cast(_Binding, import_module("llvmlite.binding"))
    except (ImportError, OSError):
        return None
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    return llvm


def _llvm() -> _Binding:
    llvm = _loaded()
    if llvm is None:
        raise RuntimeError(why_not())
    return llvm


def available() -> bool:
    """Whether machine code can be made here."""
    return _loaded() is not None


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
def _features() -> tuple[Mapping[str, bool], str]:
    """What this processor can do, by name and as LLVM spells all of it."""
    llvm = _llvm()
    try:
        found = llvm.get_host_cpu_features()
    except RuntimeError:  # LLVM does not know how to ask this processor
        return {}, ""
    return dict(found.items()), found.flatten()


def _native() -> Target:
    return target_of(_features()[0], platform.machine())


def host() -> Target:
    """The target of this processor, or the one that `SPECIOSA_TARGET` names.

    Raises:
        InputError: the variable names no target that this processor can run.
    """
    named = os.environ.get(CHOICE)
    if named is None:
        return _native()
    features, own = _features()[0], _native().name
    able = [
        name
        for name, target in TARGETS.items()
        if name == own or all(features.get(need, False) for need in target.needs)
    ]
    if named not in able:
        raise InputError(CHOICE, named, f"one of {', '.join(able)}, which this processor can run")
    return TARGETS[named]


def _processor(target: Target) -> _Processor:
    if target == _native():
        return _Processor(target, _llvm().get_host_cpu_name(), _features()[1])
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
    _engine: _Engine


def build(text: str, names: Sequence[str], target: Target, store: Store | None) -> Code:
    """Compile a module, or take its object code from the store."""
    key = address(text, target)
    found = None if store is None else held(key, names, target, store)
    if found is not None:
        return found
    made = _compiled(text, _processor(target))
    if store is not None:
        store.put(key, made)
    return load(made, names, target)


def address(text: str, target: Target) -> str:
    """Under which key the object code of a module is kept for a target."""
    processor = _processor(target)
    parts = (text, processor.name, processor.features, str(LEVEL), version())
    return sha256("\n".join(parts).encode()).hexdigest()


def held(key: str, names: Sequence[str], target: Target, store: Store) -> Code | None:
    """Object code from the store; None where there is none that LLVM can link.

    A damaged entry does not get past the store.
    """
    made = store.get(key)
    try:
        return None if made is None else load(made, names, target, cached=True)
    except RuntimeError:
        return None


def load(made: bytes, names: Sequence[str], target: Target, *, cached: bool = False) -> Code:
    """Link object code that was made for this target.

    Raises:
        RuntimeError: LLVM cannot link it, or a function is missing.
    """
    llvm = _llvm()
    engine = llvm.create_mcjit_compiler(llvm.parse_assembly(""), _machine(_processor(target)), True)
    code = llvm.ObjectFileRef.from_data(made)
    if ctypes.cast(code, ctypes.c_void_p).value is None:  # LLVM would follow it all the same
        raise RuntimeError("LLVM cannot read the object code")
    engine.add_object_file(code)
    engine.finalize_object()
    entries: dict[str, Entry] = {}
    kind = ctypes.CFUNCTYPE(None, ctypes.c_void_p)
    for name in names:
        address = engine.get_function_address(name)
        if not address:
            raise RuntimeError(f"the object code has no function {name}")
        entries[name] = kind(address)
    return Code(made, entries, cached, engine)


def _machine(processor: _Processor) -> _Machine:
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
