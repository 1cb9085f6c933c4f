"""Are verdicts called 90 % sure so: figures published more than once, judged by what others teach.

    PLANLIB_REPORTED_TWICE=TARGETS.csv,REPORTS.csv make bench

Both files have the columns ``area, indicator, year, kind, value, low, high, comparison, reported_on``;
``kind`` is ``target`` or ``figure``. Every report but the last of a figure is judged by what other
areas teach, then by what other indicators do, against the verdict by the last report.
"""

from __future__ import annotations

import os
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scoring"))
GIVEN = os.environ.get("PLANLIB_REPORTED_TWICE", "")
BINS = (0, 0.5, 0.7, 0.85, 0.95, 0.98, 1.0001)
UNDATED_LAST = "2100-12-31"  # a report whose date is not stated is taken for the newest


def read(paths: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    table = pd.concat([pd.read_csv(path) for path in paths])
    target = table[(table["kind"] == "target") & table[["value", "low"]].notna().any(axis=1)]
    target = target.sort_values("reported_on", na_position="first")
    target = target.drop_duplicates(["area", "indicator"], keep="last")
    figures = table[(table["kind"] == "figure") & table["value"].notna()].copy()
    figures["vintage"] = figures["reported_on"].fillna(UNDATED_LAST).astype(str)
    figures = figures.drop_duplicates(["area", "indicator", "year", "vintage"], keep="last")
    return target, figures


def judged(target: pd.DataFrame, figures: pd.DataFrame, apart: str) -> pd.DataFrame:
    """Every earlier report with its certainty and whether its verdict was that of the last."""
    from certain import held
    from helpers import goal, observations, plan

    from planlib.scoring.certainty.errors import error_columns
    from planlib.scoring.certainty.lessons import learn
    from planlib.scoring.panel import Panel
    from planlib.scoring.time.along import score_goal

    keys = ["area", "indicator", "year"]
    figures = figures.sort_values("vintage")
    last = figures.groupby(keys)["value"].transform("last")
    earlier = figures.assign(final=last)[figures.duplicated(keys, keep="last")]
    found: list[dict[str, Any]] = []
    for name, mine in earlier.groupby(apart):
        others = figures[figures[apart] != name]
        goals = [goal(i.replace("_", "-"), target={"comparison": "at_least", "value": 0, "cadence": "every_year"})
                 for i in sorted(figures["indicator"].unique())]  # fmt: skip
        general = plan(*goals, first=2005, last=2020, baseline=None)
        lessons = learn(general, observations(*map(as_row, others.to_dict("records"))).frame)
        for row in mine.to_dict("records"):
            where = (target["area"] == row["area"]) & (target["indicator"] == row["indicator"])
            if not where.any() or not 2005 <= row["year"] <= 2020:
                continue
            one = target[where].iloc[0]
            ends = ("low", "high") if one["comparison"] == "between" else ("value",)
            bounds = {end: float(one[end]) for end in ends}
            aim = {"comparison": one["comparison"], "cadence": "every_year", **bounds}
            place = as_row(row)
            made = plan(goal(place["goal"], target=aim), first=2005, last=2020, baseline=None)
            codes = []
            for value in (row["value"], row["final"]):
                known = observations({**place, "value": value})
                panel = Panel(made, known).with_errors(error_columns(made, known.frame, lessons))
                scores = score_goal(panel, made.goal(place["goal"]), (int(row["year"]),), None)
                codes.append((int(scores.verdict[0, 0]), float(scores.certainty[0, 0])))
            (was, sure), (now, _) = codes
            kept = bool(held(np.array(was), np.array(now), single=len(ends) == 1))
            found.append({"certainty": sure, "kept": kept, "cell": tuple(row[k] for k in keys)})
    return pd.DataFrame(found).dropna(subset="certainty")


def as_row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "area": str(row["area"]).lower(), "goal": row["indicator"].replace("_", "-"),
        "year": int(row["year"]), "vintage": row["vintage"], "value": float(row["value"]),
    }  # fmt: skip


@pytest.mark.skipif(not GIVEN, reason="no figures that were published more than once are given")
@pytest.mark.parametrize("apart", ["area", "indicator"])
def test_of_verdicts_called_ninety_percent_sure_ninety_percent_held(apart: str) -> None:
    found = judged(*read(GIVEN.split(",")), apart)
    print(
        f"\n{len(found)} earlier reports of {found['cell'].nunique()} figures, without the {apart}"
    )
    for low, high in pairwise(BINS):
        some = found[(found["certainty"] >= low) & (found["certainty"] < high)]
        if len(some):
            called, kept = some["certainty"].mean(), some["kept"].mean()
            print(f"{low:5.2f}-{high:4.2f}: {len(some):4d} called {called:.3f}, held {kept:.3f}")
    ninety = found[(found["certainty"] >= 0.85) & (found["certainty"] < 0.95)]
    assert 0.87 <= ninety["kept"].mean() <= 0.93
