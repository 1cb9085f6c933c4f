"""Every combination of comparison, basis and cadence is scored, or refused with a reason."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from combinations import PAGE, SHIPPED, every, of, page
from helpers import observations, plan

from planlib.plan.goal import Goal
from planlib.plan.target import Basis
from planlib.scoring import Standing, score, score_term
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.elsewhere import Elsewhere

MADE = [of(*one) for one in every()]
ALLOWED = [one for one in MADE if isinstance(one, Goal)]
REFUSED = [
    (one, made) for one, made in zip(every(), MADE, strict=True) if not isinstance(made, Goal)
]


def rows_of(goal: Goal, seed: int) -> list[dict[str, Any]]:
    """Figures of a goal as its basis asks for them: high and low, zero, negative and missing."""
    rng = np.random.default_rng(seed)
    target, rows = goal.main_target(), []
    for year in range(2010, 2016):
        row: dict[str, Any] = {"goal": goal.id, "year": year}
        value = float(rng.choice([0, 5, 9.9, 10, 12.5, 20, 25, 100]))
        if rng.random() < 0.15:
            continue
        if target.kind.figure == "members":
            answers = [(member.id, float(rng.integers(0, 2))) for member in target.members]
            rows += [row | {"member": name, "value": answer} for name, answer in answers]
            continue
        if target.kind.figure == "yes_no":
            row["value"] = float(rng.integers(0, 2))
        elif target.basis in {Basis.share, Basis.growth}:
            row |= {"numerator": value, "denominator": float(rng.choice([0, 100, 200]))}
        elif target.basis is Basis.quota:
            row |= {"value": value, "assigned": float(rng.choice([0, 10, 50]))}
        else:
            row["value"] = value
        rows.append(row)
    return rows


@pytest.mark.parametrize("seed", range(3))
def test_every_allowed_combination_is_scored_alike_by_both_codes(seed: int) -> None:
    made = plan(*ALLOWED)
    mine = [row for one in ALLOWED for row in rows_of(one, seed)]
    others = [row | {"area": "b"} for one in ALLOWED for row in rows_of(one, seed + 100)]
    figures = observations(*mine, *others)
    by_area = {
        n: part.to_dict("records") for n, part in figures.frame.groupby("area", observed=True)
    }
    again = Recomputed(made, by_area["a"], area="a", elsewhere=Elsewhere(by_area))
    frame = score(made, figures, areas=["a"])
    assert len(frame) == len(ALLOWED) * 5
    for name, year, verdict in zip(frame["goal"], frame["year"], frame["verdict"], strict=True):
        one = made.goal(str(name))
        assert str(verdict) == again.annual(one, int(year)).verdict, (name, year)
    for year in made.years:
        terms = score_term(made, figures, standing=Standing(year), areas=["a"])
        for name, verdict in zip(terms["goal"], terms["verdict"], strict=True):
            one = made.goal(str(name))
            assert str(verdict) == again.term(one, year).verdict, (name, year)


def test_every_other_combination_is_refused_with_its_reason() -> None:
    assert len(ALLOWED) + len(REFUSED) == len(SHIPPED) * 40
    assert ALLOWED and REFUSED
    for one, reasons in REFUSED:
        assert isinstance(reasons, list) and reasons and all(reasons), one


def test_the_page_is_the_one_the_model_gives() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python tests/targets/combinations.py`"
