from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from

import numpy as np
import pytest
from tests.compartments import ONE, P1
from tests.simd import RUNNABLE, called, same_bits, targets, text_of

from speciosa.engine import Events, reference, solve
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.lanes import METHODS, write
from speciosa.engine.codegen.store import Store
from speciosa.engine.codegen.target import TARGETS, Target
from speciosa.engine.codegen.vector_math import exponential
from speciosa.errors import InputError

ELF = b"\x7fELF"
X = np.linspace(-3.0, 3.0, 21)[None, :]


def text(target: Target) -> str:
    return text_of(lambda f, x: [exponential(f, x[0])], 1, 1, target)


def undefined(made: bytes) -> list[str]:
    """Symbols that an ELF object takes from elsewhere."""
    (start,) = unpack_from("<Q", made, 0x28)
    size, count = unpack_from("<HH", made, 0x3A)
    sections = [unpack_from("<IIQQQQIIQQ", made, start + size * i) for i in range(count)]
    names: list[str] = []
    for _, kind, _, _, offset, length, link, _, _, entry in sections:
        if kind == 2:  # SHT_SYMTAB
            table = sections[link][4]
            for at in range(offset, offset + length, entry):
                name, _, _, section = unpack_from("<IBBH", made, at)
                if name and section == 0:
                    names.append(made[table + name : made.index(0, table + name)].decode())
    return names


def test_an_undefined_symbol_would_be_seen() -> None:
    llvm = pytest.importorskip("llvmlite.binding", reason="without LLVM there is no target")
    made = machine._compiled(
        "declare double @sin(double)\n"
        "define void @run(ptr %p) {\n  %x = load double, ptr %p\n"
        "  %y = call double @sin(double %x)\n  store double %y, ptr %p\n  ret void\n}\n",
        machine._processor(RUNNABLE[0]),
    )
    assert llvm.llvm_version_info
    if not made.startswith(ELF):
        pytest.skip("objects are no ELF here")
    assert undefined(made) == ["sin"]


@targets
@pytest.mark.parametrize("method", METHODS)
def test_no_code_calls_anything_outside(target: Target, method: str) -> None:
    written = write(ONE, (0, 1, 2), method, target)
    made = machine.build(written.text, ["run"], target, None).object
    if not made.startswith(ELF):
        pytest.skip("objects are no ELF here")
    assert undefined(made) == []


@pytest.mark.parametrize(
    ("target", "triple"),
    [
        (target, "aarch64-linux-gnu" if target.name == "neon" else "x86_64-linux-gnu")
        for target in TARGETS.values()
    ],
    ids=TARGETS,
)
def test_every_target_is_written_on_any_machine(target: Target, triple: str) -> None:
    llvm = pytest.importorskip("llvmlite.binding", reason="without LLVM there is no target")
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    try:
        goal = llvm.Target.from_triple(triple)
    except RuntimeError:
        pytest.skip("this LLVM writes code for its own kind of processor only")
    one = goal.create_target_machine(
        features=target.features, opt=1, reloc="pic", codemodel="small"
    )
    for method in METHODS:
        module = llvm.parse_assembly(write(ONE, (0,), method, target).text)
        module.triple, module.data_layout = one.triple, str(one.target_data)
        module.verify()
        made = one.emit_object(module)
        assert made.startswith(ELF)
        assert undefined(made) == []


