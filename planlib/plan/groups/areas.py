"""Groups of areas: all that are part of one area, and those of one peer group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from planlib.language.text import Text
from planlib.plan.plan import Plan

GroupKind = Literal["whole", "peers"]


@dataclass(frozen=True)
class AreaGroup:
    """A group of areas by its id: that of the area they are part of, or of their peer group."""

    kind: GroupKind
    id: str
    name: Text


def groups_around(plan: Plan, area_id: str) -> tuple[AreaGroup, ...]:
    """The groups an area belongs to: the areas it is part of, the nearest first, then its peers."""
    registry, found = plan.areas_by_id, list[AreaGroup]()
    area = registry.get(area_id)
    above = area.part_of if area else None
    while above is not None:
        found.append(AreaGroup("whole", above, plan.area_name(above)))
        whole = registry.get(above)
        above = whole.part_of if whole else None
    if area and area.peer_group is not None:
        name = plan.header.peer_groups.get(area.peer_group)
        found.append(AreaGroup("peers", area.peer_group, name or Text.in_all(area.peer_group)))
    return tuple(found)
