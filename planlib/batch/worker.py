"""A process that runs jobs: ``python -m planlib.batch.worker``, one line of JSON for each.

A process of its own rather than ``multiprocessing``: that imports the caller's ``__main__`` again,
and one worker that is killed takes the whole pool with it. The heavy imports and the page exporter
are made once and serve every job of the process.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from planlib.batch.parameters import Value
from planlib.publish.frame import Frame

WARM = "--warm"


@dataclass(frozen=True)
class Order:
    """What a worker needs to know of a job.

    ``executed`` is where the notebook goes, ``failed`` where one that stopped goes; ``page`` and
    ``frame`` are those of its page; ``folder`` is where the cells stand. Empty means none, and for
    the folder the current one.
    """

    notebook: str
    executed: str
    parameters: dict[str, Value] = field(default_factory=dict)
    failed: str = ""
    page: str = ""
    frame: dict[str, Any] = field(default_factory=dict)
    folder: str = ""
    engine: str = "auto"
    timeout: float | None = None

    def line(self) -> str:
        """The order as one line."""
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Answer:
    """What came of an order. ``trouble`` is set where the files could not be written."""

    seconds: float = 0.0
    failure: dict[str, Any] | None = None
    trouble: str = ""

    def line(self) -> str:
        """The answer as one line."""
        return json.dumps(asdict(self))


class Worker:
    """Carries out orders, one after another."""

    def __init__(self) -> None:
        from planlib.publish.page import PageMaker

        self._maker = PageMaker()

    def carry_out(self, order: Order) -> Answer:
        """Run the notebook, write it and its page. A page comes before its notebook."""
        import nbformat

        from planlib.batch.cleaning import clean, text_of
        from planlib.batch.execute import execute
        from planlib.publish.files import write_changed

        began = time.monotonic()
        executed = Path(order.executed)
        try:
            executed.parent.mkdir(parents=True, exist_ok=True)
            notebook = nbformat.read(order.notebook, as_version=4)
            folder = Path(order.folder) if order.folder else None
            done, failure = execute(
                notebook, order.parameters, folder, engine=order.engine, timeout=order.timeout
            )
            done = clean(done)
            if failure is not None:
                if order.failed:
                    write_changed(Path(order.failed), text_of(done))
                return Answer(time.monotonic() - began, asdict(failure))
            if order.page:
                page = self._maker.page(done, Frame(**order.frame))
                write_changed(Path(order.page), page)
            write_changed(executed, text_of(done))
            if order.failed:
                Path(order.failed).unlink(missing_ok=True)
        except OSError as error:
            return Answer(time.monotonic() - began, trouble=reason(error))
        return Answer(time.monotonic() - began)


def reason(error: OSError) -> str:
    """Why a file could not be written, with the file."""
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}"


def main() -> None:
    """Answer orders until there are no more. Whatever libraries print goes to standard error."""
    # An optional part of jsonschema builds a grammar of web addresses for over a second when it is
    # imported; no notebook is checked with it.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    with contextlib.ExitStack() as stack:
        if WARM in sys.argv[1:]:
            from planlib.batch.fork.entry import unfit_system
            from planlib.batch.fork.supervise import templates

            if not unfit_system():
                # It warms up while this process imports what it needs itself.
                templates.get()
                stack.callback(templates.stop)
        worker = Worker()
        print(json.dumps({"ready": True}), file=answers, flush=True)
        for line in sys.stdin:
            answer = worker.carry_out(Order(**json.loads(line)))
            print(answer.line(), file=answers, flush=True)


if __name__ == "__main__":
    main()
