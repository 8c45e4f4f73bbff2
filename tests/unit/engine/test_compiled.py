"""Compiled models as files."""

from __future__ import annotations

import subprocess
import sys
from collections import OrderedDict
from pathlib import Path

import numpy as np
import pytest
from tests.compartments import ONE

from speciosa.engine import Events, compiled, solve
from speciosa.engine.codegen import machine
from speciosa.engine.codegen.store import Store
from speciosa.errors import InputError

ROW = [1.5, 1.1, 20.0, 0.0, 1.0]
TIMES = [0.0, 1.0, 4.0, 24.0]
DOSE = Events.build(person=0, time=0.0, amount=100.0)

SAME = """
import sys
import numpy as np
from speciosa.engine import compiled, solve, Events
from speciosa.engine.codegen import lanes, machine
from tests.compartments import ONE

held = compiled.load(sys.argv[1])
machine.build = None  # nothing may be compiled
dose = Events.build(person=0, time=0.0, amount=100.0)
found = solve(ONE, [[1.5, 1.1, 20.0, 0.0, 1.0]], dose, [0.0, 1.0, 4.0, 24.0], method="tsit5")
np.save(sys.argv[2], found.values)
"""


def saved(folder: Path) -> Path:
    path = folder / "one.model"
    compiled.save(compiled.kernel(ONE, range(3), "tsit5"), path)
    return path


def test_a_saved_model_gives_the_same_bits_in_another_process(tmp_path: Path) -> None:
    path, out = saved(tmp_path), tmp_path / "values.npy"
    subprocess.run([sys.executable, "-c", SAME, str(path), str(out)], check=True)
    here = solve(ONE, [ROW], DOSE, TIMES, method="tsit5")
    assert np.load(out).tobytes() == here.values.tobytes()
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".model"] == ["one.model"]


def test_a_loaded_model_knows_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "both.model"
    kernel = compiled.kernel(ONE, (2, 0), "rodas5p", wanted=(0, 1))
    compiled.save(kernel, path)
    assert compiled.load(path).shape == kernel.shape


@pytest.mark.parametrize("fault", ["cut", "changed", "foreign", "missing"])
def test_a_file_that_cannot_be_trusted_is_refused(tmp_path: Path, fault: str) -> None:
    path = saved(tmp_path)
    whole = path.read_bytes()
    if fault == "cut":
        path.write_bytes(whole[:-7])
    elif fault == "changed":
        path.write_bytes(whole[:200] + bytes([whole[200] ^ 1]) + whole[201:])
    elif fault == "foreign":
        path.write_bytes(b"something else")
    else:
        path.unlink()
    with pytest.raises(InputError, match=r"path: got .*; expected") as refused:
        compiled.load(path)
    assert refused.value.value == str(path)


def test_a_model_for_another_processor_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(tmp_path)
    other = "sse2" if compiled.kernel(ONE, range(3), "tsit5").target.name != "sse2" else "avx2"
    monkeypatch.setenv("SPECIOSA_TARGET", other)
    with pytest.raises(InputError, match=f"expected code for {other}"):
        compiled.load(path)


def test_a_note_leads_to_the_code_and_nothing_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SPECIOSA_CACHE", str(tmp_path))
    monkeypatch.setattr(compiled, "_KEPT", OrderedDict())
    first = compiled.kernel(ONE, (0, 1), "tsit5")
    compiled._KEPT.clear()  # as in a fresh process
    with monkeypatch.context() as patch:
        patch.setattr(compiled, "write", None)
        again = compiled.kernel(ONE, (0, 1), "tsit5")
    assert again.code.cached
    assert again.shape == first.shape
    assert again.code.object == first.code.object


@pytest.mark.parametrize("note", [b"no note", b"{}", b'{"code": "gone", "order": [], "work": 1}'])
def test_a_note_that_leads_nowhere_is_made_anew(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, note: bytes
) -> None:
    monkeypatch.setenv("SPECIOSA_CACHE", str(tmp_path))
    monkeypatch.setattr(compiled, "_KEPT", OrderedDict())
    first = compiled.kernel(ONE, (0, 1), "tsit5")
    key = next(iter(compiled._KEPT))
    Store(tmp_path).put(compiled._name(key, machine.host()), note)
    compiled._KEPT.clear()
    assert compiled.kernel(ONE, (0, 1), "tsit5").shape == first.shape
