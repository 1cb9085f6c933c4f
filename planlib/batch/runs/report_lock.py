"""One run at a time in a reports folder, wherever that is, and nothing left of the one before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping

from planlib.batch.runs.lease import lease
from planlib.batch.runs.lock import NAME, only_run
from planlib.batch.runs.settings import MANIFEST
from planlib.errors import InputError, Problem, said
from planlib.report.site.frame import INDEX
from planlib.storage.atomic import Stamp, remove_leftovers
from planlib.storage.store import LocalStore, Store
from planlib.verify.evidence import PROOF


@contextlib.contextmanager
def locked(store: Store) -> Iterator[Mapping[str, Mapping[str, Stamp]]]:
    """Hold a folder, with the stamps of the files of each review, as far as there are any.

    Raises InputError where another run does or the pages in it are somebody's, OSError where it is
    read-only.
    """
    _check_ours(store)
    if not isinstance(store, LocalStore):
        with lease(store):
            yield {}
        return
    store.root.mkdir(parents=True, exist_ok=True)
    with only_run(store.root):
        stamps: dict[str, dict[str, Stamp]] = {}
        remove_leftovers(store.root, stamps)
        yield stamps


def _check_ours(store: Store) -> None:
    """Nobody's site is written over: every folder of reports holds more than its index."""
    names = {*store.names()}
    if names & {NAME, MANIFEST, PROOF}:
        return
    for name in sorted(names & {*INDEX.values()}):
        message = said("excel.file-not-written-by-planlib")
        hint = said("batch.move-away-choose-another")
        raise InputError([Problem(message, str(store.path(name)), hint=hint)])
