"""``batch-log.jsonl``: what a batch did, one line a job, for people and programs afterwards.

The only file of a reports folder that says when and how long: everything else is the same for the
same inputs. So no seal of the folder counts it; it holds a hash of its own.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from planlib.batch.runs.outcomes import DocumentOutcome, Outcome
from planlib.batch.runs.settings import BatchSettings
from planlib.errors import without_secrets
from planlib.storage.store import Store
from planlib.verify.evidence import LOG as LOG
from planlib.verify.evidence import sealed_log


def write_log(
    store: Store, outcomes: Iterable[Outcome], documents: Iterable[DocumentOutcome], began: float,
    settings: BatchSettings,
) -> None:  # fmt: skip
    """Write the log of a run. Raises OSError."""
    lines = [*map(_line, outcomes), *map(_document_line, documents)]
    counts = {word: sum(one["status"] == word for one in lines) for word in STATUSES}
    head = {
        "began": _moment(began),
        "ended": _moment(time.time()),
        "seconds": round(time.time() - began, 3),
        "engine": settings.engine,
        "cluster": settings.cluster,
        **counts,
    }
    texts = [without_secrets(json.dumps(one, ensure_ascii=False)) for one in [head, *lines]]
    store.write(LOG, sealed_log("".join(f"{line}\n" for line in texts)))


STATUSES = ("ran", "reused", "failed")


def _line(outcome: Outcome) -> dict[str, Any]:
    failure = outcome.failure
    line: dict[str, Any] = {
        "job": outcome.job.name,
        "status": "failed" if failure else "reused" if outcome.reused else "ran",
        "why": outcome.why,
        "seconds": round(outcome.seconds, 3),
        "attempts": outcome.attempts,
        "parameters": dict(outcome.job.parameters),
    }
    if failure is not None:
        line |= {
            "cell": failure.cell,
            "source": failure.source,
            "error": failure.error,
            "at": failure.at,
            "kept": outcome.failed_notebook,
        }
    return line


def _document_line(outcome: DocumentOutcome) -> dict[str, Any]:
    line: dict[str, Any] = {
        "job": outcome.job.name,
        "status": "failed" if outcome.failure else "reused" if outcome.reused else "ran",
        "why": outcome.why,
        "seconds": round(outcome.seconds, 3),
        "attempts": outcome.attempts,
    }
    return line | ({"error": outcome.failure} if outcome.failure else {})


def _moment(now: float) -> str:
    """A moment in UTC; the one that SOURCE_DATE_EPOCH fixes, where it does.

    >>> _moment(0.0)[:10] if "SOURCE_DATE_EPOCH" not in os.environ else "1970-01-01"
    '1970-01-01'
    """
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(fixed) if fixed.isdigit() else now, UTC).isoformat(
        timespec="seconds"
    )
