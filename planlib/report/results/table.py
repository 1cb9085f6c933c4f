"""The table of results as people need it: a row a goal, area, group and period, in their language.

Every cell has the words a reader sees, and the number behind them where they are a number and
nothing else. The formats are made of these cells: workbook, CSV, JSON, Parquet, Markdown, e-mail.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.brief import Brief
from planlib.plan.periods.calendar import period_name, period_title
from planlib.plan.plan import Plan
from planlib.report.text.numbers import percent
from planlib.report.text.phrases import figure_text, held_text, when_text
from planlib.report.text.remarks import remark_text, source_text
from planlib.report.text.units import unit_text
from planlib.report.vocabulary import LOOKS, Look

TERM = "term"
Kind = Literal["text", "figure", "number"]
_NUMBER = re.compile(r"[−-]?\d[\d.,\s\u00a0\u202f']*")


@dataclass(frozen=True)
class ResultsColumn:
    """A column: ``key`` for programs, ``title`` for readers.

    A ``figure`` is a number or words such as "withheld", a ``number`` is one or nothing.
    """

    key: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class ResultsCell:
    """What stands in a cell: its words, and the number where they are one, with their decimals.

    ``value`` is the number behind words that say more, such as "at least 95".
    """

    text: str = ""
    number: float | None = None
    digits: int = 0
    value: float | None = None
    look: Look | None = None


@dataclass(frozen=True, repr=False)
class ResultsTable(Brief):
    """The table: its columns, and a cell for each of them in every row.

    ``verdicts`` are what the rows were made of, in their order.
    """

    columns: tuple[ResultsColumn, ...]
    rows: tuple[tuple[ResultsCell, ...], ...]
    verdicts: tuple[GoalVerdict, ...]

    def column(self, key: str) -> list[ResultsCell]:
        """The cells of a column. Raises StopIteration for one that there is not."""
        at = next(at for at, one in enumerate(self.columns) if one.key == key)
        return [row[at] for row in self.rows]


def results_of(
    plan: Plan, verdicts: Iterable[GoalVerdict], language: Language, keys: Iterable[str] = ()
) -> ResultsTable:
    """The table of some verdicts, in their order; ``keys`` are the columns, all by default.

    Columns of groups are left out where there are none.
    """
    held = tuple(verdicts)
    grouped = any(one.group for one in held)
    shown = [key for key in keys or CELLS if grouped or not key.startswith("group")]
    columns = tuple(ResultsColumn(key, language(f"results.{key}"), _kind(key)) for key in shown)
    rows = tuple(tuple(CELLS[key](plan, one, language) for key in shown) for one in held)
    return ResultsTable(columns, rows, held)


def _kind(key: str) -> Kind:
    return "number" if key == "level" else "figure" if key in {"target", "actual"} else "text"


def verdicts_of(
    evaluation: Evaluation, areas: Sequence[str], periods: Sequence[int | str]
) -> Iterator[GoalVerdict]:
    """The verdicts of some areas, period by period; without one, all of the term that have figures.

    Each goal is followed by its groups. A period may be ``term``. Raises InputError.
    """
    evaluation.score(areas)
    for area in areas:
        for asked in periods or _known(evaluation, area):
            view, at = (evaluation, None) if asked == TERM else evaluation.at(asked)
            for section in view.plan.sections:
                for goal in section.goals:
                    yield view.verdict_of(goal, area, at)
                    yield from view.group_verdicts(area, at, [goal.id])


def _known(evaluation: Evaluation, area: str) -> list[int]:
    last = evaluation.last_year(area)
    return [year for year in evaluation.plan.years if year <= last]


def figure_cell(text: str, number: float | None, language: Language) -> ResultsCell:
    """Words with the number behind them; they are a number where they are nothing else.

    >>> figure_cell("97,8", 97.754, Language("vi"))
    ResultsCell(text='97,8', number=97.754, digits=1, value=97.754, look=None)
    >>> figure_cell("at least 95", 95.0, Language("en"))
    ResultsCell(text='at least 95', number=None, digits=0, value=95.0, look=None)
    """
    if number is None or not _NUMBER.fullmatch(text):
        return ResultsCell(text, value=number)
    decimals = text.partition(language.decimal_mark)[2]
    return ResultsCell(text, number, len(decimals), number)


def period_words(plan: Plan, verdict: GoalVerdict, language: Language) -> str:
    """The period a verdict is of, in the reader's words; the years of the term for all of it."""
    if verdict.term:
        first = period_title(plan.years[0], language)
        last = period_name(plan.years[-1], language)
        return language("results.term", first=first, last=last)
    return period_title(verdict.year, language)


