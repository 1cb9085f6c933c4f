"""One run at a time at an address, where no operating system holds a lock.

The run writes a small file that says until when the address is its own, and writes it again long
before then. A run that was killed stops doing so, and a minute later the address is free. Two runs
that begin in the same instant may both get through: each then writes the same bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import threading
import time
from collections.abc import Iterator

from planlib.batch.runs.lock import NAME
from planlib.errors import InputError, Problem, said
from planlib.storage.store import Store

SECONDS = 60.0


@contextlib.contextmanager
def lease(store: Store) -> Iterator[None]:
    """Hold an address; raises InputError where another run does, OSError where it is read-only."""
    who = f"process {os.getpid()} on {socket.gethostname()}"
    _check(store)
    _write(store, who)
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(SECONDS / 3):
            with contextlib.suppress(OSError):  # the run itself will tell what is wrong
                _write(store, who)

    thread = threading.Thread(target=renew, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        with contextlib.suppress(OSError):
            store.remove(NAME)


def _write(store: Store, who: str) -> None:
    store.write(NAME, json.dumps({"who": who, "until": time.time() + SECONDS}))


def _check(store: Store) -> None:
    try:
        found = json.loads(store.read(NAME))
        who, left = str(found["who"]), float(found["until"]) - time.time()
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return
    if left > 0:
        message = said("batch.lock-held-at-address", who=who)
        hint = said("batch.wait-until-done-or-seconds", n=round(min(left, SECONDS)))
        raise InputError([Problem(message, subject=f"'{store.place}'", hint=hint)])
