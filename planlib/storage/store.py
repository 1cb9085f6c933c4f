"""Where reports go: a folder of this machine, or any address that fsspec knows (``s3://…``).

Everything that reads or writes a reports folder does it through a ``Store``, by names with slashes
below its root. A local folder keeps its promise of whole files (see ``planlib.storage.atomic``); at
an address every file is one request, which such services carry out whole or not at all.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any, Protocol

from planlib.errors import InputError, Problem, one_line, said, without_secrets
from planlib.storage.atomic import (
    Stamp,
    create_below,
    encoded,
    read_bytes,
    remove_below,
    stamp_of,
    write_changed,
)

EXTRAS = {"s3": "s3", "s3a": "s3"}  # protocols whose library comes with an extra of planlib


class Store(Protocol):
    """A reports folder. Everything may raise OSError with the reason."""

    shared: bool  # whether other processes of this machine see what is written

    @property
    def place(self) -> str:
        """The folder as a person would type it, for ``open_store`` to open again."""

    def path(self, name: str) -> Path | str:
        """Where a file is, for a person to open."""

    def at(self, folder: str) -> Store:
        """The store of a folder below this one."""

    def names(self) -> list[str]:
        """The names of the files in the folder itself, in order; none where there is no folder."""

    def folders(self) -> list[str]:
        """The names of the folders in the folder itself, in order."""

    def read(self, name: str) -> bytes:
        """A whole file; raises FileNotFoundError where there is none."""

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a file."""

    def write(self, name: str, text: str | bytes) -> None:
        """Put a file in place, whole or not at all."""

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens where there is none."""


class LocalStore:
    """A folder of this machine, the root itself or one below it; no link there is written through."""

    shared = True

    def __init__(self, root: Path, below: str = "") -> None:
        self._top, self._below = root, below
        self.root = root / below if below else root

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.root)

    def path(self, name: str) -> Path:
        """Where a file is."""
        return self.root / name

    def at(self, folder: str) -> LocalStore:
        """A folder below."""
        return LocalStore(self._top, f"{self._below}{folder}/")

    def names(self) -> list[str]:
        """The files in the folder."""
        return self._entries(files=True)

    def folders(self) -> list[str]:
        """The folders in the folder."""
        return self._entries(files=False)

    def _entries(self, *, files: bool) -> list[str]:
        try:
            with os.scandir(self.root) as entries:
                return sorted(entry.name for entry in entries if entry.is_dir() != files)
        except (FileNotFoundError, NotADirectoryError):
            return []

    def stamps(self, below: str = "") -> dict[str, Stamp]:
        """The files in the folder, those of its folders too: size, times and number of each.

        Of what is neither a file nor a folder there is nothing. While a file is not changed, so is
        its stamp.
        """
        found: dict[str, Stamp] = {}
        place = f"{self.root}/{below}"
        with contextlib.suppress(FileNotFoundError), os.scandir(place) as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    found |= self.stamps(f"{name}/")
                else:
                    found[name] = stamp_of(entry)
        return found

    def read(self, name: str) -> bytes:
        """A whole file."""
        return read_bytes(self.root / name)

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a file."""
        return read_bytes(self.root / name, size)

    def write(self, name: str, text: str | bytes) -> None:
        """Put a file in place unless it already says so."""
        # A whole path, as of a notebook that is run in place, is of its own folder.
        write_changed(self.root / name, text, None if Path(name).is_absolute() else self._top)

    def remove(self, name: str) -> None:
        """Remove a file."""
        remove_below(self._top, f"{self._below}{name}")

    def create(self, name: str) -> IO[bytes]:
        """A new file, unbuffered; raises FileExistsError where there is one."""
        return create_below(self._top, f"{self._below}{name}")


