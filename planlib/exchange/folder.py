"""The folder of a plan, written whole or not at all, and checked before it takes its name."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from planlib.errors import Faults, InputError, refused, said
from planlib.exchange.slugs import slug
from planlib.figures.reading import load_observations
from planlib.plan.base import check_id
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import load_plan
from planlib.plan.shipped import PLANS, figure_files, shipped_plans
from planlib.storage.whole_files import unwritten


def new_folder(plan_id: str, out: Path) -> Path:
    """Where a new plan goes; raises InputError for an id that is none, or one that is taken."""
    try:
        check_id(plan_id)
    except Faults as error:
        better = slug(plan_id)
        hint = said("exchange.try-id", id=better) if better else None
        raise refused(error.found[0], subject=repr(plan_id), hint=hint) from None
    if plan_id in shipped_plans():
        hint = said("exchange.choose-another-id")
        raise refused(said("exchange.id-of-shipped-plan", id=plan_id), hint=hint)
    folder = out / plan_id
    if os.path.lexists(folder):
        raise refused(said("exchange.is-there-already"), folder, hint=said("exchange.remove-first"))
    return folder


def write_folder(folder: Path, files: Mapping[str, str]) -> Plan:
    """Write a plan's files and give the plan they hold. Raises InputError, nothing is left then.

    Names may lie in folders below; the folder appears in one step when ``planlib check`` has
    nothing against what is in it.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    except OSError as error:
        raise unwritten(folder, error) from None
    try:
        made.chmod(0o777 & ~_umask())
        for name, text in files.items():
            (made / name).parent.mkdir(exist_ok=True)
            (made / name).write_text(text, encoding="utf-8", newline="")
        plan = _checked(made, folder)
        made.rename(folder)
    except OSError as error:
        raise unwritten(folder, error) from None
    finally:
        with suppress(OSError):
            shutil.rmtree(made)
    return plan


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _checked(made: Path, folder: Path) -> Plan:
    plan, problems = load_plan(made, PLANS / AREAS)
    if plan is not None:
        problems = problems + load_observations(figure_files(plan, made), plan)[1]
    if plan is None or problems:
        named = str(made), str(folder)
        raise InputError(
            replace(one, file=one.file.replace(*named) if one.file else None) for one in problems
        )
    return plan
