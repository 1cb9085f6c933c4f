"""What every page shares: its title with the banner, its headings, its caveats and its sources."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from planlib.language.language import Language
from planlib.plan.audience import INTERNAL, PUBLIC
from planlib.plan.plan import Plan
from planlib.report.blocks import Heading, Paragraph, Title, items
from planlib.report.counts import verdict_counts
from planlib.report.display import Blocks
from planlib.report.layout import Fact
from planlib.report.render import markdown, notebook
from planlib.report.render.markdown import write_markdown
from planlib.report.style import Style, style_element
from planlib.report.text.sentences import (
    coverage_sentence,
    mean_sentence,
    parts_sentence,
    reached_of_judged,
    worst_sentence,
)
from planlib.report.text.sourced import source_lines
from planlib.review import AnnualReview, GoalVerdict, MidtermReview
from planlib.scoring.verdict import Verdict
from planlib.storage.whole_files import replace_bytes


class Page(ABC):
    """A page of a review in one language, the plan's first where none is named.

    Its methods are what notebook cells call.

    It shows itself in Jupyter as a whole, and saves itself.
    """

    def __init__(
        self, plan: Plan, area: str, lang: str, *, illustrative: bool, public: bool
    ) -> None:
        self.plan = plan
        self.public = public
        self.area = area
        self.illustrative = illustrative
        self.language = Language(lang or plan.languages[0])

    @property
    def area_name(self) -> str:
        """The area as a reader knows it."""
        return self.plan.area_name(self.area).in_language(self.language.code)

    @abstractmethod
    def title(self) -> Blocks:
        """The question the page answers, and what it is about."""

    @abstractmethod
    def blocks(self) -> Blocks:
        """The whole page, its parts in order."""

    @cached_property
    def _whole(self) -> Blocks:
        """The whole page, worked out once in whatever form it is shown."""
        return self.blocks()

    def to_html(self, file: str | os.PathLike[str] | None = None) -> str:
        """The page as HTML that asks nothing of any network, also written to a file if one is named.

        Raises InputError where the file cannot be written.
        """
        from planlib.report.site.document import blocks_page

        plan = self.plan.header.name.in_language(self.language.code)
        text = blocks_page(self._whole, self.language.code, self.question, plan)
        if file is not None:
            replace_bytes(Path(file), [text.encode()])
        return text

    def to_markdown(self, file: str | os.PathLike[str] | None = None) -> str:
        """The page as Markdown with its pictures in it.

        Written to a file, its pictures stand in a folder beside it. Raises InputError where that
        cannot be written.
        """
        if file is None:
            return markdown(self._whole.blocks)
        return write_markdown(self._whole.blocks, Path(file))

    @property
    def question(self) -> str:
        """The question the page answers."""
        (title,) = (block for block in self.title() if isinstance(block, Title))
        return title.question

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        shown = notebook(self._whole.blocks)
        return shown | {"text/html": f"{style_element()}\n{shown['text/html']}"}

    def __str__(self) -> str:
        return self._whole.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.question[:300]}>"

    def style(self) -> Style:
        """The stylesheet; the first cell of a page shows it."""
        return Style()

    def _title(self, question: str, facts: Sequence[tuple[str, str]]) -> Blocks:
        language = self.language
        about = [
            Fact(language("meta.plan"), self.plan.header.name.in_language(language.code)),
            Fact(language("meta.area"), self.area_name),
            *(Fact(language(f"meta.{key}"), text) for key, text in facts),
        ]
        if any(goal.sensitive for goal in self.plan.goals):
            seen = PUBLIC if self.public else INTERNAL
            about.append(Fact(language("meta.audience"), language(f"audience.{seen}")))
        banner = (language("banner.word"), language("banner.text")) if self.illustrative else ()
        word, text = banner or ("", "")
        colon = language.raw("language.colon")
        return Blocks.of(Title(question, tuple(about), word, text, colon))

    def _as_of(self, as_of: str | None) -> tuple[str, str]:
        language = self.language
        return ("as_of", language.date(as_of) if as_of else language("meta.every_report"))

    def _notes(self, verdicts: Sequence[GoalVerdict], last: int, first: str = "") -> Blocks:
        """What a reader must know before using the numbers, most important first."""
        caveats = [*([first] if first else []), *self._caveats(verdicts, last)]
        return Blocks.of(Heading(self.language("heading.notes"), "notes"), items(caveats))

    def _caveats(self, verdicts: Sequence[GoalVerdict], last: int) -> list[str]:
        language, header = self.language, self.plan.header
        caveats = [language("banner.text")] if self.illustrative else []
        caveats.append(language("caveat.rule", rule=header.rule.note.in_language(language.code)))
        if language.code not in self.plan.languages:
            caveats.append(language("caveat.language", language=language.name_of(language.code)))
        wholes = [v for v in verdicts if v.goal.part_of is None]
        caveats.append(language("caveat.counts"))
        silent = sum(v.verdict is Verdict.no_data for v in wholes)
        withheld = sum(v.verdict is Verdict.suppressed for v in wholes)
        estimates = sum(v.estimate for v in verdicts)
        unsettled = sum(v.reading_matters for v in verdicts)
        for key, n in (
            ("no_data", silent),
            ("suppressed", withheld),
            ("estimates", estimates),
            ("readings", unsettled),
        ):
            if n:
                caveats.append(language(f"caveat.{key}", n=n))
        place = self.plan.areas_by_id.get(self.area)
        for change in place.changes if place else ():
            if change.date.year <= last:
                day = language.date(change.date.isoformat())
                note = change.note.in_language(language.code)
                caveats.append(language("caveat.boundary", day=day, note=note))
        if header.note is not None:
            caveats.append(header.note.in_language(language.code))
        return caveats

    def _sources(self, verdicts: Iterable[GoalVerdict]) -> Blocks:
        """Documents, the rule's origin, the files read, and the reports the figures come from."""
        lines = source_lines(self.plan, verdicts, self.language)
        return Blocks.of(Heading(self.language("heading.sources"), "sources"), items(lines))


def result(review: AnnualReview | MidtermReview, *first: str, language: Language) -> Blocks:
    """What a review came to: its headline, counts, coverage, the goal furthest behind, a mean."""
    rollup = review.rollup
    lead, *more = first
    return Blocks.of(
        Heading(language("heading.result", count=reached_of_judged(rollup, language)), "result"),
        Paragraph(lead, lead=True),
        *more,
        verdict_counts(rollup, language),
        coverage_sentence(rollup, language),
        parts_sentence(review.verdicts, language),
        worst_sentence(rollup, review.verdicts, language),
        mean_sentence(rollup, review.plan, language),
    )
