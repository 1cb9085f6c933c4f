"""What a worker is told of a job and what it answers, as they travel between processes.

Apart from the worker itself, which imports papermill: a master and a cluster only pass them on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from planlib.batch.notebooks.text import why_unread

if TYPE_CHECKING:
    from planlib.batch.notebooks.parameters import Value
    from planlib.storage.store import Store

# What a worker makes ready before its first task: a template, or what planlib's notebooks call.
WARM, CALLS = "--warm", "--calls"
ENGINES = ("auto", "papermill", "fork")
BEAT, BEAT_SECONDS = "alive", 2.0  # what a worker that is busy says, and every how many seconds


@dataclass(frozen=True)
class Task:
    """What a worker needs to know of a job.

    ``executed`` is where the notebook goes, ``failed`` where one that stopped goes; ``page``,
    ``frame`` and ``links`` are those of its page; all three are names below ``out``, a folder or an
    address, or paths where that is empty. ``folder`` is where the cells stand. Empty means none,
    and for the folder the current one. ``text`` is the notebook itself, for a machine that does not
    have the file. ``recorded`` are parameters that the written notebook states otherwise than the
    cells were given them. With ``return_files`` the files are not written but handed back.
    ``timeout`` is in seconds for the whole notebook.
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
    out: str = ""
    links: str = ""
    text: str = ""
    recorded: dict[str, Value] = field(default_factory=dict)
    return_files: bool = False

    def line(self) -> str:
        """The task as one line."""
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class AskedDocument:
    """A document to make of an area: its name below the reports folder, and what it is of.

    ``period`` is as ``planlib report`` takes it, or ``midterm``; ``before`` the hash of the file as
    a run wrote it last.
    """

    name: str
    kind: str
    plan: str
    area: str
    period: str
    lang: str
    audience: str
    as_of: str = ""
    remarks: str = ""
    before: str = ""


@dataclass(frozen=True)
class DocumentTask:
    """Documents that a worker makes together; the other fields are those of a ``Task``.

    ``run`` names the run: plans are read once for each.
    """

    documents: tuple[AskedDocument, ...]
    run: str = ""
    out: str = ""
    folder: str = ""
    timeout: float | None = None
    return_files: bool = False

    def line(self) -> str:
        """The task as one line."""
        return json.dumps(asdict(self))


AnyTask = Task | DocumentTask


def task_of(line: str) -> AnyTask:
    """The task of a line."""
    read = json.loads(line)
    if "documents" not in read:
        return Task(**read)
    asked = tuple(AskedDocument(**one) for one in read.pop("documents"))
    return DocumentTask(asked, **read)


@dataclass(frozen=True)
class TaskResult:
    """What came of a task.

    ``trouble`` is set where the files could not be written. ``hashes`` are those of the files, by
    name; ``files`` the files themselves where they are handed back, ``encoded`` those that are no
    text, in base64. ``failures`` say of single documents why they were not made. ``attempts``
    counts how often the job was tried.
    """

    seconds: float = 0.0
    failure: dict[str, Any] | None = None
    trouble: str = ""
    hashes: dict[str, str] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    attempts: int = 1
    failures: dict[str, str] = field(default_factory=dict)
    encoded: dict[str, str] = field(default_factory=dict)

    def line(self) -> str:
        """The result as one line."""
        return json.dumps(asdict(self))


def unreadable(error: BaseException) -> TaskResult:
    """The result for a notebook that was there when the run began, and is none any more."""
    return failed(f"the notebook cannot be read: {why_unread(error)}")


def failed(why: str, seconds: float = 0.0) -> TaskResult:
    """The result for a job that failed outside the cells of its notebook."""
    return TaskResult(seconds, failure={"cell": None, "source": "", "error": why, "at": ""})


def put(store: Store, files: Mapping[str, str], failed: str) -> None:
    """Write the files of a job; a notebook that stopped before is gone once the job ran.

    Raises OSError.
    """
    for name, text in files.items():
        store.write(name, text)
    if failed and failed not in files:
        store.remove(failed)


def reason(error: OSError) -> str:
    """Why a file could not be written, with the file."""
    where = f": {error.filename}" if error.filename else ""
    return f"{error.strerror or error}{where}"
