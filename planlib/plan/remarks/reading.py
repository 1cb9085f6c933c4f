"""Files of remarks, found beside the figures, read and held against their plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from planlib.errors import Faults, InputError, Problem, Said, did_you_mean, said
from planlib.plan.faults import part_in
from planlib.plan.periods.calendar import frequency_of, period
from planlib.plan.periods.typed import stated_period
from planlib.plan.plan import Plan
from planlib.plan.plan_files import REMARKS, REMARKS_TEXT
from planlib.plan.remarks.markdown import MARKDOWN, read_markdown_remarks
from planlib.plan.remarks.remark import MIDTERM, TERM, Remark, RemarkFile
from planlib.plan.yaml_text import YamlFile, read_yaml


def remarks_beside(figures: Iterable[str | Path]) -> list[Path]:
    """The files of remarks that lie in the folders of some files of figures.

    What is no file of this machine, such as an address or a query, has none beside it.
    """
    folders = dict.fromkeys(Path(one).parent for one in figures if Path(one).is_file())
    names = (REMARKS, REMARKS_TEXT)
    return [path for folder in folders for name in names if (path := folder / name).is_file()]


def read_remark_file(path: Path) -> tuple[YamlFile, tuple[Remark, ...]]:
    """The remarks of a file by themselves, YAML or Markdown by the ending of its name.

    Raises InputError with every problem and its line.
    """
    markdown = path.suffix.lower() in MARKDOWN
    file = read_markdown_remarks(path) if markdown else read_yaml(path)
    return file, part_in(RemarkFile, file).remarks


def read_remarks(
    paths: Path | Iterable[Path], plan: Plan, areas: Collection[str] = ()
) -> tuple[Remark, ...]:
    """The remarks of files, in order; their periods and goals as the plan writes them.

    ``areas`` are known beside those of the registry. Raises InputError with every problem and its
    line: what is no remark, and a goal, an area or a period that the plan does not have, and a
    remark that stands twice.
    """
    found: list[Remark] = []
    places: list[tuple[YamlFile, int]] = []
    problems: list[Problem] = []
    for path in [paths] if isinstance(paths, Path) else paths:
        try:
            file, given = _given(path)
        except InputError as error:
            problems += error.problems
            continue
        checked = _Checked(plan, {*plan.areas_by_id, *areas}, file)
        found += [checked.standing(at, one) for at, one in enumerate(given)]
        places += [(file, at) for at in range(len(given))]
        problems += checked.problems
    problems += _twice(found, places)
    if problems:
        raise InputError(problems)
    return tuple(found)


def _given(path: Path) -> tuple[YamlFile, tuple[Remark, ...]]:
    try:
        stat = path.stat()
        stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    except OSError:
        stamp = (0, 0, 0)
    return _read(path.absolute(), stamp, path)


@lru_cache(maxsize=4)  # a batch asks for the same file once a page
def _read(_: Path, __: tuple[int, int, int], path: Path) -> tuple[YamlFile, tuple[Remark, ...]]:
    return read_remark_file(path)


class _Checked:
    """The remarks of a file as they stand in a plan, and what is wrong with them."""

    def __init__(self, plan: Plan, areas: Collection[str], file: YamlFile) -> None:
        self.plan, self.areas, self.file = plan, areas, file
        self.problems: list[Problem] = []

    def standing(self, at: int, one: Remark) -> Remark:
        """A remark with its goal and period as the plan writes them."""
        if one.area not in self.areas:
            message = said("documents.remark-area-unknown", area=one.area)
            self._say(at, "area", message, did_you_mean(one.area, self.areas))
        return one.model_copy(
            update={"goal": self._goal(at, one.goal), "period": self._period(at, one.period)}
        )

    def _say(self, at: int, key: str, message: str, hint: Said | None) -> None:
        line = self.file.line(("remarks", at, key))
        self.problems.append(Problem(message, str(self.file.path), line, hint=hint))

    def _goal(self, at: int, goal: str | None) -> str | None:
        try:
            return goal and self.plan.goal(goal).id
        except KeyError:
            message = said("documents.remark-goal-unknown", goal=goal)
            self._say(at, "goal", message, did_you_mean(str(goal), self.plan.goal_ids))
            return goal

    def _period(self, at: int, text: str) -> str:
        if text in (MIDTERM, TERM):
            return text
        try:
            found = period(stated_period(text, self.plan.calendar, self.plan.languages))
        except Faults as fault:
            hint = fault.hint or said("documents.remark-periods")
            self._say(at, "period", fault.found[0], hint)
            return text
        years = self.plan.along(frequency_of(found)).years
        if found not in years:
            message = said(
                "documents.remark-period-unknown", period=text, first=years[0], last=years[-1]
            )
            self._say(at, "period", message, said("documents.remark-periods"))
        return str(found)


def _twice(
    given: Sequence[Remark], places: Sequence[tuple[YamlFile, int]]
) -> Iterator[Problem]:  # fmt: skip
    first: dict[tuple[str, str, str, str], int] = {}
    for at, one in enumerate(given):
        before = first.setdefault((one.area, one.period, one.key, one.text), at)
        if before != at:
            (file, place), (other, where) = places[at], places[before]
            line, there = file.line(("remarks", place)), other.line(("remarks", where))
            message = said("documents.remark-twice", first=there)
            if other is not file:
                message = said(
                    "documents.remark-twice-elsewhere", file=other.path.name, first=there
                )
            yield Problem(message, str(file.path), line, hint=said("plan.delete-one"))
