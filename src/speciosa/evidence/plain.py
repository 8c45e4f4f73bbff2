"""The plain part of YAML in which evidence is written, read strictly and quickly.

Lists, keys with values, numbers, true and false, and text; nothing else. A key stands once. Tags,
anchors and several documents are refused, and a word like `no` or a date stays the text that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import yaml

from speciosa.errors import EvidenceError

__all__ = ["LARGEST", "read_plain", "read_text"]

LARGEST = 4_000_000  # bytes; a file of evidence that a person can still read is far smaller

# The C parser, where it is built, is ten times as quick.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PARSE: Any = getattr(yaml, "parse")  # noqa: B009 - its stubs do not say what it returns
_NUMBER = re.compile(r"[+-]?(\d+|(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][+-]?\d+)?)")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


def read_text(path: Path) -> str:
    """The text of a file. Raises EvidenceError if it cannot be one, is empty, or is huge."""
    file = f"{path.parent.name}/{path.name}"
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise EvidenceError(file, f"{size} bytes", f"at most {LARGEST} bytes")
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise EvidenceError(file, "bytes that are not text", "text in UTF-8") from None
    except OSError as error:
        raise EvidenceError(file, error.strerror, "a file that can be read") from None
    if "\0" in text:
        raise EvidenceError(file, "bytes that are not text", "text in UTF-8")
    if not text.strip():
        raise EvidenceError(file, "an empty file", "text in UTF-8 with something in it")
    return text


def read_plain(path: Path) -> object:
    """What a file holds, as lists, dicts, numbers and texts. Raises EvidenceError."""
    file = f"{path.parent.name}/{path.name}"
    text = read_text(path)
    try:
        events: Iterator[Any] = _PARSE(text, Loader=_LOADER)
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                held = _node(event, events, file)
                break
        else:
            raise EvidenceError(file, "comments only", "something besides comments")
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                raise _wrong(event, file, "a second document", "one document")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise EvidenceError(f"{file}, line {line}", error.problem, "well-formed YAML") from None
    except (yaml.YAMLError, RecursionError) as error:
        raise EvidenceError(file, str(error).splitlines()[0], "well-formed YAML") from None
    return held


def _node(event: Any, events: Iterator[Any], file: str) -> object:
    """The value that begins with this event."""
    kind = cast("object", type(event))
    if event.anchor is not None:
        raise _wrong(event, file, "an anchor or its use", "the value itself, written out")
    if kind is yaml.ScalarEvent:
        return _scalar(event, file)
    if event.tag is not None:
        raise _wrong(event, file, event.tag, "a value without a tag")
    if kind is yaml.SequenceStartEvent:
        items: list[object] = []
        while type(event := next(events)) is not yaml.SequenceEndEvent:
            items.append(_node(event, events, file))
        return items
    mapping: dict[str, object] = {}
    while type(event := next(events)) is not yaml.MappingEndEvent:
        key = _node(event, events, file)
        if not isinstance(key, str) or key in mapping:
            raise _wrong(event, file, str(key), "a key that is a word and stands once")
        mapping[key] = _node(next(events), events, file)
    return mapping


def _scalar(event: Any, file: str) -> object:
    """A number, true, false, nothing, or text."""
    if event.tag is not None:
        raise _wrong(event, file, event.tag, "a value without a tag")
    text: str = event.value
    if not event.implicit[0]:
        return text  # in quotes, or folded
    if text[:1] in "+-.0123456789" and _NUMBER.fullmatch(text):
        whole = text.lstrip("+-").isdigit() and len(text) < 400
        return int(text) if whole else float(text)
    return _WORDS.get(text, text)


def _wrong(event: Any, file: str, value: object, expected: str) -> EvidenceError:
    return EvidenceError(f"{file}, line {event.start_mark.line + 1}", value, expected)
