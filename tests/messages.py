"""What an error may look like: one line that can be read."""

from __future__ import annotations

import pytest

from speciosa.errors import EvidenceError, InputError


def one_message(error: pytest.ExceptionInfo[EvidenceError]) -> str:
    assert isinstance(error.value, InputError)
    text = str(error.value)
    assert "\n" not in text
    assert len(text) < 400
    return text
