"""Plans and figures of the same bytes are read once, wherever they lie: every test has its own copy.

What is wrong with one is never remembered, as it is told with the path; nor is what is no plain file.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from planlib.figures import reading
from planlib.figures.observations import Observations
from planlib.figures.sources import source_of
from planlib.figures.sources.files import FileSource

LARGEST = 100_000  # letters of a file that is kept in mind
PLANS: dict[object, Any] = {}
TABLES: dict[object, pd.DataFrame] = {}
OBSERVED: dict[
    object, tuple[Any, list[str], pd.DataFrame]
] = {}  # with the plan it was held against


def plain_files(paths: list[Path]) -> tuple[tuple[str, bytes], ...] | None:
    """Names and bytes of files; None where one is too large or no plain file."""
    try:
        if any(path.is_symlink() or not path.is_file() for path in paths):
            return None
        if any(path.stat().st_size > LARGEST for path in paths):
            return None
    except (OSError, ValueError):  # a name no file can have
        return None
    return tuple((path.name, path.read_bytes()) for path in paths)


def read_alike_once(patch: pytest.MonkeyPatch) -> None:
    """Remember plans and tables of figures in which nothing is wrong."""
    from planlib.batch.runs import rebuild
    from planlib.verify import sources

    load_plan, sound, load = sources.load_plan, reading._sound, sources.load_observations

    def plan_once(folder: Path, shared_areas: Path | None = None) -> Any:
        beside = [] if shared_areas is None else [shared_areas]
        held = plain_files([*sorted(folder.iterdir()), *beside] if folder.is_dir() else [folder])
        key = (folder.name, held)
        if held is None or key not in PLANS:
            plan, problems = load_plan(folder, shared_areas)
            if held is None or problems:
                return plan, problems
            PLANS[key] = plan
        return PLANS[key], []

    def figures_once(source: Any) -> Any:
        held = plain_files([source.path]) if isinstance(source, FileSource) else None
        if held is None:
            return sound(source)
        key = held
        if key not in TABLES:
            frame, problems = sound(source)
            if frame is None or problems:
                return frame, problems
            TABLES[key] = frame.copy()
        frame = TABLES[key].copy()
        frame["file"] = frame["file"].cat.rename_categories([source.name])
        return frame, []

    def observed_once(given: list[Path], plan: Any) -> Any:
        held, names = plain_files(given), [source_of(path).name for path in given]
        key = (id(plan), held)
        if held is None or key not in OBSERVED:
            observed, problems = load(given, plan)
            if held is None or problems:
                return observed, problems
            OBSERVED[key] = plan, names, observed.frame.copy()
        _, before, frame = OBSERVED[key]
        frame = frame.copy()
        frame["file"] = frame["file"].cat.rename_categories(dict(zip(before, names, strict=True)))
        return Observations(frame), []

    patch.setattr(sources, "load_observations", observed_once)
    for module in (sources, rebuild):
        patch.setattr(module, "load_plan", plan_once)
    patch.setattr(reading, "_sound", figures_once)
