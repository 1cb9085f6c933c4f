"""How a verdict was made, in numbers: for the fold under a row, and for whoever must defend it."""

from __future__ import annotations

from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.goal_parts import Place
from planlib.plan.periods.calendar import period
from planlib.plan.plan import Plan
from planlib.plan.target import EACH_PERIOD, Basis, Cadence, Target
from planlib.plan.verdicts import MISSED, SHORT
from planlib.report.layout import Fact, fact
from planlib.report.text.numbers import percent
from planlib.report.text.pace import tolerance_text
from planlib.report.text.phrases import (
    ShownFigure,
    dated_text,
    figure_text,
    file_text,
    interval_text,
    place_text,
    reading_text,
    target_text,
    when_text,
)
from planlib.report.text.remarks import remark_text, source_text
from planlib.review import GoalVerdict
from planlib.scoring.verdict import JUDGED, Verdict

SIDES = {
    Verdict.exceeded: "beyond",
    Verdict.met: "inside",
    Verdict.nearly_met: "short",
    Verdict.not_met: "short",
    Verdict.not_yet: "short",
}


def made_sentences(verdict: GoalVerdict, language: Language) -> list[str]:
    """The steps from figure to verdict, each a sentence with its numbers."""
    target = verdict.target
    if verdict.goal.untargeted_area:
        return [language("made.no_target_area"), *_figure(verdict, language)]
    yearly = target is None or target.cadence in EACH_PERIOD
    if verdict.term and yearly:
        return [
            language(f"made.{_each(target)}"),
            *_decided(verdict, language),
            *_figure(verdict, language),
            language("made.answer", verdict=language.verdict(verdict.verdict)),
        ]
    if target is None:
        return [language("made.no_target", year=verdict.year), *_figure(verdict, language)]
    sentences = [
        *_basis_sentences(verdict, target, language),
        language(
            "made.target",
            target=target_text(verdict.goal, target, language),
            when=when_text(target, language),
        ),
        *(_decided(verdict, language) if verdict.term else ()),
        *_figure(verdict, language),
    ]
    if verdict.verdict in JUDGED:
        sentences.append(language(f"made.{SIDES[verdict.verdict]}"))
    if verdict.tolerance is not None and verdict.verdict in MISSED:
        nearly = verdict.verdict is Verdict.nearly_met
        key = "made.tolerated" if nearly else "made.beyond_tolerance"
        sentences.append(language(key, tolerance=tolerance_text(verdict, language)))
    if verdict.level is not None and verdict.level >= 0 and verdict.value is not None:
        sentences.append(language("made.level", level=percent(verdict.level, language)))
    if verdict.road is not None:
        sentences.append(language("made.road", road=percent(verdict.road, language)))
    if verdict.verdict is Verdict.not_due and target.due_day is not None:
        sentences.append(language("made.not_due_until", day=target.due_day))
    if verdict.verdict in SHORT:
        passed = "made.passed" if verdict.passed else f"made.time.{verdict.verdict.name}"
        sentences.append(language(passed))
    sentences.append(language("made.answer", verdict=language.verdict(verdict.verdict)))
    return sentences


def _basis_sentences(verdict: GoalVerdict, target: Target, language: Language) -> list[str]:
    """What is compared, and how much of the year it is of where that is a part."""
    if not verdict.year_so_far or target.kind.figure != "number":
        return [language(_basis(target), year=verdict.year)]
    return [language(_basis(target)), language("made.so_far", year=verdict.year)]


def _basis(target: Target) -> str:
    if target.measure is not None:
        return f"made.basis.relative.{target.measure}"
    if target.kind.figure != "number" or target.kind.against_start or target.among is not None:
        return f"made.basis.{target.comparison}"
    if target.cadence is Cadence.over_term:
        return "made.basis.change_term" if target.basis is Basis.change else "made.basis.total"
    return f"made.basis.{target.basis}"


def _decided(verdict: GoalVerdict, language: Language) -> list[str]:
    """Which year gave the figure, where it is not the last one looked at."""
    if verdict.decided == verdict.year:
        return []
    return [language("made.decided", year=period(verdict.decided))]


def _figure(verdict: GoalVerdict, language: Language) -> list[str]:
    if verdict.value is None and verdict.low is None and verdict.high is None:
        target = verdict.target
        if verdict.why_none:
            n = int(verdict.against or 0)
            return [language(f"made.why_none.{verdict.why_none}", n=n)]
        if verdict.undefined and target is not None:
            return [language(f"made.undefined.{target.basis}")]
        return [language("made.no_figure")]
    figure = figure_text(verdict, language, unit=True)
    sentences = [language("made.figure", figure=figure)]
    if verdict.value is None:
        sentences.append(language("made.interval"))
    if verdict.against is not None:
        sentences.append(_against(verdict, verdict.against, language))
    if verdict.figure_of is not None:
        lasts = verdict.target is not None and verdict.target.lasts
        key = "made.done_before" if lasts else "made.stands_in"
        sentences.append(language(key, year=verdict.figure_of))
    if verdict.beside is not None:
        low, high = map(language.number, verdict.beside)
        sentences.append(language("made.beside", low=low, high=high))
    return sentences


