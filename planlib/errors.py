"""Problems in what users hand in: collected one by one, raised once, never a traceback.

A message says where, what must hold, what was found, and how to mend it. The command line prints
one line for each problem and exits with 1.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from urllib.parse import unquote

from planlib.messages import Said as Said
from planlib.messages import said as said

LONGEST_PATH = 400  # characters; a longer one is cut in its middle
# Not "printable" to Python, but part of how words are written: spaces, joiners, soft hyphens.
_HARMLESS = frozenset("\u00a0\u00ad\u2009\u200a\u200b\u200c\u200d\u202f\u2060\u3000")


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a user's file.

    ``file`` is a path, ``place`` a line number or a ``sheet!cell`` address, ``subject`` the goal,
    area or key the message is about, ``column`` the column of the figures it is found in. A
    ``warning`` is doubtful and worth a look; it stops nothing.

    >>> print(Problem("a share must lie between 0 and 100, found 712", file="kp.csv", place=12,
    ...               subject="goal 'case-clearance'", hint="712 of 1000? give both numbers"))
    kp.csv:12: goal 'case-clearance': a share must lie between 0 and 100, found 712 (712 of 1000? \
give both numbers)
    >>> print(Problem("must be a number, found 'x'", file="kp.xlsx", place="2013!C4"))
    kp.xlsx [2013!C4]: must be a number, found 'x'
    """

    message: str
    file: str | None = None
    place: int | str | None = None
    subject: str | None = None
    hint: str | None = None
    column: str | None = None
    warning: bool = False

    def __str__(self) -> str:
        where = ""
        if self.file is not None:
            where = shown_path(self.file)
            if len(where) > LONGEST_PATH:
                where = f"{where[:40]}...{where[-40:]}"
            if isinstance(self.place, int):
                where += f":{self.place}"
            elif self.place:
                where += f" [{self.place}]"
            where += ": "
        subject = f"{self.subject}: " if self.subject else ""
        hint = f" ({self.hint})" if self.hint else ""
        return one_line(f"{where}{subject}{self.message}{hint}")

    def in_language(self, code: str) -> Problem:
        """The problem in a language; what is no message with an id stays as it is.

        >>> wrong = Problem(said("figures.low-exceeds-high"), "kp.csv", 3)
        >>> print(wrong.in_language("vi"))
        kp.csv:3: 'Từ' không được lớn hơn 'Đến'
        """
        return replace(
            self,
            message=_in_language(self.message, code),
            subject=_in_language(self.subject, code) if self.subject else None,
            hint=_in_language(self.hint, code) if self.hint else None,
        )


def _in_language(text: str, code: str) -> str:
    return text.in_language(code) if isinstance(text, Said) else text


class Faults(ValueError):
    """What is wrong with a part of a plan, each fault a message of its own, and how to mend it."""

    def __init__(self, *found: str, hint: Said | None = None) -> None:
        self.found, self.hint = found, hint
        super().__init__("; ".join(self.found))


class PlanlibError(Exception):
    """Base of every error planlib raises on purpose."""


