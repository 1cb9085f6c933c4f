"""What the index says of a plan that it has little room for: a line of very many, the ways to its areas."""

from __future__ import annotations

from collections import Counter

from bs4 import Tag

from planlib.errors import said
from planlib.verify.cells import numbers_in
from planlib.verify.markup import attribute, plain, text_of, texts_of
from planlib.verify.site.area_groups import GroupTables
from planlib.verify.site.area_tables import led
from planlib.verify.site.goal_grid import styled
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.texts import GLYPHS, WORDS, filled

LISTING = ("site.plans", "overview.group.areas", "site.year", "site.verdicts", "site.reached")


class LinesOfPlans(GroupTables):
    """The lines of plans on their index, and the ways to the pages beside it."""

    def plan_heads(self, root: Tag) -> None:
        """What stands over the lines, in the one table there is."""
        tables = root.find_all("table")
        heads = [
            text
            for one in tables
            for part in one.find_all("thead")
            for text in texts_of(part, "th")
        ]
        right = [filled(key, self.lang) for key in LISTING]
        if len(tables) != 1 or heads != right:
            wanted, found = " | ".join(right), " | ".join(heads)[:200]
            self._say("", said("verify.text-differs", right=wanted, found=found))

    def plan_line(self, of: ListedPlan) -> None:
        """A plan: its name, which leads to its areas, its counts in the newest year, what it reached."""
        total = Counter[str]()
        for name in of.names:
            total.update(self._counts(name, "annual", of.newest))
        self.plan_texts(of)
        links, cells = of.section.find_all("a"), of.section.find_all("td")
        name = plain(of.plan.header.name.in_language(self.lang))
        there = f"{self.below(of.plan.id)}{of.page('', self.lang)}"
        leads = led([of.section])
        right_way = (
            self.leads_to_area(of, of.names[0], " ".join(leads)) if of.alone else leads == [there]
        )
        if [text_of(link) for link in links] != [name] or not right_way:
            self._say(of.plan.id, said("verify.link-to-another-page", found=" ".join(leads)[:100]))
        counted = [(v, total[v]) for v in GLYPHS if total[v]]
        self.compared += len(counted) + 3
        if not self._right(of, cells, counted) or not self._reached(cells[3], total):
            wanted = ", ".join(f"{verdict} {n}" for verdict, n in counted)
            message = said(
                "verify.counts-differ-summed", right=wanted, summed=text_of(of.section)[:200]
            )
            self._say(f"{of.plan.id}, {of.newest}", message)

    def _right(self, of: ListedPlan, cells: list[Tag], counted: list[tuple[str, int]]) -> bool:
        """The number of areas, the year, and the bar, in words and as it is drawn."""
        if len(cells) != 4 or len(bars := texts_of(cells[2], of="ix-bar")) != 1:
            return False
        bar = cells[2].find_all(class_="ix-bar")[0]
        told = plain(attribute(bar, "title"))
        words = [f"{WORDS[self.lang][verdict]}: " for verdict, _ in counted]
        places = [told.find(word) for word in words]
        numbers = [numbers_in(text_of(cell), self.lang) for cell in cells[:2]]
        pieces = [(styled(one), attribute(one, "style")) for one in bar.find_all("span")]
        return (
            numbers == [[len(of.names)], [of.newest]]
            and not any(bars)
            and numbers_in(told, self.lang) == [n for _, n in counted]
            and -1 not in places
            and places == sorted(places)
            and pieces == [(verdict, f"flex-grow:{n}") for verdict, n in counted]
        )

    def ways(self, of: ListedPlan, right: list[tuple[str, str]]) -> None:
        """The links to the pages of areas."""
        beside = self.below(of.plan.id)
        links = [
            link for box in of.section.find_all(class_="ix-ways") for link in box.find_all("a")
        ]
        found = [(attribute(link, "href"), text_of(link)) for link in links]
        self.compared += len(right)
        if found != [(f"{beside}{page}", plain(text)) for page, text in right]:
            wanted, told = (" | ".join(text for _, text in some) for some in (right, found))
            self._say(of.plan.id, said("verify.text-differs", right=wanted or "nothing",
                                       found=told[:200] or "nothing"))  # fmt: skip
