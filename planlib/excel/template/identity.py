"""How a template says what it is: a hidden sheet, two named cells, and a key in every row."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planlib.errors import Faults, InputError, Problem, Said, refused, said
from planlib.excel.workbook.sheets import OfficeBook
from planlib.language.languages import LANGUAGES
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import DECEMBER, Period, frequency_of
from planlib.plan.periods.text import period_of, read_period
from planlib.plan.plan import Plan
from planlib.plan.target import Member
from planlib.plan.versions import goal_version, plan_version

FORMAT = 1
IDENTITY_SHEET = "_planlib"
DATE_NAME, SOURCE_NAME = "planlib_report_date", "planlib_source"
_KEY = re.compile(r"([a-z0-9-]+)(?:/([a-z0-9-]+))?(?:\[([a-z0-9=;-]+)\])?@([0-9a-f]+)")


@dataclass(frozen=True)
class Identity:
    """What the hidden sheet says: the plan and its version, the area, the period, the language.

    ``year`` is the period's number, ``year_ends`` the month in which the plan's years end.
    """

    plan: str
    version: str
    area: str
    year: int
    lang: str
    year_ends: int = DECEMBER

    def pairs(self) -> list[tuple[str, str]]:
        """What is written into the hidden sheet."""
        pairs = [
            ("format", str(FORMAT)), ("plan", self.plan), ("version", self.version),
            ("area", self.area), ("year", str(self.year)), ("language", self.lang),
        ]  # fmt: skip
        return pairs if self.year_ends == DECEMBER else [*pairs, ("year_ends", str(self.year_ends))]


def identity_of(plan: Plan, area: str, year: int, lang: str) -> Identity:
    """The identity of a template to be written."""
    return Identity(plan.id, plan_version(plan), area, year, lang, plan.calendar.year_ends)


@dataclass(frozen=True)
class RowKey:
    """What a row is about, and a mark of how its goal was measured."""

    goal: str
    member: str | None
    group: str
    mark: str


def row_key(goal: Goal, member: Member | None = None, group: str = "") -> str:
    """The key of a row: goal, member or group, and a mark of how the goal is measured."""
    of = f"/{member.id}" if member else f"[{group}]" if group else ""
    return f"{goal.id}{of}@{goal_version(goal)}"


def read_key(text: str) -> RowKey | None:
    """What a row's key says; None where the cell holds no key.

    >>> read_key("rescue-teams/kp-1@3fa9c1d2e4b5")
    RowKey(goal='rescue-teams', member='kp-1', group='', mark='3fa9c1d2e4b5')
    """
    found = _KEY.fullmatch(text.strip())
    return RowKey(found[1], found[2], found[3] or "", found[4]) if found else None


def read_identity(book: OfficeBook) -> Identity | None:
    """What a template says of itself; None for a workbook that is none.

    Raises InputError for a hidden sheet that was damaged or is of another format.
    """
    sheet = book.sheet(IDENTITY_SHEET)
    if sheet is None:
        return None
    fields = {sheet.text(row, 0): sheet.text(row, 1) for row in range(min(len(sheet.rows), 20))}

    def damaged(fault: Said) -> InputError:
        hint = said("excel.write-new-template-planlib")
        return refused(fault, book.path, IDENTITY_SHEET, hint=hint)

    if fields.get("format") != str(FORMAT):
        found = fields.get("format") or "?"
        raise damaged(said("excel.template-format-planlib-reads", found=found, known=FORMAT))
    year = _period(fields.get("year", ""))
    if (
        year is None
        or not all(fields.get(key) for key in ("plan", "version", "area"))
        or not re.fullmatch("[1-9]|1[0-2]", fields.get("year_ends", "12"))
        or fields.get("language") not in LANGUAGES
    ):
        raise damaged(said("excel.hidden-sheet-template-damaged"))
    plan, version, area = (fields[key] for key in ("plan", "version", "area"))
    year_ends = int(fields.get("year_ends", DECEMBER))
    return Identity(plan, version, area, year, fields["language"], year_ends)


def check_identity(book: OfficeBook, identity: Identity, plan: Plan) -> list[Problem]:
    """What stands against reading the template for this plan; an older version is a warning."""
    file = str(book.path)
    if identity.plan != plan.id:
        message = said("excel.workbook-of-another-plan", found=identity.plan, plan=plan.id)
        return [Problem(message, file, IDENTITY_SHEET)]
    problems = []
    if misplaced := _misplaced(identity, plan):
        problems.append(Problem(misplaced, file, IDENTITY_SHEET))
    if identity.version != plan_version(plan):
        message = said("excel.plan-changed-since-template")
        hint = said("excel.goals-measured-differently-since")
        problems.append(Problem(message, file, IDENTITY_SHEET, hint=hint, warning=True))
    return problems


def _misplaced(identity: Identity, plan: Plan) -> str | None:
    """What is wrong with a template's period, which must be one of the plan's calendar."""
    at = identity.year
    if plan.calendar.split or isinstance(at, Period):
        try:
            at = read_period(str(at), plan.calendar)
        except Faults as fault:
            return fault.found[0]
    if identity.year_ends != plan.calendar.year_ends:
        ends = {"found": identity.year_ends, "right": plan.calendar.year_ends}
        return said("excel.years-end-otherwise", **ends)
    years = plan.along(frequency_of(at)).figure_years
    if at not in years:
        return said("review.year-outside-term", first=years[0], last=years[-1], found=at)
    return None


def _period(label: str) -> int | None:
    """The period of a label that planlib wrote; None for any other."""
    try:
        return period_of(label)
    except Faults:
        return None
