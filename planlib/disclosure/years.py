"""What ties the counts of one year to those of the next: a stock, and what flows in and out of it.

Where a plan says which goals are the ``inflows`` and ``outflows`` of a stock, this year's count is
last year's with what came in and without what left. A growth over its stock may be such a flow
itself (12 of 100, then 3 of 112), and the figures of a goal judged by its change may hold last
year's count beside this year's. Nobody says so of those, but a reader sees it where it holds in the
years that are told, and supposes the rest; so they are ties where they do hold.
"""

from __future__ import annotations

from collections.abc import Iterable

from planlib.disclosure.relations import ALL, COUNT, HAVING, Day, Reports, Subject
from planlib.plan.counting import counts, is_growth
from planlib.plan.plan import Plan

Term = tuple[Subject, str, int]  # a subject, which of its counts, and its sign


def tie_years(plan: Plan, reports: Reports) -> None:
    """Enter every tie between a year and the year before."""
    held = {goal for _, goal, _, _ in reports.by_subject}
    for area, goal_id, year, group in sorted(reports.by_subject):
        goal = plan.goal(goal_id)
        this, before = (area, goal_id, year, group), (area, goal_id, year - 1, group)
        if is_growth(goal):
            _tie(reports, [(before, HAVING, 1), (before, ALL, 1), (this, ALL, -1)])
        elif counts(goal):
            _tie(reports, [(this, HAVING, 1), (this, COUNT, -1)])
            _tie(reports, [(this, ALL, 1), (before, COUNT, -1)])
        if goal.inflows or goal.outflows:
            flows = [((area, name, year, group), name, 1) for name in goal.inflows if name in held]
            flows += [
                ((area, name, year, group), name, -1) for name in goal.outflows if name in held
            ]
            _tie(
                reports,
                [(before, COUNT, 1), (this, COUNT, -1)],
                [(g, COUNT if counts(plan.goal(name)) else HAVING, s) for g, name, s in flows],
                reported=reports.days(this, COUNT),
            )


def _tie(
    reports: Reports, terms: list[Term], optional: Iterable[Term] = (), reported: Iterable[Day] = ()
) -> None:
    """Tie counts on every day one of them is told; a sure tie on the days ``reported``."""
    optional = [one for one in optional if reports.days(one[0], one[1])]
    sure = set(reported)
    for day in sorted({day for g, kind, _ in (*terms, *optional) for day in reports.days(g, kind)}):
        found = [(reports.at(g, kind, day), sign) for g, kind, sign in (*terms, *optional)]
        if all(cell is not None for cell, _ in found):
            cells = [cell for cell, _ in found if cell is not None]
            reports.tie(cells, [sign for _, sign in found], sure=day in sure)
