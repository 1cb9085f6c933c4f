"""The pages of areas beside an index that has no room for them: each there is, and what it says.

Which there must be is told by what the index leaves to them, and by the areas that are reviewed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bs4 import Tag

from planlib.errors import Problem, said
from planlib.verify.allowed import faults_of_page
from planlib.verify.documents import check_hash, read_text
from planlib.verify.evidence import PROOF
from planlib.verify.folder import Checked, Folder
from planlib.verify.markup import Unlike, attribute, plain, read_page, text_of, texts_of
from planlib.verify.site.area_groups import ListedGroup
from planlib.verify.site.area_names import NameLists
from planlib.verify.site.area_tables import review_of, rows_of
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
                pages = one.pages(lang)
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


class AreasPage(NameLists):
    """One page of areas: some of them with every goal, the names of all, the goals in all areas, all
    groups of areas, or one.
    """

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
        group = next((one for some in left.groups for one in some if one.end == what), None)
        self._titles(root, left, what, group)
        self._turns(root, left, what)
        grids = of.section.find_all("table", class_="ix-matrix")
        spreads = of.section.find_all("table", class_="ix-spread")
        lists = of.section.find_all("table", class_="ix-areas")
        by_group = of.section.find_all("table", class_="ix-groups")
        tables = len(lists), len(grids), len(spreads), len(by_group)
        right = {"names": (1, 0, 0, 0), "goals": (0, 0, 1, 0), "groups": (0, 0, 0, 1)}
        if tables != ((1, 0, 1, 0) if group else right.get(str(what), (1, 1, 0, 0))):
            self._say("", said("verify.not-every-goal-listed"))
        elif group is not None:
            self._group(of, group, lists[0], spreads[0])
        elif isinstance(what, range):
            self._areas(of, of.names[what.start : what.stop], grids[0])
        elif what == "names":
            self.names_list(lists[0], of, of.names, left.groups)
            self.choices(of, left.groups)
        elif what == "groups":
            years = [("annual", year) for year in of.plan.years]
            columns = [*years, ("midterm", of.plan.midterm_after)]
            self.group_lines(by_group[0], of, left.groups, columns)
        else:
            self.spread(spreads[0], of)

    def _titles(
        self, root: Tag, left: LeftToPages, what: range | str, group: ListedGroup | None
    ) -> None:  # fmt: skip
        of, lang = left.plan, self.lang
        count = len(of.names)
        if isinstance(what, range):
            first, last = (counted_in(one, lang) for one in (what.start + 1, what.stop))
            title = filled("overview.part", lang, n=count, first=first, last=last)
        elif what == "names":
            title = filled("overview.names", lang, n=count)
        elif what == "groups":
            title = filled("overview.by_group", lang, n=sum(map(len, left.groups)))
        elif group is not None:
            title = plain(group.label)
        else:
            title = filled("overview.spread", lang, year=of.newest)
        plan = plain(of.plan.header.name.in_language(lang))
        over = [filled("overview.grid", lang, year=of.newest)] if isinstance(what, range) else []
        if group is not None:
            over = [filled("overview.names", lang, n=len(group.names)),
                    filled("overview.spread.group", lang, year=of.newest)]  # fmt: skip
        right = [title, f"{title} · {plan}", *over]
        found = [*texts_of(root, "h1"), *texts_of(root, "title"), *texts_of(root, "h3")]
        if found != right:
            self._say("", said("verify.text-differs", right=" | ".join(right),
                               found=" | ".join(found)[:200]))  # fmt: skip

    def _turns(self, root: Tag, left: LeftToPages, what: range | str) -> None:
        """The links to the index, to the names of all areas, and to the pages before and after."""
        of, lang = left.plan, self.lang
        last = -(-len(of.names) // of.on_a_page)
        right = [("", filled("site.index", lang))]
        if what != "names":
            named = filled("overview.names", lang, n=len(of.names))
            right.append((of.page("", lang), named))
        if left.groups and what != "groups":
            told = filled("overview.by_group", lang, n=sum(map(len, left.groups)))
            right.append((of.page("-by-group", lang), told))
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

    def _group(self, of: ListedPlan, group: ListedGroup, table: Tag, spread: Tag) -> None:
        """A group: its goals by verdict, its areas by name, and its goals in these areas."""
        self.texts(of, {
            "ix-all p": [
                filled("overview.total", self.lang, n=len(group.names), year=of.newest)
            ],
        })  # fmt: skip
        bars = [self._bar(one, f"#{of.anchor}.v.") for one in of.section.find_all(class_="ix-all")]
        right = self.total(group.names, "annual", of.newest)
        self.same_counts(f"{group.label}, {of.newest}", right, bars)
        self.names_list(table, of, group.names, ())
        self.spread(spread, replace(of, names=[*group.names]))
