"""The plans and figures that reviews say they were made from, found again on this machine.

A name in a file under test never becomes a path, and figures under test prove nothing: plans come
from those that ship or from the folders the user names, and their figures from the plan. What the
public may see of them is worked out again; a review's own file of figures is held against it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from planlib.disclosure import published
from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.figures.fingerprints import RowHashes, figures_by_name
from planlib.figures.observations import Observations
from planlib.figures.reading import load_observations
from planlib.figures.tidy_rows import csv_lines, tidy_columns
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import load_plan
from planlib.plan.remarks.remark import Remark
from planlib.plan.shipped import PLANS, figure_files, shipped_plans
from planlib.verify.areas.rows import AreaLines
from planlib.verify.certainty.taught import Taught
from planlib.verify.evidence import AREA_FIGURES, MOST_BESIDE
from planlib.verify.periods.rows import Row
from planlib.verify.remarks.files import OfficeFiles
from planlib.verify.targets.elsewhere import Elsewhere, ranked, referenced

MASKED = "/"  # how files that are no part of a review begin: no portable name does


@dataclass(frozen=True)
class OpenPlan:
    """A plan with the folder it was read from."""

    plan: Plan
    folder: Path


@dataclass(frozen=True)
class AreaFigures:
    """The figures an audience may see of one area.

    ``names`` are the files they are claimed under, ``paths`` where those lie; ``public_file`` is
    the file that must stand beside the review, None where the plan's own files are no secret;
    ``rows_apart`` is how many rows it would have with those of the areas it is ranked among, where
    these are too many for it and are left out.
    """

    names: tuple[str, ...]
    paths: dict[str, Path]
    rows: list[Row]
    public_file: bytes | None
    hashes: RowHashes
    elsewhere: Elsewhere
    lines: Mapping[tuple[str, int], int]
    lines_about: AreaLines
    rows_apart: int = 0

    def placed(self, file: str, row: int) -> tuple[str, int]:
        """The file and row under which a row of another area is claimed."""
        line = self.lines.get((file, row))
        return (file, row) if line is None else (AREA_FIGURES, line)

    def row_hash(self, file: str, row: int) -> str:
        """The hash of a row of one of the files. Raises OSError, and IndexError past the end."""
        if self.public_file is None:
            return self.hashes.of(self.paths[file], row)
        return hashlib.sha256(self.public_file.splitlines(keepends=True)[row - 1]).hexdigest()


@dataclass
class OpenFigures:
    """A plan's figures as an audience may see them, by area."""

    plan: Plan
    paths: dict[str, Path]
    seen: Observations
    partial: bool
    hashes: RowHashes
    lines_about: AreaLines
    day: int | None
    _called: dict[str, str] = field(init=False)
    _rows: dict[str, Any] = field(init=False)
    _elsewhere: Elsewhere = field(init=False)

    def __post_init__(self) -> None:
        self._called = {str(path): name for name, path in self.paths.items()}
        groups = self.seen.frame.groupby("area", observed=True)
        self._rows = {str(area): frame for area, frame in groups}
        self._elsewhere = Elsewhere(_RowsOfAreas(self._rows, self._named))

    def _named(self, frame: Any) -> list[Row]:
        """Rows by the portable names of their files; as ``MASKED`` where those are not shown."""
        records: list[dict[Any, Any]] = frame.to_dict("records")
        apart = MASKED if self.partial else ""
        return [row | {"file": apart + self._called[str(row["file"])]} for row in records]

    def areas(self, plan: Plan) -> list[str]:
        """The areas a plan follows, in its order, then the others with figures."""
        held = map(str, self.seen.frame["area"].cat.categories)
        return list(dict.fromkeys([*plan.header.areas, *held]))

    def rows_of(self, area: str) -> list[Row]:
        """The rows an audience may see of an area."""
        frame = self._rows.get(area)
        return [] if frame is None else list(frame.to_dict("records"))

    @cached_property
    def taught(self) -> Taught:
        """What the figures of all areas teach of how figures are revised."""
        return Taught(self.plan, self.seen.frame, self.day)

    def of_area(self, area: str, beside: Path) -> AreaFigures:
        """The figures of an area whose review lies in the folder ``beside``."""
        if not self.partial:
            rows = self._named(self._rows.get(area, self.seen.frame.iloc[:0]))
            names = tuple(sorted(self.paths))
            return AreaFigures(
                names, self.paths, rows, None, self.hashes, self._elsewhere, {}, self.lines_about
            )
        frame = self.seen.frame
        mine = frame["area"] == area
        for goal, areas in referenced(self.plan).items():
            mine |= (frame["goal"] == goal) & frame["area"].isin(areas)
        placed = mine.copy()
        for goal, of in ranked(self.plan):
            placed |= (frame["goal"] == goal) & (frame["area"].isin(of) if of else True)
        in_all = int(placed.sum())
        apart = in_all > MOST_BESIDE and bool((placed & ~mine).any())
        frame = frame[mine if apart else placed]
        columns = tidy_columns(frame)
        public_file = ("\ufeff" + ",".join(columns) + "\n" + csv_lines(frame, columns)).encode()
        told = self._named(frame)
        rows = [
            {**row, "file": AREA_FIGURES, "row": at}
            for at, row in enumerate(told, start=2)
            if row["area"] == area
        ]
        lines = {(str(row["file"]), int(row["row"])): at for at, row in enumerate(told, start=2)}
        paths = {AREA_FIGURES: beside / AREA_FIGURES}
        return AreaFigures(
            (AREA_FIGURES,), paths, rows, public_file, self.hashes, self._elsewhere, lines,
            self.lines_about, in_all if apart else 0,
        )  # fmt: skip


