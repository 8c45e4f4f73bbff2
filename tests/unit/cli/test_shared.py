from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import click
import pytest

from speciosa.cli import shared
from speciosa.errors import InputError, ScenarioError


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@click.command()
@shared.whole_number("--people", 1, "How many.")
def ask(people: int | None) -> None:
    click.echo(repr(people))


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "many", "nan", ""])
def test_what_is_no_whole_number_is_refused_by_the_name_of_its_option(value: str) -> None:
    with pytest.raises(InputError, match=rf"--people: got '{value}'; expected a whole number"):
        ask.main(["--people", value], standalone_mode=False)


def test_a_whole_number_or_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    ask.main(["--people", "12"], standalone_mode=False)
    ask.main([], standalone_mode=False)
    assert capsys.readouterr().out == "12\nNone\n"


def test_json_goes_to_a_file_or_to_standard_output(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.json"
    shared.write_json({"a": 1.0}, str(file))
    shared.write_json({"a": 1.0}, "-")
    assert file.read_text() == capsys.readouterr().out
    assert json.loads(file.read_text()) == {"a": 1.0}


@click.command()
@shared.json_option
def answer(json_file: str | None) -> None:
    raise AssertionError("the answer was made before its place was looked at")


@pytest.mark.parametrize("place", ["", "missing/a.json"])
def test_json_needs_a_file_in_a_folder_that_exists(tmp_path: Path, place: str) -> None:
    with pytest.raises(InputError, match=r"--json: got .* a file in a folder"):
        answer.main(["--json", str(tmp_path / place)], standalone_mode=False)


def test_tables_are_100_columns_wide_where_there_is_no_terminal() -> None:
    assert shared.console().width == 100


def test_no_bar_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with shared.progress("people", quiet=False) as watch:
        assert watch is None


def test_no_bar_when_asked_to_be_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    with shared.progress("people", quiet=True) as watch:
        assert watch is None


def test_a_bar_on_a_terminal_that_is_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with shared.progress("people", quiet=False) as watch:
        assert watch is not None
        watch(50, 200)
    assert "50/200" in screen.getvalue()


def test_an_error_about_an_option_names_the_option() -> None:
    expected = re.escape("--output: got 'x'; expected y")
    with pytest.raises(InputError, match=expected), shared.told_as({"output": "--output"}):
        raise InputError("output", "x", "y")


@pytest.mark.parametrize(
    "error", [InputError("people", "x", "y"), ScenarioError("output", "x", "y")]
)
def test_an_error_about_something_else_is_left_as_it_is(error: InputError) -> None:
    with pytest.raises(InputError) as caught, shared.told_as({"output": "--output"}):
        raise error
    assert caught.value is error
