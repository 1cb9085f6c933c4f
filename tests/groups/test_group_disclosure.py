"""What the public may see of groups: no small one, and nothing that gives a small one away.

The attacker of these tests knows who is told what, and how groups make up wholes. He takes every
finest group (women of the lake) as an unknown and asks a linear programme how small and how large
each group can be.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pytest
from examples import turns
from helpers import TEXT, goal, observations, plan
from scipy.optimize import linprog

from planlib.disclosure import published
from planlib.figures.observations import Observations
from planlib.plan.groups.dimensions import Dimension, parts_of
from planlib.plan.plan import Plan

LEAST = 5  # the plan's own
SEX = {"sex": ["women", "men"]}
BOTH = SEX | {"district": ["north", "south", "lake"]}
AT_LEAST = {"comparison": "at_least", "value": 1, "basis": "count", "cadence": "every_year"}


def followed(dimensions: dict[str, list[str]], *, partition: bool = True, **more: Any) -> Plan:
    """A plan with one goal that counts people, by these dimensions."""
    made = [
        Dimension.model_validate({
            "id": name, "name": TEXT, "partition": partition,
            "members": [{"id": member, "name": TEXT} for member in members],
        })
        for name, members in dimensions.items()
    ]  # fmt: skip
    given = {"unit": TEXT, "target": AT_LEAST, "sensitive": True} | more
    opened = plan(goal(by=tuple(dimensions), **given))
    return opened.model_copy(
        update={"header": opened.header.model_copy(update={"dimensions": tuple(made)})}
    )


def counted(told: dict[str, float], year: int = 2013, day: str = "2014-03-01") -> Observations:
    """A count for each group."""
    return observations(
        *({"year": year, "group": g, "value": n, "vintage": day} for g, n in told.items())
    )


def shown(opened: Plan, told: Observations, column: str = "value") -> dict[str, float | None]:
    """What the public sees of each group; None where it is withheld."""
    frame = published(opened, told).observations.frame
    return {
        str(group): None if np.isnan(value) else float(value)
        for group, value in zip(frame["group"], frame[column], strict=True)
    }


def test_a_small_group_is_withheld_and_so_is_what_it_could_be_computed_from() -> None:
    opened = followed(SEX)
    seen = shown(opened, counted({"": 100, "sex=women": 3, "sex=men": 97}))
    assert seen["sex=women"] is None
    # 100 − 97 would be 3: one of the two has to go, and not both.
    assert [seen[""], seen["sex=men"]].count(None) == 1


def test_why_a_group_is_withheld_is_told_within_the_office() -> None:
    found = published(followed(SEX), counted({"": 100, "sex=women": 3, "sex=men": 97})).withheld
    assert {(one.group, one.why) for one in found} > {("sex=women", "primary")}
    assert [one.why for one in found].count("complementary") == 1


def test_a_group_that_nobody_tells_is_protected_from_those_who_know_all_the_others() -> None:
    """98 women of 100 people are two men, though no row says so."""
    seen = shown(followed(SEX), counted({"": 100, "sex=women": 98}))
    assert list(seen.values()).count(None) == 1


def test_groups_that_overlap_leave_a_rest_each() -> None:
    ages = {"age": ["under-25", "under-30"]}
    opened = followed(ages, partition=False)
    seen = shown(opened, counted({"": 100, "age=under-25": 60, "age=under-30": 98}))
    assert seen["age=under-25"] == 60  # leaves forty
    assert [seen[""], seen["age=under-30"]].count(None) == 1  # leaves two


def test_a_whole_that_no_row_tells_is_the_sum_of_its_groups() -> None:
    """Of the lake 2 women and 40 men: all women are told, and so are those of the other districts."""
    told = {
        "sex=women": 62, "sex=women;district=north": 30, "sex=women;district=south": 30,
        "sex=women;district=lake": 2,
    }  # fmt: skip
    seen = shown(followed(BOTH), counted(told))
    assert seen["sex=women;district=lake"] is None
    assert list(seen.values()).count(None) == 2


def test_groups_of_a_goal_that_identifies_nobody_are_all_told() -> None:
    opened = followed(SEX, sensitive=False)
    assert None not in shown(opened, counted({"": 100, "sex=women": 3, "sex=men": 97})).values()


def test_a_share_hides_its_few_and_their_rest() -> None:
    """Of 40 men 38 have it, so two do not; the numbers of women would give them away."""
    opened = followed(
        SEX, unit="%",
        target={"comparison": "at_least", "value": 50, "basis": "share", "cadence": "every_year"},
    )  # fmt: skip
    rows = [("", 78, 100), ("sex=women", 40, 60), ("sex=men", 38, 40)]
    told = observations(
        *({"year": 2013, "group": g, "numerator": a, "denominator": b, "vintage": "2014-03-01"}
          for g, a, b in rows)
    )  # fmt: skip
    seen = shown(opened, told, "numerator")
    assert seen["sex=men"] is None
    assert [seen[""], seen["sex=women"]].count(None) == 1


def test_years_and_areas_are_no_part_of_one_another() -> None:
    told = counted({"": 100, "sex=women": 3, "sex=men": 97})
    other = counted({"": 100, "sex=women": 40, "sex=men": 60}, 2014)
    frame = published(followed(SEX), told).observations.frame
    assert published(followed(SEX), other).withheld == ()
    assert len(frame) == 3


def groups(dimensions: dict[str, list[str]]) -> list[str]:
    """Everybody and every group, of one dimension or of several."""
    choices = [[f"{name}={one}" for one in ["", *members]] for name, members in dimensions.items()]
    return [";".join(p for p in some if not p.endswith("=")) for some in product(*choices)]


def bounds(
    dimensions: dict[str, list[str]], public: dict[str, float | None]
) -> dict[str, tuple[float, float]]:
    """How small and how large each group can be, for whoever adds up all that is told."""
    finest = list(product(*dimensions.values()))

    def row(group: str) -> list[float]:
        parts = parts_of(group)
        place = {name: at for at, name in enumerate(dimensions)}
        return [float(all(one[place[n]] == m for n, m in parts.items())) for one in finest]

    known = [(row(group), value) for group, value in public.items() if value is not None]
    given = (
        {"A_eq": [one for one, _ in known], "b_eq": [value for _, value in known]} if known else {}
    )
    found = {}
    for group in groups(dimensions):
        aim = np.array(row(group))
        ends = [linprog(sign * aim, bounds=(0, 1000), **given) for sign in (1, -1)]
        assert all(end.status == 0 for end in ends)
        found[group] = float(ends[0].fun), float(-ends[1].fun)
    return found


@pytest.mark.parametrize("seed", turns(range(20), 3))
def test_no_small_group_can_be_computed_from_what_is_told(seed: int) -> None:
    chance = np.random.default_rng(seed)
    few = chance.integers(0, 4, 6)
    finest = np.where(chance.random(6) < 0.4, few, chance.integers(5, 60, 6)).reshape(2, 3)
    true = {}
    for group in groups(BOTH):
        parts = parts_of(group)
        mine = finest
        if "sex" in parts:
            mine = mine[[BOTH["sex"].index(parts["sex"])], :]
        if "district" in parts:
            mine = mine[:, [BOTH["district"].index(parts["district"])]]
        true[group] = float(mine.sum())
    told = {group: n for group, n in true.items() if chance.random() < 0.8}
    if not told:
        return
    opened = followed(BOTH)
    public = shown(opened, counted(told))
    assert all(value in {None, told[group]} for group, value in public.items())
    for group, (low, high) in bounds(BOTH, public).items():
        if 0 < true[group] < LEAST:
            assert low <= 1 + 1e-6, (group, true, told, public)
            assert high >= LEAST - 1 - 1e-6, (group, true, told, public)
