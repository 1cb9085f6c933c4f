"""Every kind of finding: a plan that has it, and one near it in which there is nothing to ask.

Figures and sums are worked by hand.
"""

from __future__ import annotations

from typing import Any

import pytest
from helpers import goal, observations, plan

from planlib.evaluation import Evaluation
from planlib.plan.goal import Goal
from planlib.plan.goal_parts import Measure
from planlib.review.audit.audit import plan_audit
from planlib.review.audit.finding import KINDS, Finding

LEAD = {"vi": "Ủy ban", "en": "Committee"}
CASES = {"vi": "vụ", "en": "cases"}
Row = dict[str, Any]


def named(goal_id: str, name: str, unit: Any = "%", **more: Any) -> Goal:
    """A goal somebody leads, with one name in both languages, and a baseline unless told otherwise."""
    more = {"lead": LEAD, "name": {"vi": name, "en": name}} | more
    return goal(goal_id, unit, **more)


def target(comparison: str = "at_least", value: float | None = 90, **more: Any) -> Row:
    said = {"comparison": comparison, "basis": "level", "cadence": "every_year"}
    return said | ({} if value is None else {"value": value}) | more


def by(value: float, due: int = 2015, comparison: str = "at_least", **more: Any) -> Row:
    return target(comparison, value, cadence="by", due=due, **more)


def found(goals: list[Goal], rows: list[Row] | None = None, **more: Any) -> list[Finding]:
    """What an audit of some goals and figures finds."""
    made = plan(*goals, **{k: v for k, v in more.items() if k != "measures"})
    if "measures" in more:
        made = made.model_copy(update={"measures": tuple(more["measures"])})
    figures = observations(*(rows or []))
    return list(plan_audit(Evaluation(made, figures)).findings)


def series(name: str, values: list[float | None], first: int = 2011, area: str = "a") -> list[Row]:
    return [
        {"goal": name, "area": area, "year": first + at, "value": value}
        for at, value in enumerate(values)
        if value is not None
    ]


START = {"baseline": {"year": 2010, "value": 10, "source": "text"}}
READINGS = [
    {"id": "one", "default": True, "why": LEAD, "target": target()},
    {"id": "two", "why": LEAD, "target": by(90)},
]
STRICTER = [READINGS[0], {"id": "two", "why": LEAD, "target": target("above", 90)}]
ADDED = {"unit": CASES}


def steps(*values: float, comparison: str = "at_least", **more: Any) -> list[Row]:
    return [
        target(comparison, value, year=2011 + at, **({"basis": "count"} | more))
        for at, value in enumerate(values)
    ]


def total(value: float, comparison: str = "at_least", **more: Any) -> Row:
    return target(comparison, value, basis="count", cadence="over_term") | more


def shared(*ends: tuple[str, float]) -> list[Goal]:
    return [named("rated", "Areas rated", target=by(100, comparison="about", better="higher"))] + [
        named(f"s{at}", f"Rated {'ABCD'[at]}{at}", part_of="rated", target=target(kind, value))
        for at, (kind, value) in enumerate(ends)
    ]


PARTS_OF_ONE = [
    *series("s0", [60, 62, 65]), *series("s1", [40, 38, 34]),
]  # fmt: skip
OVERLAPPING = [*series("s0", [60, 80, 65]), *series("s1", [50, 38, 34])]
WHOLE = named("all", "All cases", CASES, target=target("at_most", 100, basis="count"))


def part(name: str, value: float, comparison: str = "at_least") -> Goal:
    return named(name, f"Of which {name}", CASES, part_of="all",
                 target=target(comparison, value, basis="count"))  # fmt: skip


def goals_of(**keys: Any) -> list[Goal]:
    return [named("g", "Rate of something", **keys)]


FAST = [*series("g", [10, 12, 13, 15], 2010), *series("g", [10, 11, 13, 14], 2010, "b")]
ALL = [*series("g", [95, 96, 97, 98, 99]), *series("g", [91, 92, 93, 94, 95], area="b"),
       *series("g", [91, 92, 93, 94, 95], area="c")]  # fmt: skip
NONE = [row | {"value": row["value"] - 50} for row in ALL]
MEASURE = Measure.model_validate(
    {"id": "m", "name": LEAD, "goals": ["g"],
     "source": {"document": "text", "section": "III", "paragraph": 1}}
)  # fmt: skip
IDLE = MEASURE.model_copy(update={"id": "n", "goals": ()})
LATE = MEASURE.model_copy(update={"due": 2012})
DONE = LATE.model_copy(update={"state": "done"})
OTHER = MEASURE.model_copy(update={"id": "o"})
LED = OTHER.model_copy(update={"lead": goal("g", name=LEAD, target=target()).name})
NEWEST = series("g", [50, 51, 52])
PLAIN = goals_of(target=target())
SIX = [1.0, 2.0, 4.0, 7.0, 11.0, 16.0]

