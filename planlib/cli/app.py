"""The commands, thin: each reads its arguments, calls one floor below, and prints.

Exit codes: 0 done, 1 problems in the user's input, 2 wrong usage, 3 a notebook or job failed,
130 stopped.
"""

from __future__ import annotations

import sys

import typer

from planlib.cli.batch_command import batch
from planlib.cli.changes_command import changes
from planlib.cli.office_commands import export, import_file, template
from planlib.cli.plan_commands import check, goals, plans, schema, score
from planlib.cli.report_commands import notebooks, review, verify
from planlib.cli.research_commands import backtest, methods
from planlib.errors import InputError, NotebookFailed

app = typer.Typer(
    name="planlib",
    help="Turn a government term plan and its yearly figures into verdicts anyone can replay.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for command in (plans, goals, check, score, changes, review, batch, verify, template):
    app.command()(command)
app.command("import")(import_file)
for further in (export, methods, backtest, notebooks, schema):
    app.command()(further)


def main() -> None:
    """Run the command line; problems in the user's input become lines, not tracebacks."""
    try:
        app()
    except InputError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        raise SystemExit(1) from None
    except NotebookFailed as error:
        print(error, file=sys.stderr)
        raise SystemExit(3) from None
    except BrokenPipeError:
        sys.stderr.close()
        raise SystemExit(0) from None
