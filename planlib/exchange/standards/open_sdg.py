"""The data folder of an Open SDG site: a table and a page of metadata for each indicator.

Each indicator carries the progress status that ``planlib methods`` gives it by Open SDG's own rule,
so that the site shows that and computes none of its own. Goals are numbered by their section and
place: 2-1-3 is the third of section 2.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.methods import methods
from planlib.exchange.yaml_out import yaml_lines
from planlib.figures.tidy_rows import number_text
from planlib.language.language import Language
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import period
from planlib.report.text.phrases import target_text
from planlib.report.text.units import unit_text

RULE = "opensdg"
# What a site of Open SDG calls the statuses of its rule.
STATUSES = {
    "achieved": "target_achieved", "substantial": "substantial_progress",
    "moderate": "moderate_progress", "limited": "limited_progress",
    "deterioration": "deterioration",
}  # fmt: skip
UNKNOWN = "not_available"


def open_sdg(evaluation: Evaluation, area: str, language: Language) -> dict[str, bytes]:
    """The files of the folder; ``area`` is the one whose figures are the headline, and the statuses."""
    plan, code = evaluation.plan, language.code
    last = evaluation.last_year(area)
    status = {one.goal: one.status for one in methods(evaluation, area, last) if one.method == RULE}
    evaluation.score(evaluation.areas)
    files: dict[str, bytes] = {}
    ids: list[tuple[str, ...]] = [("number", "goal")]
    for number, section in enumerate(plan.sections, 1):
        for place, goal in enumerate(section.goals, 1):
            indicator = f"{number}-1-{place}"
            ids.append((indicator, goal.id))
            files[f"data/indicator_{indicator}.csv"] = _csv(_rows(evaluation, goal, area, language))
            told = STATUSES.get(status.get(goal.id) or "", UNKNOWN)
            here = goal.in_area(area)
            target = here.main_target()
            about: dict[str, Any] = {
                "indicator_number": indicator.replace("-", "."),
                "indicator_name": goal.name.in_language(code),
                "graph_title": goal.name.in_language(code),
                "goal_name": section.name.in_language(code),
                "target_name": target_text(here, target, language),
                "computation_units": unit_text(here, target, language),
                "national_geographical_coverage": plan.area_name(area).in_language(code),
                "reporting_status": "complete",
                "progress_status": told,
                "auto_progress_calculation": False,
                "data_non_statistical": False,
                "planlib_goal": goal.id,
            }
            files[f"meta/{indicator}.yml"] = _yaml(about)
    return {"indicators.csv": _csv(ids), **files}


def _rows(
    evaluation: Evaluation, goal: Goal, headline: str, language: Language
) -> list[tuple[str, ...]]:
    """The figures of a goal: the headline's without an area, those of others with its name."""
    rows = list[tuple[str, ...]]([("Year", "Area", "Value")])
    if goal.main_target().kind.figure != "number":
        return rows
    view = evaluation.along(evaluation.plan.frequency_of(goal))
    view.score(view.areas)
    plan, goal = view.plan, view.plan.goal(goal.id)
    for area in (headline, *(one for one in view.areas if one != headline)):
        name = "" if area == headline else plan.area_name(area).in_language(language.code)
        for year in plan.years:
            value = view.verdict_of(goal, area, year).value
            if value is not None:  # the period as programs sort it: 2023, 2023-Q4
                rows.append((str(period(year)), name, number_text(value)))
    return rows


def _csv(rows: list[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def _yaml(record: Mapping[str, Any]) -> bytes:
    return ("\n".join(yaml_lines(dict(record))) + "\n").encode()