def _group(plan: Plan, verdict: GoalVerdict, language: Language) -> ResultsCell:
    group = verdict.group
    return ResultsCell(plan.group_name(group).in_language(language.code) if group else "")


def _target(plan: Plan, verdict: GoalVerdict, language: Language) -> ResultsCell:
    near = verdict.target.near if verdict.target is not None else None
    return figure_cell(held_text(verdict, language, unit=False), near, language)


def _actual(plan: Plan, verdict: GoalVerdict, language: Language) -> ResultsCell:
    # That it is estimated, or of an earlier period, is said beside it: a number stays a number.
    bare = replace(verdict, estimate=False, figure_of=None)
    return figure_cell(figure_text(bare, language), verdict.value, language)


def _level(plan: Plan, verdict: GoalVerdict, language: Language) -> ResultsCell:
    level = verdict.level
    if level is None or level < 0:
        return ResultsCell(language("results.no_ratio"))
    hundredfold = float(Decimal(repr(level)).scaleb(2))
    return figure_cell(percent(level, language), hundredfold, language)


# A column is a line here, its head `results.KEY`; the rows have them in this order.
CELLS: dict[str, Callable[[Plan, GoalVerdict, Language], ResultsCell]] = {
    "area": lambda plan, v, say: ResultsCell(plan.area_name(v.area).in_language(say.code)),
    "section": lambda plan, v, say: ResultsCell(
        plan.section_of(v.goal.id).name.in_language(say.code)
    ),
    "indicator": lambda _, v, say: ResultsCell(v.goal.name.in_language(say.code)),
    "group": _group,
    "unit": lambda _, v, say: ResultsCell(unit_text(v.goal, v.target, say)),
    "period": lambda plan, v, say: ResultsCell(period_words(plan, v, say)),
    "target": _target,
    "when": lambda _, v, say: ResultsCell(when_text(v.target, say)),
    "actual": _actual,
    "level": _level,
    "verdict": lambda _, v, say: ResultsCell(say.verdict(v.verdict), look=LOOKS[v.verdict]),
    "source": lambda _, v, say: ResultsCell(source_text(v.source, say) if v.source else ""),
    "note": lambda plan, v, say: ResultsCell(say.parts_mark.join(_notes(plan, v, say))),
    "goal_code": lambda _, v, __: ResultsCell(v.goal.id),
    "area_code": lambda _, v, __: ResultsCell(v.area),
    "group_code": lambda _, v, __: ResultsCell(v.group),
}


def _notes(plan: Plan, verdict: GoalVerdict, language: Language) -> Iterator[str]:
    """What must be known of one row, most important first."""
    if verdict.estimate:
        yield language("results.note.estimate")
    if verdict.figure_of is not None:
        yield language("results.note.stands_in", year=verdict.figure_of)
    if verdict.year_so_far:
        yield language("held.year_so_far")
    published = verdict.published_verdict
    if published is not None and verdict.disagrees:
        yield language("published.differs", verdict=language.verdict(published))
    if verdict.reading_matters:
        yield language("results.note.reading")
    whole = verdict.goal.part_of
    if whole is not None:
        yield language("part.apart", whole=plan.goal(whole).name.in_language(language.code))
    if verdict.note:
        yield remark_text(verdict.note, language)