@pytest.mark.skipif(not machine.available(), reason="without LLVM there is no target")
def test_the_variable_names_a_target(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(machine.CHOICE, raising=False)
    assert machine.host() in RUNNABLE
    for target in RUNNABLE:
        monkeypatch.setenv(machine.CHOICE, target.name)
        assert machine.host() == target


BEYOND = [name for name, target in TARGETS.items() if target not in RUNNABLE]
"""Targets whose code would be an illegal instruction here."""


@pytest.mark.parametrize("wrong", ["avx", "AVX2", "", *BEYOND])
def test_the_variable_names_no_target(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv(machine.CHOICE, wrong)
    with pytest.raises(InputError, match=r"SPECIOSA_TARGET: got .*this processor") as caught:
        solve(ONE, [list(P1.values())], Events.none(), [1.0])
    assert ", ".join(target.name for target in RUNNABLE) in str(caught.value)


@targets
def test_what_was_built_is_loaded_again(target: Target) -> None:
    first = machine.build(text(target), ["run"], target, None)
    again = machine.load(first.object, ["run"], target)
    assert same_bits(called(first, 1, target)(X), called(again, 1, target)(X))


def test_a_missing_function_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="no function walk"):
        machine.build(text(RUNNABLE[0]), ["walk"], RUNNABLE[0], None)


class Noted(Store):
    """A store that tells its keys."""

    def get(self, key: str) -> bytes | None:
        KEYS.append(key)
        return super().get(key)


KEYS: list[str] = []


@pytest.fixture
def noted(tmp_path: Path) -> Noted:
    KEYS.clear()
    return Noted(tmp_path / "code")


@pytest.mark.parametrize("held", [b"no object at all", ELF])
def test_what_llvm_cannot_read_is_built_anew(noted: Noted, held: bytes) -> None:
    target = RUNNABLE[0]
    good = machine.build(text(target), ["run"], target, noted)
    noted.put(KEYS[0], held)
    again = machine.build(text(target), ["run"], target, noted)
    assert not again.cached
    assert noted.get(KEYS[0]) == good.object
    assert machine.build(text(target), ["run"], target, noted).cached


def test_an_object_without_the_function_is_built_anew(noted: Noted) -> None:
    target = RUNNABLE[0]
    good = machine.build(text(target), ["run"], target, noted)
    other = machine.build(text(target).replace("@run", "@walk"), ["walk"], target, None)
    noted.put(KEYS[0], other.object)
    assert machine.build(text(target), ["run"], target, noted).object == good.object


def test_each_target_and_level_has_an_entry_of_its_own(
    noted: Noted, monkeypatch: pytest.MonkeyPatch
) -> None:
    for target in RUNNABLE:
        machine.build(text(RUNNABLE[-1]), ["run"], target, noted)
    monkeypatch.setattr(machine, "LEVEL", 0)
    machine.build(text(RUNNABLE[-1]), ["run"], RUNNABLE[-1], noted)
    assert len(set(KEYS)) == len(RUNNABLE) + 1


FRESH = """
from tests.compartments import ONE, P1
from speciosa.engine import Events, solve
from speciosa.engine.compiled import kernel
assert kernel(ONE, range(3), "rodas5p").code.cached
dose = Events.build(person=0, time=0.5, amount=100.0, compartment=0)
print(solve(ONE, [list(P1.values())], dose, [0.0, 1.0, 7.3, 24.0]).values.tobytes().hex())
"""


def test_a_fresh_process_finds_the_code_and_gives_the_same_bits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SPECIOSA_CACHE", str(tmp_path))
    written = write(ONE, (0, 1, 2), "rodas5p", machine.host())
    machine.build(written.text, ["run"], machine.host(), Store(tmp_path))
    dose = Events.build(person=0, time=0.5, amount=100.0, compartment=0)
    here = solve(ONE, [list(P1.values())], dose, [0.0, 1.0, 7.3, 24.0])
    there = subprocess.run(
        [sys.executable, "-c", FRESH], capture_output=True, text=True, check=True, cwd=Path.cwd()
    )
    assert bytes.fromhex(there.stdout) == here.values.tobytes()


@pytest.fixture
def without_llvm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "llvmlite.binding", None)
    machine._loaded.cache_clear()
    yield
    machine._loaded.cache_clear()


@pytest.mark.usefixtures("without_llvm")
def test_without_llvm_the_reference_solver_serves() -> None:
    assert not machine.available()
    assert "python3 -m pip install llvmlite" in machine.why_not()
    dose = Events.build(person=[0, 1], time=0.5, amount=100.0, compartment=0)
    arguments = (ONE, [list(P1.values())] * 2, dose, [0.0, 1.0, 24.0], ["plasma"])
    found, expected = solve(*arguments), reference.solve(*arguments, max_steps=100_000)
    assert found.values.tobytes() == expected.values.tobytes()
    assert found.outputs == ("plasma",)


def test_a_processor_that_llvm_cannot_ask_gets_plain_code(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> None:
        raise RuntimeError("LLVM does not know")

    monkeypatch.setattr(machine._llvm(), "get_host_cpu_features", unknown)
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    monkeypatch.delenv(machine.CHOICE, raising=False)
    machine._features.cache_clear()
    try:
        assert machine.host().name == "plain"
    finally:
        machine._features.cache_clear()
