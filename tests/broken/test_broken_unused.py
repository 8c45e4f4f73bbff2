"""Lists of unused entries that are wrong, each in one way, and the one message that says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.messages import one_message

from speciosa.errors import EvidenceError
from speciosa.evidence.unused import read_unused

GOOD = """\
- because: a law, and no number
  ids: [here, there]
- because: the same number twice
  same: {again: once}
"""
CASES = {
    "empty list": (GOOD, "[]\n", "unused.yaml: got []; expected a list of groups"),
    "no list": (GOOD, "because: a law\n", "expected a list of groups, each beginning with"),
    "no group": (GOOD, "- here\n", "group 1: got 'here'; expected a group, written as keys"),
    "no reason": (
        "- because: a law, and no number\n  ids",
        "- ids",
        "group 1, because: got nothing; expected the reason in words",
    ),
    "evasion": ("a law, and no number", "unknown", "group 1, because: got 'unknown'; expected"),
    "no entries": (
        "  ids: [here, there]\n",
        "",
        "group 1, ids: got nothing; expected ids of entries, or the key same",
    ),
    "empty ids": ("[here, there]", "[]", "group 1, ids: got []; expected ids of entries"),
    "a number": ("[here, there]", "[here, 3]", "group 1, ids: got ['here', 3]; expected ids"),
    "twice": ("[here, there]", "[here, here]", "group 1, ids: got 'here'; expected an id that"),
    "twice in groups": ("again", "there", "group 2, ids: got 'there'; expected an id that stands"),
    "same as itself": ("again", "once", "group 2, same: got 'once'; expected another entry"),
    "same as nothing": (": once", ": ", "group 2, same, again: got None; expected the id of"),
    "same as a list": ("{again: once}", "[again]", "group 2, same: got ['again']; expected"),
    "both": (
        "  ids",
        "  same: {x: y}\n  ids",
        "group 1, ids: got ['here', 'there']; expected only",
    ),
    "misspelt": ("because: the same", "becuase: the same", "group 2, because: got nothing"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_list_gets_one_clear_message(name: str, tmp_path: Path) -> None:
    old, new, message = CASES[name]
    assert old in GOOD
    path = tmp_path / "unused.yaml"
    path.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_unused(path)
    assert message in one_message(caught)


def test_the_plain_one_is_right(tmp_path: Path) -> None:
    path = tmp_path / "unused.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert list(read_unused(path)) == ["here", "there", "again"]
