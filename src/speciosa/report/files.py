"""Files that can be compared byte by byte, and that are never left half written.

JSON has sorted keys, numbers of twelve significant digits and a newline at the end. It has no NaN:
where no number could be computed there is `null`, and the object around it says why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from numpy import generic, ndarray

from speciosa.files import write_bytes

WHY_NULL = "null where no finite number could be computed"


def json_text(data: object) -> str:
    """`data` as JSON that is the same text for the same content."""
    return _written(_plain(data)[0], "") + "\n"


def write_text(path: Path, text: str) -> None:
    """Write a text file in one step: a reader sees the old file or the new one, never half."""
    write_bytes(path, text.encode())


def _plain(value: object) -> tuple[object, bool]:
    """Value in JSON's own types, and whether a number that is not finite became null in it."""
    if isinstance(value, bool | int | str | None):
        return value, False
    if isinstance(value, Mapping):
        return _plain_mapping(cast("Mapping[object, object]", value))
    if isinstance(value, Sequence):
        pairs = [_plain(item) for item in cast("Sequence[object]", value)]
        holed = any(hole for item, hole in pairs if not isinstance(item, dict))
        return [item for item, _ in pairs], holed
    if isinstance(value, ndarray | generic):
        return _plain(cast("Any", value).tolist())
    if isinstance(value, float):
        return (_rounded(value), False) if math.isfinite(value) else (None, True)
    raise TypeError(f"a {type(value).__name__} has no place in JSON: {value!r}")


def _plain_mapping(value: Mapping[object, object]) -> tuple[object, bool]:
    pairs = {str(key): _plain(item) for key, item in value.items()}
    plain = {key: item for key, (item, _) in pairs.items()}
    holed = any(hole for item, hole in pairs.values() if not isinstance(item, dict))
    if holed:
        plain.setdefault("reason", WHY_NULL)
    return plain, False


def _rounded(value: float) -> float:
    return float(f"{value:.12g}") + 0.0  # the sum turns -0.0 into 0.0


def _written(value: object, indent: str) -> str:
    """Indented JSON in which a list of plain values stays on one line."""
    deeper = indent + "  "
    if isinstance(value, dict) and value:
        table = cast("dict[str, object]", value)
        lines = [
            f"{json.dumps(k, ensure_ascii=False)}: {_written(table[k], deeper)}"
            for k in sorted(table)
        ]
        return _block("{", lines, "}", indent)
    if isinstance(value, list) and any(
        isinstance(item, dict | list) for item in cast("list[object]", value)
    ):
        lines = [_written(item, deeper) for item in cast("list[object]", value)]
        return _block("[", lines, "]", indent)
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _block(start: str, lines: list[str], end: str, indent: str) -> str:
    inner = f",\n{indent}  ".join(lines)
    return f"{start}\n{indent}  {inner}\n{indent}{end}"
