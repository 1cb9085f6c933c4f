"""The published rules on 250 series: on arrays, one series at a time, and against undata.

    make bench

The rival on arrays' own ground is the same rule called once for each series, and the growth rule
worked in plain Python, which is what a notebook would do. The offline United Nations rule of the
package undata is timed too, and has to give the same statuses and scores.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from planlib.scoring.rules import METHODS, Method, assess

SIZE, YEARS = 250, range(2008, 2014)
BASE, DUE = 2008, 2015
BAR = 0.1  # seconds
STATUSES = {
    "On track or target met": "on_track",
    "Moderate progress, but acceleration needed": "moderate",
    "Marginal progress, and significant acceleration needed": "marginal",
    "Stagnation": "stagnation",
    "Regression": "regression",
    "Insufficient data": None,
}


def frames(size: int = SIZE) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(7)
    names = np.array([f"series-{i}" for i in range(size)])
    observations = pd.DataFrame(
        {
            "series": np.repeat(names, len(YEARS)),
            "year": np.tile(YEARS, size),
            "value": rng.uniform(0, 100, size * len(YEARS)).round(1),
        }
    )
    targets = pd.DataFrame(
        {
            "series": names,
            "base_year": BASE,
            "target": np.where(rng.random(size) < 0.2, np.nan, rng.uniform(1, 100, size).round()),
            "target_year": DUE,
            "direction": rng.choice(["increase", "decrease"], size),
        }
    )
    return observations.sample(frac=1, random_state=1), targets


def best(call: Callable[[], object], times: int = 5) -> float:
    spent = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        spent.append(time.perf_counter() - start)
    return min(spent)


def growth_ratio_by_hand(observations: pd.DataFrame, targets: pd.DataFrame) -> list[float | None]:
    """Eurostat's R, one series after another, as a notebook would have it."""
    answers: list[float | None] = []
    for _, row in targets.iterrows():
        own = observations[observations["series"] == row["series"]].sort_values("year")
        first, last = own["value"].iloc[0], own["value"].iloc[-1]
        elapsed, allowed = own["year"].iloc[-1] - BASE, DUE - BASE
        if np.isnan(row["target"]) or first <= 0 or row["target"] == first:
            answers.append(None)
            continue
        needed = (row["target"] / first) ** (1 / allowed) - 1
        answers.append(float(((last / first) ** (1 / elapsed) - 1) / needed))
    return answers


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
def test_two_hundred_and_fifty_series(method: Method) -> None:
    observations, targets = frames()
    if method.id == "oecd":
        areas = [observations.assign(area=area) for area in ("a", "b", "c")]
        observations = pd.concat(areas, ignore_index=True)
        observations["value"] += np.arange(len(observations)) % 17
        targets = targets.assign(area="a")
    whole = best(lambda: assess(method.id, observations, targets))
    few = targets.iloc[:10]
    groups = [
        (observations[observations["series"] == n], few.iloc[[i]])
        for i, n in enumerate(few["series"])
    ]
    loop = best(lambda: [assess(method.id, *pair) for pair in groups], 2) * SIZE / len(few)
    print(
        f"\n{method.id:9} {1000 * whole:7.1f} ms   one at a time {1000 * loop:8.0f} ms   {loop / whole:5.0f} ×"
    )
    assert whole < BAR


def test_a_loop_in_plain_python_is_slower_and_agrees() -> None:
    observations, targets = frames()
    answer = assess("eurostat", observations, targets)
    whole = best(lambda: assess("eurostat", observations, targets))
    loop = best(lambda: growth_ratio_by_hand(observations, targets), 2)
    print(
        f"\neurostat on arrays {1000 * whole:.1f} ms, by hand {1000 * loop:.0f} ms, {loop / whole:.0f} ×"
    )
    expected = growth_ratio_by_hand(observations, targets)
    aimed = targets["target"].notna().to_numpy()
    for ours, theirs in zip(answer["ratio"][aimed], np.array(expected, object)[aimed], strict=True):
        assert (theirs is None and np.isnan(ours)) or ours == pytest.approx(theirs)


def test_the_united_nations_rule_agrees_with_undata() -> None:
    import undata.analysis as undata

    observations, targets = frames(5000)
    answer = assess("unsd", observations, targets)
    ends = observations.sort_values("year").groupby("series")["value"].agg(["first", "last"])
    ends = ends.loc[targets["series"]]
    asked = [
        {
            "base_year": BASE, "base": first, "last_year": YEARS[-1], "last": last,
            "better": "higher" if direction == "increase" else "lower",
            "target": None if np.isnan(target) else target, "target_year": DUE,
        }
        for first, last, direction, target in zip(
            ends["first"], ends["last"], targets["direction"], targets["target"], strict=True
        )
    ]  # fmt: skip

    def theirs() -> list[dict[str, Any]]:
        return [undata._assess(**one) for one in asked]

    found = theirs()
    assert [STATUSES[str(one["status"])] for one in found] == [
        None if pd.isna(status) else status for status in answer["status"]
    ]
    scores = np.array([np.nan if one["score"] is None else one["score"] for one in found])
    np.testing.assert_allclose(answer["score"], scores, rtol=1e-9, atol=1e-9)
    whole = best(lambda: assess("unsd", observations, targets))
    loop = best(theirs, 2)
    print(
        f"\n5,000 series: frames to frames {1000 * whole:.1f} ms; undata's rule alone, numbers ready, "
        f"{1000 * loop:.1f} ms"
    )
