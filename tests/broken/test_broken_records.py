"""Records that are wrong, each in one way, and the one message that says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.messages import one_message

from speciosa.errors import EvidenceError
from speciosa.evidence.load import read_records
from speciosa.evidence.plain import LARGEST

KEYS = frozenset({"tanna-2022", "obeng-2021"})
GOOD = """\
- id: pain/spinal
  value: 0.7
  unit: 1
  spread: {kind: logitnormal, sd: 0.6}
  source: tanna-2022
  where: Table 3
  read: verified
  status: measured
"""
ASSUMED = GOOD.replace("read: verified", "read: recalled").replace(
    "status: measured", "status: assumed\n  because: a guess\n  range: [0.1, 0.9]"
)
AT = "records/pain.yaml, pain/spinal, "

RECORDS = {
    "no value": (GOOD, "  value: 0.7\n", "", AT + "value: got nothing; expected a finite number"),
    "null value": (GOOD, "value: 0.7", "value: null", AT + "value: got None; expected a finite"),
    "value with a unit": (
        GOOD,
        "value: 0.7",
        "value: 0.7 nM",
        AT + "value: got '0.7 nM'; expected",
    ),
    "value is yes": (GOOD, "value: 0.7", "value: true", AT + "value: got True; expected a finite"),
    "NaN": (GOOD, "value: 0.7", "value: .nan", AT + "value: got '.nan'; expected a finite number"),
    "infinity": (GOOD, "value: 0.7", "value: .inf", AT + "value: got '.inf'; expected a finite"),
    "overflow": (GOOD, "value: 0.7", "value: 1e999", AT + "value: got inf; expected a finite"),
    "huge": (GOOD, "value: 0.7", "value: " + "9" * 500, AT + "value: got inf; expected a finite"),
    "too large": (GOOD, "value: 0.7", "value: 1e30", AT + "value: got 1e+30; expected a finite"),
    "no unit": (GOOD, "  unit: 1\n", "", AT + "unit: got nothing; expected a unit such as nmol/L"),
    "odd unit": (GOOD, "unit: 1", "unit: spoons", AT + "unit: got 'spoons'; expected a unit such"),
    "unit 2": (GOOD, "unit: 1", "unit: 2", AT + "unit: got 2; expected a unit such as nmol/L"),
    "no spread": (
        GOOD,
        "  spread: {kind: logitnormal, sd: 0.6}\n",
        "",
        AT + "spread: got nothing; expected a spread such as {kind: lognormal, gsd: 1.5}",
    ),
    "spread without size": (
        GOOD,
        ", sd: 0.6",
        "",
        AT + "spread, sd: got nothing; expected a finite",
    ),
    "unknown spread": (
        GOOD,
        "kind: logitnormal",
        "kind: triangle",
        AT + "spread, kind: got 'triangle'; expected one of exact, normal, lognormal",
    ),
    "negative spread": (
        GOOD,
        "sd: 0.6",
        "sd: -1",
        AT + "spread, sd: got -1.0; expected a number above 0",
    ),
    "NaN spread": (GOOD, "sd: 0.6", "sd: .nan", AT + "spread, sd: got '.nan'; expected a finite"),
    "other spread's size": (
        GOOD,
        "sd: 0.6",
        "sd: 0.6, gsd: 2",
        AT + "spread, gsd: got 2; expected sd?",
    ),
    "exact without reason": (
        GOOD,
        "{kind: logitnormal, sd: 0.6}",
        "{kind: exact}",
        AT + "spread, because: got nothing; expected why the value is exact",
    ),
    "share above one": (
        GOOD,
        "value: 0.7",
        "value: 1.7",
        AT + "value: got 1.7; expected a value inside 0 and 1 for a logitnormal spread",
    ),
    "log of a negative": (
        GOOD.replace("value: 0.7", "value: -1"),
        "{kind: logitnormal, sd: 0.6}",
        "{kind: lognormal, gsd: 2}",
        AT + "value: got -1.0; expected a value above 0 for a lognormal spread",
    ),
    "factor below one": (
        GOOD,
        "{kind: logitnormal, sd: 0.6}",
        "{kind: lognormal, gsd: 0.5}",
        AT + "spread, gsd: got 0.5; expected a factor above 1",
    ),
    "ends swapped": (
        GOOD,
        "{kind: logitnormal, sd: 0.6}",
        "{kind: uniform, low: 2, high: 1}",
        AT + "spread, high: got 1.0; expected a number above low, which is 2",
    ),
    "value outside": (
        GOOD,
        "{kind: logitnormal, sd: 0.6}",
        "{kind: uniform, low: 2, high: 3}",
        AT + "value: got 0.7; expected a value inside its spread, 2 to 3",
    ),
    "no source": (
        GOOD,
        "  source: tanna-2022\n",
        "",
        AT + "source: got nothing; expected the key of a",
    ),
    "source not listed": (
        GOOD,
        "tanna-2022",
        "tana-2022",
        AT
        + "source: got 'tana-2022'; expected the key of a source in sources.bib; nearest is tanna-",
    ),
    "source unknown": (
        GOOD,
        "tanna-2022",
        "unknown",
        AT + "source: got 'unknown'; expected the key of",
    ),
    "no place": (
        GOOD,
        "  where: Table 3\n",
        "",
        AT + "where: got nothing; expected the place in the",
    ),
    "empty place": (
        GOOD,
        "Table 3",
        '" "',
        AT + "where: got ' '; expected the place in the source",
    ),
    "unknown place": (
        GOOD,
        "Table 3",
        "Unknown",
        AT + "where: got 'Unknown'; expected the place in",
    ),
    "not said how read": (
        GOOD,
        "  read: verified\n",
        "",
        AT + "read: got nothing; expected one of verified, secondary, recalled",
    ),
    "read otherwise": (
        GOOD,
        "verified",
        "skimmed",
        AT + "read: got 'skimmed'; expected one of verified",
    ),
    "no status": (
        GOOD,
        "  status: measured\n",
        "",
        AT + "status: got nothing; expected one of measured, derived, fitted, assumed",
    ),
    "status unknown": (
        GOOD,
        "measured",
        "unknown",
        AT + "status: got 'unknown'; expected one of meas",
    ),
    "derived from nothing": (
        GOOD,
        "measured",
        "derived",
        AT
        + "by: got nothing; expected a formula over record ids, or words for one, since the status",
    ),
    "fitted without data": (
        GOOD,
        "measured",
        "fitted",
        AT + "data: got nothing; expected ids of the observations that it was fitted to",
    ),
    "fitted without run": (
        GOOD,
        "status: measured",
        "status: fitted\n  data: [tanna-2022]",
        AT + "run: got nothing; expected the run that fitted it, since the status is fitted",
    ),
    "assumed without reason": (
        ASSUMED,
        "  because: a guess\n",
        "",
        AT + "because: got nothing; expected why this is assumed",
    ),
    "assumed without range": (
        ASSUMED,
        "  range: [0.1, 0.9]\n",
        "",
        AT + "range: got nothing; expected two numbers, the lowest and the highest",
    ),
    "range of one": (ASSUMED, "[0.1, 0.9]", "[0.1]", AT + "range: got [0.1]; expected two numbers"),
    "range of words": (
        ASSUMED,
        "[0.1, 0.9]",
        "wide",
        AT + "range: got 'wide'; expected two numbers",
    ),
    "outside its range": (
        ASSUMED,
        "[0.1, 0.9]",
        "[0.8, 0.9]",
        AT + "value: got 0.7; expected a value inside its range, 0.8 to 0.9",
    ),
    "assumed and exact": (
        ASSUMED,
        "{kind: logitnormal, sd: 0.6}",
        "{kind: exact, because: so}",
        AT + "spread: got 'exact'; expected a spread as wide as the assumption",
    ),
    "assumed and verified": (
        ASSUMED,
        "read: recalled",
        "read: verified",
        AT + "read: got 'verified'; expected recalled, since an assumed number stands in no source",
    ),
    "measured and assumed": (
        ASSUMED,
        "status: assumed",
        "status: measured",
        AT + "status: got 'measured'; expected assumed, since the record has because",
    ),
    "misspelt key": (
        GOOD,
        "where:",
        "wheer:",
        AT + "where: got nothing; expected the place in the",
    ),
    "unasked key": (GOOD, "  read:", "  sprad: 1\n  read:", AT + "sprad: got 1; expected spread?"),
    "key twice": (
        GOOD,
        "  read:",
        "  value: 1\n  read:",
        "records/pain.yaml, line 7: got 'value'; expected a",
    ),
    "id missing": (
        GOOD,
        "id: pain/spinal",
        "ident: pain",
        "records/pain.yaml, record 1, id: got nothing",
    ),
    "id of one word": (
        GOOD,
        "id: pain/spinal",
        "id: spinal",
        "records/pain.yaml, spinal, id: got 'spinal'; expected an id of words joined by /",
    ),
    "id of another file": (
        GOOD,
        "id: pain/spinal",
        "id: mood/level",
        "records/pain.yaml, id: got 'mood/level'; expected an id that begins with pain/",
    ),
    "id twice": (
        GOOD + GOOD,
        "",
        "",
        "records/pain.yaml, id: got 'pain/spinal'; expected an id that no",
    ),
    "conditions are text": (
        GOOD,
        "  read:",
        "  conditions: human\n  read:",
        AT + "conditions: got 'human'; expected keys and values",
    ),
    "conditions nested": (
        GOOD,
        "  read:",
        "  conditions: {species: [human]}\n  read:",
        AT + "conditions: got {'species': ['human']}; expected words with a text or a number each",
    ),
    "not a list": (
        "pain: 1\n",
        "",
        "",
        "records/pain.yaml: got {'pain': 1}; expected a list of records",
    ),
    "list of numbers": (
        "- 1\n",
        "",
        "",
        "records/pain.yaml, record 1: got 1; expected a record, written",
    ),
    "open bracket": ("- {id: a\n", "", "", "records/pain.yaml, line "),
    "tag": (
        "- !!python/object:os.system {}\n",
        "",
        "",
        "line 1: got 'tag:yaml.org,2002:python/object",
    ),
    "anchor": (
        "- &a {id: 1}\n- *a\n",
        "",
        "",
        "records/pain.yaml, line 1: got 'an anchor or its use'",
    ),
    "two documents": (
        GOOD + "---\n" + GOOD,
        "",
        "",
        "got 'a second document'; expected one document",
    ),
    "deep nest": ("[" * 100_000, "", "", "records/pain.yaml"),
    "comments only": (
        "# nothing\n",
        "",
        "",
        "records/pain.yaml: got 'comments only'; expected something",
    ),
    "empty list": ("[]\n", "", "", "records/pain.yaml: got []; expected a list of records"),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_broken_record_gets_one_clear_message(name: str, tmp_path: Path) -> None:
    text, old, new, message = RECORDS[name]
    assert old in text
    path = tmp_path / "records" / "pain.yaml"
    path.parent.mkdir()
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_records(path, KEYS)
    assert message in one_message(caught)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "got 'an empty file'; expected text in UTF-8 with something in it"),
        (b" \n\n", "got 'an empty file'"),
        (bytes(range(256)), "got 'bytes that are not text'; expected text in UTF-8"),
        (b"- id: a\0b\n", "got 'bytes that are not text'"),
        ("- id: café\n".encode("latin-1"), "got 'bytes that are not text'"),
        (b"#" * (LARGEST + 1), f"got '{LARGEST + 1} bytes'; expected at most {LARGEST} bytes"),
    ],
    ids=["empty", "blank", "binary", "zero byte", "latin-1", "huge"],
)
def test_a_file_that_is_no_text(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "records" / "pain.yaml"
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(EvidenceError) as caught:
        read_records(path, KEYS)
    assert message in one_message(caught)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EvidenceError) as caught:
        read_records(tmp_path / "records" / "pain.yaml", KEYS)
    assert "expected a file that can be read" in one_message(caught)


def test_the_plain_ones_are_right(tmp_path: Path) -> None:
    path = tmp_path / "records" / "pain.yaml"
    path.parent.mkdir()
    for text in (GOOD, ASSUMED):
        path.write_text(text)
        assert list(read_records(path, KEYS)) == ["pain/spinal"]
