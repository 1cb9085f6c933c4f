"""Where shipped plans, figures and notebooks lie: in the checkout, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS, HEADER
from planlib.plan.reading import read_plan

PACKAGE = Path(__file__).resolve().parent.parent
PLANS = PACKAGE / "plans"


def _shipped(name: str) -> Path:
    """A folder beside the package in a checkout; inside it in an installed wheel."""
    beside = PACKAGE.parent / name
    if (PACKAGE.parent / "pyproject.toml").is_file() and beside.is_dir():
        return beside
    return PACKAGE / f"_{name}"


DATA = _shipped("data")
NOTEBOOKS = _shipped("notebooks")


def shipped_plans() -> list[str]:
    """The ids of the plans that come with planlib."""
    return sorted(path.parent.name for path in PLANS.glob(f"*/{HEADER}"))


def plan_folder(plan: str) -> Path:
    """The folder of a shipped plan by id, or of a user's own plan by path."""
    if plan in shipped_plans():
        return PLANS / plan
    folder = Path(plan)
    if folder.is_dir():
        return folder
    known = shipped_plans()
    hint = did_you_mean(plan, known) or said("plan.shipped-plans-known", names=", ".join(known))
    raise InputError([Problem(said("plan.plan-not-found", plan=plan), hint=hint)])


def open_plan(plan: str) -> Plan:
    """A plan by id or by folder; raises InputError with every problem in its files."""
    return read_plan(plan_folder(plan), PLANS / AREAS)


def figure_files(plan: Plan, folder: Path | None = None) -> list[Path]:
    """The files of a plan's own figures: below the plan's folder, else below the data folder."""
    found = []
    for name in plan.header.figures:
        shipped = DATA / name
        beside = folder / name if folder is not None else shipped
        found.append(shipped if shipped.is_file() and not beside.is_file() else beside)
    return found
