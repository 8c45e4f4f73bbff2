"""From a file to plain tables: what can go wrong before a scenario is looked at.

A file that is no file, too large, empty, not text, not UTF-8 or not TOML is refused in one
sentence. The certificate that a scenario names lies beside it and is read here too.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from speciosa.errors import ScenarioError
from speciosa.trial.complaints import Said, complaint
from speciosa.trial.tables import Certificate

__all__ = ["LARGEST_FILE", "read_toml", "with_certificate"]

LARGEST_FILE = 1_000_000
"""bytes; a scenario is a page of text."""


def read_toml(file: Path, key: str, kind: str = "a scenario") -> dict[str, Any]:
    """The tables of a TOML file; `key` and `kind` name it in a message.

    Raises:
        ScenarioError: there is no such text.
    """
    text = _text(_bytes(file, key, kind), key)
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
    if not name.strip() or not name.isprintable():
        raise ScenarioError("product.certificate", name, "the name of a TOML file")
    key = f"product.certificate ({name})"
    read = read_toml(folder / name, key, "a certificate")
    try:
        found = Certificate.model_validate({**read, "file": Path(name).name})
    except ValidationError as error:
        raise complaint(error, Certificate, key) from None
    return {**tables, "product": {**cast("Mapping[str, Any]", product), "certificate": found}}


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


def _text(data: bytes, key: str) -> str:
    if b"\0" in data:
        raise ScenarioError(key, Said("a binary file"), "TOML")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{data[error.start]:02x} in line {line}"
        raise ScenarioError(key, Said(what), "TOML in UTF-8") from None
