"""What a table of results says of itself: title, facts, warnings, notes and sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planlib.evaluation.evaluation import Evaluation
from planlib.figures.observations import ILLUSTRATIVE
from planlib.language.language import Language
from planlib.plan.brief import Brief
from planlib.report.audience_marks import audience_mark
from planlib.report.layout import Fact, safe_link
from planlib.report.results.table import ResultsTable, period_words
from planlib.report.text.sourced import source_lines
from planlib.scoring.verdict import Verdict

MOST_NAMED = 10  # areas or periods told one by one; more are counted


@dataclass(frozen=True, repr=False)
class ResultsAbout(Brief):
    """What stands around a table of results.

    ``warnings`` must be seen with every part of it: that figures are made up, whom they are for.
    ``codes`` are the facts for programs: plan, as-of day, audience, language.
    """

    title: str
    facts: tuple[Fact, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[Fact, ...]
    codes: dict[str, str]


def results_about(
    evaluation: Evaluation, areas: Sequence[str], table: ResultsTable, language: Language
) -> ResultsAbout:
    """What is to be said of the results of some areas."""
    plan, code = evaluation.plan, language.code
    name = plan.header.name.in_language(code)
    places = [plan.area_name(area).in_language(code) for area in areas]
    periods = list(dict.fromkeys(period_words(plan, one, language) for one in table.verdicts))
    as_of = evaluation.as_of_text
    facts = [
        Fact(language("meta.plan"), name),
        Fact(language("meta.area"), _some(places, language)),
        Fact(language("meta.period"), _some(periods, language)),
        Fact(
            language("meta.as_of"), language.date(as_of) if as_of else language("meta.every_report")
        ),
    ]
    warnings = []
    if any(verdict.source.startswith(ILLUSTRATIVE) for verdict in table.verdicts):
        warnings.append(f"{language('banner.word')} {language('banner.text')}")
    if any(goal.sensitive for goal in plan.goals):
        warnings.append(audience_mark(language, evaluation.audience))
    rule = plan.header.rule
    codes = {
        "plan": plan.id, "language": code, "audience": evaluation.audience, "as_of": as_of or "",
        "rule": f"{rule.id} {rule.dated}",
    }  # fmt: skip
    return ResultsAbout(
        language("results.title", plan=name),
        tuple(facts),
        tuple(warnings),
        tuple(_notes(evaluation, table, language)),
        (
            Fact("", rule.note.in_language(code), safe_link(rule.source)),
            *source_lines(plan, table.verdicts, language),
        ),
        codes,
    )


def _some(names: Sequence[str], language: Language) -> str:
    if len(names) > MOST_NAMED:
        return language("results.between", first=names[0], last=names[-1], n=len(names))
    return ", ".join(names)


def _notes(evaluation: Evaluation, table: ResultsTable, language: Language) -> list[str]:
    """The notes of a table; the first three are those its heads and intro point to."""
    plan, header = evaluation.plan, evaluation.plan.header
    told = [language("results.notes.level"), language("results.notes.verdict"),
            language("results.notes.actual")]  # fmt: skip
    if any(verdict.goal.part_of for verdict in table.verdicts):
        told.append(language("results.notes.parts"))
    if any(verdict.group for verdict in table.verdicts):
        told.append(language("results.notes.groups"))
    if any(verdict.verdict is Verdict.suppressed for verdict in table.verdicts):
        told.append(language("results.notes.withheld"))
    if language.code not in plan.languages:
        told.append(language("caveat.language", language=language.name_of(language.code)))
    if header.note is not None:
        told.append(header.note.in_language(language.code))
    return told
