"""The pages of areas beside an index that has no room for them: each there is, and what it says.

Which there must be is told by what the index leaves to them, and by the areas that are reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import combining, normalize

from bs4 import Tag

from planlib.errors import Problem, said
from planlib.verify.allowed import faults_of_page
from planlib.verify.documents import check_hash, read_text
from planlib.verify.evidence import PROOF
from planlib.verify.folder import Checked, Folder
from planlib.verify.markup import Unlike, attribute, plain, read_page, text_of, texts_of
from planlib.verify.site.area_tables import AreaTables, led, review_of, rows_of
from planlib.verify.site.index_page import named_all
from planlib.verify.site.listed_plan import ListedPlan
from planlib.verify.site.overview_page import LeftToPages
from planlib.verify.texts import counted_in, filled


@dataclass(frozen=True)
class AreaPages:
    """The pages of areas of a site; ``named`` are their hashes by their names."""

    out: Path
    named: Mapping[str, str]
    goals: frozenset[str]
    tally: Checked

    def check(
        self, here: Mapping[str, Folder], left: Mapping[str, list[LeftToPages]] | None
    ) -> None:
        """Hold the pages against what the index of each language leaves to them.

        Where that is not known, since an index cannot be read or worked out, only their hashes.
        """
        right: dict[str, tuple[str, LeftToPages, range | str]] = {}
        for lang, plans in (left or {}).items():
            for one in plans:
                pages = one.plan.pages(lang, by_goal=one.by_goal)
                folder = one.plan.plan.id
                right |= {f"{folder}/{name}": (lang, one, what) for name, what in pages.items()}
        path = str(self.out / PROOF)
        if left is not None:
            for name in sorted(right.keys() - self.named.keys()):
                self.tally.problems.append(Problem(said("verify.page-unknown", name=name), path))
            for name in sorted(self.named.keys() - right.keys()):
                self.tally.problems.append(Problem(said("verify.page-gone", name=name), path))
        for name in sorted(self.named if left is None else right.keys() & self.named.keys()):
            self.tally.files += 1
            check_hash(self.out / name, self.named[name], self.tally.problems)
            if name in right:
                self._page(self.out / name, *right[name], here)

    def _page(
        self, path: Path, lang: str, left: LeftToPages, what: range | str,
        here: Mapping[str, Folder],
    ) -> None:  # fmt: skip
        text = read_text(path, self.tally.problems) if path.is_file() else None
        if text is None:
            return
        try:
            page = read_page(text)
        except Unlike:
            self.tally.problems.append(Problem(said("verify.page-unreadable"), str(path)))
            return
        for fault in faults_of_page(page, index=True):
            self.tally.problems.append(Problem(fault, str(path)))
        made = {name: here[name].of_review() for name in left.plan.names}
        reviews = {name: one for name, one in made.items() if one is not None}
        warned = frozenset(name for name in left.plan.names if here[name].warned)
        shown = AreasPage(str(path), lang, reviews, warned, self.tally.problems, self.goals)
        shown.prove(page.root, left, what)
        self.tally.shown += shown.compared


class AreasPage(AreaTables):
    """One page of areas: some of them with every goal, the names of all, or the goals in all areas."""

    def below(self, plan: str) -> str:
        """It stands in the folder of the plan."""
        return ""

    def goal_page(self, plan: str, goal: str) -> list[str]:
        """The page of a goal beside it."""
        return [name.partition("/")[2] for name in super().goal_page(plan, goal)]

    def prove(self, root: Tag, left: LeftToPages, what: range | str) -> None:
        """Compare everything the page says."""
        self._finders(root)
        sections = root.find_all(class_="ix-plan")
        if len(sections) != 1:
            self._say("", said("verify.not-every-goal-listed"))
            return
        of = replace(left.plan, section=sections[0])
        self.plan_texts(of)
        self._titles(root, of, what)
        self._turns(root, of, what)
        grids = of.section.find_all("table", class_="ix-matrix")
        spreads = of.section.find_all("table", class_="ix-spread")
        lists = of.section.find_all("table", class_="ix-areas")
        tables = len(lists), len(grids), len(spreads)
        if tables != (
            (1, 0, 0) if what == "names" else (0, 0, 1) if what == "goals" else (1, 1, 0)
        ):
            self._say("", said("verify.not-every-goal-listed"))
        elif isinstance(what, range):
            self._areas(of, of.names[what.start : what.stop], grids[0])
        elif what == "names":
            self._names(lists[0], of)
        else:
            self.spread(spreads[0], of)

    def _titles(self, root: Tag, of: ListedPlan, what: range | str) -> None:
        count, lang = len(of.names), self.lang
        if isinstance(what, range):
            first, last = (counted_in(one, lang) for one in (what.start + 1, what.stop))
            title = filled("overview.part", lang, n=count, first=first, last=last)
        elif what == "names":
            title = filled("overview.names", lang, n=count)
        else:
            title = filled("overview.spread", lang, year=of.newest)
        plan = plain(of.plan.header.name.in_language(lang))
        over = [filled("overview.grid", lang, year=of.newest)] if isinstance(what, range) else []
        right = [title, f"{title} · {plan}", *over]
        found = [*texts_of(root, "h1"), *texts_of(root, "title"), *texts_of(of.section, "h3")]
        if found != right:
            self._say("", said("verify.text-differs", right=" | ".join(right),
                               found=" | ".join(found)[:200]))  # fmt: skip

    def _turns(self, root: Tag, of: ListedPlan, what: range | str) -> None:
        """The links to the index, to the names of all areas, and to the pages before and after."""
        lang, last = self.lang, -(-len(of.names) // of.on_a_page)
        right = [("", filled("site.index", lang))]
        if what != "names":
            named = filled("overview.names", lang, n=len(of.names))
            right.append((of.page("", lang), named))
        if isinstance(what, range):
            at = 1 + what.start // of.on_a_page
            ways = {"first": 1, "before": at - 1, "after": at + 1, "last": last}
            gone = {"first", "before"} if at == 1 else set[str]()
            gone |= {"after", "last"} if at == last else set[str]()
            right += [
                (of.page(f"-{to}", lang), filled(f"overview.{way}", lang))
                for way, to in ways.items() if way not in gone
            ]  # fmt: skip
        links = [link for nav in root.find_all(class_="ix-turn") for link in nav.find_all("a")]
        found = [(attribute(link, "href"), text_of(link)) for link in links]
        if [text for _, text in found] != [text for _, text in right] or any(
            to != there if there else not re.fullmatch(r"\.\./index(\.[a-z]+)?\.html", to)
            for (to, _), (there, _) in zip(found, right, strict=True)
        ):
            self._say("", said("verify.text-differs", right=" | ".join(text for _, text in right),
                               found=" | ".join(text for _, text in found)[:200]))  # fmt: skip

    def _areas(self, of: ListedPlan, names: list[str], grid: Tag) -> None:
        rows = rows_of(of.section, "ix-areas")
        places = [f"at.{of.area(name)}" for name in names]
        if [review_of(row) for row in rows] != names or [
            attribute(row, "id") for row in rows
        ] != places:
            message = said("verify.reviews-differ", right=", ".join(names)[:300],
                           found=", ".join(map(review_of, rows))[:300])  # fmt: skip
            self._say("", message)
            return
        self.lines(of, names, bars=False)
        self.grid(grid, of, names)

    def _names(self, table: Tag, of: ListedPlan) -> None:
        """Every area by its name, with what it reached and the page it stands on."""
        plan, lang = of.plan, self.lang
        named = {name: plan.area_name(of.area(name)).in_language(lang) for name in of.names}
        order = sorted(of.names, key=lambda name: (_filed(named[name]), of.area(name)))
        on = {name: 1 + at // of.on_a_page for at, name in enumerate(of.names)}
        head, *others = [one for one in table.find_all("th") if one.has_attr("data-kind")] or [
            table
        ]
        rows = [row for row in table.find_all("tr") if row.find_all("td")]
        found = [[text_of(one) for one in row.find_all("th")] for row in rows]
        if (
            found != [[plain(named[name])] for name in order]
            or others
            or self._column(head, of.names[0]) != ("annual", of.newest)
        ):
            self._say("", said("verify.line-missing", right=named_all(of.names)[:300],
                               found=" | ".join(map(" ".join, found))[:300]))  # fmt: skip
            return
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


def _filed(name: str) -> str:
    """A name as it stands among others: without marks or capitals, numbers by their size."""
    bare = normalize("NFD", name.replace("đ", "d").replace("Đ", "d"))
    letters = "".join(one for one in bare if not combining(one)).casefold()
    return re.sub("[0-9]{1,9}", lambda found: f"{int(found[0]):09}", letters)
