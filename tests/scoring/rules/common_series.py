"""The series that every rule is held against, and a short way to ask a rule about them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd

NONE = np.nan
# first year: figures year by year, target, direction
SERIES: dict[str, tuple[list[float], float, str]] = {
    "A": ([60, 68, 78], 90, "increase"),
    "B": ([40, 33, 30], 10, "decrease"),
    "C": ([60, 68, 92], 90, "increase"),
    "D": ([100, 100, 99], 100, "increase"),
    "E": ([96, 95, 94], 95, "increase"),
    "F": ([5, 4, 2], 0, "decrease"),
    "G": ([0, 3, 6], 12, "increase"),
    "H": ([-10, -6, -2], 5, "increase"),
    "L": ([60, NONE, NONE, NONE, NONE, NONE, 85], 90, "increase"),
    "M": ([60, 20, 78], 90, "increase"),
    "N": ([100, 101, 103], NONE, "increase"),
}


def observations(name: str, values: list[float], first: int = 2008) -> pd.DataFrame:
    years = range(first, first + len(values))
    return pd.DataFrame({"series": name, "year": years, "value": np.array(values, float)})


def targets(name: str, target: float, direction: str, **more: Any) -> pd.DataFrame:
    row = {"series": name, "base_year": 2008, "target": target, "target_year": 2012}
    return pd.DataFrame([row | {"direction": direction} | more])


def ask(rule: ModuleType, name: str, **more: Any) -> pd.Series[Any]:
    """What a rule answers on one of the common series; ``more`` goes into the row of the target."""
    values, target, direction = SERIES[name]
    return asked(rule, values, target, direction, **more)


def asked(
    rule: ModuleType, values: list[float], target: float, direction: str = "increase", **more: Any
) -> pd.Series[Any]:
    """What a rule answers on yearly figures from 2008 on."""
    answer = rule.assess(observations("s", values), targets("s", target, direction, **more))
    assert list(answer.columns) == ["series", "status", "ratio", "score", "why_not"]
    assert len(answer) == 1
    row = answer.iloc[0]
    assert pd.isna(row["status"]) == (row["why_not"] != "")
    return row
