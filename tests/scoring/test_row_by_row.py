"""The array code gives what the verifier, which shares none of it, gives one figure after another."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from examples import LONG
from helpers import TEXT, goal, observations, plan

from planlib.scoring.score import Standing, score, score_term
from planlib.verify.recompute import Recomputed

BASES = ("level", "count", "share", "quota", "change")
PAIR = ("numerator", "denominator")


def random_target(rng: np.random.Generator) -> dict[str, Any]:
    kind = str(rng.choice(["at_least", "at_most", "above", "below", "about", "between"]))
    basis = str(rng.choice(BASES))
    cadence = str(rng.choice(["every_year", "by", "keep", "over_term"]))
    if cadence == "over_term":
        basis = str(rng.choice(["count", "share", "quota"]))
    target: dict[str, Any] = {"comparison": kind, "basis": basis, "cadence": cadence}
    if basis == "change":
        target["cadence"] = cadence = "every_year"
    ends = sorted(float(n) for n in rng.choice([0, 5, 10, 20, 50, 90, 100], 2))
    if kind == "between":
        target |= {"low": ends[0], "high": ends[1], "better": str(rng.choice(["higher", "lower"]))}
        target["beyond"] = str(rng.choice(["good", "neutral", "bad"]))
    else:
        target["value"] = ends[1]
    if kind == "about":
        target["better"] = str(rng.choice(["higher", "lower"]))
    if cadence == "by":
        target["due"] = int(rng.integers(2011, 2016))
    return target


def random_row(rng: np.random.Generator, basis: str) -> dict[str, Any]:
    value = float(rng.choice([0, 1, 5, 9.5, 10, 20, 47, 50, 90, 100]))
    if basis == "share":
        return {"numerator": value, "denominator": 100.0} if value else dict.fromkeys(PAIR, 0.0)
    assigned = float(rng.choice([0, 10, 50]))
    return {"value": value} | ({"assigned": assigned} if basis == "quota" else {})


@pytest.mark.parametrize("seed", range(12 if LONG else 2))
def test_forty_random_goals_are_scored_alike(seed: int) -> None:
    rng = np.random.default_rng(seed)
    goals, rows = [], []
    for index in range(40):
        target = random_target(rng)
        name, basis = f"g{index}", str(target["basis"])
        # Only a share or a count has natural limits here; a level has none.
        percent = basis in {"share", "quota", "change"}
        if seed % 2 and rng.random() < 0.5:
            size = float(rng.choice([0, 0.5, 5, 40]))
            target["tolerance"] = {"points" if percent else "value": size}
        goals.append(goal(name, "%" if percent else TEXT, target=target))
        rows += [
            {"goal": name, "year": year, **random_row(rng, basis)}
            for year in range(2010, 2016)
            if rng.random() < 0.8
        ]
    made, figures = (
        plan(*goals, tolerance={"percent": 5} if seed % 2 else None),
        observations(*rows),
    )
    frame = score(made, figures)
    again = Recomputed(made, figures.frame.to_dict("records"))
    for goal_id, year, verdict in zip(frame["goal"], frame["year"], frame["verdict"], strict=True):
        one = made.goal(str(goal_id))
        own = [row for row in rows if row["goal"] == one.id]
        assert str(verdict) == again.annual(one, int(year)).verdict, (one.main_target(), own, year)
    for year in made.years:
        terms = score_term(made, figures, standing=Standing(year))
        for goal_id, verdict in zip(terms["goal"], terms["verdict"], strict=True):
            one = made.goal(str(goal_id))
            own = [row for row in rows if row["goal"] == one.id]
            assert str(verdict) == again.term(one, year).verdict, (one.main_target(), own, year)