class InputError(PlanlibError):
    """The user's input has problems; all of them, in the order they should be read."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def refused(
    message: str, file: str | Path | None = None, place: int | str | None = None, *,
    subject: str | None = None, hint: str | None = None,
) -> InputError:  # fmt: skip
    """The error of one problem.

    >>> print(refused("must be a number", "kp.csv", 3))
    kp.csv:3: must be a number
    """
    where = None if file is None else str(file)
    return InputError([Problem(message, where, place, subject, hint)])


# Why the system refuses to read a file, as a reader's language says it.
_REFUSALS = {
    errno.ENOENT: "storage.not-there",
    errno.EACCES: "storage.may-not-read",
    errno.EPERM: "storage.may-not-read",
    errno.EISDIR: "storage.is-directory",
    errno.ENOTDIR: "storage.not-directory",
    errno.ENAMETOOLONG: "storage.name-long",
    errno.ELOOP: "storage.links-circle",
    errno.EIO: "storage.input-output",
}


def system_reason(error: BaseException) -> str:
    """Why the system refuses something, in words a catalogue knows; else in its own.

    >>> print(system_reason(FileNotFoundError(errno.ENOENT, "No such file or directory")))
    No such file or directory
    """
    known = _REFUSALS.get(getattr(error, "errno", None) or 0)
    return said(known) if known else getattr(error, "strerror", None) or str(error)


def shown_path(path: str) -> str:
    """The path as a reader would type it: relative where it lies below the current folder.

    >>> shown_path("figures/2013.csv"), shown_path("s3://reports/2013")
    ('figures/2013.csv', 's3://reports/2013')
    """
    if "://" in path:
        return without_secrets(path)
    try:
        return str(Path(path).resolve().relative_to(Path.cwd()))
    except (ValueError, OSError, RuntimeError):  # elsewhere, too long a name, a loop of links
        return path


def one_line(text: str) -> str:
    r"""Hostile names may hold line breaks or control characters; a problem stays one line.

    >>> one_line("a\nb\x1b[31m")
    'a\\nb\\x1b[31m'
    """
    return printable(text, but="")


def printable(text: str, but: str = "\n") -> str:
    r"""A text with every character spelled out that a terminal would obey instead of show.

    Those of ``but`` stay, secrets in addresses do not. Spaces of any width stay too, and what joins
    or parts letters.

    >>> printable("a\tb\x1b[31m\u202ec\nd")
    'a\\tb\\x1b[31m\\u202ec\nd'
    """
    text = without_secrets(text)
    if text.isprintable():
        return text
    return "".join(
        ch
        if ch.isprintable() or ch in but or ch in _HARMLESS
        else ch.encode("unicode_escape").decode("ascii")
        for ch in text
    )


_LOGIN = re.compile(r"""(?<=://)(?:[^\s'"/@]*:[^\s'"]*|[^\s'"/@]+)@""")
_TOKEN = re.compile(
    r"""([?&;][\w.-]*(?:token|key|secret|passw|pwd|sig|credential|auth|session)[\w.-]*=)[^&\s'"]+""",
    re.IGNORECASE,
)


def without_secrets(text: str, address: str = "") -> str:
    """A text whose addresses show no names, passwords and tokens to log in with.

    Whatever is printed or logged goes through here; the addresses themselves are used whole. What
    a library says of an ``address`` may repeat its login or password alone: that goes too.

    >>> without_secrets("at ftp://me:pa@ss/w@host/a, s3://bucket/b?X-Amz-Signature=1f&part=2")
    'at ftp://***@host/a, s3://bucket/b?X-Amz-Signature=***&part=2'
    >>> without_secrets("wrong password 'p%ss' for me", "ftp://me:p%25ss@host")
    "wrong password '***' for me"
    """
    for login in _LOGIN.findall(address):
        for secret in (login[:-1], login[:-1].partition(":")[2]):
            for written in {secret, unquote(secret)} - {""}:
                text = text.replace(written, "***")
    return _TOKEN.sub(r"\1***", _LOGIN.sub("***@", text)) if "://" in text else text


def one_of(words: Iterable[str]) -> str:
    """Words of which one is meant, joined as a language does.

    >>> print(one_of(["higher", "lower"]), "-", one_of(["a", "b", "c"]))
    higher or lower - a, b or c
    """
    *first, last = words
    return said("errors.one-of", words=", ".join(first), last=last) if first else last


NAMED = 10  # things that a line names one by one


def some_of(names: Iterable[str]) -> str:
    """Names in a row, of many the first: a line stays one to read. A message says how many there are.

    >>> some_of(["a", "b"]), some_of(str(n) for n in range(11_000))
    ('a, b', '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, …')
    """
    first = [*islice(names, NAMED + 1)]
    return ", ".join(first if len(first) <= NAMED else [*first[:NAMED], "…"])


LONGEST = 60  # characters of what was found that a message repeats


def shown(found: object) -> str:
    """What was found in quotes, cut where it is long, so that a problem stays a line to read.

    >>> shown("at_lest"), shown(95.0)
    ("'at_lest'", '95.0')
    """
    return shortened(repr(found))


def shortened(text: str) -> str:
    """A text cut where it is long.

    >>> shortened("x" * 100)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...'
    """
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def did_you_mean(word: str, known: Iterable[str]) -> Said | None:
    """A hint for a near miss, or None.

    >>> print(did_you_mean("at_lest", ["at_least", "at_most"]))
    did you mean 'at_least'?
    >>> did_you_mean("zzz", ["at_least"]) is None
    True
    """
    from difflib import get_close_matches

    close = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return said("errors.did-you-mean", word=close[0]) if close else None
