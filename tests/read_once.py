"""What comes with planlib, and plans of the tests, is read once in each process: none changes it.

Hundreds of tests open the same plans, each of some eighty goals and a file of figures, and ask the
same of them. What a test writes itself is read and judged each time.
"""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

_PLANS: dict[int, Any] = {}  # that were read once, by their ids


def read_shipped_once() -> None:
    """Remember plans and tables of figures that lie in planlib's own folders.

    Called before anything else is imported from planlib, as its modules know each other's functions.
    """
    from planlib.figures import reading as of_figures
    from planlib.figures.sources.files import FileSource
    from planlib.plan import reading as of_plans
    from planlib.report.site import notebook_format  # noqa: F401 - two seconds sooner than nbformat

    package = Path(of_plans.__file__).parents[1]
    shipped = (package / "plans", package.parent / "data")
    beside = Path(__file__).parent  # plans of the tests, which copy what they change
    fixed = tuple(
        beside / name for name in ("plan/good-plan", "groups/northfield", "periods/oakshire")
    )
    load_plan, sound = cache(of_plans.load_plan), cache(of_figures._sound)

    def ours(path: Path, folders: tuple[Path, ...] = (*shipped, *fixed)) -> bool:
        return path.is_absolute() and any(path.is_relative_to(folder) for folder in folders)

    def plan_once(folder: Path, shared_areas: Path | None = None) -> Any:
        if not ours(folder):
            return load_plan.__wrapped__(folder, shared_areas)
        plan, problems = load_plan(folder, shared_areas)
        if ours(folder, shipped):
            _PLANS[id(plan)] = plan
        return plan, [*problems]

    def figures_once(source: Any) -> Any:
        if not isinstance(source, FileSource) or not ours(source.path):
            return sound.__wrapped__(source)
        frame, problems = sound(source)
        return None if frame is None else frame.copy(), [*problems]

    vars(of_plans)["load_plan"], vars(of_figures)["_sound"] = plan_once, figures_once


def evaluate_shipped_once() -> None:
    """Remember the evaluations of those plans with their own figures, with all they have scored.

    One that is made with ``Evaluation`` itself is new. Called after ``read_shipped_once``.
    """
    from planlib.evaluation import opening
    from planlib.evaluation.evaluation import Evaluation
    from planlib.evaluation.seen_figures import SeenFigures

    read, again = opening.read_observations, SeenFigures._again
    shared = WeakSet[Any]()

    figures_of: dict[int, Any] = {}

    def read_once(given: Any, plan: Any) -> Any:
        paths = all(isinstance(one, str | Path) for one in given)
        if id(plan) not in _PLANS or not paths or given != opening._figures_of_plan(plan):
            return read(given, plan)
        if id(plan) not in figures_of:
            figures_of[id(plan)] = read(given, plan)
        return figures_of[id(plan)]

    @lru_cache(maxsize=24, typed=True)
    def evaluated(plan: int, as_of: Any, audience: str) -> Any:
        return remembered(Evaluation(_PLANS[plan], figures_of[plan], as_of, audience))

    @lru_cache(maxsize=24, typed=True)
    def asked_again(one: Any, **other: Any) -> Any:
        return remembered(again(one, **other))

    def remembered(one: Any) -> Any:
        shared.add(one)
        return one

    def evaluate_once(plan: Any, figures: Any, as_of: Any, audience: str) -> Any:
        if figures is figures_of.get(id(plan), ()):
            return evaluated(id(plan), as_of, audience)
        return Evaluation(plan, figures, as_of, audience)

    def again_once(one: Any, **other: Any) -> Any:
        return (asked_again if one in shared else again)(one, **other)

    vars(opening)["read_observations"], vars(opening)["Evaluation"] = read_once, evaluate_once
    SeenFigures._again = again_once  # type: ignore[method-assign]


def build_commands_once() -> None:
    """The commands with all their options are built once, not at every call in this process.

    One that was asked for help, or used wrongly, has learnt a language: then they are built again.
    """
    from typer import main as of_typer

    fresh, built = of_typer.get_command, dict[int, Any]()

    def once(app: Any) -> Any:
        group = built.get(id(app))
        if group is None or "get_usage" in vars(group):  # see ``planlib.cli.help.language.speak``
            group = built[id(app)] = fresh(app)
        return group

    vars(of_typer)["get_command"] = once
