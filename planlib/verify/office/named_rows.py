"""Rows of a table for readers, which names areas, goals and groups: the codes they stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from planlib.plan.plan import Plan
from planlib.verify.markup import plain

Row = Mapping[str, str]
GroupsOf = Callable[[str, str], Iterable[str]]  # of an area and a goal


def coded(
    rows: Sequence[Row], plan: Plan, areas: Iterable[str], lang: str, groups_of: GroupsOf
) -> list[Row]:
    """The rows with the codes of their areas, goals and groups.

    Of two that are called the same, a row is of the first that has none yet of its period. What no
    name of the plan is stands as it was written, where a code would.
    """
    places = _by_name((plain(plan.area_name(area).in_language(lang)), area) for area in areas)
    goals = _by_name(
        (f"{plain(section.name.in_language(lang))}\n{plain(goal.name.in_language(lang))}", goal.id)
        for section in plan.sections
        for goal in section.goals
    )
    known = {goal.id for section in plan.sections for goal in section.goals}

    def groups(area: str, goal: str, name: str) -> list[str]:
        if not name or area not in places.get(place, ()) or goal not in known:
            return [name]
        named = _by_name(
            (plain(plan.group_name(group).in_language(lang)), group)
            for group in groups_of(area, goal)
        )
        return named.get(name, [name])

    used: set[tuple[str, str, str, str]] = set()
    found: list[Row] = []
    for row in rows:
        place, section, name, group, period = (
            plain(row.get(key, "")) for key in ("area", "section", "indicator", "group", "period")
        )
        keys = [
            (area, goal, part, period)
            for area in places.get(place, [place])
            for goal in goals.get(f"{section}\n{name}", [name])
            for part in groups(area, goal, group)
        ]
        key = next((one for one in keys if one not in used), keys[0])
        used.add(key)
        found.append({**row, "area_code": key[0], "goal_code": key[1], "group_code": key[2]})
    return found


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found = defaultdict[str, list[str]](list)
    for name, code in pairs:
        found[name].append(code)
    return dict(found)
