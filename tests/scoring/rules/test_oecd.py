"""OECD: distances in standard deviations of the peers, which takes several areas."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from common_series import ask, targets

from planlib.errors import InputError
from planlib.scoring.rules import oecd
from planlib.scoring.rules.results import WHY_NOT


def areas(**values: float) -> pd.DataFrame:
    rows = [{"series": "s", "area": area, "year": 2010, "value": v} for area, v in values.items()]
    return pd.DataFrame(rows)


def told(figures: pd.DataFrame, goals: pd.DataFrame) -> list[Any]:
    return oecd.assess(figures, goals)[["area", "status", "ratio"]].values.tolist()


def test_distance_is_what_is_missing_in_standard_deviations() -> None:
    # 78, 84, 90 have a standard deviation of 6
    expected = [["a", "short", 2.0], ["b", "short", 1.0], ["c", "reached", 0.0]]
    assert told(areas(a=78, b=84, c=90), targets("s", 90, "increase")) == expected


def test_less_may_be_better() -> None:
    expected = [["a", "reached", 0.0], ["b", "short", 1.0], ["c", "short", 2.0]]
    assert told(areas(a=3, b=9, c=15), targets("s", 3, "decrease")) == expected


def test_the_newest_figure_of_each_area_counts() -> None:
    older = areas(a=0, b=0, c=0).assign(year=2009)
    figures = pd.concat([areas(a=78, b=84, c=90), older], ignore_index=True)
    assert told(figures, targets("s", 90, "increase"))[0] == ["a", "short", 2.0]


def test_a_target_may_name_its_area() -> None:
    goals = targets("s", 90, "increase", area="b")
    assert told(areas(a=78, b=84, c=90), goals) == [["b", "short", 1.0]]


def test_without_peers_there_is_no_distance() -> None:
    assert ask(oecd, "A")["why_not"] == WHY_NOT["no_peers"]
    one = oecd.assess(areas(a=78), targets("s", 90, "increase")).iloc[0]
    assert one["why_not"] == WHY_NOT["no_peers"]
    alike = oecd.assess(areas(a=78, b=78), targets("s", 90, "increase"))
    assert set(alike["why_not"]) == {WHY_NOT["peers_alike"]}
    none = oecd.assess(areas(a=78, b=80), targets("s", np.nan, "increase"))
    assert set(none["why_not"]) == {WHY_NOT["no_target"]}


def test_two_figures_of_one_area_and_year_are_refused() -> None:
    twice = pd.concat([areas(a=78, b=80), areas(a=79)], ignore_index=True)
    with pytest.raises(InputError, match=r"row 2: a second figure for series s, area a, year 2010"):
        oecd.assess(twice, targets("s", 90, "increase"))
