"""The checks of a plan's areas: each id once, and every area they name is known."""

from __future__ import annotations

from planlib.errors import Problem, did_you_mean, said
from planlib.plan.plan_files import AREAS, FileChecks, numbered


class AreaLinks(FileChecks):
    """What areas say of each other, and the plan of them."""

    def problems(self) -> list[Problem]:
        """Every problem, in the order they should be read."""
        self._area_links()
        return self.found

    def _area_links(self) -> None:
        self._unique(
            "plan.area-id-already-used",
            [(f, i, a.id) for i, (f, a) in numbered(self.files.areas)],
            "areas",
        )
        known = {area.id for _, area in self.files.areas}
        for index, name in enumerate(self.header.areas):
            if name not in known and self.files.complete:
                hint = did_you_mean(name, known) or said("plan.add-plan-s-folder", file=AREAS)
                self._say(
                    self.files.header_file,
                    ("areas", index),
                    said("plan.area-not-found", name=name),
                    hint=hint,
                )
        self._peer_groups()
        for place, (file, area) in numbered(self.files.areas):
            for key in ("predecessors", "successors"):
                for number, name in enumerate(getattr(area, key)):
                    if name not in known:
                        self._say(
                            file, ("areas", place, key, number), said("plan.area-not-found", name=name),
                            subject=said("plan.area-subject", name=area.id), hint=did_you_mean(name, known))  # fmt: skip
        self._wholes()

    def _peer_groups(self) -> None:
        """Every peer group that has a name is that of an area."""
        known = {area.peer_group for _, area in self.files.areas if area.peer_group}
        for name in self.header.peer_groups if self.files.complete else ():
            if name not in known:
                self._say(
                    self.files.header_file,
                    ("peer_groups", name),
                    said("plan.peer-group-of-no-area", name=name),
                    hint=did_you_mean(name, known),
                )

    def _wholes(self) -> None:
        """Every area is part of a known one, and of none that is part of it."""
        wholes = {area.id: area.part_of for _, area in self.files.areas}
        for place, (file, area) in numbered(self.files.areas):
            if area.part_of is None:
                continue
            path, subject = ("areas", place, "part_of"), f"area '{area.id}'"
            if area.part_of not in wholes:
                hint = did_you_mean(area.part_of, wholes)
                self._say(
                    file,
                    path,
                    said("plan.area-not-found", name=area.part_of),
                    subject=subject,
                    hint=hint,
                )
                continue
            above, seen = area.part_of, [area.id]
            while above and above not in seen:
                seen.append(above)
                above = wholes.get(above) or ""
            if above == area.id:
                message = said("plan.part-itself", names=", ".join([*seen[1:], area.id]))
                self._say(file, path, message, subject=subject)
