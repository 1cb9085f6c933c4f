"""Adds figures to a CSV file of figures: as new reports beside the old ones, never over them.

A figure is known by area, goal, year, report date and member. The same figure again is left alone;
another number under a date that already has one is refused, since a revision has a date of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from planlib.errors import InputError, Problem, refused, said
from planlib.figures.csv_text import is_plain
from planlib.figures.observations import KEY, NUMBER_COLUMNS
from planlib.figures.reading import load_observations
from planlib.figures.tidy_rows import csv_lines, tidy_columns
from planlib.plan.plan import Plan
from planlib.storage.whole_files import only_writer, remove_leftovers, replace_bytes

MOST_CONFLICTS = 200
FIGURE = (*NUMBER_COLUMNS, "exclusive", "state", "words", "published_verdict")
REMARKS = ("source", "note", "published_reason")
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Addition:
    """What adding figures came to, row by row of the new ones.

    ``added``: nothing was known of the figure; ``changed``: an older report gave another one;
    ``confirmed``: an older report gave the same; ``left``: already there; ``conflicts``: another
    figure has the same report date. ``remarks`` marks rows left with another source or note.
    """

    added: Bools
    changed: Bools
    confirmed: Bools
    left: Bools
    conflicts: Bools
    remarks: Bools

    @property
    def new(self) -> Bools:
        """The rows to be written."""
        return self.added | self.changed | self.confirmed

    def problems(self, frame: pd.DataFrame) -> list[Problem]:
        """A problem for every conflict, a warning for every remark that was not taken over."""
        conflict = said("figures.another-figure-already-report")
        hint = said("figures.revision-own-report-date")
        other = said("figures.figure-already-another-source")
        return [
            Problem(message, str(row["file"]), int(row["row"]),
                    said("figures.goal-subject", goal=row["goal"]), advice, "vintage", warning=warning)
            for mask, message, advice, warning in (
                (self.conflicts, conflict, hint, False), (self.remarks, other, None, True),
            )
            for _, row in frame[mask].head(MOST_CONFLICTS).iterrows()
        ]  # fmt: skip


def compare(new: pd.DataFrame, known: pd.DataFrame) -> Addition:
    """What adding ``new`` to ``known`` would come to."""
    size = len(new)
    nowhere = np.zeros(size, bool)
    if not len(known) or not size:
        return Addition(~nowhere, nowhere, nowhere, nowhere, nowhere, nowhere)
    series = _codes(new, known, [name for name in KEY if name != "vintage"])
    exact = _codes(new, known, list(KEY))
    at = _position(exact[:size], exact[size:])
    there = at >= 0
    same = there & _equal(new, known, at, FIGURE)
    remarks = same & ~_equal(new, known, at, REMARKS)
    # The newest older figure of the same series.
    order = np.argsort(known["vintage"].to_numpy(), kind="stable")
    before = _position(series[:size], series[size:], order)
    older = (before >= 0) & ~there
    equal = older & _equal(new, known, before, FIGURE)
    return Addition(~there & ~older, older & ~equal, equal, same, there & ~same, remarks)


def _codes(new: pd.DataFrame, known: pd.DataFrame, names: list[str]) -> npt.NDArray[np.int64]:
    """One number for each row of both, the same where all the columns are the same."""
    code = np.zeros(len(new) + len(known), np.int64)
    for name in names:
        part, labels = pd.factorize(np.concatenate([_column(new, name), _column(known, name)]))
        code = pd.factorize(code * (len(labels) + 1) + part)[0]
    return code


def _column(frame: pd.DataFrame, name: str) -> npt.NDArray[Any]:
    if name not in frame:
        empty: Any = np.nan if name in NUMBER_COLUMNS else ""
        return np.full(len(frame), empty, dtype=float if name in NUMBER_COLUMNS else object)
    values = frame[name]
    return np.asarray(values.astype("object") if values.dtype == "category" else values)


def _position(
    wanted: npt.NDArray[np.int64], codes: npt.NDArray[np.int64], order: npt.NDArray[np.int64] | None = None
) -> npt.NDArray[np.int64]:  # fmt: skip
    """Where each wanted code stands last among ``codes`` (taken in ``order``); −1 where nowhere."""
    taken = np.arange(len(codes)) if order is None else order
    last = np.full(int(max(wanted.max(), codes.max())) + 1, -1, np.int64)
    last[codes[taken]] = taken
    return last[wanted]


def _equal(
    new: pd.DataFrame, known: pd.DataFrame, at: npt.NDArray[np.int64], names: Sequence[str]
) -> Bools:
    result = np.ones(len(new), bool)
    for name in names:
        mine, theirs = _column(new, name), _column(known, name)[np.maximum(at, 0)]
        same = mine == theirs
        if name in NUMBER_COLUMNS:
            same |= np.isnan(mine) & np.isnan(theirs)
        result &= same
    return result


def add_figures(
    new: pd.DataFrame,
    store: Path,
    plan: Plan,
    others: Sequence[Path] = (),
    *,
    dry_run: bool = False,
) -> tuple[Addition, list[Problem]]:
    """Add figures to a CSV file, or say what adding would come to.

    ``others`` are more files of the same figures, which are looked at and not written. Nothing is
    written with ``dry_run``, or while a figure is in conflict with one that is there: the problems
    say which. Raises InputError for a file that cannot be read or written, or has problems itself.
    """
    if store.suffix.lower() != ".csv":
        raise refused(said("figures.figures-added-csv-file"), store)
    if dry_run:
        return _compared(new, store, plan, others)
    with only_writer(store):
        remove_leftovers(store)
        addition, problems = _compared(new, store, plan, others)
        if addition.new.any() and all(problem.warning for problem in problems):
            replace_bytes(store, _with_rows(store, new[addition.new]))
    return addition, problems


def _compared(
    new: pd.DataFrame, store: Path, plan: Plan, others: Sequence[Path]
) -> tuple[Addition, list[Problem]]:
    paths = [*(path for path in others if path.resolve() != store.resolve() and path.is_file())]
    if store.is_file() and store.stat().st_size:
        paths.append(store)
    known, problems = load_observations(paths, plan)
    if problems:
        raise InputError(problems)
    if store in paths and not is_plain(store):
        message = said("figures.figures-added-csv-file-utf")
        raise refused(message, store, hint=said("figures.say-figures-go-into"))
    addition = compare(new, known.frame)
    return addition, addition.problems(new)


def _with_rows(store: Path, rows: pd.DataFrame) -> list[bytes]:
    """The file's bytes with the rows behind them; anew where it needs more columns."""
    needed = tidy_columns(rows)
    old = store.read_bytes() if store.is_file() else b""
    if not old.strip():
        return [(",".join(needed) + "\n" + csv_lines(rows, needed)).encode()]
    text = old.decode("utf-8-sig")
    newline = "\r\n" if "\r\n" in text[: text.find("\n") + 1] else "\n"
    head = tuple(next(csv.reader(io.StringIO(text, newline=""))))
    dated = {"year", "period"} if {"year", "period"} & {*head} else set()  # one column holds both
    missing = [name for name in needed if name not in {*head, *dated} and _used(rows, name)]
    if missing:
        widened = io.StringIO(newline="")
        writer = csv.writer(widened, lineterminator=newline)
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""))):
            if row:
                writer.writerow([*row, *(missing if number == 0 else [""] * len(missing))])
        bom = b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b""
        old = bom + widened.getvalue().encode()
        head = (*head, *missing)
    end = b"" if old.endswith((b"\n", b"\r")) else newline.encode()
    return [old, end, csv_lines(rows, head, newline).encode()]


def _used(rows: pd.DataFrame, name: str) -> bool:
    if name in NUMBER_COLUMNS:
        return name in rows and bool(rows[name].notna().any())
    return name in rows and (name not in REMARKS[:2] or bool(rows[name].ne("").any()))
