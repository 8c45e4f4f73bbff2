from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from speciosa.cli.app import commands, main
from speciosa.errors import InputError, ModelError, SolverError


@pytest.fixture
def failing() -> Iterator[list[BaseException]]:
    """A command `fail` that raises what is put into the list."""
    raised: list[BaseException] = []

    @click.command()
    def fail() -> None:
        raise raised[0]

    commands.add_command(fail)
    yield raised
    del commands.commands["fail"]


def test_without_a_command_it_prints_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "simulate" in capsys.readouterr().out


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("speciosa 0.")


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (InputError("key", 3, "4"), 2, "key: got 3; expected 4"),
        (InputError("key", "a\nb", "one\nline"), 2, "key: got 'a\\nb'; expected one line"),
        (SolverError("it did not converge"), 1, "it did not converge"),
        (ModelError("no drug"), 1, "no drug"),
        (MemoryError(), 1, "not enough memory; ask for fewer people or replicates"),
        (KeyboardInterrupt(), 130, "stopped"),
        (FileNotFoundError(2, "No such file", "x.toml"), 2, "x.toml: No such file"),
        (OSError("the disk is full"), 2, "the disk is full"),
    ],
)
def test_a_foreseen_error_is_one_line_and_a_status(
    failing: list[BaseException],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    status: int,
    message: str,
) -> None:
    failing.append(error)
    assert main(["fail"]) == status
    printed = capsys.readouterr()
    assert printed.err == f"error: {message}\n"
    assert printed.out == ""


@pytest.mark.parametrize(
    "arguments", [["simulat"], ["simulate"], ["simulate", "a", "--poeple", "3"], ["--nothing"]]
)
def test_a_wrong_command_line_is_one_line_and_status_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main(arguments) == 2
    message = capsys.readouterr().err
    assert message.startswith("error: ")
    assert message.count("\n") == 1


def test_a_fault_of_ours_shows_its_traceback(failing: list[BaseException]) -> None:
    failing.append(ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        main(["fail"])


def test_a_reader_who_goes_away_is_no_error() -> None:
    script = "import sys; from speciosa.cli.app import main; sys.exit(main(['--help']))"
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([sys.executable, "-c", script], stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert done.stderr == b""
    assert done.returncode == 141
