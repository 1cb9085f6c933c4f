"""One run at a time in a reports folder, wherever that is, and nothing left of the one before."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from planlib.batch.lease import lease
from planlib.batch.lock import only_run
from planlib.publish.files import remove_leftovers
from planlib.publish.store import LocalStore, Store


@contextlib.contextmanager
def hold(store: Store) -> Iterator[None]:
    """Hold a folder; raises InputError where another run does, OSError where it is read-only."""
    if not isinstance(store, LocalStore):
        with lease(store):
            yield
        return
    store.root.mkdir(parents=True, exist_ok=True)
    with only_run(store.root):
        remove_leftovers(store.root)
        yield