class _RowsOfAreas(Mapping[str, list[Row]]):
    """Areas by their rows, each made of its frame when it is asked for."""

    def __init__(self, frames: Mapping[str, Any], rows: Callable[[Any], list[Row]]) -> None:
        self._frames, self._made = frames, rows

    def __getitem__(self, area: str) -> list[Row]:
        return self._made(self._frames[area])

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


class ProvedInputs:
    """Opens each plan and its figures once; what is wrong with them is told once."""

    def __init__(
        self, plan_dirs: Sequence[Path], observations: Sequence[Path],
        remarks: Path | None = None, *, instead: bool = False,
    ) -> None:  # fmt: skip
        """``instead``: the given figures stand for all of a plan's own, whatever their names."""
        self.problems: list[Problem] = []
        self._instead = instead and bool(observations)
        self.office = OfficeFiles(remarks, self.problems)
        self._given = list(observations)
        self._hashes = RowHashes()
        self._plans: dict[str, OpenPlan | None] = {}
        self._given_plans: list[str] = []
        self._read: dict[str, tuple[dict[str, Path], Observations] | None] = {}
        self._about: dict[str, AreaLines] = {}
        self._figures: dict[tuple[str, str, int | None], OpenFigures | None] = {}
        for folder in plan_dirs:
            opened = self._load(folder)
            if opened is not None:
                self._plans[opened.plan.id] = opened
                self._given_plans.append(opened.plan.id)
        self._used: set[Path] = set()
        for path in self._given:
            if not path.is_file():
                self.problems.append(Problem(said("figures.file-not-found"), str(path)))
            if sum(other.name == path.name for other in self._given) > 1:
                message = said("verify.observations-same-name", name=path.name)
                self.problems.append(Problem(message, str(path)))

    @property
    def given(self) -> tuple[str, ...]:
        """The plans whose folders the user names."""
        return tuple(self._given_plans)

    def unused(self) -> list[Problem]:
        """Every problem of plans and figures, and the figures given that no review is made from."""
        strange = said("verify.no-review-here-made")
        idle = [path for path in self._given if path.is_file() and path not in self._used]
        return [*self.problems, *(Problem(strange, str(path)) for path in idle)]

    def plan(self, plan_id: str) -> OpenPlan | None:
        """A plan by id; None, with a problem, where there is none or its files are wrong."""
        if plan_id not in self._plans:
            shipped = shipped_plans()
            if plan_id in shipped:
                self._plans[plan_id] = self._load(PLANS / plan_id)
            else:
                hint = did_you_mean(plan_id, shipped) or said("verify.give-folder-plan-dir")
                message = said("verify.plan-not-shipped", plan=plan_id)
                self.problems.append(Problem(message, hint=hint))
                self._plans[plan_id] = None
        return self._plans[plan_id]

    def _load(self, folder: Path) -> OpenPlan | None:
        plan, problems = load_plan(folder, PLANS / AREAS)
        self.problems += problems
        return OpenPlan(plan, folder) if plan is not None and not problems else None

    def remarks(self, opened: OpenPlan) -> tuple[Remark, ...]:
        """What the offices of a plan say, all areas together."""
        read = self._read.get(opened.plan.id)
        paths, areas = (
            ([*read[0].values()], [*map(str, read[1].frame["area"].cat.categories)])
            if read
            else ([], [])
        )
        return self.office.of(opened.plan.in_force(None), paths, areas)

    def figures(self, opened: OpenPlan, audience: str, day: int | None) -> OpenFigures | None:
        """A plan's figures as an audience may see them; None, with a problem, without them.

        ``day`` (a day number) is that of the release, None for every report.
        """
        key = (opened.plan.id, audience, day)
        if key not in self._figures:
            self._figures[key] = self._seen(opened, audience, day)
        return self._figures[key]

    def _seen(self, opened: OpenPlan, audience: str, day: int | None) -> OpenFigures | None:
        if opened.plan.id not in self._read:
            self._read[opened.plan.id] = self._observed(opened)
        read = self._read[opened.plan.id]
        if read is None:
            return None
        paths, observations = read
        seen = published(opened.plan.in_force(None), observations, audience, day)
        plan = opened.plan.in_force(day)
        about = self._about.setdefault(opened.plan.id, AreaLines(paths, observations))
        return OpenFigures(
            plan, paths, seen.observations, bool(seen.withheld), self._hashes, about, day
        )

    def _observed(self, opened: OpenPlan) -> tuple[dict[str, Path], Observations] | None:
        """All figures of a plan, with their files by portable name."""
        given = {path.name: path for path in self._given}
        if self._instead:
            return self._opened(opened, given)
        try:
            named = figures_by_name(figure_files(opened.plan, opened.folder), opened.folder)
        except InputError as error:
            self.problems += error.problems
            return None
        paths = {name: given.get(PurePosixPath(name).name, named[name]) for name in named}
        return self._opened(opened, paths)

    def _opened(
        self, opened: OpenPlan, paths: dict[str, Path]
    ) -> tuple[dict[str, Path], Observations] | None:
        self._used |= set(paths.values())
        observations, problems = load_observations(list(paths.values()), opened.plan)
        self.problems += problems
        return None if problems else (paths, observations)