# kind -> plans that have it, as arguments of ``found``
HAVE: dict[str, list[tuple[Any, ...]]] = {
    "goals-clash": [
        ([named("g", "Share, waste recycled", target=target("at_least", 90)),
          named("h", "Waste recycled, share", target=target("at_most", 85))],),
        ([named("g", "Rate", target=target("above", 5)), named("h", "Rate", target=by(5, 2013, "at_most"))],),
    ],
    "shares-over-100": [
        (shared(("at_least", 65), ("at_least", 40)), PARTS_OF_ONE),  # 105
        (shared(("at_most", 55), ("at_most", 40)), [*series("s0", [60, 62, 65]), *series("s1", [40, 38, 35])]),  # 95
    ],
    "parts-beyond-whole": [
        ([WHOLE, part("fires", 120)],),
        ([WHOLE.model_copy(update={"parts_add_up": True}), part("fires", 60), part("floods", 50)],),
    ],
    "steps-do-not-add-up": [
        ([named("g", "Houses", CASES, yearly=steps(10, 10, 10, 10, 10), term_target=total(60))],),
        ([named("g", "Houses", CASES, yearly=steps(10, 10, 10, 10, 10), term_target=total(40))],),
        ([named("g", "Fires", CASES, yearly=steps(9, 9, 9, 9, 9, comparison="at_most"),
                term_target=total(40, "at_most"))],),
        ([named("g", "Rate", yearly=steps(60, 65, 70, 75, 80, basis="level"), term_target=by(85))],),
        # 1.05 five times is 1.2763: 27.6 %
        ([named("g", "Output", yearly=steps(5, 5, 5, 5, 5, basis="change"),
                term_target=target(value=30, basis="change", cadence="over_term"))],),
    ],
    "beyond-limit": [
        ([named("g", "Share of roads sealed", target=by(120), **START)],),
        ([named("g", "Tỷ trọng dịch vụ", target=by(105), **START)],),
        ([named("g", "Rate", target=target("rank", None, among="top_quarter", better="higher"))],),
        ([named("g", "Stock", CASES, target=by(-5, comparison="at_most"))], series("g", [9, 8, 7, 6, 5])),
    ],
    "already-met": [
        (goals_of(target=by(80)), series("g", [82], 2010)),
        (goals_of(target=by(80), baseline={"year": 2010, "value": 81, "source": "text"}),),
        (goals_of(target=by(5, comparison="at_most")), [*series("g", [4], 2009), *series("g", [3], 2010, "b")]),
    ],
    "pace-never-seen": [
        (goals_of(target=by(40)), FAST),  # 25 in two years, 2 a year at most
        ([named("g", "Houses", CASES, target=total(100))], series("g", [3, 4, 5, 4])),
        (goals_of(target=by(30)), series("g", [20, 19, 18, 18], 2010)),  # it never rose
    ],
    "never-collected": [
        ([named("g", "Rate", target=target()), named("h", "Other", target=target())], series("h", [91, 92])),
    ],
    "no-baseline": [
        (goals_of(target=by(90)),), (goals_of(target=by(90)), series("g", [50])),
        ([named("g", "Rate", target=by(90)), named("h", "Other", target=target())], series("h", [91])),
    ],
    "unclear-unit": [
        ([named("g", "Jobs", {"vi": "triệu", "en": "million jobs"}, target=target())],),
        ([named("g", "Jobs", {"vi": "việc", "en": "N/A"}, target=target())],),
        ([named("g", "Jobs", {"vi": "-", "en": "jobs"}, target=target())],),
    ],
    "ambiguous-period": [(goals_of(readings=READINGS),)],
    "ambiguous-target": [(goals_of(readings=STRICTER),)],
    "no-one-meets": [(PLAIN, NONE)],
    "everyone-meets": [(PLAIN, ALL)],
    "duplicate-goals": [
        ([named("g", "Vaccination, children", target=target()),
          named("h", "Children: vacination", target=target())],),
    ],
    "same-figures": [
        ([named("g", "Rate of one", target=target()), named("h", "Something else", target=target())],
         [*series("g", SIX, 2010), *series("h", SIX, 2010)]),
    ],
    "no-lead": [([goal("g", name=LEAD, target=target())],)],
    "distant-deadline": [(goals_of(target=by(90, 2040), **START), None, {"last": 2050})],
    "goal-unserved": [([*PLAIN, named("h", "Other", target=target())], None, {"measures": [MEASURE]})],
    "measure-idle": [(PLAIN, None, {"measures": [MEASURE, IDLE]})],
    "measure-late": [(PLAIN, NEWEST, {"measures": [LATE]})],
    "measure-after-goal": [
        (goals_of(target=by(90, 2011), **START), NEWEST, {"measures": [LATE]}),
    ],
    "measure-unled": [
        ([named("g", "Rate", lead=None, target=target())], None, {"measures": [MEASURE, LED]}),
    ],
    "measure-undated": [(PLAIN, None, {"measures": [LATE, OTHER]})],
    "measure-unproven": [(PLAIN, None, {"measures": [DONE]})],
}  # fmt: skip

