"""Plans and figures of a made-up district, for the tests of disclosure control."""

from __future__ import annotations

from typing import Any

import numpy as np
from helpers import goal, observations, plan

from planlib.figures.observations import Observations
from planlib.plan.areas import Area
from planlib.plan.plan import Plan

PEOPLE = {"vi": "người", "en": "people"}
FEW = {"comparison": "at_most", "value": 3, "basis": "count", "cadence": "every_year"}
SHARE = {"comparison": "at_least", "value": 70, "basis": "share", "cadence": "every_year"}
CHANGE = {"comparison": "at_most", "value": -5, "basis": "change", "cadence": "every_year"}
WARDS = tuple(f"ward-{number:02d}" for number in range(1, 11))
YEARS = tuple(range(2011, 2016))


def counted(goal_id: str = "users", **more: Any) -> Any:
    """A sensitive goal that counts people."""
    return goal(goal_id, PEOPLE, **({"target": FEW, "sensitive": True} | more))


def with_areas(one: Plan, *areas: Area) -> Plan:
    """The plan with a registry of areas."""
    return one.model_copy(update={"registry": areas})


def area(area_id: str, whole: str | None = None) -> Area:
    """An area, part of another one."""
    return Area.model_validate(
        {"id": area_id, "name": {"vi": area_id, "en": area_id}, "part_of": whole}
    )


def sums(*wards: str, whole: str = "district") -> tuple[Area, ...]:
    """A district and its wards."""
    return (area(whole), *(area(name, whole) for name in wards))


def district_plan() -> Plan:
    """Ten wards in a district; counts, shares of other goals' counts, and a whole with parts."""
    goals = (
        goal("offences", "%", target=CHANGE, sensitive=True),
        goal("cleared", target=SHARE, sensitive=True, denominator="offences"),
        goal("births", PEOPLE, target=FEW),
        goal("third-births", target=SHARE, sensitive=True, denominator="births"),
        counted("users", parts_add_up=True),
        counted("new-users", part_of="users"),
        counted("relapsed-users", part_of="users"),
        counted("breaches", least_count=3),
    )
    return with_areas(plan(*goals), *sums(*WARDS))


def district_figures(seed: int = 1) -> Observations:
    """Five years of it, each told twice: an estimate in December, the final figure in March."""
    rng = np.random.default_rng(seed)
    rows: list[dict[str, Any]] = []
    for year in YEARS:
        told: dict[str, list[dict[str, tuple[float, float]]]] = {}
        for ward in WARDS:
            final = {
                "offences": (rng.poisson(8), 0), "births": (rng.poisson(25), 0),
                "new-users": (rng.poisson(3), 0), "relapsed-users": (rng.poisson(5), 0),
                "breaches": (rng.poisson(2), 0),
            }  # fmt: skip
            final["users"] = (final["new-users"][0] + final["relapsed-users"][0], 0)
            final["cleared"] = (rng.binomial(final["offences"][0], 0.7), final["offences"][0])
            final["third-births"] = (rng.binomial(final["births"][0], 0.1), final["births"][0])
            early = dict(final)
            early["new-users"] = (max(final["new-users"][0] - 1, 0), 0)
            early["users"] = (early["new-users"][0] + final["relapsed-users"][0], 0)
            told[ward] = [early, final]
        told["district"] = [
            {
                name: tuple(sum(told[ward][at][name][part] for ward in WARDS) for part in (0, 1))
                for name in told[WARDS[0]][at]
            }
            for at in (0, 1)
        ]
        for place, reports in told.items():
            for day, report in zip((f"{year}-12-15", f"{year + 1}-03-15"), reports, strict=True):
                for name, (count, whole) in report.items():
                    row: dict[str, Any] = {
                        "area": place, "goal": name, "year": year, "vintage": day,
                        "source": f"report of {day}",
                    }  # fmt: skip
                    if name in {"cleared", "third-births"}:
                        if whole == 0:
                            row |= {"state": "not_applicable"}
                        else:
                            row |= {"numerator": count, "denominator": whole}
                    elif (place, name, year) == ("ward-04", "relapsed-users", 2012):
                        row |= {"state": "suppressed"}
                    else:
                        row |= {"value": count, "words": f"{count} cases told in {year}"}
                    rows.append(row)
    return observations(*rows)
