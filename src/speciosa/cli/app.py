"""The command `speciosa`: its list of commands, and how every error ends.

An error that was foreseen is one line on standard error. Exit status: 0 done, 1 could not be
computed or must not (an emergency), 2 something handed over is wrong, 130 stopped with Ctrl-C, 141
the reader of the output went away. Anything else is a fault of ours and shows its traceback.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

import click

from speciosa import __version__
from speciosa.cli.cache import cache
from speciosa.cli.check import check
from speciosa.cli.cite import cite
from speciosa.cli.claims import claims
from speciosa.cli.compare import compare
from speciosa.cli.explain import explain
from speciosa.cli.interactions import interactions
from speciosa.cli.report import report
from speciosa.cli.serve import serve
from speciosa.cli.show import show
from speciosa.cli.simulate import simulate
from speciosa.cli.validate import validate
from speciosa.errors import InputError, SpeciosaError

_WRONG_INPUT = 2
_NOT_COMPUTED = 1
_STOPPED = 130
_READER_GONE = 141


class _Ended(Exception):
    """Carries an ending past click, which would print or exit in its own way."""

    def __init__(self, status: int, message: str) -> None:
        self.status, self.message = status, message
        super().__init__(message)


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise _Ended(_STOPPED, "stopped") from error
        except BrokenPipeError:
            raise  # click knows what to do
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            raise _Ended(_WRONG_INPUT, f"{place}{error.strerror or error}") from error


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="A research and education tool: not medical advice, and no advice on what to take.",
)
@click.version_option(__version__, message="speciosa %(version)s")
@click.pass_context
def commands(ctx: click.Context) -> None:
    """An open, executable pharmacology of kratom."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


_COMMANDS = (
    *(simulate, check, report, interactions, compare, show, explain),
    *(claims, cite, validate, serve, cache),
)
for _command in _COMMANDS:
    commands.add_command(_command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit status."""
    try:
        for stream in (sys.stdout, sys.stderr):
            # A terminal that knows no bullet gets a question mark and not a traceback.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        status = commands.main(arguments, prog_name="speciosa", standalone_mode=False)
        if isinstance(sys.stdout, io.TextIOBase):  # closed streams are None
            sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except _Ended as end:
        return _say(end.message, end.status)
    except (BrokenPipeError, SystemExit):
        # Without its own printing, click leaves by SystemExit only when nobody reads the output.
        return _leave_quietly()
    except InputError as error:
        return _say(str(error), _WRONG_INPUT)
    except click.ClickException as error:
        return _say(error.format_message(), _WRONG_INPUT)
    except SpeciosaError as error:
        return _say(str(error), _NOT_COMPUTED)
    except MemoryError:
        return _say("not enough memory; ask for fewer people or replicates", _NOT_COMPUTED)


def _say(message: str, status: int) -> int:
    """One line on standard error, whatever the message holds."""
    click.echo(f"error: {' '.join(message.split())}", err=True)
    return status


def _leave_quietly() -> int:
    """Nobody reads on: keep Python's own flush at the end from complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return _READER_GONE
