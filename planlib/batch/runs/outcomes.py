"""What came of a run, job by job, and who is told while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from planlib.batch.jobs.documents import DocumentJob
from planlib.batch.jobs.jobs import Job
from planlib.batch.workers.failure import NotebookFailure

if TYPE_CHECKING:
    from planlib.report.site.areas.overview import Each


class Listener(Protocol):
    """Who is told how a run goes."""

    def expect(self, jobs: int, reused: int) -> None:
        """So many jobs will be run, and so many are done already."""

    def started(self, label: str) -> None:
        """A job was taken up."""

    def finished(self, label: str, seconds: float, failure: str) -> None:
        """A job ended; ``failure`` is empty where it ended well."""

    def after(self, stage: str, done: int, total: int) -> None:
        """So much is done of what is made of all jobs together; ``stage`` is the id of its name."""


def heard(listener: Listener, stage: str, each: Each, total: int = 0) -> Each:
    """Does the same, and tells how far it is; of how many, where not all are given at once."""
    done = count(1)

    def told(work: Callable[[Any], Any], items: Sequence[Any]) -> Iterator[Any]:
        for result in each(work, items):
            listener.after(stage, next(done), total or len(items))
            yield result

    return told


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job; ``why`` it was run, and empty where its files of before were left.

    ``failed_notebook`` is the name of the notebook that stopped, empty where none could be kept.
    """

    job: Job
    seconds: float
    failure: NotebookFailure | None
    why: str = "asked"
    attempts: int = 1
    failed_notebook: str = ""

    @property
    def reused(self) -> bool:
        """Whether it was done already."""
        return not self.why


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """What came of a document; ``failure`` says why it was not made, ``why`` it had to be."""

    job: DocumentJob
    seconds: float
    failure: str
    why: str = "asked"
    attempts: int = 1

    @property
    def reused(self) -> bool:
        """Whether it was done already."""
        return not self.why


@dataclass(frozen=True)
class RunReport:
    """What came of a run: its pages, its index by language, the documents beside the pages.

    ``moved`` says that inputs changed while it ran.
    """

    outcomes: tuple[Outcome, ...]
    index: Mapping[str, Path | str]
    seconds: float
    moved: bool = False
    documents: tuple[DocumentOutcome, ...] = ()

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """The jobs whose notebook stopped."""
        return tuple(outcome for outcome in self.outcomes if outcome.failure is not None)

    @property
    def unmade(self) -> tuple[DocumentOutcome, ...]:
        """The documents that were not made."""
        return tuple(one for one in self.documents if one.failure)
