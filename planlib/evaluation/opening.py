"""Plans and figures as a program or a command gives them, and the evaluation made of both."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from planlib.errors import InputError, refused, said, system_reason, without_secrets
from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.given.handed_on import handed_on
from planlib.evaluation.given.kept import kept
from planlib.figures.observations import Observations
from planlib.figures.reading import UncheckedFigures, read_observations
from planlib.figures.reading import read_figures as read_unchecked
from planlib.figures.sources import Given, source_of
from planlib.plan.plan import Plan
from planlib.plan.plan_files import AREAS, yaml_files
from planlib.plan.reading import MOST_FILES
from planlib.plan.reading import read_plan as read_folder
from planlib.plan.shipped import PLANS, figure_files, plan_folder
from planlib.storage.run_folder import PLACE

if TYPE_CHECKING:
    from planlib.figures.sources.databases import Database, Query

LARGEST_FILE = 2**24  # bytes of one YAML file at an address
AsGiven: TypeAlias = Given | Sequence[Given]


def read_plan(plan: str | PathLike[str]) -> Plan:
    """A plan: by the id of one that comes with planlib, by its folder, or by an address.

    An address is anything fsspec knows, such as ``s3://office/plan``. Raises InputError with every
    problem in its files, each with file, line and hint.

    >>> read_plan("ward-2010-2015").years
    (2011, 2012, 2013, 2014, 2015)
    >>> read_plan("ward-2010-2051")
    Traceback (most recent call last):
    ...
    planlib.errors.InputError: there is no plan 'ward-2010-2051' (did you mean 'ward-2010-2015'?)
    """
    place = str(plan)
    if "://" in place:
        return _read_from(place)
    folder = plan_folder(place)
    return read_folder(folder, PLANS / AREAS).read_from(str(folder))


def _read_from(address: str) -> Plan:
    """A plan whose files lie at an address; they are fetched once."""
    import tempfile

    from planlib.storage.store import open_store

    store = open_store(address)
    shown = without_secrets(address).rstrip("/")
    with tempfile.TemporaryDirectory() as scratch:
        try:
            names = [name for name in store.names() if name.endswith((".yaml", ".yml"))]
            for name in names[: MOST_FILES + 1]:
                (Path(scratch) / name).write_bytes(store.head(name, LARGEST_FILE))
        except OSError as error:
            reason = system_reason(error)
            raise refused(said("storage.cannot-read", reason=reason), shown) from None
        try:
            plan = read_folder(Path(scratch), PLANS / AREAS)
        except InputError as error:
            raise InputError(
                replace(one, file=one.file and one.file.replace(scratch, shown))
                for one in error.problems
            ) from None
    return plan.read_from(address)


def read_figures(
    source: AsGiven | Plan | Query, *, database: Database | None = None
) -> UncheckedFigures | Observations:
    """Figures: one row a goal, area, year and report, in the columns of docs/library.md.

    ``source`` is a CSV or Parquet file, an address of one, a DataFrame, a list of these, or a plan,
    whose own figures are read. With a ``database`` (an address such as ``sqlite:///figures.db``, an
    SQLAlchemy engine or a connection; ``pip install 'planlib[sql]'``) it is an SQL query. The form
    is checked here; against a plan the figures are checked when they are evaluated.

    Raises InputError with one line for each problem: file and line, or the position in the frame.

    >>> import pandas as pd
    >>> read_figures(pd.DataFrame({"area": "a", "goal": "g", "year": [2013], "value": [62.5]}))
    <UncheckedFigures: 1 rows of 1 sources>
    >>> read_figures(pd.DataFrame({"area": "a", "goal": "g", "year": ["13"]}))
    Traceback (most recent call last):
    ...
    planlib.errors.InputError: figures (DataFrame):0: 'year' must be a year of four digits, found '13'
    """
    if isinstance(source, Plan):
        return read_observations(_figures_of_plan(source), source)
    if database is not None:
        return read_unchecked([source_of(source, database)])  # type: ignore[arg-type]
    return read_unchecked(_listed(source))  # type: ignore[arg-type]


def evaluate(
    plan: Plan | str | PathLike[str],
    figures: Observations | UncheckedFigures | AsGiven | None = None,
    *,
    as_of: str | date | int | None = None,
    audience: str = "internal",
) -> Evaluation:
    """Evaluate a plan with its own figures, or with others. Its methods answer with DataFrames.

    ``plan`` is one that was read, or what ``read_plan`` takes; ``figures`` are what ``read_figures``
    gives or takes, those of the plan by default. ``as_of`` is a day as ISO text or ``date``, or a
    year: only reports up to then count, all of them by default. ``audience`` is ``internal``, or
    ``public``: then what would identify people is withheld. Raises InputError with every problem.

    >>> evaluate("ward-2010-2015", as_of="2014-03-31", audience="public")
    <Evaluation of ward-2010-2015 2011-2015: ... as of 2014-03-31, public>
    """
    if figures is None and not isinstance(plan, Plan):
        place = str(plan)
        return kept(place, as_of, audience, lambda: _evaluated(place, as_of, audience))
    opened = plan if isinstance(plan, Plan) else read_plan(plan)
    if figures is None:
        figures = _figures_of_plan(opened)
    if isinstance(figures, UncheckedFigures):
        figures = figures.for_plan(opened)
    if not isinstance(figures, Observations):
        figures = read_observations(_listed(figures), opened)
    return Evaluation(opened, figures, as_of, audience)


def _handed_on(place: str, as_of: str | date | int | None, audience: str) -> Evaluation | None:
    """What the run that started this process has read already, asked for in the same words."""
    if PLACE not in os.environ or not isinstance(as_of or "", str) or "://" in place:
        return None
    files = [*yaml_files(plan_folder(place)), PLANS / AREAS]
    return handed_on((place, audience, str(as_of or "")), files)


def _evaluated(
    place: str, as_of: str | date | int | None, audience: str
) -> tuple[Evaluation, list[Given]]:
    """The evaluation of a plan with its own figures, and where these are."""
    known = _handed_on(place, as_of, audience)
    if known is not None:
        return known, _figures_of_plan(known.plan)
    plan = read_plan(place)
    sources = _figures_of_plan(plan)
    return Evaluation(plan, read_observations(sources, plan), as_of, audience), sources


def _figures_of_plan(plan: Plan) -> list[Given]:
    """Where a plan's own figures are: beside its files, else with what comes with planlib."""
    place = plan.written.place
    if place is not None and "://" in place:
        return [f"{place.rstrip('/')}/{name}" for name in plan.header.figures]
    return list(figure_files(plan, None if place is None else Path(place)))


def _listed(figures: AsGiven) -> list[Given]:
    return list(figures) if isinstance(figures, list | tuple) else [figures]  # type: ignore[list-item]
