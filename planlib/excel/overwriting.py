"""Nobody's work is written over: a file is replaced only where nothing in it would be lost.

A workbook that planlib wrote is sealed with a hash of itself, in the comment that a zip file may
have and that no spreadsheet keeps when it saves. Whatever was typed in since breaks the seal.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from planlib.errors import refused, said
from planlib.storage.whole_files import replace_bytes, target_of, unwritten

SEAL = b"planlib sha256 "
_LENGTH = len(SEAL) + 64


def sealed(workbook: bytes) -> bytes:
    """The bytes of a zip file without a comment, with its seal.

    >>> empty = b"PK\\x05\\x06" + bytes(18)
    >>> unchanged(sealed(empty)), unchanged(empty)
    (True, False)
    """
    digest = hashlib.sha256(workbook).hexdigest().encode()
    return workbook[:-2] + _LENGTH.to_bytes(2, "little") + SEAL + digest


def unchanged(workbook: bytes) -> bool:
    """Whether a workbook is as planlib wrote it."""
    body, seal = workbook[: -_LENGTH - 2], workbook[-_LENGTH:]
    return seal == SEAL + hashlib.sha256(body + b"\0\0").hexdigest().encode()


def write_new(
    out: Path, data: bytes, *, force: bool, replaceable: Callable[[bytes], bool] = unchanged
) -> None:
    """Write a file, whole or not at all.

    Another one of its name is replaced with ``force``, or where ``kept`` says of its bytes that
    nothing in them would be lost. Raises InputError where it would be, or nothing can be written.
    """
    target = target_of(out)
    try:
        old = target.read_bytes() if target.exists() else None
    except OSError as error:
        raise unwritten(out, error) from None
    if old is not None and old != data and not force and not replaceable(old):
        hint = said("excel.another-name-or-force")
        raise refused(said("excel.file-not-written-by-planlib"), out, hint=hint)
    replace_bytes(out, [data])
