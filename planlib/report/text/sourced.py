"""Where everything comes from: documents, the rule, the files read and the reports behind figures."""

from __future__ import annotations

from collections.abc import Iterable

from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.language import Language
from planlib.plan.plan import Plan
from planlib.report.layout import Fact, safe_link
from planlib.report.text.derivation import rule_text
from planlib.report.text.phrases import dated_text, file_text
from planlib.report.text.remarks import source_text


def source_lines(plan: Plan, verdicts: Iterable[GoalVerdict], language: Language) -> list[Fact]:
    """A line each, with the address where there is one."""
    header, lines = plan.header, list[Fact]()
    for document in header.sources:
        title = document.title.in_language(language.code)
        if document.dated:
            dated = dated_text(document.dated, language)
            title = language("source.dated", title=title, dated=dated)
        lines.append(Fact("", title, safe_link(document.url)))
    rule = language("source.rule", rule=rule_text(plan, language))
    lines.append(Fact("", rule, safe_link(header.rule.source)))
    held = list(verdicts)
    files = dict.fromkeys(file_text(i.file) for v in held for i in v.inputs)
    lines += [Fact("", language("source.file", file=file)) for file in files]
    for report in dict.fromkeys(v.source for v in held if v.source):
        text = source_text(report, language)
        if not report.startswith(ILLUSTRATIVE):
            text = language("source.report", source=text)
        lines.append(Fact("", text, safe_link(report)))
    return lines
