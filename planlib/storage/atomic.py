"""Files that are whole or not there: written beside their place, then moved into it.

A run may be killed at any moment, and a reader may open a page at any moment; both must find
either the old file or the new one. What a killed run leaves behind is recognised by its name.

Whoever else may write to a folder can put links there. None is followed on writing: neither a link
in the place of a folder below the first one, nor one in the place of a file.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

Stamp = tuple[int, ...]
PART = ".part"
DEEP = 2  # folders of reviews are so far below that of all
LONGEST_PART = 160  # bytes of the name kept while it is written; 255 are a name's limit
_LEFTOVER = re.compile(r"^\..+\.[0-9]+\.part$")
# What Windows does not know; there a path is looked at instead before it is used.
NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
NOWAIT = getattr(os, "O_NONBLOCK", 0)  # a pipe would let an opener wait for its other end
_BINARY = getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | NOFOLLOW
_BELOW = os.open in os.supports_dir_fd


def write_whole(path: Path, text: str) -> None:
    """Write a text file in one step; whatever fails, the old file stays. Raises OSError."""
    write_below(path.parent, path.name, text)


def write_below(root: Path, name: str, text: str | bytes) -> None:
    """Write a file below a folder in one step; raises OSError where a link is in the way."""
    replace_below(root, name, [encoded(text)])


def encoded(text: str | bytes) -> bytes:
    """The bytes of a file: those of a text are UTF-8."""
    return text.encode() if isinstance(text, str) else text


def replace_below(
    root: Path,
    name: str,
    parts: Iterable[bytes],
    *,
    durable: bool = False,
    mode: int | None = None,
    make: bool = True,
) -> None:
    """Write a file below a folder in one step; raises OSError where a link stands in the way.

    ``durable``: its bytes have reached the disk before it takes its name. ``mode`` are its rights,
    the usual ones by default. ``make``: folders that are missing are made.
    """
    with _named(root / name), inside(root, name, make=make) as (folder, last):
        part = _beside(last)
        try:
            with os.fdopen(_fresh(part, folder), "wb") as handle:
                for data in parts:
                    handle.write(data)
                if durable:
                    handle.flush()
                    os.fsync(handle.fileno())
            if mode is not None:
                os.chmod(part, mode, dir_fd=folder)
            os.replace(part, last, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(part, dir_fd=folder)
            raise


def write_changed(path: Path, text: str | bytes, root: Path | None = None) -> bool:
    """Write a file unless it already says so; returns whether it was written. Raises OSError.

    ``root`` is the folder below which no link is followed, the file's own by default.
    """
    root = path.parent if root is None else root
    with contextlib.suppress(OSError, ValueError):  # not there, or not text: written anew
        if not path.is_symlink() and read_bytes(path) == encoded(text):
            return False
    write_below(root, path.relative_to(root).as_posix(), text)
    return True


def read_bytes(path: Path, size: int = -1) -> bytes:
    """A file, or its first bytes; raises OSError for what is no file, such as a pipe or a device."""
    handle = os.fdopen(os.open(path, os.O_RDONLY | NOWAIT | _BINARY), "rb")
    with handle:
        mode = os.fstat(handle.fileno()).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "a pipe or a device, not a file", str(path))
        return handle.read(size)


def create_below(root: Path, name: str) -> IO[bytes]:
    """Make a new file, unbuffered; raises FileExistsError where there is one, else OSError."""
    with _named(root / name), inside(root, name, make=True) as (folder, last):
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW | _BINARY
        return os.fdopen(os.open(last, flags, 0o666, dir_fd=folder), "wb", buffering=0)


def remove_below(root: Path, name: str) -> None:
    """Remove a file; nothing happens where there is none. Raises OSError."""
    with (
        contextlib.suppress(FileNotFoundError),
        _named(root / name),
        inside(root, name) as (folder, last),
    ):
        os.unlink(last, dir_fd=folder)


@contextlib.contextmanager
def inside(root: Path, name: str, *, make: bool = False) -> Iterator[tuple[int | None, str]]:
    """The folder of a file below another, opened, and the file's name in it.

    Raises OSError where a link stands in the place of a folder. With ``make`` folders that are
    missing are made; whoever may write to the folder around one may write to it too.
    """
    *folders, last = name.split("/")
    if make:
        root.mkdir(parents=True, exist_ok=True)
    if not _BELOW:
        for part in (folder := root / "/".join(folders), *folder.parents):
            if part != root and part.is_relative_to(root) and part.is_symlink():
                raise _in_the_way(part)
        if make:
            folder.mkdir(parents=True, exist_ok=True)
        yield None, str(folder / last)
        return
    here = os.open(root, os.O_RDONLY)
    try:
        path = root
        for part_name in folders:
            path /= part_name
            here = _entered(here, part_name, path, make=make)
        yield here, last
    finally:
        os.close(here)


def _entered(here: int, name: str, path: Path, *, make: bool) -> int:
    """The folder of a name, opened in place of the one around it."""
    made = False
    try:
        if make:
            with contextlib.suppress(FileExistsError):
                os.mkdir(name, dir_fd=here)
                made = True
        found = os.open(name, _FOLDER, dir_fd=here)
    except OSError as error:
        if path.is_symlink():
            raise _in_the_way(path) from None
        raise OSError(error.errno, error.strerror, str(path)) from None
    if made:
        share(found, os.fstat(here).st_mode)
    os.close(here)
    return found


def share(descriptor: int, folder: int) -> None:
    """Let those use something new who may write to the folder it is in, by the folder's mode."""
    theirs = 0
    for writes, all_three in ((stat.S_IWGRP, stat.S_IRWXG), (stat.S_IWOTH, stat.S_IRWXO)):
        theirs |= all_three if folder & writes else 0
    theirs |= folder & stat.S_ISVTX if theirs else 0
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISDIR(mode):
        theirs &= 0o066
    if theirs & ~mode:
        os.fchmod(descriptor, stat.S_IMODE(mode) | theirs)


