"""From a file to plain tables: what can go wrong before a scenario is looked at.

A file that is no file, too large, empty, not text, not UTF-8 or not TOML is refused in one
sentence. The certificate that a scenario names lies beside it and is read here too; it may be TOML,
JSON or a sheet of comma-separated values.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast

from speciosa.errors import ScenarioError
from speciosa.product.certificate import Certificate, certificate
from speciosa.product.rows import sheet
from speciosa.trial.complaints import Said

__all__ = ["LARGEST_FILE", "certificate_file", "read_toml", "toml_tables", "with_certificate"]

LARGEST_FILE = 1_000_000
"""bytes; a scenario is a page of text."""

_FORMATS = "TOML, JSON or CSV"
_PAPER = "a certificate"


def read_toml(file: Path, key: str, kind: str = "a scenario") -> dict[str, Any]:
    """The tables of a TOML file; `key` and `kind` name it in a message.

    Raises:
        ScenarioError: there is no such text.
    """
    return toml_tables(_bytes(file, key, kind), key, kind)


def toml_tables(data: bytes, key: str, kind: str = "a scenario") -> dict[str, Any]:
    """The tables of TOML that is in hand already; the rest as `read_toml`."""
    return _toml(_text(data, key), key, kind)


def _toml(text: str, key: str, kind: str) -> dict[str, Any]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).removesuffix(")").rpartition(" (at ")
        got = Said(f"text that is not TOML at {place}")
        raise ScenarioError(key, got, f"TOML ({_lowered(reason)})") from None
    except (RecursionError, ValueError):  # brackets a thousand deep, a number of 5000 digits
        raise ScenarioError(key, Said("values too large to read"), "TOML") from None
    if not tables:
        raise ScenarioError(key, Said("an empty file"), f"{kind} in TOML")
    return tables


def with_certificate(tables: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The tables with the certificate they name, if they name one, read into its place.

    `folder` is where a relative file name starts.
    """
    product = tables.get("product")
    name = cast("Any", product).get("certificate") if isinstance(product, Mapping) else None
    if not isinstance(name, str):
        return dict(tables)
    found = _certificate(name, lambda key: _bytes(folder / name, key, _PAPER))
    return {**tables, "product": {**cast("Mapping[str, Any]", product), "certificate": found}}


def certificate_file(data: bytes, name: str) -> Certificate:
    """The certificate in a file that is in hand already; `name` is that of the file.

    Raises:
        ScenarioError: it cannot be read; the key names the file.
    """
    return _certificate(name, lambda _: data)


def _certificate(name: str, data: Callable[[str], bytes]) -> Certificate:
    """The certificate in a file, which is read by the end of its name; `data` takes the key."""
    if not name.strip() or not name.isprintable():
        raise ScenarioError("product.certificate", name, f"the name of a {_FORMATS} file")
    key = f"product.certificate ({name})"
    end = Path(name).suffix.casefold()
    if end not in (".toml", ".json", ".csv"):
        raise ScenarioError(key, Said(f"a name that ends in {end or 'nothing'}"), _FORMATS)
    read = certificate(_rows(data(key), end, key), key)
    return Certificate({"file": Path(name).name, **read.texts}, read.alkaloids, read.results)


def _rows(data: bytes, end: str, key: str) -> object:
    """What the file of a certificate holds."""
    text = _text(data, key, end.removeprefix(".").upper())
    if end == ".csv":
        return sheet(text, key)
    return _toml(text, key, _PAPER) if end == ".toml" else _json(text, key)


def _json(text: str, key: str) -> object:
    try:
        held: object = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        got = Said(f"text that is not JSON at line {error.lineno}, column {error.colno}")
        raise ScenarioError(key, got, f"JSON ({_lowered(error.msg)})") from None
    except (RecursionError, ValueError):
        raise ScenarioError(key, Said("a number too large, or none"), "JSON") from None
    if isinstance(held, list):
        return {"results": cast("list[object]", held)}
    if not isinstance(held, dict):
        raise ScenarioError(key, held, "an object with fields, or a list of results")
    return cast("object", held)


def _no_number(word: str) -> float:
    raise ValueError(word)


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _bytes(file: Path, key: str, kind: str) -> bytes:
    try:
        if file.is_dir():
            raise ScenarioError(key, Said("a directory"), f"the file of {kind}")
        if not file.exists():
            raise ScenarioError(key, Said("no such file"), f"the file of {kind}")
        if not file.is_file():
            raise ScenarioError(key, Said("something that is not a file"), f"the file of {kind}")
        size = file.stat().st_size
        if size > LARGEST_FILE:
            largest = f"{kind}, which is a page of text (at most {LARGEST_FILE} bytes)"
            raise ScenarioError(key, Said(f"a file of {size} bytes"), largest)
        return file.read_bytes()
    except (OSError, ValueError) as error:  # not permitted, a name too long, a zero in a name
        reason = getattr(error, "strerror", None) or "a name that cannot be one"
        raise ScenarioError(key, Said(reason.lower()), f"the file of {kind}") from None


def _text(data: bytes, key: str, words: str = "TOML") -> str:
    if b"\0" in data:
        raise ScenarioError(key, Said("a binary file"), words)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} in line {line}"
        raise ScenarioError(key, Said(what), f"{words} in UTF-8") from None
