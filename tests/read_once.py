"""What comes with planlib is read once in each process of the tests: none of them changes it.

Hundreds of tests open the same plans, each of some eighty goals and a file of figures. What a test
writes itself is read each time.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any


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
    load_plan, sound = cache(of_plans.load_plan), cache(of_figures._sound)

    def ours(path: Path) -> bool:
        return path.is_absolute() and any(path.is_relative_to(folder) for folder in shipped)

    def plan_once(folder: Path, shared_areas: Path | None = None) -> Any:
        if not ours(folder):
            return load_plan.__wrapped__(folder, shared_areas)
        plan, problems = load_plan(folder, shared_areas)
        return plan, [*problems]

    def figures_once(source: Any) -> Any:
        if not isinstance(source, FileSource) or not ours(source.path):
            return sound.__wrapped__(source)
        frame, problems = sound(source)
        return None if frame is None else frame.copy(), [*problems]

    vars(of_plans)["load_plan"], vars(of_figures)["_sound"] = plan_once, figures_once


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
