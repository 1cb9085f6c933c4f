"""Takes a file an office sent into the figures of a plan: read, checked, and added or refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from planlib.errors import InputError, Problem, Said, refused, said
from planlib.excel.reading import (
    FileFigures,
    OpenedFile,
    check_known,
    open_figures,
    read_figures_of,
)

if TYPE_CHECKING:
    import pandas as pd

    from planlib.excel.workbook.sheets import OfficeBook
    from planlib.figures.store import Addition
    from planlib.plan.plan import Plan


@dataclass
class Import:
    """What came of a file: its plan, where the figures go, what is wrong, and what was added.

    ``addition`` is None while there is a problem. ``written`` says that the file changed.
    """

    path: Path
    plan: Plan
    store: Path
    problems: list[Problem] = field(default_factory=list)
    reading: FileFigures | None = None
    addition: Addition | None = None
    written: bool = False

    @property
    def refused(self) -> bool:
        """Whether anything stands against taking the figures."""
        return any(not problem.warning for problem in self.problems)


def import_figures(
    path: Path, plan: str | None = None, into: Path | None = None, mapping: Path | None = None,
    *, dry_run: bool = False, book: OfficeBook | None = None, checked: bool = False,
) -> Import:  # fmt: skip
    """Read a file and add its figures to the plan's own file, or to ``into``.

    ``plan`` may be left out for a template of a shipped plan, or of one in a folder nearby. Nothing
    is written while there is a problem; all of them are in the result. ``checked`` says that
    ``check_workbook`` has already looked at a workbook, ``book`` is one that was read already from a
    file of another kind. Raises InputError for a file
    that cannot be read at all, and where it is not clear whose figures they are or where they go.
    """
    sent = OpenedFile(path, book) if book is not None else open_figures(path, checked=checked)
    if mapping is None:
        check_known(sent)
    opened, folder = _plan_of(sent, plan)
    store, others, history = _places(opened, folder, into)
    mapped = None
    if mapping is not None:
        from planlib.excel.sheets.mapping import read_mapping

        mapped = read_mapping(mapping, opened.calendar)
        if path.suffix.lower() == ".csv" and book is None:
            from planlib.excel.sheets.csv_book import open_csv_book

            sent.book = open_csv_book(path, mapped.encoding)
        if sent.identity is not None or sent.book is None:
            message = said("excel.mapping-sheet-somebody-made")
            raise refused(message, path, hint=said("excel.leave-out-map"))
    from planlib.figures.checks import check_figures
    from planlib.figures.plausibility import doubtful_figures
    from planlib.figures.reading import load_observations
    from planlib.figures.store import add_figures
    from planlib.figures.tables.periods import place_periods

    past, faults = load_observations(history, opened)
    if faults:
        raise InputError(faults)

    def before(area: str | None, period: int | None) -> dict[str, float]:
        return last_figures(opened, past.frame, area, period)

    reading = read_figures_of(sent, opened, mapped, before)
    if "row" in reading.frame:
        reading.frame, misplaced = place_periods(reading.frame, opened)
        reading.problems += misplaced
    result = Import(path, opened, store, list(reading.problems), reading)
    if "row" in reading.frame and len(reading.frame):
        wrong = check_figures(reading.frame, opened)
        # What is impossible need not be called doubtful as well.
        sound = reading.frame[~reading.frame["row"].isin({problem.place for problem in wrong})]
        wrong += doubtful_figures(sound, opened, past.frame)
        result.problems += [_named(reading.placed(problem), reading, opened) for problem in wrong]
    result.problems = list(dict.fromkeys(result.problems))
    if result.refused or "row" not in reading.frame:
        return result
    addition, conflicts = add_figures(reading.frame, store, opened, others, dry_run=dry_run)
    result.problems += [reading.placed(problem) for problem in conflicts]
    if all(problem.warning for problem in conflicts):
        result.addition = addition
        result.written = bool(addition.new.any()) and not dry_run
    return result


def _named(problem: Problem, reading: FileFigures, plan: Plan) -> Problem:
    """An office knows its goals by their names, and its columns by their heads."""
    if reading.found is None:
        return problem
    problem, subject = reading.found.worded(problem), problem.subject
    goal = subject.facts.get("goal") if isinstance(subject, Said) else None
    if goal not in plan.goal_ids:
        return problem
    return replace(problem, subject=said("figures.goal-subject", goal=plan.goal(str(goal)).name))


def last_figures(
    plan: Plan, past: pd.DataFrame, area: str | None, period: int | None
) -> dict[str, float]:
    """The newest figure of each goal in the period before; none without an area and a period."""
    if area is None or period is None or "value" not in past:
        return {}
    from planlib.excel.template.asked import figures_before
    from planlib.figures.observations import whole_rows

    rows = figures_before(plan, whole_rows(past), area, period)
    rows = rows[rows["value"].notna()]
    if "member" in rows:
        rows = rows[rows["member"] == ""]
    newest = rows.sort_values("vintage", kind="stable").drop_duplicates("goal", keep="last")
    return {
        str(goal): float(value) for goal, value in zip(newest["goal"], newest["value"], strict=True)
    }


def _plan_of(sent: OpenedFile, name: str | None) -> tuple[Plan, Path]:
    """The plan and its folder: the one named, else the one the template is of."""
    from planlib.plan.plan_files import AREAS, HEADER
    from planlib.plan.reading import read_plan
    from planlib.plan.shipped import PLANS, plan_folder, shipped_plans

    if name is None and sent.identity is None:
        message = said("excel.file-names-no-plan")
        raise refused(message, sent.path, hint=said("excel.name-plan-plan"))
    if name is not None:
        folder = plan_folder(name)
        return read_plan(folder, PLANS / AREAS), folder
    wanted = sent.identity.plan if sent.identity else ""
    if wanted in shipped_plans():
        return read_plan(PLANS / wanted, PLANS / AREAS), PLANS / wanted
    near = [base / part for base in (Path(), sent.path.parent) for part in (wanted, "")]
    for folder in near:
        if (folder / HEADER).is_file():
            plan = read_plan(folder, PLANS / AREAS)
            if plan.id == wanted:
                return plan, folder
    message = said("excel.template-plan-not-found", plan=wanted)
    raise refused(message, sent.path, hint=said("excel.name-plan-s-folder"))


def _places(plan: Plan, folder: Path, into: Path | None) -> tuple[Path, list[Path], list[Path]]:
    """Where the figures go, what else holds figures of the same kind, and all there is to compare."""
    from planlib.plan.shipped import DATA, PLANS, figure_files

    plan_figures = [path for path in figure_files(plan, folder) if path.is_file()]
    if into is not None:
        inside = [root for root in (PLANS, DATA) if into.resolve().is_relative_to(root)]
        if not inside:
            history = [*plan_figures, *([into] if into.is_file() and into.stat().st_size else [])]
            return into, [], list({path.resolve(): path for path in history}.values())
    shipped = folder.resolve().is_relative_to(PLANS)
    if shipped or into is not None:
        hint = said("figures.say-figures-go-into")
        raise refused(said("excel.plans-figures-come-planlib"), into or folder, hint=hint)
    for name in plan.header.figures:
        # A plan of one's own may use shipped figures; those stay as they are.
        borrowed = (DATA / name).is_file() and not (folder / name).is_file()
        if name.lower().endswith(".csv") and not borrowed:
            return folder / name, plan_figures, plan_figures
    hint = said("excel.add-figures-figures-csv")
    raise refused(said("excel.plan-names-no-csv"), folder, hint=hint)
