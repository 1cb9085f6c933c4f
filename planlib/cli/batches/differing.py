"""``planlib diff``: what moved between two runs, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from planlib.cli.options import JsonOption, SpeechOption, checked_language
from planlib.cli.terminal import tell, tell_json, wrong_use
from planlib.errors import said

ENDINGS = (".html", ".md")
MOST = 20  # moves of a page told on the screen; a page written to a file tells all


def diff(
    old: Annotated[Path, typer.Argument(help="The reports folder of the earlier run.")],
    new: Annotated[Path, typer.Argument(help="The reports folder of the later run.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Write the page to this file, which ends in .html or .md."
        ),
    ] = None,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="Exit with 1 where anything moved.")
    ] = False,
    as_json: JsonOption = False,
    lang: SpeechOption = "en",
) -> None:
    """What moved between two runs: verdicts, figures, sentences and pictures, with why.

    Pages are compared by what they say, block by block, and pictures by their text alternative. The
    folders are taken at their word: planlib verify proves them.
    """
    from planlib.batch.difference.record import difference_record
    from planlib.batch.difference.runs import compare_runs
    from planlib.batch.difference.told import DifferencePage
    from planlib.batch.workers.forked import processors
    from planlib.cli.stopping import STOPPED, stoppable
    from planlib.storage.whole_files import replace_bytes

    checked_language(lang)
    ending = "" if out is None else out.suffix.lower()
    if out is not None and ending not in ENDINGS:
        raise wrong_use(said("cli.audit-out-ending", found=repr(out.name)), "--out")
    with stoppable():
        try:
            with _bar() as progress:
                found = compare_runs(old, new, processors(), progress)
        except KeyboardInterrupt:
            raise typer.Exit(STOPPED) from None
    if out is not None:
        from planlib.report.render import markdown

        page = DifferencePage(found, lang)
        text = page.to_html() if ending == ".html" else markdown(page.blocks().blocks)
        replace_bytes(out, [text.encode()])
    if as_json:
        tell_json(difference_record(found))
    elif out is None:
        tell(DifferencePage(found, lang, MOST).blocks().text)
    if exit_code and found.moved:
        raise typer.Exit(1)


@contextmanager
def _bar() -> Iterator[Callable[[int, int], None]]:
    """How many reviews are compared, on a terminal while it takes time; nothing anywhere else."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = console.is_terminal
    # It draws when it is told: a thread of its own would be there when processes are forked.
    bar = Progress(*columns, console=console, transient=True, auto_refresh=False, disable=not shown)
    task = bar.add_task("")

    def progress(done: int, of: int) -> None:
        bar.update(task, completed=done, total=of, refresh=True)

    with bar:
        yield progress
