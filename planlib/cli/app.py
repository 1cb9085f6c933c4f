"""The commands, thin: each reads its arguments, calls one floor below, and prints.

Exit codes: 0 done, 1 problems in the user's input, 2 wrong usage, 3 a notebook or job failed,
130 stopped.
"""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from planlib import __version__
from planlib.cli.command_table import CommandTable
from planlib.cli.help.language import language_of_help, speak, told_wrong
from planlib.cli.terminal import forget, lang_asked, tell
from planlib.errors import InputError, Problem, said


def tell_version(wanted: bool) -> None:
    """Print planlib's version and stop, where it was asked for."""
    if wanted:
        tell(f"planlib {__version__}")
        raise typer.Exit


HELP = {"--help", "--show-completion"}
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}  # the disk of a redirected output


class Commands(TyperGroup):
    """Problems in the user's input become lines in the language that was asked for, no traceback."""

    _arguments: Sequence[str] = ()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given | {"commands": CommandTable()})

    def main(self, args: Sequence[str] | None = None, *more: Any, **other: Any) -> Any:
        self._arguments = sys.argv[1:] if args is None else list(args)
        if not self._arguments or HELP & {*self._arguments}:
            speak(self, language_of_help(self._arguments))
        return super().main(args, *more, **other)

    def make_context(self, *given: Any, **more: Any) -> Any:
        with self._usage_told():
            return super().make_context(*given, **more)

    @contextmanager
    def _usage_told(self) -> Iterator[None]:
        """Errors of usage are told in the language of help."""
        try:
            yield
        except typer.BadParameter.__base__ as error:  # type: ignore[misc]  # UsageError
            lang = language_of_help(self._arguments)
            if HELP.isdisjoint(self._arguments):
                speak(self, lang)
            message = told_wrong(error.format_message(), lang)
            error.format_message = lambda: message
            raise

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]
        try:
            try:
                with self._usage_told():
                    return super().invoke(ctx)
            finally:
                if sys.stdout is not None:  # as where its output was closed from the start
                    sys.stdout.flush()  # what was printed may still have nowhere to go
        except InputError as error:
            _tell(error.problems)
            raise typer.Exit(1) from None
        except BrokenPipeError:
            raise
        except OSError as error:
            _tell([_refused(error)])
            raise typer.Exit(1) from None
        finally:
            forget()


def _refused(error: OSError) -> Problem:
    """What the system refuses of a user's file, or of the output, that nobody has told already."""
    from planlib.storage.whole_files import reason

    if error.filename is not None:
        message = said("cli.list-cannot-be-used", reason=reason(error))
        return Problem(message, str(error.filename))
    if error.errno not in FULL:
        raise error
    # Or the interpreter tries once more to print it, and complains.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    message = said("storage.cannot-written", reason=reason(error))
    return Problem(message, subject=said("cli.output-subject"))


def _tell(problems: Sequence[Problem]) -> None:
    """One line a problem, in the language that was asked for."""
    for problem in problems:
        tell(problem.in_language(lang_asked()), file=sys.stderr)


app = typer.Typer(
    name="planlib",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def start(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=tell_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Turn a government term plan and its yearly figures into verdicts anyone can replay."""


SELDOM = 200_000  # objects made between two looks for garbage: modules and plans are none


def main() -> None:
    """Run the command line."""
    gc.set_threshold(SELDOM, *gc.get_threshold()[1:])
    try:
        app(prog_name="planlib")
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
    finally:
        gc.freeze()  # or the interpreter looks for garbage in all that ends with it anyway
