"""The plans and figures that reviews say they were made from, found again on this machine.

A name in a file under test never becomes a path: files come from the shipped plans, or from the
folders and files the user names, and are matched to the names that are claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from planlib.errors import InputError, Problem, did_you_mean
from planlib.intake.fingerprints import figures_by_name
from planlib.intake.plan_files import load_plan
from planlib.intake.plan_links import AREAS
from planlib.intake.shipped import PLANS, figure_files, shipped_plans
from planlib.intake.tables import load_observations
from planlib.model.evidence import OWN_FIGURES
from planlib.model.plan import Plan
from planlib.verify.figures import Row


@dataclass(frozen=True)
class OpenPlan:
    """A plan with the folder it was read from."""

    plan: Plan
    folder: Path


@dataclass(frozen=True)
class OpenFigures:
    """Figures by the names they are claimed under; ``rows`` is None where they cannot be read."""

    paths: dict[str, Path]
    rows: dict[str, list[Row]] | None

    def of_area(self, area: str) -> list[Row]:
        """The observations of an area, each with the claimed name of its file."""
        return (self.rows or {}).get(area, [])


class Sources:
    """Opens each plan and its figures once; what is wrong with them is told once."""

    def __init__(self, plan_dirs: Sequence[Path], observations: Sequence[Path]) -> None:
        self.problems: list[Problem] = []
        self._given = list(observations)
        self._plans: dict[str, OpenPlan | None] = {}
        self._figures: dict[tuple[str, tuple[str, ...]], OpenFigures] = {}
        for folder in plan_dirs:
            opened = self._load(folder)
            if opened is not None:
                self._plans[opened.plan.id] = opened
        for path in self._given:
            if not path.is_file():
                self.problems.append(Problem("there is no such file", str(path)))

    def plan(self, plan_id: str) -> OpenPlan | None:
        """A plan by id; None, with a problem, where there is none or its files are wrong."""
        if plan_id not in self._plans:
            shipped = shipped_plans()
            if plan_id in shipped:
                self._plans[plan_id] = self._load(PLANS / plan_id)
            else:
                hint = did_you_mean(plan_id, shipped) or "give its folder with --plan-dir"
                message = f"no plan '{plan_id}' comes with planlib"
                self.problems.append(Problem(message, hint=hint))
                self._plans[plan_id] = None
        return self._plans[plan_id]

    def _load(self, folder: Path) -> OpenPlan | None:
        plan, problems = load_plan(folder, PLANS / AREAS)
        self.problems += problems
        return OpenPlan(plan, folder) if plan is not None and not problems else None

    def figures(self, opened: OpenPlan, names: tuple[str, ...], folder: Path) -> OpenFigures:
        """The figures a review of the plan claims, by name; a file that is not found is left out.

        What the public may see stands in the review's own ``folder``.
        """
        if names == (OWN_FIGURES,):
            return self._read(opened, names, {OWN_FIGURES: folder / OWN_FIGURES})
        key = (opened.plan.id, names)
        if key not in self._figures:
            self._figures[key] = self._read(opened, names, {})
        return self._figures[key]

    def _read(
        self, opened: OpenPlan, names: tuple[str, ...], beside: dict[str, Path]
    ) -> OpenFigures:
        given = {path.name: path for path in self._given}
        own: dict[str, Path] = {}
        try:
            own = figures_by_name(figure_files(opened.plan, opened.folder), opened.folder)
        except InputError as error:
            self.problems += error.problems
        own |= {name: path for name, path in beside.items() if path.is_file()}
        found = {name: given.get(PurePosixPath(name).name, own.get(name)) for name in names}
        paths = {name: path for name, path in found.items() if path is not None}
        for name in names:
            if name not in paths:
                message = f"no file of figures is called '{name}'"
                self.problems.append(Problem(message, hint="give it with --observations"))
        if len(paths) < len(names):
            return OpenFigures(paths, None)
        observations, problems = load_observations(list(paths.values()), opened.plan)
        self.problems += problems
        if problems:
            return OpenFigures(paths, None)
        called = {str(path): name for name, path in paths.items()}
        rows: dict[str, list[Row]] = {}
        for area, frame in observations.frame.groupby("area", observed=True):
            records: list[dict[Any, Any]] = frame.to_dict("records")
            rows[str(area)] = [row | {"file": called[str(row["file"])]} for row in records]
        return OpenFigures(paths, rows)
