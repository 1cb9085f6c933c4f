"""Lists of areas by name: what each reached, the letters to enter them at, the groups to choose by."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from planlib.errors import said
from planlib.verify.markup import attribute, plain, text_of, texts_of
from planlib.verify.site.area_groups import GroupTables, ListedGroup
from planlib.verify.site.area_tables import led
from planlib.verify.site.index_page import named_all
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.site.name_order import begins, filed
from planlib.verify.texts import filled


class NameLists(GroupTables):
    """What a page says of areas listed by name."""

    def choices(self, of: ListedPlan, groups: Sequence[Sequence[ListedGroup]]) -> None:
        """The groups that areas are chosen by: each leads to its page, and tells its number."""
        boxes = of.section.find_all(class_="ix-in")
        found = [
            (attribute(link, "href"), attribute(link, "data-in"), text_of(link))
            for box in boxes for link in box.find_all("a")
        ]  # fmt: skip
        right = [
            (of.page(one.end, self.lang), str(one.number), plain(one.label))
            for some in groups for one in some
        ]  # fmt: skip
        count = [filled("overview.by_group", self.lang, n=len(right))] if right else []
        heads = [text for box in boxes for text in texts_of(box, "summary")]
        self.compared += len(right)
        if found != right or heads != count:
            self._say("", said("verify.text-differs",
                               right=" | ".join(text for *_, text in right)[:300] or "nothing",
                               found=" | ".join(text for *_, text in found)[:300] or "nothing"))  # fmt: skip

    def _letters(self, of: ListedPlan, rows: Sequence[Tag], names: Sequence[str]) -> None:
        """The letters that a list is entered at: each leads to the first name that stands under it."""
        links = [
            link for nav in of.section.find_all(class_="ix-letters") for link in nav.find_all("a")
        ]
        places = {place: at for at, row in enumerate(rows) if (place := attribute(row, "id"))}
        at = [places.get(attribute(link, "href")[1:], -1) for link in links]
        labels = [text_of(link) for link in links]
        ends = [*at[1:], len(names)]
        self.compared += len(links)
        if (links or places) and (
            at != sorted(set(at)) or at[0] != 0 or len(places) != len(at)
            or any(attribute(link, "href")[:1] != "#" for link in links)
            or not all(
                begins(one, label, self.lang)
                for label, start, end in zip(labels, at, ends, strict=True)
                for one in names[start:end]
            )
        ):  # fmt: skip
            self._say("", said("verify.text-differs", right="…", found=" ".join(labels)[:200]))

    def names_list(
        self, table: Tag, of: ListedPlan, some: Sequence[str],
        groups: Sequence[Sequence[ListedGroup]],
    ) -> None:  # fmt: skip
        """Some areas by their names, each with what it reached and the page it stands on."""
        plan, lang = of.plan, self.lang
        named = {name: plan.area_name(of.area(name)).in_language(lang) for name in some}
        order = sorted(some, key=lambda name: (filed(named[name], lang), of.area(name)))
        numbers: dict[str, list[int]] = {name: [] for name in some}
        for one in (one for kind in groups for one in kind):
            for name in one.names:
                numbers[name].append(one.number)
        inside = [" ".join(map(str, sorted(numbers[name]))) for name in order]
        on = {name: 1 + at // of.on_a_page for at, name in enumerate(of.names)}
        head, *others = [one for one in table.find_all("th") if one.has_attr("data-kind")] or [
            table
        ]
        rows = [row for row in table.find_all("tr") if row.find_all("td")]
        found = [[text_of(one) for one in row.find_all("th")] for row in rows]
        if (
            found != [[plain(named[name])] for name in order]
            or [attribute(row, "data-in") for row in rows] != inside
            or others
            or self._column(head, of.names[0]) != ("annual", of.newest)
        ):
            self._say("", said("verify.line-missing", right=named_all([*some])[:300],
                               found=" | ".join(map(" ".join, found))[:300]))  # fmt: skip
            return
        self._letters(of, rows, [named[name] for name in order])
        for name, row in zip(order, rows, strict=True):
            links, cells = led(row.find_all("th")), row.find_all("td")
            there = f"{of.page(f'-{on[name]}', lang)}#at.{of.area(name)}"
            if (
                len(links) != 1
                or not self.leads_to_area(of, name, links[0])
                or len(cells) != 1
                or led(cells) != [there]
            ):
                message = said("verify.link-to-another-page", found=" ".join(led([row]))[:100])
                self._say(name, message)
                continue
            self.compared += 1
            expected = dict(self._counts(name, "annual", of.newest))
            judged_alone = {v: n for v, n in expected.items() if v not in ("no_data", "suppressed")}
            if not self._reached(cells[0], judged_alone):
                self._say(name, said("verify.value-is-not", right=text_of(head),
                                     found=text_of(cells[0])[:100]))  # fmt: skip
