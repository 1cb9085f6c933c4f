"""Findings in whole sentences: what a year or a term came to, read out as an office would.

The order never changes: counts first, then coverage, the goal furthest behind, and last a mean, or
why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from planlib.evaluation.flips import standing
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.plan import Plan
from planlib.plan.target import RECURRING, Cadence
from planlib.report.text.numbers import percent
from planlib.report.text.phrases import (
    figure_text,
    held_text,
    known_ends,
)
from planlib.review import GoalVerdict, Revision
from planlib.review.sections import SectionReview
from planlib.scoring.counts import GAPS, SHORT, VerdictCounts
from planlib.scoring.rollup import Rollup


def counts_clause(counts: VerdictCounts, language: Language) -> str:
    """Every verdict that occurs with its count: ``vượt 13, đạt 38, không đạt 15``."""
    parts = [
        language(f"counts.{verdict.name}", n=count, count=language.number(count))
        for verdict, count in counts.present
    ]
    return joined(parts, ", ") if parts else language("counts.nothing")


def titled(key: str, verdicts: Iterable[GoalVerdict], language: Language, **values: object) -> str:
    """A heading over a list with the number of its goals; parts of goals are told apart.

    ``values`` fill in the rest of the heading.
    """
    held = list(verdicts)
    parts = sum(verdict.goal.part_of is not None for verdict in held)
    heading = language(key, n=len(held) - parts, **values)
    return language("heading.with_parts", n=parts, heading=heading) if parts else heading


def tally(verdicts: Iterable[GoalVerdict], language: Language) -> str:
    """How many goals there are; parts of goals are told apart: ``5``, ``5 + 1 part``."""
    return titled("tally", verdicts, language)


def parts_sentence(verdicts: Iterable[GoalVerdict], language: Language) -> str | None:
    """What became of the parts of goals, which no count includes; None without parts."""
    counts = VerdictCounts.of(v.verdict for v in verdicts if v.goal.part_of is not None)
    if not counts.all:
        return None
    return language("parts.counts", n=counts.all, counts=counts_clause(counts, language))


def headline(rollup: Rollup, language: Language, *, year: int, term: bool = False) -> str:
    """One sentence that says what the year, or the term so far, came to."""
    when = language("headline.by_end" if term else "headline.in_year", year=year)
    counts = rollup.counts
    facts: dict[str, Any] = {"when": when, "counts": counts_clause(counts, language)}
    if not counts.judged:
        return language(f"headline.{'blind' if counts.gaps else 'waiting'}", **facts)
    reached = language.number(counts.reached)
    return language("headline.reached", n=counts.judged, reached=reached, **facts)


def reached_of_judged(rollup: Rollup, language: Language) -> str:
    """The count a heading carries: ``8/9 đạt và vượt, 2 thiếu số liệu``."""
    counts = rollup.counts
    text = language("count.nothing")
    if counts.judged:
        reached, judged = language.number(counts.reached), language.number(counts.judged)
        text = language("heading.reached", n=counts.judged, reached=reached, judged=judged)
    if not counts.gaps:
        return text
    return language("heading.gaps", reached=text, gaps=language("count.gaps", n=counts.gaps))


def coverage_sentence(rollup: Rollup, language: Language) -> str:
    """How many of the goals that should have a figure by now have one."""
    counts = rollup.counts
    if rollup.coverage is None:
        return language("coverage.none_expected")
    return language(
        "coverage.part" if counts.gaps else "coverage.full",
        n=counts.expected,
        judged=language.number(counts.judged),
        share=percent(rollup.coverage, language),
    )


def worst_sentence(
    rollup: Rollup, verdicts: Iterable[GoalVerdict], language: Language
) -> str | None:
    """The missed goal furthest from its target, with its figure; None where none was missed."""
    worst = next((v for v in verdicts if v.goal.id == rollup.worst), None)
    return None if worst is None else language("worst", goal=against_target(worst, language))


def missing_sentence(verdicts: Iterable[GoalVerdict], language: Language) -> str:
    """What the goals and parts without a usable figure lack: no data at all, or withheld."""
    counts = VerdictCounts.of(verdict.verdict for verdict in verdicts)
    return language("missing.some", counts=counts_clause(counts, language))


def mean_sentence(rollup: Rollup, plan: Plan, language: Language) -> str:
    """The mean attainment, or why it is withheld; with the bounds that missing figures leave."""
    low, high = rollup.mean_low, rollup.mean_high
    if low is None or high is None:
        return language("mean.nothing")
    bounds = percent(low, language), percent(high, language)
    if rollup.mean is None:
        floor = percent(plan.header.coverage_floor, language)
        return language("mean.withheld", floor=floor, low=bounds[0], high=bounds[1])
    mean = percent(rollup.mean, language)
    if low == high:
        return language("mean.exact", mean=mean)
    return language("mean.bounded", mean=mean, low=bounds[0], high=bounds[1])


def against_target(verdict: GoalVerdict, language: Language) -> str:
    """A goal with its figure and its target: ``Tỷ lệ khám phá án: 69,8%, kế hoạch từ 70%…``."""
    name = verdict.goal.name.in_language(language.code)
    target = verdict.target
    if target is not None and target.kind.figure == "yes_no":
        done = verdict.verdict not in SHORT
        return language("against.done" if done else "against.undone", name=name)
    return language(
        "against.target",
        name=name,
        figure=figure_text(verdict, language, unit=True),
        target=held_text(verdict, language),
    )


def section_sentence(section: SectionReview, language: Language) -> str:
    """What a section's picture shows, ending in a colon where goals or parts of goals follow."""
    counts = section.rollup.counts
    parts = [v for v in section.verdicts if v.goal.part_of is not None]
    sentences = []
    if counts.judged and counts.reached == counts.expected:
        sentences.append(language("section.all", n=counts.judged))
    elif not counts.expected:
        sentences.append(language("section.none_expected"))
    else:
        sentences.append(language("section.part", counts=counts_clause(counts, language)))
    unsettled = sum(v.reading_matters for v in section.verdicts)
    if unsettled:
        sentences.append(language("section.readings", n=unsettled))
    if counts.reached != counts.expected:
        sentences.append(language("section.listed"))
    elif any(v.verdict in (*SHORT, *GAPS) for v in parts):
        sentences.append(language("section.parts"))
    return joined(sentences)


