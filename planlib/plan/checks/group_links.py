"""The checks of a plan's dimensions, and of the goals that are followed by them."""

from __future__ import annotations

from planlib.errors import Problem, did_you_mean, said
from planlib.plan.plan_files import HEADER, FileChecks


class GroupLinks(FileChecks):
    """What goals say of dimensions."""

    def problems(self) -> list[Problem]:
        """Every problem, in the order they should be read."""
        known = [one.id for one in self.header.dimensions]
        for number, name in enumerate(known):
            if name in known[:number]:
                message = said("plan.dimension-stands-twice", name=name)
                self._say(self.files.header_file, ("dimensions", number, "id"), message)
        for file, section in self.files.sections:
            for index, goal in enumerate(section.goals):
                subject = said("plan.goal-subject", name=goal.id)
                for number, name in enumerate(goal.by):
                    path = ("goals", index, "by", number)
                    if name not in known:
                        hint = did_you_mean(name, known) or said(
                            "plan.list-under-dimensions", file=HEADER
                        )
                        message = said("plan.dimension-not-in-plan", name=name)
                        self._say(file, path, message, subject=subject, hint=hint)
                    elif name in goal.by[:number]:
                        message = said("plan.dimension-named-twice", name=name)
                        self._say(file, path, message, subject=subject)
        return self.found
