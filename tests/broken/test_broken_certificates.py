"""Certificates with one fault each, and the one sentence that names file, field and value."""

from __future__ import annotations

from pathlib import Path

import pytest

from speciosa.cli.app import main
from speciosa.errors import ScenarioError
from speciosa.trial import Scenario

CONTENT = "a content with its unit (mg/g, mg/mL, %, mg/serving, mg/tablet), or 'ND'"
METAL = "a content with its unit (ppm, ppb, ug/g), or 'ND'"
COUNT = "a count in CFU/g, or a word such as 'absent in 25 g'"

FAULTS = {
    "unknown-field.csv": (
        "Mitragynine,1.4,%\nLedd,0.2,ppm\n",
        ", line 2, Ledd: got 'Ledd'; expected a field of a certificate; did you mean 'lead'?",
    ),
    "unknown-alkaloid.toml": (
        '[alkaloids]\nmitraginine = "1.4 %"\n',
        ".alkaloids.mitraginine: got 'mitraginine'; expected an alkaloid of kratom; did you mean "
        "'mitragynine'?",
    ),
    "no-field.json": (
        '{"mitragynine": "1.4 %", "colour": "green"}',
        ".colour: got 'colour'; expected a field of a certificate; did you mean 'coliforms'?",
    ),
    "nothing-like-it.json": (
        '{"mitragynine": "1.4 %", "qqqq": "green"}',
        ".qqqq: got 'qqqq'; expected a field of a certificate; what is none goes under notes",
    ),
    "metal-in-percent-of-words.csv": (
        "Lead,much,ppm\n",
        f", line 1, Lead: got 'much ppm'; expected {METAL}",
    ),
    "number-alone.csv": (
        "Lead,0.2\n",
        f", line 1, Lead: got '0.2'; expected {METAL}; a number alone could be anything",
    ),
    "negative.toml": (
        'lead = "-0.2 ppm"\n',
        f".lead: got '-0.2 ppm'; expected {METAL}; nothing is less than none",
    ),
    "more-than-all.csv": (
        "Mitragynine,140,%\n",
        f", line 1, Mitragynine: got '140 %'; expected {CONTENT}; no product holds more than it "
        "weighs",
    ),
    "share-above-all.toml": (
        'moisture = "101 %"\n',
        ".moisture: got '101 %'; expected a share in %; no product holds more than it weighs",
    ),
    "decimal-comma.csv": (
        'Lead,"0,16",ppm\n',
        f", line 1, Lead: got '0,16 ppm'; expected {METAL}",
    ),
    "thousands.csv": (
        'Lead,"1,200",ppb\n',
        f", line 1, Lead: got '1,200 ppb'; expected {METAL}, with a point and no comma",
    ),
    "two-units.csv": (
        "Lead,0.2 ppb,ppm\n",
        f", line 1, Lead: got '0.2 ppb ppm'; expected {METAL}; the unit stands twice, and differs",
    ),
    "germs-by-weight.toml": (
        'salmonella = "2 mg/g"\n',
        f".salmonella: got '2 mg/g'; expected {COUNT}",
    ),
    "serving-unknown.toml": (
        'mitragynine = "35 mg/serving"\n',
        f".mitragynine: got '35 mg/serving'; expected {CONTENT}; mg/serving needs the key "
        "serving, such as '2.4 g'",
    ),
    "no-such-day.csv": (
        "Date tested,2026-02-30\nMitragynine,1.4,%\n",
        ", line 1, Date tested: got '2026-02-30'; expected a day that exists, such as 2025-03-31",
    ),
    "american-day.json": (
        '{"tested": "03/31/2026", "mitragynine": "1.4 %"}',
        ".tested: got '03/31/2026'; expected a day that exists, such as 2025-03-31",
    ),
    "twice.csv": (
        "Pb,0.2,ppm\nLead,0.3,ppm\n",
        ", line 2, Lead: got 'Lead'; expected each field once; lead is there as Pb too",
    ),
    "no-result.toml": (
        'lab = "A laboratory"\n',
        ": got no result; expected at least one result, such as mitragynine = '14 mg/g'",
    ),
    "empty.csv": (
        "# only a comment\n",
        ": got 'an empty sheet'; expected a sheet with the columns field, value and unit",
    ),
    "too-many-columns.csv": (
        "Lead,0.2,ppm,0.05,pass\n",
        ", line 1: got 'Lead,0.2,ppm,0.05,pass'; expected field, value and unit, or a first line "
        "that names the columns",
    ),
    "one-column.csv": (
        "Lead\n",
        ", line 1: got 'Lead'; expected field, value and unit, or a first line that names the "
        "columns",
    ),
    "broken.json": (
        '{"lead": }',
        ": got text that is not JSON at line 1, column 10; expected JSON (expecting value)",
    ),
    "number.json": ("3", ": got 3; expected an object with fields, or a list of results"),
    "nan.json": ('{"lead": NaN}', ": got a number too large, or none; expected JSON"),
    "truth.json": ('{"lead": true}', f".lead: got True; expected {METAL}"),
    "list-of-words.json": (
        '{"results": ["lead"]}',
        ".results[0]: got 'lead'; expected a table with name and value",
    ),
    "scan.pdf": ("%PDF-1.7", ": got a name that ends in .pdf; expected TOML, JSON or CSV"),
    "scan": ("lead", ": got a name that ends in nothing; expected TOML, JSON or CSV"),
    "two-lines.toml": (
        'lab = """a\nb\u0007"""\nlead = "ND"\n',
        ": got text that is not TOML at line 2, column 2; expected TOML (illegal character "
        "'\\x07')",
    ),
}


def scenario_with(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    path = tmp_path / "s.toml"
    path.write_text(
        f'[product]\nkind = "leaf"\ncertificate = "{name}"\n[regimen]\ndose = "2 g"\n',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_certificate_gets_its_one_message(tmp_path: Path, name: str) -> None:
    text, message = FAULTS[name]
    with pytest.raises(ScenarioError) as caught:
        Scenario.load(scenario_with(tmp_path, name, text))
    assert str(caught.value) == f"product.certificate ({name}){message}"


def test_a_certificate_typed_in_is_named_by_its_key() -> None:
    with pytest.raises(ScenarioError, match=r"^product\.certificate\.lead: got '0\.2'"):
        Scenario(product={"kind": "leaf", "certificate": {"lead": "0.2"}}, regimen={"dose": "2 g"})


@pytest.mark.parametrize("value", [3, True, ["coa.csv"], 2.5])
def test_what_is_no_certificate_at_all(value: object) -> None:
    with pytest.raises(ScenarioError, match="expected a table, or the name of a file"):
        Scenario(product={"kind": "leaf", "certificate": value}, regimen={"dose": "2 g"})


def test_the_command_line_ends_with_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = scenario_with(tmp_path, "coa.csv", "Lead,0.2\n")
    assert main(["simulate", str(path)]) == 2
    assert "product.certificate (coa.csv), line 1, Lead" in capsys.readouterr().err
