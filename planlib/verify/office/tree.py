"""The tables of a document as the rows of a page, so that what proves a page proves them too.

A document has no attributes that say what a cell is about: a column is known by its head, a goal by
its name, a verdict by its glyph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from planlib.plan.goal import Goal
from planlib.verify.claims import groups_followed, splits
from planlib.verify.markup import plain
from planlib.verify.office.items import Cells, OfficeTable
from planlib.verify.recompute import Recomputed
from planlib.verify.texts import GLYPHS, WORDS, filled, fits, keys_of

# Of heads that say the same, the one that is meant where nothing else tells.
_FIRST = (
    "actual", "so_far", "verdict", "indicator", "target", "level", "unit", "note", "reading",
)  # fmt: skip
VERDICTS = frozenset({"verdict", "published", "computed", "before", "after", "year", "term"})
UNDER = ("cadence.", "held.year_so_far", "part.apart", "published.differs", "certainty.sure")


@dataclass
class OfficeTree:
    """Writes tables as HTML for one document; ``caption`` of each is what its paragraph says."""

    made: Recomputed
    kind: str
    year: int
    lang: str
    parts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.plan = self.made.plan
        self._names = [
            (plain(goal.in_area(self.made.area).name.in_language(self.lang)), goal)
            for goal in self.plan.goals
        ]
        self._years = {str(year) for year in self.plan.years}
        self._titles: dict[str, list[str]] = {}
        self._by_the_office = tuple(_remarks(self.lang))
        for key in keys_of(self.lang, "column."):
            name = filled(key, self.lang) if "{" not in key else ""
            self._titles.setdefault(name, []).append(key.removeprefix("column."))

    @property
    def html(self) -> str:
        """Everything written so far."""
        return f'<div class="pl">{"".join(self.parts)}</div>'

    def heading(self, text: str) -> None:
        """A heading of a field or below it."""
        self.parts.append(f"<h3>{escape(text)}</h3>")

    def counts(self, table: OfficeTable) -> bool:
        """Write counts side by side; False for a table of anything else."""
        cells = table.rows[0] if len(table.rows) == 1 else ()
        if not cells or not all(len(cell) == 2 and cell[1][:1].isdigit() for cell in cells):
            return False
        mine = [self._chip(cell[0]) for cell in cells]
        of = "verdicts" if any(mine) else "outlooks"
        lines = (
            f"<li>{chip or escape(cell[0])} <strong>{escape(cell[1])}</strong></li>"
            for chip, cell in zip(mine, cells, strict=True)
        )
        self.parts.append(f'<ul class="pl-counts" data-of="{of}">{"".join(lines)}</ul>')
        return True

    def table(self, table: OfficeTable, caption: str) -> None:
        """Write a table of figures."""
        heads = [" ".join(cell) for cell in table.rows[0]] if table.rows else []
        keys = self._keys(heads, table.rows[1:])
        look = "grid" if "year" in keys else "office" if "order" in keys else "simple"
        if look == "office" and self.kind != "annual":  # of the term so far
            actual, so_far = (filled(f"column.{key}", self.lang) for key in ("actual", "so_far"))
            heads = [so_far if plain(head) == actual else head for head in heads]
            keys = ["so_far" if key == "actual" else key for key in keys]
        head = "".join(
            f'<th scope="col" class="pl-c-{key}">{escape(title)}</th>'
            for key, title in zip(keys, heads, strict=True)
        )
        rows = "".join(self._rows(table.rows[1:], keys, caption))
        told = f'<caption><span class="pl-caption">{escape(caption)}</span></caption>'
        self.parts.append(
            f'<table class="pl-table pl-{look}">{told}<thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _keys(self, heads: Sequence[str], rows: Sequence[Cells]) -> list[str]:
        years = sum(head in self._years for head in heads) > 0
        found = []
        for at, head in enumerate(heads):
            known = self._titles.get(plain(head), [])
            firsts = [row[at][:1] for row in rows if len(row) == len(heads)]
            # A glyph alone, or with how sure it is behind it where there is one line.
            glyphs = all(not one or len(one[0].partition(" (")[0]) <= 1 for one in firsts)
            if head in self._years and glyphs:
                found.append("year")
            elif "term" in known and years:
                found.append("term")
            else:
                best = (key for key in (*_FIRST, *known) if key in known)
                found.append(next(best, "rule"))
        return found

    def _rows(self, rows: Iterable[Cells], keys: Sequence[str], caption: str) -> Iterator[str]:
        used = set[str]()
        group, reading = "", 0
        for row in rows:
            if len(row) == 1 and len(keys) > 1:
                if plain(" ".join(row[0])).startswith(self._by_the_office):
                    continue  # a remark on the row above: nobody proves what an office writes
                group, reading = " ".join(row[0]), 0
                yield self._group(group)
                continue
            about = ""
            if "reading" in keys:
                goal = self._begins(group)
                if goal is not None and reading < len(goal.readings):
                    about = f' data-goal="{goal.id}" data-reading="{goal.readings[reading].id}"'
                reading += 1
            elif "group" in keys:
                about = self._of_group(plain(" ".join(row[keys.index("group")][:1])), caption)
            elif "indicator" in keys and len(row) == len(keys):
                at = keys.index("indicator")
                row = (*row[:at], self._split(row[at]), *row[at + 1 :])
                goal = self._named(row[keys.index("indicator")], used)
                if goal is not None:
                    used.add(goal.id)
                    about = f' data-goal="{goal.id}"'
            cells = [self._cell(key, cell) for key, cell in zip(keys, row, strict=False)]
            cells += ["<td></td>"] * (len(row) - len(keys))  # more than there are heads
            yield f"<tr{about}>{''.join(cells)}</tr>"

    def _group(self, text: str) -> str:
        """A row over others: its name, and the count behind it."""
        known = [name for name, _ in self._names]
        known += [plain(one.name.in_language(self.lang)) for one in self.plan.sections]
        known += [
            " × ".join(plain(one.in_language(self.lang)) for one in some)
            for some in splits(self.plan)
        ]
        known += [filled(f"revisions.{one}", self.lang) for one in ("flipped", "same")]
        line = plain(text)
        name = max(
            (one for one in known if f"{line} ".startswith(f"{one} ")), key=len, default=line
        )
        count = line.removeprefix(name).strip()
        told = f' <span class="pl-count">{escape(count)}</span>' if count else ""
        return f'<tr class="pl-group"><th scope="colgroup">{escape(name)}{told}</th></tr>'

    def _begins(self, group: str) -> Goal | None:
        line = plain(group)
        known = [(name, goal) for name, goal in self._names if f"{line} ".startswith(f"{name} ")]
        return max(known, key=lambda one: len(one[0]))[1] if known else None

    def _named(self, cell: tuple[str, ...], used: Collection[str]) -> Goal | None:
        """The goal of a row, the next of those that bear its name."""
        line = plain(cell[0]) if cell else ""
        for name, goal in self._names:
            first = filled("part.first", self.lang, name=name)
            if goal.id not in used and (
                line == name or (goal.part_of is not None and line == first)
            ):
                return goal
        return None

    def _split(self, cell: tuple[str, ...]) -> tuple[str, ...]:
        """A name on one line with what stands in brackets behind it, as lines of their own."""
        line = plain(cell[0]) if len(cell) == 1 else ""
        known = [name for name, _ in self._names if line.startswith(f"{name} (")]
        if not known or line[-1] != ")" or line in {name for name, _ in self._names}:
            return cell
        name = max(known, key=len)
        return name, line.removeprefix(f"{name} (")[:-1]

    def _of_group(self, words: str, caption: str) -> str:
        for goal in self.plan.goals:
            for one in groups_followed(self.made, goal):
                name = plain(goal.name.in_language(self.lang))
                right = filled("caption.groups", self.lang, goal=name, year=self.plan_period)
                called = plain(self.plan.group_name(one.group).in_language(self.lang))
                if caption.startswith(right) and called == words:
                    return f' data-goal="{goal.id}" data-group="{escape(one.group)}"'
        return ""

    @property
    def plan_period(self) -> object:
        """The period the document is about, as texts name it."""
        return next((one for one in self.plan.years if one == self.year), self.year)

    def _cell(self, key: str, lines: tuple[str, ...]) -> str:
        lines = self._apart(key, lines)
        first = lines[0] if lines else ""
        begun = f'<td class="pl-c-{key}">'
        if key in VERDICTS:
            if len(first.strip()) == 1 and key in {"year", "term"}:
                begun += self._bare(first.strip())
            else:
                chip = self._chip(first.removesuffix("*"))
                mark = " *" if first.endswith("*") else ""
                begun += chip + mark if chip else escape(first)
        else:
            begun += escape(first)
        for line in lines[1:]:
            sure = fits(line, self.lang, ["certainty.sure"], {})
            begun += f'<span class="pl-{"sure" if sure else "under"}"> {escape(line)}</span>'
        return f"{begun}</td>"

    def _apart(self, key: str, lines: tuple[str, ...]) -> tuple[str, ...]:
        """What stands in brackets behind a cell on one line, as lines of their own."""
        if len(lines) == 1 and key in {"old", "new"} and lines[0].endswith(")"):
            before, _, report = lines[0][:-1].rpartition(" (")  # the day of its report
            return (before, report) if before else lines
        if len(lines) != 1 or key not in {"target", "indicator", *VERDICTS}:
            return lines
        line, behind = lines[0], list[str]()
        while line.endswith(")") and " (" in line:
            before, _, inside = line[:-1].rpartition(" (")
            if not fits(inside, self.lang, keys_of(self.lang, *UNDER), {}):
                break
            line, behind = before, [inside, *behind]
        return (line, *behind)

    def _chip(self, text: str) -> str:
        """A verdict as a page shows it; empty where the text is none."""
        glyph, _, word = plain(text).partition(" ")
        name = next((one for one, sign in GLYPHS.items() if sign == glyph), "")
        if not name or word not in {WORDS[self.lang][one] for one in GLYPHS}:
            return ""
        style = f"pl-v-{name.replace('_', '-')}"
        return (
            f'<span class="pl-chip {style}"><span class="pl-glyph">{glyph}</span> '
            f"{escape(word)}</span>"
        )

    def _bare(self, glyph: str) -> str:
        name = next((one for one, sign in GLYPHS.items() if sign == glyph), "")
        if not name:
            return escape(glyph)
        style, word = f"pl-v-{name.replace('_', '-')}", WORDS[self.lang][name]
        return (
            f'<span class="pl-glyph {style}">{glyph}</span>'
            f'<span class="pl-hidden">{escape(word)}</span>'
        )


def _remarks(lang: str) -> Iterator[str]:
    """How remarks of an office begin."""
    for key in keys_of(lang, "remark.kind."):
        kind = filled(key, lang)
        yield filled("remark.said", lang, kind=kind)
        yield filled("remark.said_by", lang, kind=kind, author="\N{BULLET}").partition(
            "\N{BULLET}"
        )[0]
