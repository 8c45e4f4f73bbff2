"""Compiled models: made once, kept in memory and on disk, saved and loaded by hand.

kernel(problem, outputs, method) -> Kernel
save(kernel, path), load(path) -> Kernel
"""

from __future__ import annotations

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from speciosa.engine.codegen import machine
from speciosa.engine.codegen.lanes import METHODS, write
from speciosa.engine.codegen.stepper import Watched
from speciosa.engine.codegen.store import Store, usual_folder
from speciosa.engine.codegen.target import Target
from speciosa.engine.kernel import Kernel, Shape
from speciosa.engine.problem import Problem
from speciosa.errors import InputError, SolverError
from speciosa.files import write_bytes

__all__ = ["kernel", "load", "save"]

MARK: Final = b"speciosa model 1\n"
MOST_KEPT: Final = 32
"""Kernels that stay loaded; the least recently used goes first."""

_Key = tuple[str, tuple[int, ...], tuple[int, ...], tuple[tuple[int, bool], ...], str, str]
_KEPT: OrderedDict[_Key, Kernel] = OrderedDict()
_LOCK = threading.Lock()


def kernel(
    problem: Problem,
    chosen: Sequence[int],
    method: str,
    wanted: Sequence[int] = (),
    watched: Watched = (),
    target: Target | None = None,
) -> Kernel:
    """The compiled code for a problem and a method.

    `chosen` are positions of the outputs to keep, `wanted` of the parameters whose sensitivities
    are asked for, `watched` of the outputs of triggers, and whether rising counts.

    Raises:
        InputError: there is no such method, or `SPECIOSA_TARGET` names no target.
        SolverError: machine code cannot be made here.
    """
    if not machine.available():
        raise SolverError(machine.why_not())
    if method not in METHODS:
        raise InputError("method", method, f"one of {', '.join(METHODS)}")
    target = target or machine.host()
    key: _Key = (
        problem.digest,
        tuple(chosen),
        tuple(wanted),
        tuple(watched),
        method,
        target.name,
    )
    with _LOCK:
        found = _KEPT.get(key) or _from_disk_or_new(problem, key, target)
        _keep(key, found)
    return found


def _from_disk_or_new(problem: Problem, key: _Key, target: Target) -> Kernel:
    folder = usual_folder()
    store = None if folder is None else Store(folder)
    name = _name(key, target)
    found = None if store is None else _noted(name, key, target, store)
    if found is not None:
        return found
    _, chosen, wanted, watched, method, _ = key
    written = write(problem, chosen, method, target, wanted, watched)
    code = machine.build(written.text, ("run",), target, store)
    order = tuple(int(i) for i in written.equations.order)
    if store is not None:
        note = {"code": machine.address(written.text, target), "order": order}
        store.put(name, json.dumps(note | {"work": written.work}).encode())
    return Kernel(Shape(*key, order, written.work), code)


def _noted(name: str, key: _Key, target: Target, store: Store) -> Kernel | None:
    """The kernel that a note leads to, so that nothing has to be written to find its code."""
    text = store.get(name)
    if text is None:
        return None
    try:
        note = json.loads(text)
        shape = Shape(*key, tuple(note["order"]), note["work"])
        code = machine.held(note["code"], ("run",), target, store)
        return None if code is None else Kernel(shape, code)
    except (ValueError, TypeError, KeyError):  # no note of this version
        return None


def _name(key: _Key, target: Target) -> str:
    """Of a note: what the code depends on beside the problem is the writer and this processor."""
    return f"kernel {_writer()} {machine.address('', target)} {key!r}"


@cache
def _writer() -> str:
    """A hash of the code that writes code: a note of another version leads nowhere."""
    folder = Path(__file__).parent
    sources = sorted(folder.rglob("*.py"))
    return sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()


def save(compiled: Kernel, path: str | os.PathLike[str]) -> None:
    """Write the compiled code to a file that `load` reads, in one step."""
    head = json.dumps(asdict(compiled.shape)).encode()
    body = len(head).to_bytes(8, "little") + head + compiled.code.object
    whole = MARK + sha256(body).digest() + body
    write_bytes(Path(path), whole)


def load(path: str | os.PathLike[str]) -> Kernel:
    """Compiled code that `save` wrote; `solve` then uses it for its problem.

    What is loaded is run: load only files of your own.

    Raises:
        InputError: the file is not one of these, is damaged, or is for another processor.
        SolverError: machine code cannot be run here.
    """
    if not machine.available():
        raise SolverError(machine.why_not())
    try:
        whole = Path(path).read_bytes()
    except OSError as error:
        raise InputError("path", os.fspath(path), f"a file that can be read: {error}") from None
    start = len(MARK) + 32
    body = whole[start:]
    if whole[:start] != MARK + sha256(body).digest():
        raise InputError("path", os.fspath(path), "a whole file that save wrote")
    end = 8 + int.from_bytes(body[:8], "little")
    held = json.loads(body[8:end])
    shape = Shape(
        held["problem"],
        tuple(held["chosen"]),
        tuple(held["wanted"]),
        tuple((int(output), bool(rising)) for output, rising in held["watched"]),
        held["method"],
        held["target"],
        tuple(held["order"]),
        held["work"],
    )
    target = machine.host()
    if shape.target != target.name:
        raise InputError("path", os.fspath(path), f"code for {target.name}")
    found = Kernel(shape, machine.load(body[end:], ("run",), target))
    with _LOCK:
        key = (shape.problem, shape.chosen, shape.wanted, shape.watched, shape.method, shape.target)
        _keep(key, found)
    return found


def _keep(key: _Key, found: Kernel) -> None:
    _KEPT[key] = found
    _KEPT.move_to_end(key)
    while len(_KEPT) > MOST_KEPT:
        _KEPT.popitem(last=False)
