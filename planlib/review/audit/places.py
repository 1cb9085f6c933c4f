"""Where in a plan's files a goal or a measure stands, line by line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from planlib.plan.plan import Plan
from planlib.plan.plan_files import HEADER
from planlib.plan.yaml_text import YamlFile, read_yaml
from planlib.review.audit.finding import Finding

LISTS = ("goals", "measures")


class PlanLines:
    """The lines of a plan's files; it knows none of a plan that was not read from a folder here."""

    def __init__(self, plan: Plan) -> None:
        place = plan.written.place
        self._found: dict[tuple[str, str], tuple[YamlFile, int]] = {}
        self._header = ""
        if place is None or "://" in place or not Path(place).is_dir():
            return
        self._header = HEADER
        for path in sorted(Path(place).glob("*.yaml")):
            file = read_yaml(path)
            for key in LISTS:
                entries = file.data.get(key, []) if isinstance(file.data, dict) else []
                for index, entry in enumerate(entries):
                    self._found.setdefault((key, str(entry["id"])), (file, index))

    def placed(self, finding: Finding) -> Finding:
        """The finding with the file and the line of what it is about."""
        for key, parts in (("goals", finding.goals), ("measures", finding.measures)):
            if parts and (key, parts[0].id) in self._found:
                file, index = self._found[key, parts[0].id]
                line = file.line((key, index, *finding.at))
                return replace(finding, file=file.path.name, line=line)
        return replace(finding, file=self._header, line=1 if self._header else None)
