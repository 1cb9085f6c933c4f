"""One run at a time in a reports folder: two would undo each other's index.

The operating system holds the lock and lets go when the process ends, however it ends, so a
killed run never leaves a folder locked. The file stays; it is empty between runs. It is opened
here and not by filelock, which refuses a file that others may only read and, in a sticky folder,
one of another user, and takes a file of two names; people share report folders in just these ways.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from filelock import lock_descriptor

from planlib.errors import InputError, Problem, said
from planlib.storage.atomic import NOFOLLOW, NOWAIT, share

NAME = ".planlib.lock"
LOCKED = " "  # the byte that Windows locks, which nobody else can read there; who holds it follows


@contextlib.contextmanager
def only_run(out: Path) -> Iterator[None]:
    """Hold the folder; raises InputError where another run does, OSError where it is read-only."""
    with _opened(out) as handle:
        if not lock_descriptor(handle.fileno(), blocking=False):
            handle.seek(len(LOCKED))
            who = handle.read(20).strip()
            message = said("batch.lock-held-unknown-process")
            if who.isdigit():
                message = said("batch.lock-held-by-process", who=who)
            hint = said("batch.wait-until-done-choose")
            raise InputError([Problem(message, file=str(out), hint=hint)])
        _say(handle, f"{LOCKED}{os.getpid()}")
        try:
            yield
        finally:
            _say(handle, "")


def _say(handle: IO[str], who: str) -> None:
    """Write who holds the lock, where the file is ours to write."""
    if handle.writable():
        handle.seek(0)
        handle.truncate(0)
        handle.write(who)
        handle.flush()


def _opened(out: Path) -> IO[str]:
    """The file of the lock, made if need be; raises InputError for what is no file of its own.

    A link is not followed, so nobody is led to write to another file. Another user's file serves
    as well where it can be read: the lock is held by the system, and only the number is not told.
    """
    path = out / NAME
    plain = NOFOLLOW | NOWAIT
    descriptor, writes = None, True
    while descriptor is None:
        try:
            descriptor = os.open(path, os.O_RDWR | plain)
        except FileNotFoundError:
            # Not in one step with the opening: in a sticky folder the system refuses that.
            with contextlib.suppress(FileExistsError):
                descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | plain, 0o666)
                share(descriptor, out.stat().st_mode)
        except PermissionError:
            descriptor, writes = os.open(path, os.O_RDONLY | plain), False
        except OSError as error:
            if path.is_symlink():
                raise _not_ours(path, said("batch.kind-link")) from None
            if path.is_dir():
                raise _not_ours(path, said("batch.kind-folder")) from None
            raise OSError(error.errno, error.strerror, str(path)) from None
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
        os.close(descriptor)
        regular = stat.S_ISREG(found.st_mode)
        what = (
            said("batch.kind-file-of-two-names") if regular else said("batch.kind-pipe-or-device")
        )
        raise _not_ours(path, what)
    mode = "r+" if writes else "r"
    return os.fdopen(descriptor, mode, encoding="ascii", errors="replace")


def _not_ours(path: Path, what: str) -> InputError:
    message = said("batch.lock-not-a-file", found=what)
    return InputError([Problem(message, file=str(path), hint=said("batch.remove-to-make-again"))])
