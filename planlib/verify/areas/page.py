"""A page of areas compared against what was worked out again: tables, lead, titles and captions."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

from bs4 import Tag

from planlib.errors import said
from planlib.plan.periods.calendar import frequency_of, period
from planlib.plan.plan import Plan
from planlib.plan.target import PERCENT_BASES
from planlib.verify.areas.chance import band_holds, better_than, half
from planlib.verify.areas.figures import AreaFigure, ComparedFigures
from planlib.verify.cells import digits_apart, numbers_in, says
from planlib.verify.labels import Labels
from planlib.verify.markup import attribute, classes, rows_of, text_of, texts_of
from planlib.verify.texts import filled, fits

MOST = 60  # rows of a table
GROUPS = ("high", "low", "within", "silent")
WHOLE = {"actual", "at_base"}  # the tables in which every area with a figure stands


class ComparedPage(Labels):
    """The check of one page; ``found`` are the figures of all areas, worked out again."""

    found: ComparedFigures
    band: tuple[float, float]  # of the row that is looked at

    def compare(self, root: Tag, found: ComparedFigures, *, page: bool, warned: bool) -> None:
        """Compare everything the page says of areas."""
        self.found = found
        base = found.base if found.base is not None else found.period
        self.known: dict[str, Any] = {
            "goal": self._name(found.goal.name),
            "period": period(found.period),
            "year": self.year,
            "base": period(base),
            "first": found.plan.years[0],
            "last": found.plan.years[-1],
            "area": filled("compare.areas_counted", self.lang, n=len(found.areas)),
        }
        if page:
            self._frame(root, warned=warned)
        self._title(root)
        self._headings(root)
        self._lead(root)
        for number, table in enumerate(root.find_all("table"), start=1):
            place = f"table {number}"
            if "pl-table" not in classes(table):
                self._say(said("verify.table-not-planlibs"), place)
                continue
            self._table(table, {}, place)
            self._areas(table, place)

    def frame_title(self) -> str:
        """The title of the page."""
        return filled(
            "site.title.compare", self.lang, goal=self._name(self.found.goal.name), year=self.year
        )

    def _headings(self, root: Tag) -> None:
        keys = ["heading.notes", "heading.sources"]
        keys += [
            f"heading.compare.{one}" for one in ("result", "funnel", "areas", "ranks", "change")
        ]
        for node in [*root.find_all("h2"), *root.find_all("h3")]:
            self.compared += 1
            if not fits(text_of(node), self.lang, keys, self._span()):
                self._say(said("verify.no-heading-such-page", found=text_of(node)[:200]))

    def _span(self) -> dict[str, Any]:
        return {name: self.known[name] for name in ("goal", "period", "base")}

    def _group(self, row: Tag, place: str) -> None:
        right = [filled(f"compare.group.{side}", self.lang) for side in GROUPS]
        name = " ".join(texts_of(row, "th"))
        if row.find_all("td") or name not in right:
            self._say(said("verify.section-unknown", found=name[:200]), place)

    def _row(self, row: Tag, names: Mapping[str, Any], keys: list[str], place: str) -> None:
        cells = row.find_all("td")
        if [_key(cell) for cell in cells] != keys or row.find_all("th"):
            self._say(said("verify.cells-row-must-heads"), place)

    def _lead(self, root: Tag) -> None:
        """The one sentence that counts the areas outside."""
        found = self.found
        if not found.drawn:
            return
        sides = [found.side(one) for one in found.drawn]
        above, below = sides.count("high"), sides.count("low")
        shown = texts_of(root, "p", of="pl-lead")
        counts = {"count": len(sides), "above": above, "below": below,
                  "inside": len(sides) - above - below}  # fmt: skip
        sign = digits_apart(self.lang)
        known = {name: f"{count:,}".replace(",", sign) for name, count in counts.items()}
        key = "compare.some_outside" if above + below else "compare.none_outside"
        if not above + below:
            known = {"n": known["count"]}
        self.compared += 1
        if len(shown) != 1 or not fits(shown[0], self.lang, [key], known):
            right = ", ".join(f"{name} {count}" for name, count in counts.items())
            self._say(said("verify.text-differs", right=right, found=" | ".join(shown)[:200]))

    def _areas(self, table: Tag, place: str) -> None:
        """Every area of a table, each with the numbers that are its own."""
        by_id = {one.area: one for one in self.found.areas}
        rows = [row for row in table.find_all("tr") if row.has_attr("data-area")]
        if len(rows) != len(rows_of(table)):
            self._say(said("verify.row-not-planlibs"), place)
        shown = [attribute(row, "data-area") for row in rows]
        keys = {_key(head) for head in table.find_all("th")}
        right = [one.area for one in self._held(keys)]
        whole = sorted(shown) == sorted(right) if len(self.found.areas) <= MOST else (
            set(shown) <= set(right) and len(set(shown)) == len(shown)
        )  # fmt: skip
        self.compared += 1
        if not whole:
            self._say(said("verify.areas-of-table-differ", right=", ".join(right)[:200],
                           found=", ".join(shown)[:200]), place)  # fmt: skip
        group = ""
        for number, row in enumerate(table.find_all("tr"), start=1):
            if "pl-group" in classes(row):
                group = " ".join(texts_of(row, "th"))
            one = by_id.get(attribute(row, "data-area"))
            if one is not None:
                self._area(row, one, group, f"{place}, row {number}")

    def _held(self, keys: set[str]) -> list[AreaFigure]:
        """The areas that a table must hold, by its columns."""
        if "band" in keys:
            return self.found.drawn
        if "moved" in keys:
            return [
                one for one in self.found.areas if one.value is not None and one.before is not None
            ]
        return self.found.areas

    def _area(self, row: Tag, one: AreaFigure, group: str, place: str) -> None:
        found, drawn = self.found, one in self.found.drawn
        if group:
            side = found.side(one) if drawn else "silent"
            self._is(said("verify.what-heading"), [group],
                     [filled(f"compare.group.{side}", self.lang)], place)  # fmt: skip
        for cell in row.find_all("td"):
            key = _key(cell)
            text = text_of(cell, without=("pl-facts",))
            self.compared += 1
            wrong = self._wrong(key, text, cell, one, drawn=drawn)
            if wrong is not None:
                subject = self._name(self.plan.area_name(one.area))
                message = said(
                    "verify.number-of-area-differs", area=subject, right=wrong, found=text[:100]
                )
                self._say(message, f"{place}: {key}")

    def _wrong(self, key: str, text: str, cell: Tag, one: AreaFigure, *, drawn: bool) -> str | None:
        """What must stand in a cell where it does not; None where it does."""
        found = self.found
        if key == "area":
            right = self._name(self.plan.area_name(one.area))
            heads = texts_of(cell, "summary") or [text]
            return None if heads == [right] else right
        if key == "position":
            side = found.side(one) if drawn else ""
            right = filled(f"compare.position.{side}", self.lang) if side else ""
            return None if text == right else right or "nothing"
        if key == "broken":
            return (
                None
                if (text == "✱") == self._broken(one)
                else "✱"
                if self._broken(one)
                else "nothing"
            )
        if key in {"band", "half"}:
            return self._wrong_rank(key, text, one)
        if key in {"actual", "now"} and one.value is None:
            word = "compare.interval" if one.silence == "interval" else f"figure.{one.silence}"
            right = filled(word, self.lang)
            return None if text == right else right
        if key not in {
            "actual",
            "now",
            "counted_of",
            "explained",
            "peers",
            "estimate",
            "at_base",
            "moved",
        }:
            return "no such column"
        numbers = self._numbers(key, one, drawn=drawn)
        fewest = 0 if key == "counted_of" else 1 if self._percent else 2
        good = says(text.replace(found.goal.unit_in(self.lang), ""), self.lang, numbers, fewest)
        return None if good else ", ".join(f"{number:.6g}" for number in numbers) or "nothing"

    @property
    def _percent(self) -> bool:
        return self.found.target.basis in PERCENT_BASES

    def _numbers(self, key: str, one: AreaFigure, *, drawn: bool) -> list[float]:
        """The numbers that must stand in a cell."""
        found = self.found
        numbers: list[float | None] = []
        if key in {"actual", "now"}:
            numbers = [one.value]
        elif key == "counted_of":
            sized = one.counted is not None and not found.silent_sizes
            numbers = [one.counted.size if sized and one.counted else None]
        elif key == "explained":
            numbers = list(found.limits(one)) if drawn else []
        elif key == "peers":
            numbers = [found.together(found.peers(one))]
        elif key == "estimate":
            numbers = [found.best(one)]
        elif key == "at_base":
            numbers = [one.before]
        elif one.value is not None and one.before is not None:
            numbers = [one.value - one.before]
        return [float(f"{number:.12g}") for number in numbers if number is not None]

    def _wrong_rank(self, key: str, text: str, one: AreaFigure) -> str | None:
        """Whether a band of ranks holds the rank with its chance, and is told apart rightly."""
        found, count = self.found, len(self.found.drawn)
        if key == "half":
            right = filled(f"compare.half.{half(self.band, count)}", self.lang)
            return None if text == right else right
        numbers = [float(number) for number in numbers_in(text, self.lang)]
        if len(numbers) not in {2, 3} or numbers[-1] != count:
            self.band = (nan, nan)
            return str(count)
        self.band = (numbers[0], numbers[-2])
        if found.known is None:
            return None if self.band == (1.0, float(count)) else f"1, {count}"
        better = better_than(*found.way)
        good = band_holds(found.known, found.place(one), better, found.rank(one), self.band)
        return None if good else "95%"

    def _broken(self, one: AreaFigure) -> bool:
        """Whether a boundary or what is counted changed since the base."""
        found, plan = self.found, self.plan
        place, end = plan.areas_by_id.get(one.area), plan.calendar.end
        days = [change.date for change in (place.changes if place else ())]
        days += [
            revision.date for revision in found.goal.revisions if revision.definition is not None
        ]
        since = found.base
        return since is not None and any(
            end(since) < day.toordinal() <= end(found.period) for day in days
        )


def _key(cell: Tag) -> str:
    return next((name[5:] for name in classes(cell) if name.startswith("pl-c-")), "")


def in_term(plan: Plan, at: int) -> bool:
    """Whether a period belongs to the term of a plan."""
    return at in plan.along(frequency_of(at)).years
