"""The file of figures inside a page, held line by line to what was worked out again.

Its text is read from the address of its link, as a browser reads it from there.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from math import isclose
from urllib.parse import unquote

from planlib.errors import Problem, Said, said
from planlib.plan.goal import Goal
from planlib.plan.plan import Plan
from planlib.verify.bounds import ends
from planlib.verify.cells import clean, decimal_mark, figure_is, target_is
from planlib.verify.markup import plain
from planlib.verify.periods.names import period_begun
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.targets.levels import NO_DISTANCE
from planlib.verify.targets.units import told_unit
from planlib.verify.texts import WORDS, filled

HEADS = ("indicator", "unit", "target", "target_number", "actual", "actual_number", "level",
         "verdict", "verdict_code", "goal_code")  # fmt: skip
OF_GOAL = ("area", "period", *HEADS[1:], "area_code")  # of a goal's page
MOST = 20_000_000  # letters of a file
# A spreadsheet would take a text that begins so for a formula; it stands behind an apostrophe.
RISKY = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def check_download(
    downloads: tuple[str, ...], file: str, lang: str, plan: Plan, year: int,
    standing: Callable[[Goal], tuple[Goal, RecomputedVerdict]],
) -> Iterator[Problem]:  # fmt: skip
    """Everything in the one download of a page that is not so.

    ``standing`` gives a goal as it is in the area, and the verdict on it.
    """
    rows, fault = read_download(downloads, lang, HEADS)
    if fault is not None:
        yield Problem(fault, file)
        return
    goals = [*plan.goals]
    if [row[-1] for row in rows] != [goal.id for goal in goals]:
        yield Problem(said("verify.download-goals-differ"), file)
        return
    for number, (row, one) in enumerate(zip(rows, goals, strict=True), 2):
        goal, answer = standing(one)
        subject = said("figures.goal-subject", goal=goal.id)
        for message in _row(row, goal, answer, year, lang):
            place = f"download, line {number}"
            yield Problem(message, file, place, subject=subject)


def check_goal_download(
    downloads: tuple[str, ...], file: str, lang: str, plan: Plan,
    right: Sequence[tuple[str, Goal, int, RecomputedVerdict]],
) -> Iterator[Problem]:  # fmt: skip
    """Everything in the download of a goal's page that is not so; a row an area and period."""
    rows, fault = read_download(downloads, lang, OF_GOAL)
    if fault is not None:
        yield Problem(fault, file)
        return
    if [(row[-1], row[-2]) for row in rows] != [(area, goal.id) for area, goal, *_ in right]:
        yield Problem(said("verify.download-goals-differ"), file)
        return
    for number, (row, (area, goal, year, answer)) in enumerate(zip(rows, right, strict=True), 2):
        place, name = f"download, line {number}", plan.area_name(area).in_language(lang)
        messages = [*_row([name, *row[2:-1]], goal, answer, year, lang, head=name)]
        for key, told in (("area", name), ("period", period_begun(year, lang))):
            if bare_text(row[OF_GOAL.index(key)]) != plain(told):
                head, found = filled(f"results.{key}", lang), row[OF_GOAL.index(key)]
                messages.append(
                    said("verify.download-cell-differs", column=head, found=repr(found)[:200])
                )
        for message in messages:
            yield Problem(message, file, place, subject=said("figures.goal-subject", goal=goal.id))


def read_download(
    downloads: tuple[str, ...], lang: str, keys: tuple[str, ...]
) -> tuple[list[list[str]], Said | None]:
    """The rows of the one file a page holds, of these columns; none, and why, where it is not so."""
    if len(downloads) != 1:
        return [], said("verify.one-download", found=len(downloads))
    broken: tuple[list[list[str]], Said] = ([], said("verify.download-unreadable"))
    try:
        text = unquote(downloads[0][:MOST], errors="strict")
        parted = ";" if decimal_mark(lang) == "," else ","
        body = text.removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(body, newline=""), delimiter=parted, strict=True))
    except (UnicodeDecodeError, csv.Error):
        return broken
    if not text.startswith("\ufeff") or "\r" in text or not rows or rows[0] != _heads(lang, keys):
        return broken
    return broken if any(len(row) != len(keys) for row in rows) else (rows[1:], None)


def _heads(lang: str, keys: tuple[str, ...]) -> list[str]:
    found = []
    for key in keys:
        name, number, _ = key.partition("_number")
        head = filled(f"results.{name}", lang)
        found.append(filled("results.in_numbers", lang, column=head) if number else head)
    return found


def _row(
    row: list[str], goal: Goal, answer: RecomputedVerdict, year: int, lang: str, head: str = ""
) -> Iterator[Said]:
    """What is wrong in a row; ``head`` is what stands first, the goal's name where nothing is given."""
    told = dict(zip(HEADS, row, strict=True))
    target, level = answer.target, answer.level
    hundredfold = None if level is None or level < 0 else 100 * level
    right = {
        "indicator": bare_text(told["indicator"]) == plain(head or goal.name.in_language(lang)),
        "unit": bare_text(told["unit"]) == plain(told_unit(goal, year, lang)),
        "target": target_is(bare_text(told["target"]), goal, target, lang),
        "target_number": number_is(told["target_number"], _near(answer), lang),
        "actual": figure_is(bare_text(told["actual"]), goal, answer, lang),
        "actual_number": number_is(told["actual_number"], answer.value, lang),
        "level": number_is(told["level"], hundredfold, lang),
        "verdict": told["verdict"] == WORDS[lang][answer.verdict],
        "verdict_code": told["verdict_code"] == answer.verdict,
    }
    for key, fits in right.items():
        if not fits:
            title = filled(f"results.{key.removesuffix('_number')}", lang)
            yield said("verify.download-cell-differs", column=title, found=repr(told[key])[:200])


def bare_text(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    bare = cell[1:] if cell[:1] == "'" and cell[1:].lstrip("'")[:1] in RISKY else cell
    return plain(bare)


def _near(answer: RecomputedVerdict) -> float | None:
    """The end of a target that a figure comes to first from its worse side."""
    target = answer.target
    return None if target is None or target.comparison in NO_DISTANCE else ends(target)[0]


def number_is(cell: str, number: float | None, lang: str) -> bool:
    """Whether a cell has a number in full; an empty one where there is none."""
    if number is None:
        return cell == ""
    mark = decimal_mark(lang)
    try:
        found = float(Decimal(cell.replace(mark, ".") if mark != "." else cell))
    except ArithmeticError:
        return False
    return isclose(found, clean(number), rel_tol=1e-11, abs_tol=1e-11)
