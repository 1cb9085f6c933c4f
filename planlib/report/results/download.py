"""The figures of a page as a file inside it: one link, nothing fetched, also from a USB stick.

The address of the link holds the whole CSV file, letter for letter; ``planlib verify`` reads it
from there and holds every line to the verdicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.periods.calendar import slug
from planlib.plan.plan import Plan
from planlib.report.blocks import Download
from planlib.report.results.data import csv_lines, csv_of
from planlib.report.results.table import results_of
from planlib.report.text.areas import area_figure
from planlib.report.text.phrases import figure_text
from planlib.review.compared_areas import AreaComparison

MOST_AREAS = 1_000  # in a file inside a page; ``planlib export`` writes those of any number
COLUMNS = ("indicator", "unit", "target", "actual", "level", "verdict", "goal_code")
ADDRESS = "data:text/csv;charset=utf-8,"
_OTHER = re.compile(r"[^\w;,.:=()/-]", re.ASCII)


def figures_download(
    plan: Plan, verdicts: Iterable[GoalVerdict], language: Language, about: tuple[str, str, int]
) -> Download:
    """The figures of a page; ``about`` are its kind, area and period, for the name of the file."""
    kind, area, year = about
    return _held(plan, verdicts, language, COLUMNS, f"{plan.id}.{area}.{kind}-{slug(year)}")


def goal_download(
    plan: Plan, verdicts: Iterable[GoalVerdict], language: Language, name: str
) -> Download:
    """The figures of a goal, area by area and period by period; ``name`` is that of the file."""
    return _held(plan, verdicts, language, ("area", "period", *COLUMNS[1:], "area_code"), name)


def _held(
    plan: Plan, verdicts: Iterable[GoalVerdict], language: Language, keys: tuple[str, ...],
    name: str,
) -> Download:  # fmt: skip
    table = results_of(plan, verdicts, language, keys)
    at = keys.index("actual")  # with what is said of the figure, for there is no column of notes
    rows = tuple(
        (*row[:at], replace(row[at], text=figure_text(one, language)), *row[at + 1 :])
        for row, one in zip(table.rows, table.verdicts, strict=True)
    )
    text = csv_of(replace(table, rows=rows), language)
    label = language("results.download", n=len(rows))
    return Download(label, f"{name}.{language.code}.csv", f"\ufeff{text}")


def areas_download(found: AreaComparison, language: Language, area: str) -> Download | None:
    """The figures of areas compared, on the page of one of them; None where there are too many."""
    if len(found.areas) > MOST_AREAS:
        return None
    keys, code = ("area", "actual", "actual_number", "area_code"), language.code
    actual = language("results.actual")
    heads = {key: language(f"results.{key}") for key in keys if key != "actual_number"}
    heads["actual_number"] = language("results.in_numbers", column=actual)
    rows = [
        (found.plan.area_name(one.area).in_language(code), area_figure(found, one, language),
         one.value, one.area)
        for one in found.areas
    ]  # fmt: skip
    text = csv_lines([[heads[key] for key in keys], *rows], language)
    name = f"{found.plan.id}.{area}.compare-{found.goal.id}-{slug(found.period)}.{code}.csv"
    return Download(language("results.download", n=len(rows)), name, f"\ufeff{text}")


def address(text: str) -> str:
    """The address that holds a text: letters as they are, other signs by their bytes.

    >>> address("Thu thuế;97,8\\n")
    'data:text/csv;charset=utf-8,Thu%20thuế;97,8%0A'
    """
    return ADDRESS + _OTHER.sub(_by_bytes, text)


def _by_bytes(found: re.Match[str]) -> str:
    sign = found[0]
    if sign.isalpha():
        return sign
    return "".join(f"%{byte:02X}" for byte in sign.encode())
