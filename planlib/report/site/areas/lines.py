"""A line for each area: in each column the goals reached of those judged; and its row in the grid."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup, escape

from planlib.language.language import Language
from planlib.language.text import Text
from planlib.report.render.escaping import finalized
from planlib.report.site.area_results import ZERO, AreaResults, counted
from planlib.report.site.frame import INDEX
from planlib.report.vocabulary import LOOKS
from planlib.scoring.counts import GAPS, VerdictCounts
from planlib.scoring.verdict import JUDGED, REACHED, Verdict

NOTHING = " "  # in place of a verdict: a goal that the area's version of the plan has not


@dataclass(frozen=True, slots=True)
class Line:
    """One area: its names, what is counted of its goals by column, and its failures."""

    folder: str
    name: Text
    languages: tuple[str, ...]
    illustrative: bool
    order: int
    # Of each column how many goals have which verdict, and its page by language: a few numbers
    # each, however many areas there are.
    columns: tuple[tuple[tuple[int, ...], dict[str, str]], ...]
    sums: tuple[
        tuple[int, int, int], ...
    ]  # of each column: goals reached, judged, without a figure
    failures: int
    undone: int  # documents beside its pages

    @property
    def area(self) -> str:
        """Its id, which is the name of its folder below the plan's."""
        return self.folder.partition("/")[2]

    def counts(self, column: int) -> VerdictCounts:
        """What is counted of one column."""
        return VerdictCounts(dict(zip(Verdict, self.columns[column][0], strict=True)))

    def share(self, column: int) -> tuple[int, int]:
        """How many goals were reached in a column, of how many judged."""
        return self.sums[column][:2]

    def page(self, pages: dict[str, str], lang: str) -> str:
        """A page in a language, better in another one than none."""
        return pages.get(lang) or next(iter(pages.values()), "")

    def index(self, lang: str) -> str:
        """The area's own page in a language, or in the first it has."""
        return INDEX[lang if lang in self.languages else self.languages[0]]


def lines_of(some: Sequence[AreaResults]) -> list[Line]:
    """A line for each area, in their order; those of one version of a plan are counted together."""
    alike: dict[int, list[AreaResults]] = {}
    for one in some:
        alike.setdefault(id(one.head), []).append(one)
    counts: dict[str, list[list[int]]] = {}
    sums: dict[str, list[list[int]]] = {}
    for mine in alike.values():
        found, folders = counted(mine), [one.folder for one in mine]
        kinds = [found[:, :, list(some)].sum(axis=2) for some in (REACHED, JUDGED, GAPS)]
        counts |= zip(folders, found.tolist(), strict=True)
        sums |= zip(folders, np.stack(kinds, axis=2).tolist(), strict=True)
    return [
        Line(
            one.folder, Text(one.name), one.languages, one.illustrative, one.order,
            tuple(zip(map(tuple, counts[one.folder]), one.links(), strict=True)),
            tuple((reached, judged, gaps) for reached, judged, gaps in sums[one.folder]),
            one.failures, one.undone,
        )
        for one in some
    ]  # fmt: skip


class AreaRowWriter:
    """The lines of areas in a language; ``inside`` for a page that stands in the folder of the plan.

    Eleven thousand lines have few different cells, so each text is made once.
    """

    def __init__(self, say: Language, *, inside: bool = False) -> None:
        self._say, self._inside = say, inside
        self._texts: dict[tuple[int, int, int], tuple[str, str]] = {}
        self._cells = {NOTHING: "<td></td>"} | {
            chr(
                ZERO + v
            ): f'<td class="pl-{LOOKS[v].name}" title="{_text(say.verdict(v))}">{LOOKS[v].glyph}</td>'
            for v in LOOKS
        }

    def rows(self, lines: Iterable[Line]) -> Markup:
        """Whole lines, one below the other."""
        return Markup("\n".join(f"{self.head(one)}\n{self.cells(one)}\n</tr>" for one in lines))

    def head(self, line: Line) -> Markup:
        """The beginning of a line: the area with its page, and what failed there."""
        say = self._say
        counts = {"site.failures": line.failures, "site.failures.documents": line.undone}
        failed = "".join(
            f' <span class="ix-failed">{_text(say(key, n=n))}</span>'
            for key, n in counts.items()
            if n
        )
        place = f' id="at.{line.area}"' if self._inside else ""
        begin = f'<tr data-review="{_text(line.folder)}"{place}>'
        return Markup(f'{begin}<th scope="row">{self._named(line)}{failed}</th>')

    def cells(self, line: Line) -> Markup:
        """The cells of a line, one below the other."""
        cells, folder, lang = [], escape(self._folder(line)), self._say.code
        for (_, pages), key in zip(line.columns, line.sums, strict=True):
            share, gaps = self._once(key)
            if page := line.page(pages, lang):
                share = f'<a href="{folder}/{escape(page)}">{share}</a>'
            cells.append(f"<td>{share}{gaps}</td>")
        return Markup("\n".join(cells))

    def grid(self, lines: Sequence[Line], verdicts: Sequence[str]) -> Markup:
        """The rows of areas in the grid of goals, each with the letters of its verdicts."""
        rows, cells, say = [], self._cells, self._say
        for line, letters in zip(lines, verdicts, strict=True):
            name = _text(line.name.in_language(say.code))
            begin = f'<tr data-review="{_text(line.folder)}"><th scope="row">{name}</th>'
            rows.append(f"{begin}\n{''.join(map(cells.__getitem__, letters))}</tr>")
        return Markup("\n".join(rows))

    def named(self, line: Line, column: int, page: str) -> str:
        """An area in a list of names: what it reached leads to the page it stands on."""
        told, _ = self._once(line.sums[column])
        share = f'<a href="{page}#at.{line.area}">{told}</a>'
        return f'<th scope="row">{self._named(line)}</th><td>{share}</td>'

    def sums_at(self, sums: Sequence[tuple[int, int, int]], columns: Iterable[int]) -> Markup:
        """The cells of a group: the goals reached of those judged in some columns."""
        told = (self._once(sums[at]) for at in columns)
        return Markup("\n".join(f"<td>{share}{gaps}</td>" for share, gaps in told))

    def told(self, line: Line, column: int) -> Markup:
        """The goals reached of those judged in a column."""
        reached, judged = line.share(column)
        return Markup(self._told(reached, judged, 0)[0])

    def _folder(self, line: Line) -> str:
        return line.area if self._inside else line.folder

    def _named(self, line: Line) -> str:
        """The name of an area, which leads to its own page."""
        lang = self._say.code
        to = f"{_text(self._folder(line))}/{line.index(lang)}"
        return f'<a href="{to}">{_text(line.name.in_language(lang))}</a>'

    def _once(self, key: tuple[int, int, int]) -> tuple[str, str]:
        if key not in self._texts:
            self._texts[key] = self._told(*key)
        return self._texts[key]

    def _told(self, reached: int, judged: int, gaps: int) -> tuple[str, str]:
        say = self._say
        share = f'<span title="{_text(say("count.nothing"))}">–</span>'
        if judged:
            share = "/".join(_text(say.number(count)) for count in (reached, judged))
        small = f' <small class="ix-gaps">{_text(say("count.gaps", n=gaps))}</small>'
        return share, small if gaps else ""


def _text(words: str) -> str:
    """Words as a template writes them."""
    return str(escape(finalized(words)))
