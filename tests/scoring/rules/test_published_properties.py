"""What must hold of every rule, whatever the figures are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from common_series import observations, targets
from examples import examples
from hypothesis import assume, given
from hypothesis import strategies as st

from planlib.scoring.rules import METHODS, Method, assess
from planlib.scoring.rules.results import why_key

# Whole hundredths, as offices print them, with zeros, signs and huge numbers among them.
figures = st.one_of(
    st.none(),
    st.integers(-20_000, 20_000).map(lambda n: n / 100),
    st.sampled_from([0, 1e300, -1e-300]),
)
amounts = st.integers(1, 20_000).map(lambda n: n / 100)
directions = st.sampled_from(["increase", "decrease"])
RATIO_RULES = ("opensdg", "unsd", "eurostat", "escap", "sdsn", "dns")


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.id)
@examples(40)
@given(
    values=st.lists(figures, min_size=1, max_size=9),
    target=figures,
    direction=directions,
    base_year=st.integers(2005, 2018),
    target_year=st.integers(2005, 2018),
    limit=figures,
    every_year=st.booleans(),
)
def test_a_rule_never_raises_and_answers_a_known_status_or_says_why_not(
    method: Method, values: list[float | None], target: float | None, direction: str,
    base_year: int, target_year: int, limit: float | None, every_year: bool,
) -> None:  # fmt: skip
    goals = targets(
        "s",
        np.nan if target is None else target,
        direction,
        base_year=base_year,
        target_year=target_year,
        limit=np.nan if limit is None else limit,
        every_year=every_year,
    )
    row = assess(method.id, observations("s", [np.nan if v is None else v for v in values]), goals)
    answer = row.iloc[0]
    if answer["why_not"]:
        assert why_key(answer["why_not"]) and pd.isna(answer["status"])
    else:
        assert answer["status"] in method.statuses
    assert not np.isinf(answer[["ratio", "score"]].to_numpy(float)).any()


@pytest.mark.parametrize("method", RATIO_RULES)
@examples(25)
@given(
    values=st.lists(amounts, min_size=4, max_size=7),
    target=amounts,
    direction=directions,
    scale=st.sampled_from([0.001, 0.5, 8, 1000]),
)
def test_the_unit_of_the_figures_does_not_matter(
    method: str, values: list[float], target: float, direction: str, scale: float
) -> None:
    def told(by: float) -> Any:
        goals = targets("s", target * by, direction, target_year=2016)
        return assess(method, observations("s", [value * by for value in values]), goals).iloc[0]

    one, other = told(1), told(scale)
    if np.isfinite(one["ratio"]) and np.isfinite(other["ratio"]):
        assert one["ratio"] == pytest.approx(other["ratio"], rel=1e-6, abs=1e-9)
    # At a cut itself binary dust decides.
    assume(not np.isfinite(one["ratio"]) or min(abs(one["ratio"] - c) for c in CUTS) > 1e-9)
    if values[0] != target and not _level(values):
        assert one["status"] == other["status"] or (
            pd.isna(one["status"]) and pd.isna(other["status"])
        )


CUTS = (0, 0.05, 0.1, 0.2, 0.5, 0.6, 0.95, 1)


def _level(values: list[float]) -> bool:
    return len(set(values)) < len(values)


@pytest.mark.parametrize("method", ["opensdg", "unsd", "eurostat", "sdsn", "escap"])
@examples(25)
@given(values=st.lists(amounts, min_size=2, max_size=6), gain=amounts, target=amounts)
def test_a_better_latest_figure_never_has_a_worse_standing(
    method: str, values: list[float], gain: float, target: float
) -> None:
    assume(values[0] < target)  # from the far side some rules praise a fall
    better = [*values[:-1], values[-1] + gain]
    known = next(one for one in METHODS if one.id == method)
    order = list(known.statuses)
    goals = targets("s", target, "increase", target_year=2016)
    before = assess(method, observations("s", values), goals)["status"].iloc[0]
    after = assess(method, observations("s", better), goals)["status"].iloc[0]
    assert order.index(after) <= order.index(before)


@examples(10)
@given(
    st.lists(st.tuples(st.lists(amounts, min_size=1, max_size=6), amounts), min_size=1, max_size=8)
)
def test_series_are_judged_one_by_one(rows: list[tuple[list[float], float]]) -> None:
    frames = [observations(f"s{i}", values) for i, (values, _) in enumerate(rows)]
    goals = [targets(f"s{i}", target, "increase") for i, (_, target) in enumerate(rows)]
    for method in METHODS:
        together = assess(method.id, pd.concat(frames), pd.concat(goals))
        alone = [assess(method.id, *pair) for pair in zip(frames, goals, strict=True)]
        pd.testing.assert_frame_equal(
            together, pd.concat(alone, ignore_index=True), check_exact=False, rtol=1e-9
        )