# kind -> plans near those that a stranger may well have, in which nothing of it is to be asked
HAVE_NOT: dict[str, list[tuple[Any, ...]]] = {
    "goals-clash": [
        ([named("g", "Rate", target=target("at_least", 80)), named("h", "Rate", target=target("at_most", 85))],),
        ([named("g", "Rate", target=by(80, 2012)), named("h", "Rate", target=by(70, 2014, "at_most"))],),
        ([named("g", "Rate", target=target("above", 5)), named("h", "Rate", CASES, target=target("at_most", 5))],),
    ],
    "shares-over-100": [
        (shared(("at_least", 65), ("at_least", 35)), PARTS_OF_ONE),
        (shared(("at_least", 80), ("at_least", 90)), OVERLAPPING),  # one case may be in both
        (shared(("at_least", 80), ("at_least", 90)), None),
    ],
    "parts-beyond-whole": [
        ([WHOLE, part("fires", 60), part("floods", 50)],),  # they may overlap
        ([WHOLE, part("fires", 120, "at_most")],),
    ],
    "steps-do-not-add-up": [
        ([named("g", "Houses", CASES, yearly=steps(8, 10, 12, 14, 16), term_target=total(60))],),
        ([named("g", "Houses", CASES, yearly=steps(10, 10, 10), term_target=total(60))],),  # two years open
        ([named("g", "Rate", yearly=steps(60, 65, 70, 75, 85, basis="level"), term_target=by(85))],),
        ([named("g", "Rate", yearly=steps(60, 65, 70, 75, basis="level"), term_target=by(85))],),
    ],
    "beyond-limit": [
        ([named("g", "Public debt to GDP", target=by(120), **START)],),
        ([named("g", "Gross enrolment", target=target(value=105))],),
        ([named("g", "Balance", CASES, target=by(-5, comparison="at_most"))], series("g", [2, 1, 0, -1, 3])),
        ([named("g", "Rate", target=target("rank", None, among="top_half", better="higher"))],),
    ],
    "already-met": [
        (goals_of(target=by(80)), series("g", [79.9], 2010)),
        (goals_of(target=by(80)), series("g", [80], 2010)),  # no worse than it was
        (goals_of(target=target(value=80)), series("g", [82], 2010)),  # to be had every year
        (goals_of(target=by(80)), [*series("g", [82], 2010), *series("g", [60], 2010, "b")]),
        (goals_of(target=by(80)), series("g", [82], 2004)),
    ],
    "pace-never-seen": [
        (goals_of(target=by(18)), FAST),
        (goals_of(target=by(17)), [*series("g", [10, 11, 12, 13], 2010), *series("g", [10, 20], 2010, "b")]),
        (goals_of(target=by(40)), series("g", [10, 11], 2010)),  # one change is no record
        (goals_of(target=by(40, 2013)), FAST),  # the time is up
    ],
    "never-collected": [
        (PLAIN, series("g", [50])),
        (PLAIN, None),  # a draft without figures
        ([named("g", "Hall built", target={"comparison": "done", "cadence": "by", "due": 2015}),
          named("h", "Other", target=target())], series("h", [91])),
    ],
    "no-baseline": [
        (goals_of(target=by(90), **START),),
        (goals_of(target=by(90)), series("g", [50], 2009)),
        (PLAIN,),
        ([named("g", "Hall built", target={"comparison": "done", "cadence": "by", "due": 2013})],),
        ([named("g", "Average growth of output", target=by(7))],),
    ],
    "unclear-unit": [
        ([named("g", "Jobs", {"vi": "triệu việc", "en": "million jobs"}, target=target())],),
        ([named("g", "Deaths", {"vi": "‰", "en": "‰"}, target=target())],),
        ([named("g", "Cost", {"currency": "VND", "scale": "million"}, target=target())],),
    ],
    "ambiguous-period": [(goals_of(readings=STRICTER),)],
    "ambiguous-target": [(goals_of(readings=READINGS),), (PLAIN,)],
    "no-one-meets": [(PLAIN, [*NONE, *series("g", [91], area="d")]), (PLAIN, NONE[:5]),
                     (goals_of(target=by(90)), NONE)],
    "everyone-meets": [(PLAIN, [*ALL, *series("g", [89], area="d")]), (PLAIN, ALL[:5]),
                       (goals_of(target=by(90)), [row for row in ALL if row["year"] < 2015]),
                       ([named("g", "Fires", CASES, target=target("at_most", 0, basis="count"))],
                        [row | {"value": 0} for row in ALL])],
    "duplicate-goals": [
        ([named("g", "Boys enrolled", target=target()), named("h", "Girls enrolled", target=target())],),
        ([named("g", "Employment", target=target()), named("h", "Unemployment", target=target())],),
        ([named("g", "Schools", target=target()), named("h", "Schools", CASES, target=target())],),
        ([named("g", "Roads 2012", target=target()), named("h", "Roads 2013", target=target())],),
    ],
    "same-figures": [
        ([named("g", "Rate of one", target=target()), named("h", "Something else", target=target())],
         [*series("g", [1, 1, 1, 1, 1, 1]), *series("h", [1, 1, 1, 1, 1, 1])]),
        ([named("g", "Rate of one", target=target()), named("h", "Something else", target=target())],
         [*series("g", SIX, 2010), *series("h", SIX[:5], 2010)]),
    ],
    "no-lead": [([*PLAIN, named("h", "Part", part_of="g", lead=None, target=target())],)],
    "distant-deadline": [(goals_of(target=by(90, 2021), **START), None, {"last": 2050}),
                         (goals_of(target=target()), None, {"last": 2050})],
    "goal-unserved": [(PLAIN, None, {"measures": [MEASURE]}), (PLAIN,),
                      ([*PLAIN, named("h", "Part", part_of="g", target=target())], None,
                       {"measures": [MEASURE]})],
    "measure-idle": [(PLAIN, None, {"measures": [MEASURE]})],
    "measure-late": [
        (PLAIN, series("g", [50]), {"measures": [LATE]}),  # its day is to come
        (PLAIN, NEWEST, {"measures": [DONE]}),
        (PLAIN, NEWEST, {"measures": [LATE.model_copy(update={"state": "dropped"})]}),
    ],
    "measure-after-goal": [
        (goals_of(target=by(90, 2012), **START), NEWEST, {"measures": [LATE]}),
        (PLAIN, NEWEST, {"measures": [LATE]}),
    ],
    "measure-unled": [
        (PLAIN, None, {"measures": [MEASURE, LED]}),  # its goals have one lead
        (PLAIN, None, {"measures": [IDLE, LED]}),  # told as one without a goal
        ([named("g", "Rate", lead=None, target=target())], None, {"measures": [MEASURE]}),
    ],
    "measure-undated": [
        (PLAIN, None, {"measures": [MEASURE, OTHER]}),
        (PLAIN, None, {"measures": [LATE, OTHER.model_copy(update={"state": "done"})]}),
    ],
    "measure-unproven": [
        (PLAIN, None, {"measures": [DONE.model_copy(update={"evidence": LED.lead})]}),
        (PLAIN, None, {"measures": [LATE]}),
    ],
}  # fmt: skip


def cases(of: dict[str, list[tuple[Any, ...]]]) -> list[Any]:
    return [
        pytest.param(kind, *one, *[None] * (3 - len(one)), id=f"{kind}-{at}")
        for kind, some in of.items()
        for at, one in enumerate(some)
    ]


def test_every_kind_has_its_examples_but_that_of_areas() -> None:
    assert set(HAVE) == set(HAVE_NOT) == set(KINDS) - {"areas-do-not-add-up"}


@pytest.mark.parametrize(("kind", "goals", "rows", "more"), cases(HAVE))
def test_it_is_found(kind: str, goals: list[Goal], rows: Any, more: Any) -> None:
    assert [one.kind for one in found(goals, rows, **(more or {}))].count(kind) == 1


@pytest.mark.parametrize(("kind", "goals", "rows", "more"), cases(HAVE_NOT))
def test_near_it_there_is_nothing_to_ask(
    kind: str, goals: list[Goal], rows: Any, more: Any
) -> None:
    assert kind not in [one.kind for one in found(goals, rows, **(more or {}))]
