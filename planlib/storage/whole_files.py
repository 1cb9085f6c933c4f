"""Reads a file whole within bounds, and writes one so that a kill leaves the old or the new one.

The new bytes go beside the file, reach the disk, and then take its name in one step. A link is
followed: what it points to is written, and the link stays; nothing but an ordinary file is ever
replaced. Whoever adds to figures holds a lock that the operating system lets go of however the
process ends.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from filelock import lock_descriptor

from planlib.errors import InputError, Problem, said, system_reason
from planlib.storage.atomic import remove_leftovers_of, replace_below

REASONS = {
    errno.ENOSPC: "storage.disk-full",
    errno.EDQUOT: "storage.disk-full",
    errno.EROFS: "storage.disk-only-read",
    errno.EACCES: "storage.no-permission",
    errno.EPERM: "storage.no-permission",
    errno.ENOENT: "storage.no-such-folder",
    errno.ENOTDIR: "storage.part-path-no-folder",
    errno.EISDIR: "storage.folder-has-this-name",
    errno.ENAMETOOLONG: "storage.name-too-long",
    errno.ELOOP: "storage.links-lead-circle",
    errno.ENXIO: "storage.is-device-or-pipe",
}
LARGEST_TABLE = 2**29  # bytes of a table of figures
LONGEST_NAME = 200  # characters of a name that are told


def read_whole(path: Path, most: int) -> bytes:
    """The bytes of a file; raises InputError for one that cannot be read or is longer than ``most``.

    For whatever a stranger sends: a device, a pipe nobody writes to and a file that grows while it
    is read come back in one line, as do names and links that lead nowhere.
    """
    with open_file(path, most) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise too_long(path, most)
    return data


def open_file(path: Path, most: int) -> IO[bytes]:
    """A file opened for reading; raises InputError as ``read_whole`` does.

    The kind and length are those of what was opened, whatever has the name a moment later.
    """
    try:
        # A pipe that nobody writes to would block the opening itself.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        )
    except (OSError, ValueError) as error:
        raise unread(path, error) from None
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        folder = stat.S_ISDIR(status.st_mode)
        kind = said("storage.is-a-folder") if folder else said("storage.pipe-or-device")
        raise InputError([Problem(said("storage.cannot-read", reason=kind), str(path))])
    if status.st_size > most:
        os.close(handle)
        raise too_long(path, most)
    return os.fdopen(handle, "rb")


def unread(path: Path, error: Exception) -> InputError:
    """Why a file cannot be read, as one problem; the name is cut where it is the fault."""
    name = str(path)
    shown = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
    return InputError([Problem(said("storage.cannot-read", reason=system_reason(error)), shown)])


def too_long(path: Path, most: int) -> InputError:
    """A file longer than is read."""
    size = most // 2**20
    return InputError([Problem(said("storage.file-too-large", size=size), str(path))])


@contextlib.contextmanager
def only_writer(path: Path) -> Iterator[None]:
    """Hold a file for writing; waits for another writer. Raises InputError where it cannot be held.

    The lock is a file of its own beside it, since the file itself is replaced. It stays, empty.
    """
    target = target_of(path)
    lock = target.with_name(f".{target.name}.lock")
    try:
        # A link that somebody put there is not followed: it could lead to any file.
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        handle = os.fdopen(os.open(lock, flags, 0o666), "r+b")
    except OSError as error:
        raise unwritten(path, error) from None
    with handle:
        lock_descriptor(handle.fileno())
        yield


def replace_bytes(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file in one step; whatever fails, the old one stays. Raises InputError."""
    target = target_of(path)
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else None
        replace_below(target.parent, target.name, parts, durable=True, mode=mode, make=False)
    except OSError as error:
        raise unwritten(path, error) from None
    with contextlib.suppress(OSError):  # the file is there; not every disk can promise its name
        _sync_folder(target.parent)


def target_of(path: Path) -> Path:
    """The file that writing to a path would replace: behind every link, and an ordinary one.

    Raises InputError for a device, a pipe, a folder, a file that may not be written to, and a path
    that leads nowhere.
    """
    try:
        target = path.resolve()
        mode = target.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "")
        if not stat.S_ISREG(mode):
            raise OSError(errno.ENXIO, "")
        with target.open("r+b"):  # replacing it would ask only whether the folder may be written to
            pass
    except FileNotFoundError:
        return target
    except RuntimeError:  # a circle of links, as Python tells it
        raise unwritten(path, OSError(errno.ELOOP, "")) from None
    except ValueError:
        message = said("storage.no-file-name")
        raise InputError([Problem(message, str(path))]) from None
    except OSError as error:
        raise unwritten(path, error) from None
    return target


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file, by whatever links; not where one leads nowhere."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def remove_leftovers(path: Path) -> None:
    """Remove what a killed writer left beside a file; only for the holder of its lock."""
    remove_leftovers_of(path.resolve())


def reason(error: OSError) -> str:
    """Why something could not be written, in words a catalogue knows."""
    known = REASONS.get(error.errno or 0)
    return said(known) if known else system_reason(error)


def unwritten(path: Path, error: OSError) -> InputError:
    """The one line about a file that could not be written."""
    return InputError([Problem(said("storage.cannot-written", reason=reason(error)), str(path))])


def _sync_folder(folder: Path) -> None:
    """The new name itself must reach the disk; raises OSError where a system cannot do that."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
