"""What moved between two runs, in words: a summary, then plan by plan, area by area, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from planlib.batch.difference.claims import FIGURE, ClaimMove
from planlib.batch.difference.names import ReviewNames
from planlib.batch.difference.runs import ReviewMove, RunDifference
from planlib.batch.difference.told_pages import PagesTold, pair
from planlib.language.language import Language
from planlib.plan.periods.calendar import Period, period
from planlib.plan.verdicts import Verdict
from planlib.report.blocks import Block, Heading, Paragraph, Title
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Column, Fact, Group, Table
from planlib.report.vocabulary import LOOKS

SUMMED = ("verdicts", "figures", "sentences", "pictures")


class DifferencePage:
    """What a reader is told of two runs; of each page ``most`` moves are told, or all."""

    def __init__(self, found: RunDifference, lang: str, most: int | None = None) -> None:
        self.found, self.language, self.most = found, Language(lang), most
        self._told = PagesTold(found, self.language, most)

    @property
    def question(self) -> str:
        """The question the page answers."""
        return self.language("difference.title")

    def to_html(self) -> str:
        """The page as HTML that asks nothing of any network."""
        from planlib.report.site.document import blocks_page  # most are told on the screen

        return blocks_page(self.blocks(), self.language.code, self.question, self.question)

    def blocks(self) -> Blocks:
        """The whole page."""
        parts: list[Blocks | Block] = [self._title(), *self._summary(), *self._told.often()]
        goals: dict[str, str] = {}
        for plan, mine in groupby(self.found.reviews, key=lambda review: review.place[0]):
            shown = []
            for review in mine:
                names = self._names(review)
                goals |= names.goals
                pages = [*self._told.of(review.pages, names)]
                if review.claims or pages:
                    shown.append((names.plan, [*self._review(review, names), *pages]))
            if shown:
                parts.append(Heading(shown[0][0], f"plan-{plan}"))
                parts += [Blocks.of(*blocks) for _, blocks in shown]
        outside = [*self._told.of(self.found.pages, ReviewNames("", "", goals))]
        if outside:
            parts += [Heading(self.language("difference.other-pages"), "pages"), *outside]
        return Blocks.of(*parts)

    def _names(self, review: ReviewMove) -> ReviewNames:
        return ReviewNames.of(self.found, review.place, self.language)

    def _title(self) -> Title:
        say = self.language
        facts = [
            Fact(say("difference.old"), str(self.found.old.root)),
            Fact(say("difference.new"), str(self.found.new.root)),
        ]
        for name, (was, now) in self.found.made_with.items():
            facts.append(Fact(name, pair(was, now)))
        return Title(self.question, tuple(facts), colon=say.raw("language.colon"))

    def _summary(self) -> Iterator[Block]:
        say, found, counts = self.language, self.found, self.found.counts
        if not found.moved:
            yield Paragraph(say("difference.nothing", n=found.same), lead=True)
            return
        parts = [say(f"difference.count.{name}", n=counts[name]) for name in SUMMED]
        compared = counts["reviews"] + counts["same"]
        moved = say("difference.lead", n=counts["reviews"], all=say.number(compared))
        yield Paragraph(say.labelled(moved, f"{', '.join(parts)}."), lead=True)
        alone = [("old", found.only_old), ("new", found.only_new)]
        for run, places in alone:
            if places:
                named = ", ".join(f"{plan}/{area}" for plan, area in self._told.cut(places))
                more = self._told.more(len(places))
                told = say(f"difference.only-{run}", n=len(places))
                yield Paragraph(say.labelled(told, f"{named}{'; ' if more else ''}{more}"))

    def _review(self, review: ReviewMove, names: ReviewNames) -> Iterator[Block]:
        say = self.language
        yield Heading(names.area, "-".join(("area", *review.place)), 3)
        if review.inputs:
            causes = [say(f"difference.input.{why}") for why in review.inputs]
            files = f" ({', '.join(review.plan_files)})" if review.plan_files else ""
            yield Paragraph(say.labelled(say("difference.made-from"), ", ".join(causes) + files))
        if review.claims:
            yield self._claims(review, names)

    def _claims(self, review: ReviewMove, names: ReviewNames) -> Table:
        say = self.language
        keys = ("indicator", "period", "verdict", "actual", "rest", "why")
        columns = tuple(Column(key, say(f"difference.column.{key}")) for key in keys)
        ordered = sorted(review.claims, key=lambda move: names.order(move.claim))
        rows = tuple(self._row(move, names) for move in self._told.cut(ordered))
        more = self._told.more(len(ordered))
        caption = say("difference.caption", n=len(review.claims), area=names.area)
        return Table(columns, (Group(rows),), caption, notes=(more,) if more else ())

    def _row(self, move: ClaimMove, names: ReviewNames) -> tuple[Cell, ...]:
        say, claim = self.language, move.claim
        goal = names.goal(claim.goal) + (f" ({claim.group})" if claim.group else "")
        when = self._period(claim.year)
        if claim.kind == "midterm":
            key = "difference.midterm-term" if claim.on == "term" else "difference.midterm"
            when = say(key, year=when)
        was, now = move.moved.get("verdict", (claim.verdict, claim.verdict))
        verdict = self._value("verdict", now) if was == now else self._moved("verdict", was, now)
        figures = [self._field(name, *move.moved[name]) for name in FIGURE if name in move.moved]
        rest = [
            self._field(name, *pair)
            for name, pair in move.moved.items()
            if name not in (*FIGURE, "verdict")
        ]
        why = [self._why(str(one), move) for one in move.why]
        return (
            Cell(goal, goal=claim.goal),
            Cell(when),
            Cell(verdict, look=LOOKS[Verdict[claim.verdict]]),
            *(Cell(self.language.parts_mark.join(parts)) for parts in (figures, rest, why)),
        )

    def _why(self, why: str, move: ClaimMove) -> str:
        old, new = (one.vintage if one is not None else None for one in (move.old, move.new))
        day = {"figure_gone": old}.get(why, new)
        dated = self.language.date(day) if day else ""
        text = self.language(f"difference.why.{why}")
        reported = why in {"new_figure", "revision", "earlier_report", "row_corrected"} and dated
        return f"{text} ({dated})" if reported else text

    def _field(self, name: str, was: Any, now: Any) -> str:
        first, _, part = name.partition(".")
        label = self.language(f"difference.field.{first}")
        if part:
            label = f"{label} ({part})"  # a key of the plan's own file
        moved = self._moved(part or first, was, now)
        return moved if name == "value" else self.language.labelled(label, moved)

    def _moved(self, name: str, was: Any, now: Any) -> str:
        """Before and after, with as many digits as tell them apart."""
        for digits in (None, 3, 4, 6, 9, 12):
            before, after = self._value(name, was, digits), self._value(name, now, digits)
            if before != after:
                break
        return pair(before, after)

    def _value(self, name: str, value: Any, digits: int | None = None) -> str:
        say = self.language
        if value is None or value in ("", (), [], {}):
            return "–"
        if name in {"verdict", "published"}:
            return say.verdict(Verdict[value])
        if name == "readings":
            return ", ".join(f"{k} {say.verdict(Verdict[v])}" for k, v in sorted(value.items()))
        if isinstance(value, bool):
            return say("difference.yes" if value else "difference.no")
        if name in {"figure_of", "due", "since"} and isinstance(value, int):
            return self._period(value)
        if isinstance(value, float):
            return say.number(value, digits)
        if name in {"vintage", "due_day"}:
            return say.date(value)
        return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)

    def _period(self, code: int) -> str:
        at = period(code)
        return at.named(self.language) if isinstance(at, Period) else str(at)
