"""`speciosa claims`: verdicts in a terminal, as JSON, as ClaimReview and as a figure."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from own_claim import SEEN
from speciosa.claims import claims
from speciosa.cli.app import main

POTENT = "seven-oh-most-potent"
OWN = 'claim = "Mitragynine binds firmly."\nkind = "mechanism"\ngap = "Nobody knows more."\n' + SEEN
EMERGENCY = """\
[scenarios]
leaf.person.signs = ["blue lips"]
leaf.product.kind = "leaf"
leaf.regimen.dose = "5 g"
"""


@pytest.fixture
def no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused is refused before anything is computed."""
    monkeypatch.setattr("speciosa.claims.judging.judge", pytest.fail)


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """What a command that succeeds prints; nothing goes to standard error."""

    def asked(*line: str) -> str:
        assert main(["claims", *line]) == 0
        printed = capsys.readouterr()
        assert printed.err == ""
        return printed.out

    return asked


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """The one line that a command ends with whose line is wrong."""

    def refused(*line: str) -> str:
        assert main(["claims", *line]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert printed.err.count("\n") == 1
        return printed.err.strip()

    return refused


def test_one_claim_is_shown_whole(asked) -> None:
    shown = " ".join(asked(POTENT).split())
    assert claims()[POTENT].claim in shown
    assert "fails, certainty low" in shown
    assert "1. Is it so that 7-OH is stronger at the opioid receptor than mitragynine?" in shown
    assert "Sources" in shown
    assert "[varadi-2016]" in shown


def test_several_claims_are_shown_one_after_the_other(asked) -> None:
    shown = asked("fda-warnings", POTENT)
    assert shown.index(claims()[POTENT].claim) < shown.index(claims()["fda-warnings"].claim)


def test_a_system_is_a_table_with_a_line_for_each_claim(asked) -> None:
    shown = asked("--system", "law")
    assert shown.startswith("2 claims: 2 holds\n")
    for one in ("fda-warnings", "legal-status-varies"):
        assert one in shown
    assert POTENT not in shown
    assert "is no advice" in " ".join(shown.split())


def test_json_on_standard_output_stands_alone(asked) -> None:
    found = json.loads(asked(POTENT, "--json", "-"), parse_constant=pytest.fail)
    (one,) = found["claims"]
    assert (one["id"], one["verdict"], one["certainty"]) == (POTENT, "fails", "low")
    assert found["people"] == {"n": 50, "replicates": 30}


def test_a_review_on_standard_output_stands_alone(asked) -> None:
    (one,) = json.loads(asked(POTENT, "--review", "-"))["@graph"]
    assert one["@type"] == "ClaimReview"
    assert one["reviewRating"]["alternateName"] == "fails"
    assert one["datePublished"] == date.today().isoformat()


def test_files_are_written_beside_what_is_shown(tmp_path: Path, asked) -> None:
    data, review = tmp_path / "claims.json", tmp_path / "review.json"
    shown = asked(POTENT, "--json", str(data), "--review", str(review))
    assert "fails, certainty low" in shown
    assert json.loads(data.read_text(encoding="utf-8"))["claims"][0]["id"] == POTENT
    assert json.loads(review.read_text(encoding="utf-8"))["@context"] == "https://schema.org"


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_the_numbers_of_one_claim_are_drawn(
    tmp_path: Path, asked, ending: str, begins: bytes
) -> None:
    path = tmp_path / f"figure.{ending}"
    asked(POTENT, "--figure", str(path))
    assert path.read_bytes().startswith(begins)


def test_a_claim_of_ones_own_is_judged_from_its_file(tmp_path: Path, asked) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, encoding="utf-8")
    shown = asked(str(path))
    assert "holds, certainty high" in shown
    assert "It is so that it binds firmly. Nobody knows more." in shown


def test_an_emergency_in_such_a_file_ends_with_1_and_no_verdict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN.replace("[[part]]", f"{EMERGENCY}[[part]]", 1), encoding="utf-8")
    assert main(["claims", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("error: an emergency: blue lips.")


def test_what_is_wrong_in_such_a_file_ends_with_2(tmp_path: Path, refused) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN.replace("at_most", "at_moust"), encoding="utf-8")
    assert "mine.toml, part 1, seen 1, at_least: got []" in refused(str(path))


def test_a_wrong_id_is_told_with_the_nearest(refused) -> None:
    assert refused("seven-oh-most-potant") == (
        "error: claim: got 'seven-oh-most-potant'; expected the id of a claim: did you mean "
        "seven-oh-most-potent?"
    )


def test_a_wrong_system_is_told_with_those_that_there_are(refused) -> None:
    assert refused("--system", "spleen").startswith(
        "error: system: got 'spleen'; expected one of opioid, pain, arousal, "
    )


@pytest.mark.usefixtures("no_judge")
@pytest.mark.parametrize(
    ("line", "message"),
    [
        (["--figure", "all.svg"], "--figure: got 'all.svg'; expected one claim with it"),
        ([POTENT, "fda-warnings", "--figure", "a.svg"], "expected one claim with it"),
        ([POTENT, "--figure", "a.pdf"], "got 'a.pdf'; expected a name that ends in .svg or .png"),
        ([POTENT, "--figure", "nowhere/a.svg"], "--figure: got 'nowhere/a.svg'; expected a file"),
        ([POTENT, "--json", "nowhere/a.json"], "--json: got 'nowhere/a.json'; expected a file"),
        ([POTENT, "--review", "nowhere/a"], "--review: got 'nowhere/a'; expected a file"),
        ([POTENT, "--json", "-", "--review", "-"], "standard output for one of the two at most"),
    ],
)
def test_what_cannot_be_written_is_refused_at_once(refused, line: list[str], message: str) -> None:
    assert message in refused(*line)


def test_a_claim_without_numbers_cannot_be_drawn(tmp_path: Path, refused) -> None:
    path = tmp_path / "figure.svg"
    assert refused("legal-status-varies", "--figure", str(path)) == (
        "error: figure: got 'legal-status-varies'; expected a claim with numbers; facts alone "
        "decide this one"
    )
    assert not path.exists()