def short_goals(verdicts: Iterable[GoalVerdict], language: Language) -> list[str]:
    """Every goal short of its target, with figure and target."""
    return [against_target(v, language) for v in verdicts if v.verdict in SHORT]


def unknown_goals(verdicts: Iterable[GoalVerdict], language: Language) -> list[str]:
    """Every goal without a usable figure, with the word for why."""
    return [
        language(
            "against.unknown",
            name=v.goal.name.in_language(language.code),
            figure=language(f"figure.{v.verdict.name}"),
        )
        for v in verdicts
        if v.verdict in GAPS
    ]


def new_figure(revision: Revision, language: Language) -> str:
    """The figure now, never printed like an old one that was another."""
    return figure_text(revision.verdict, language, beside=known_ends(revision.before))


def old_figure(revision: Revision, language: Language) -> str:
    """The figure an earlier report gave, an estimate where it was one."""
    return figure_text(revision.before, language, beside=known_ends(revision.verdict))


def revision_sentence(revision: Revision, language: Language) -> str:
    """``Tỷ lệ khám phá án: 71,2 → 69,8; từ Đạt sang Không đạt``."""
    now = revision.verdict
    return language(
        "revision.flipped" if revision.flipped else "revision.same",
        name=now.goal.name.in_language(language.code),
        old=old_figure(revision, language),
        new=new_figure(revision, language),
        before=language.verdict(standing(revision.before) or revision.before.verdict),
        after=language.verdict(standing(now) or now.verdict),
    )


def promised_sentences(
    plan: Plan, verdicts: Sequence[GoalVerdict], year: int, language: Language
) -> tuple[str, list[str]]:
    """What was promised for a year: one sentence, and how many targets of each kind."""
    wholes = [v for v in verdicts if v.goal.part_of is None]
    held = [v for v in wholes if v.target is not None]
    kinds: dict[str, int] = {}
    for verdict in wholes:
        kind = _kind(plan, verdict, year)
        kinds[kind] = kinds.get(kind, 0) + 1
    order = ("every_year", "keep", "over_term", "by_now", "by_later", "none")
    sentences = [
        language(f"promised.{kind}", n=kinds[kind], year=year) for kind in order if kind in kinds
    ]
    yes_no = sum(v.target is not None and v.target.kind.figure == "yes_no" for v in held)
    if yes_no:
        sentences.append(language("promised.done", n=yes_no))
    if len(wholes) < len(verdicts):
        sentences.append(language("promised.parts", n=len(verdicts) - len(wholes)))
    if not held:
        return language("promised.nothing", year=year), sentences
    sections = len({plan.section_of(v.goal.id).section for v in held})
    within = language("promised.sections", n=sections)
    return language("promised.total", n=len(held), year=year, sections=within), sentences


def _kind(plan: Plan, verdict: GoalVerdict, year: int) -> str:
    target = verdict.target
    if target is None:
        return "none"
    if target.cadence is Cadence.by:
        end = plan.calendar.end  # a goal of years may stand on the page of a quarter
        return "by_now" if target.due is not None and end(target.due) <= end(year) else "by_later"
    if verdict.part_of_year and not plan.calendar.is_last(year):
        return "by_later"  # when the year ends
    return "every_year" if target.cadence in RECURRING else str(target.cadence)