class UrlStore:
    """A folder at an address, through fsspec."""

    def __init__(self, url: str, filesystem: Any, root: str) -> None:
        self._url = url.rstrip("/")
        self._fs = filesystem
        self._root = root.rstrip("/")
        # What one process writes to memory no other sees.
        self.shared = "memory" not in _protocols(filesystem)

    @property
    def place(self) -> str:
        """The address."""
        return self._url

    def path(self, name: str) -> str:
        """The address of a file."""
        return f"{self._url}/{name}"

    def at(self, folder: str) -> UrlStore:
        """A folder below."""
        return UrlStore(f"{self._url}/{folder}", self._fs, f"{self._root}/{folder}")

    def names(self) -> list[str]:
        """The files in the folder."""
        return self._entries("file")

    def folders(self) -> list[str]:
        """The folders in the folder."""
        return self._entries("directory")

    def _entries(self, kind: str) -> list[str]:
        with _errors_named(self._url):
            try:
                found = self._fs.ls(self._root, detail=True)
            except FileNotFoundError:
                return []
        names = [str(e["name"]).rstrip("/").rpartition("/")[2] for e in found if e["type"] == kind]
        return sorted(name for name in names if name)

    def read(self, name: str) -> bytes:
        """A whole file."""
        with _errors_named(self.path(name)):
            return bytes(self._fs.cat_file(f"{self._root}/{name}"))

    def head(self, name: str, size: int) -> bytes:
        """The first bytes of a file."""
        with _errors_named(self.path(name)):
            return bytes(self._fs.cat_file(f"{self._root}/{name}", start=0, end=size))

    def write(self, name: str, text: str | bytes) -> None:
        """Put a file in place with one request."""
        with _errors_named(self.path(name)):
            path = f"{self._root}/{name}"
            if "memory" in _protocols(self._fs):
                self._fs.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._fs.pipe_file(path, encoded(text))

    def remove(self, name: str) -> None:
        """Remove a file."""
        with _errors_named(self.path(name)), contextlib.suppress(FileNotFoundError):
            self._fs.rm_file(f"{self._root}/{name}")


Place = Path | Store


def store_of(place: Place) -> Store:
    """The store of a folder that may be given as a path."""
    return LocalStore(place) if isinstance(place, Path) else place


@cache
def open_store(place: str) -> Store:
    """The store at a path or an address; ``file:`` addresses are paths.

    Raises InputError where the address cannot be understood or its library is not installed.

    >>> open_store("reports").path("index.html").as_posix()
    'reports/index.html'
    >>> open_store("memory://reports").path("index.html")
    'memory://reports/index.html'
    """
    protocol, colons, rest = place.partition("://")
    if not colons:
        return LocalStore(Path(place))
    if protocol in {"file", "local"}:
        return LocalStore(Path(rest))
    import fsspec

    if protocol not in fsspec.available_protocols():
        known = ", ".join(name for name in ("file", "memory", "s3", "gs", "abfs", "sftp"))
        message = said("storage.no-such-kind-address", protocol=protocol)
        raise InputError(
            [Problem(message, subject=f"'{place}'", hint=said("storage.example-hint", known=known))]
        )
    if not rest.strip("/"):
        message = said("storage.address-no-folder")
        raise InputError(
            [
                Problem(
                    message,
                    subject=f"'{place}'",
                    hint=said("storage.example-hint", known=f"{protocol}://name/folder"),
                )
            ]
        )
    try:
        filesystem, root = fsspec.core.url_to_fs(place, use_listings_cache=False)
    except ImportError as error:
        extra = EXTRAS.get(protocol)
        hint = (
            f"pip install 'planlib[{extra}]'"
            if extra
            else one_line(without_secrets(str(error), place))
        )
        message = said("storage.needs-library-not-installed", protocol=protocol)
        raise InputError([Problem(message, subject=f"'{place}'", hint=hint)]) from None
    except Exception as error:
        message = said("storage.cannot-opened", reason=_words(error, place))
        raise InputError([Problem(message, subject=f"'{place}'")]) from None
    return UrlStore(place, filesystem, root)


def _protocols(filesystem: Any) -> tuple[str, ...]:
    named = filesystem.protocol
    return (named,) if isinstance(named, str) else tuple(named)


@contextlib.contextmanager
def _errors_named(where: str) -> Iterator[None]:
    """Whatever a library raises for an address becomes an OSError that names it.

    Libraries of object stores raise errors of their own for a missing bucket or a wrong key.
    """
    try:
        yield
    except FileNotFoundError as error:
        if "bucket" in str(error).lower():
            raise OSError(0, "there is no such bucket", where) from None
        raise
    except PermissionError as error:
        raise PermissionError(13, f"access denied: {_words(error, where)}", where) from None
    except Exception as error:
        raise OSError(0, _words(error, where), where) from None


def _words(error: Exception, place: str) -> str:
    text = one_line(without_secrets(str(error).strip().split("\n")[0], place))[:300]
    return text or type(error).__name__