def _in_the_way(path: Path) -> OSError:
    return OSError(errno.ELOOP, "a link stands where a folder of the reports must be", str(path))


def _beside(name: str) -> str:
    """Where a file is written before it is in its place."""
    path = Path(name)
    return str(path.with_name(f".{_short(path.name)}.{os.getpid()}{PART}"))


def _short(name: str) -> str:
    return name.encode()[:LONGEST_PART].decode(errors="ignore")


def _fresh(name: str, folder: int | None) -> int:
    """A file of our own making: what stood there, left or planted, is removed and not followed."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | NOFOLLOW | _BINARY
    with contextlib.suppress(FileExistsError):
        return os.open(name, flags, 0o666, dir_fd=folder)
    os.unlink(name, dir_fd=folder)
    return os.open(name, flags, 0o666, dir_fd=folder)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Errors name the file that was asked for, not the one beside it."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ELOOP and error.filename:
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from None


def remove_leftovers_of(path: Path) -> None:
    """Remove what killed writers left beside one file; only for the holder of its lock."""
    for left in path.parent.glob(f".{glob.escape(_short(path.name))}.*{PART}"):
        with contextlib.suppress(OSError):
            left.unlink(missing_ok=True)


def remove_leftovers(folder: Path, stamps: dict[str, dict[str, Stamp]] | None = None) -> int:
    """Remove the unfinished files of a killed run below a folder; returns how many there were.

    Only for the holder of the folder's lock: nobody else may be writing there. ``stamps`` takes
    those of all other files of each folder two below this one, by their names in it.
    """
    found, waiting = 0, [("", "", 0)]  # below this folder, below one of those, and how far
    while waiting:
        below, inside, depth = waiting.pop()
        # What is not seen to its end is taken for changed.
        with contextlib.suppress(OSError), os.scandir(f"{folder}/{below}") as entries:
            mine = None
            if stamps is not None and depth >= DEEP:
                mine = stamps.setdefault(below.removesuffix(f"/{inside}").removesuffix("/"), {})
            for entry in entries:
                name = entry.name
                if entry.is_dir(follow_symlinks=False):
                    deeper = f"{inside}{name}/" if depth >= DEEP else ""
                    waiting.append((f"{below}{name}/", deeper, depth + 1))
                elif name.endswith(PART) and _LEFTOVER.match(name):
                    Path(entry.path).unlink(missing_ok=True)
                    found += 1
                elif mine is not None:
                    mine[f"{inside}{name}"] = stamp_of(entry)
    return found


def stamp_of(entry: os.DirEntry[str]) -> Stamp:
    """Size, times and number of a file in a folder; of what is no file nothing."""
    its = entry.stat(follow_symlinks=False)
    if not stat.S_ISREG(its.st_mode):
        return ()
    return its.st_size, its.st_mtime_ns, its.st_ctime_ns, its.st_ino