def _against(verdict: GoalVerdict, against: float, language: Language) -> str:
    """The figure of others that is compared with, or how many areas are ranked."""
    target = verdict.target or verdict.goal.main_target()
    if target.among is not None:
        return language("made.ranked", n=int(against))
    figure = ShownFigure(against)
    told = interval_text(verdict.goal, target.natural, figure, language, unit=True)
    return language("made.compared_with", figure=told)


def inputs_text(verdict: GoalVerdict, language: Language) -> str:
    """The rows the verdict was made from, file by file."""
    rows: dict[str, list[str]] = {}
    for one in verdict.inputs:
        rows.setdefault(file_text(one.file), []).append(str(one.row))
    told = (
        language("inputs.file", file=file, rows=", ".join(found)) for file, found in rows.items()
    )
    return joined(told, language.parts_mark)


def rule_text(plan: Plan, language: Language) -> str:
    """The name and date of the plan's scoring rule."""
    rule = plan.header.rule
    name = language(f"rule.{rule.id.replace('-', '_')}")
    return language("rule.name", rule=name, dated=dated_text(rule.dated, language))


def grounds(plan: Plan, verdict: GoalVerdict, language: Language) -> list[Fact]:
    """What a verdict rests on, a line each, where its steps stand apart."""
    facts = verdict_facts(plan, verdict, language)
    return [line(fact, language) for fact in facts if fact.id != "made"]


def line(fact: Fact, language: Language) -> Fact:
    """A fact as one line: ``label: text``."""
    return Fact("", language("fact.line", label=fact.label, text=fact.text), fact.link)


def _places(verdict: GoalVerdict) -> tuple[Place, ...]:
    """Where the text sets the target: of a yearly one, the place that set it for that year."""
    places = verdict.goal.source
    named = verdict.target.source if verdict.target else None
    return tuple(place for place in places if named and place.url == named) or places


def verdict_facts(plan: Plan, verdict: GoalVerdict, language: Language) -> tuple[Fact, ...]:
    """Everything behind a row of the target table, from the plan's text to the figure's row."""
    goal, code = verdict.goal, language.code
    found: list[Fact] = []

    def add(key: str, text: str, link: str | None = None) -> None:
        found.append(fact(key, text, language, link))

    for place in _places(verdict):
        document = plan.document(place.document)
        link = place.url or (document.url if document else None)
        add("place", place_text(plan, place, language), link)
    if goal.lead is not None:
        add("lead", goal.lead.in_language(code))
    add("made", joined(made_sentences(verdict, language)))
    add("rule", rule_text(plan, language), plan.header.rule.source)
    if verdict.inputs:
        add("inputs", inputs_text(verdict, language))
    if verdict.vintage:
        add("vintage", language.date(verdict.vintage))
    if verdict.source:
        add("figure_source", source_text(verdict.source, language), verdict.source)
    if verdict.words:
        add("words", language("quoted", words=verdict.words))
    for reading in goal.readings:
        key = "reading.outcome" if not reading.default else "reading.outcome_default"
        target = reading_text(goal, reading, language)
        outcome = language.verdict(Verdict[verdict.readings[reading.id]])
        add("reading", language(key, target=target, verdict=outcome))
    if verdict.published_verdict is not None:
        reason = remark_text(verdict.published_reason, language)
        word = language.verdict(verdict.published_verdict)
        key = "published.reason" if reason else "published.bare"
        add("published", language(key, verdict=word, reason=reason))
    for one in goal.revisions:
        day, reason = language.date(one.date.isoformat()), one.reason.in_language(code)
        add("revised", language("plan.revised", day=day, reason=reason), one.source)
    if verdict.target is not None and verdict.target.evidence is not None:
        add("evidence", verdict.target.evidence.in_language(code))
    for note in (verdict.target.note if verdict.target else None, goal.note):
        if note is not None:
            add("explained", note.in_language(code))
    if verdict.note:
        add("note", remark_text(verdict.note, language))
    return tuple(found)


def _each(target: Target | None) -> str:
    """Whether each year or each shorter period is held to a target."""
    period = target is not None and target.cadence is Cadence.every_period
    return "every_period" if period else "every_year"
