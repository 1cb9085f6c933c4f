"""A plan questioned, as a page: each method is one notebook cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planlib.evaluation.evaluation import Evaluation
from planlib.report.audit_record import finding_record
from planlib.report.blocks import Heading, Paragraph, items
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Column, Group, Table
from planlib.report.pages.common import Page
from planlib.report.tables.annual import captioned
from planlib.report.text.audit import (
    about_text,
    found_text,
    how_text,
    place_text,
    title_text,
    why_text,
)
from planlib.review.audit.audit import plan_audit
from planlib.review.audit.finding import Finding, PlanAudit, Severity

if TYPE_CHECKING:
    import pandas as pd

CANNOT = ("doubt", "missing", "names", "shares", "pace")


class AuditPage(Page):
    """What is to be asked of a plan, heaviest first; ``found`` is the answer it is made of."""

    def __init__(self, found: PlanAudit, lang: str = "") -> None:
        super().__init__(found.plan, "", lang, illustrative=found.illustrative, public=found.public)
        self.found = found

    @classmethod
    def of(cls, evaluation: Evaluation, lang: str = "") -> AuditPage:
        """The page of an evaluation's plan, by the figures of all its areas."""
        return cls(plan_audit(evaluation), lang)

    @property
    def area_name(self) -> str:
        """How many areas the plan is followed in."""
        return self.language("compare.areas_counted", n=len(self.plan.header.areas))

    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""
        return Blocks.of(self.title(), self.result(), self.findings(), self.cannot_tell())

    def title(self) -> Blocks:
        """The question, the plan, and the banner where figures are made up."""
        return self._title(self.language("title.audit"), [self._as_of(self.found.as_of)])

    def result(self) -> Blocks:
        """How many findings there are, and of what kind."""
        language, found = self.language, self.found
        heading = Heading(language("heading.audit.result"), "result")
        if not found.findings:
            return Blocks.of(heading, Paragraph(language("audit.none"), lead=True))
        counts = {weight.name: language.number(found.count(weight)) for weight in Severity}
        goals = language.number(len(self.plan.goals))
        lead = language("audit.found", n=len(found.findings), goals=goals, **counts)
        lines = items(self._counted(kind) for kind in found.by_kind)
        return Blocks.of(heading, Paragraph(lead, lead=True), lines)

    def findings(self) -> Blocks:
        """Every finding, kind by kind, with why it matters and what could be done."""
        parts = []
        for kind in self.found.by_kind:
            mine = [one for one in self.found.findings if one.kind == kind]
            parts.append(Blocks.of(*self._about(kind), self._table(kind, mine)))
        return Blocks.of(*parts)

    def told(self) -> Blocks:
        """What a terminal shows: a line a finding, its place first."""
        parts = []
        for kind in self.found.by_kind:
            mine = [one for one in self.found.findings if one.kind == kind]
            parts.append(Blocks.of(*self._about(kind), items(map(self._line, mine))))
        return Blocks.of(self.title(), self.result(), *parts, self._unasked())

    def frame(self) -> pd.DataFrame:
        """The findings as a table: what ``planlib audit --json`` says of each."""
        import pandas as pd

        columns = ["id", "severity", "found", "goals", "measures", "areas", "why", "how", "yaml",
                   "file", "line", "illustrative", "numbers"]  # fmt: skip
        rows = [finding_record(one, self.language) for one in self.found.findings]
        return pd.DataFrame(rows, columns=columns).astype({"line": "Int64"})

    def cannot_tell(self) -> Blocks:
        """What could not be asked, and what no audit can tell."""
        language = self.language
        told = [language(f"audit.cannot.{name}") for name in CANNOT]
        if language.code not in self.plan.languages:
            told.append(language("caveat.language", language=language.name_of(language.code)))
        heading = Heading(language("heading.audit.cannot"), "cannot")
        return Blocks.of(self._unasked(), heading, items(told))

    def _unasked(self) -> Blocks:
        language, reasons = self.language, dict.fromkeys(self.found.unasked.values())
        if not reasons:
            return Blocks.of()
        lines = []
        for reason in reasons:
            kinds = [kind for kind, why in self.found.unasked.items() if why == reason]
            names = language.parts_mark.join(title_text(kind, language) for kind in kinds)
            lines.append(language(f"audit.unasked.{reason}", kinds=names))
        return Blocks.of(Heading(language("heading.audit.unasked"), "unasked"), items(lines))

    def _about(self, kind: str) -> tuple[Heading, str, str]:
        language = self.language
        return (
            Heading(self._counted(kind), kind),
            language("audit.why", text=why_text(kind, language)),
            language("audit.how", text=how_text(kind, language)),
        )

    def _counted(self, kind: str) -> str:
        language = self.language
        count = language.number(self.found.by_kind[kind])
        return language("audit.kind_count", title=title_text(kind, language), count=count)

    def _table(self, kind: str, findings: list[Finding]) -> Table:
        language = self.language
        written = any(one.yaml for one in findings)
        keys = ["about", "place", "found", *(["yaml"] if written else [])]
        rows = []
        for one in findings:
            about = Cell(
                about_text(self.plan, one, language),
                goal=one.goals[0].id if one.goals else "",
            )
            told = [about, Cell(place_text(one)), Cell(found_text(one, language))]
            rows.append((*told, Cell(one.yaml)) if written else tuple(told))
        caption = language("audit.caption", title=title_text(kind, language))
        made_up = any(one.illustrative for one in findings)
        return Table(
            tuple(Column(key, language(f"audit.column.{key}")) for key in keys),
            (Group(tuple(rows)),),
            captioned(caption, language, illustrative=made_up),
        )

    def _line(self, finding: Finding) -> str:
        about = about_text(self.plan, finding, self.language)
        place, found = place_text(finding), found_text(finding, self.language)
        line = self.language("audit.line", place=place, about=about, found=found).strip(" :")
        return line if not finding.yaml else f"{line}  {finding.yaml}"
