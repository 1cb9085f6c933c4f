"""What the index of one review prints against what was recomputed: counts by year, and the grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import zip_longest

from bs4 import Tag

from planlib.errors import Problem, Said, said
from planlib.language.languages import LANGUAGES
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import Frequency, slug
from planlib.verify.cells import numbers_in
from planlib.verify.markup import attribute, plain, text_of, texts_of
from planlib.verify.recompute import Recomputed
from planlib.verify.site.goal_grid import GoalGrid, styled
from planlib.verify.tables import counts, summed, sums
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.texts import GLYPHS, WORDS, filled

FINDER = ("find", "all", "verdict", "section", "lead", "group", "period", "shown", "sort")
SHORT = ("not_met", "nearly_met", "not_yet")


class IndexPage:
    """The index of one review; ``reviews`` holds the recomputed verdicts of ``plan.area``.

    ``warned`` are those that must warn of made-up figures.
    """

    def __init__(
        self,
        file: str,
        lang: str,
        reviews: Mapping[str, Recomputed],
        warned: frozenset[str],
        problems: list[Problem],
        goals: frozenset[str] = frozenset(),
        up: str = "",
    ) -> None:
        """``goals`` are the pages of goals by plan and name; ``up`` is "../" on an area's own index."""
        self.goals, self.up = goals, up
        self.file, self.lang, self.reviews, self.problems = file, lang, reviews, problems
        self.warned = warned
        self.compared = 0

    def check(self, root: Tag) -> None:
        """Compare everything the page says of each review."""
        self._finders(root)
        shown = [attribute(section, "id") for section in root.find_all(class_="ix-plan")]
        plans = list(
            dict.fromkeys(self.reviews[name].plan.id for name in shown if name in self.reviews)
        )
        right = [name for plan in plans for name in self._in_order(plan)]
        if shown != right or len(right) != len(self.reviews):
            message = said("verify.reviews-differ",
                           right=", ".join(right)[:300], found=", ".join(shown)[:300])  # fmt: skip
            self._say("", message)
            return
        for section in root.find_all(class_="ix-plan"):
            name = attribute(section, "id")
            self._named(section, name)
            for row in section.find_all("tr"):
                if row.has_attr("data-kind"):
                    self._year(row, name)
            for grid in section.find_all("table", class_="ix-grid"):
                self._grid(grid, name)

    def goal_page(self, plan: str, goal: str) -> list[str]:
        """Where the name of a goal must lead: to its page, better in another language than none."""
        names = (f"{plan}/goal-{goal}.{lang}.html" for lang in (self.lang, *LANGUAGES))
        found = [name for name in names if name in self.goals][:1]
        return [f"../{one.partition('/')[2]}" if self.up == "../" else one for one in found]

    def _finders(self, root: Tag) -> None:
        """What the script of the page says above the tables that it filters."""
        for node in root.find_all(class_="ix-find"):
            for word in FINDER:
                right = filled(f"site.find.{word}", self.lang)
                if plain(attribute(node, f"data-{word}")) != right:
                    self._say("", said("verify.text-differs", right=right,
                                       found=attribute(node, f"data-{word}")[:200]))  # fmt: skip

    def _in_order(self, plan_id: str) -> list[str]:
        """The reviews of a plan: its areas as it names them, then the others by id."""
        mine = [name for name, made in self.reviews.items() if made.plan.id == plan_id]
        followed = self.reviews[mine[0]].plan.header.areas if mine else ()
        order = {f"{plan_id}.{area}": at for at, area in enumerate(followed)}
        return sorted(mine, key=lambda name: (order.get(name, len(order)), name))

    def _named(self, section: Tag, name: str) -> None:
        """Whose review it is, of when, and the warning that its figures are made up."""
        plan = self.reviews[name].plan
        area = plain(plan.area_name(name.removeprefix(f"{plan.id}.")).in_language(self.lang))
        shown = " ".join(texts_of(section, of="ix-area"))
        term = plan.header.term
        right = f"{area} · {term.first}–{term.last}"
        if shown != right and not shown.startswith(f"{right} · "):
            self._say(name, said("verify.text-differs", right=right, found=shown[:200]))
        warning = [filled("site.illustrative", self.lang)] if name in self.warned else []
        texts = {
            "h2": (texts_of(section, "h2"),
                   [plain(plan.header.name.in_language(self.lang))]),
            "warning": (texts_of(section, of="pg-illustrative"), warning),
            "caption": ([text_of(node) for table in section.find_all("table", class_="ix-years")
                         for node in table.find_all("caption")],
                        [filled("site.counts", self.lang)]),
        }  # fmt: skip
        for found, wanted in texts.values():
            self.compared += 1
            if found != wanted:
                self._say(name, said("verify.text-differs",
                                     right=" | ".join(wanted) or "nothing",
                                     found=" | ".join(found)[:200] or "nothing"))  # fmt: skip

    def _counts(self, name: str, kind: str, year: int) -> dict[str, int]:
        made = self.reviews[name].along(Frequency.year)
        return counts(made, lambda g: (made.annual if kind == "annual" else made.midterm)(g, year))

    def _reached(self, cell: Tag, expected: Mapping[str, int]) -> bool:
        """Whether a cell says how many were reached of how many judged, and how many lack a figure."""
        reached, judged, gaps = sums(expected)
        right = ([reached, judged] if judged else []) + ([gaps] if gaps else [])
        return numbers_in(text_of(cell), self.lang) == right

    def _say(self, place: str, message: Said, goal: str | None = None) -> None:
        subject = said("figures.goal-subject", goal=goal) if goal else None
        self.problems.append(Problem(message, self.file, place or None, subject=subject))

    def _answers(self, name: str, kind: str, year: int) -> Iterator[tuple[Goal, RecomputedVerdict]]:
        made = self.reviews[name].along(Frequency.year)
        for goal in made.plan.goals:
            yield goal, made.annual(goal, year) if kind == "annual" else made.midterm(goal, year)

    def _column(self, node: Tag, name: str) -> tuple[str, int] | None:
        """What a row or a column is about; None, with a problem, where it says two things."""
        kind, year = attribute(node, "data-kind"), attribute(node, "data-year")
        plan = self.reviews[name].along(Frequency.year).plan
        heads = [node] if node.name == "th" else node.find_all("th")
        text = " ".join(text_of(head) for head in heads)
        years = {"annual": plan.years, "midterm": (plan.midterm_after,)}.get(kind, ())
        at = next((one for one in years if str(one) == year), None)
        shown = numbers_in(text, self.lang)
        # The narrow columns of the grid say "mid-term" and no year; there is but one.
        said_so = at is not None and filled("period.year", self.lang, year=at) in text
        if at is None or (not said_so and (kind != "midterm" or shown)):
            self._say(name, said("verify.review-out-of-place",
                                 found=text[:100], kind=kind[:20], year=year[:20]))  # fmt: skip
            return None
        return kind, at

    def _year(self, row: Tag, name: str) -> None:
        """Counts of verdicts, and goals reached of those due."""
        column = self._column(row, name)
        if column is None:
            return
        kind, year = column
        for head in row.find_all("th"):
            for link in head.find_all("a"):
                if not attribute(link, "href").endswith(
                    tuple(f"{kind}-{slug(year)}.{lang}.html" for lang in LANGUAGES)
                ):
                    message = said("verify.link-to-another-page", found=text_of(head)[:100])
                    self._say(f"{name}, {kind} {year}", message)
        expected = self._counts(name, kind, year)
        found = self._bar(row, f"#{kind}-{slug(year)}.")
        cells = row.find_all("td", class_="ix-reached")
        self.compared += len(found) + 2
        if found != expected or [self._reached(one, expected) for one in cells] != [True]:
            wanted = ", ".join(f"{verdict} {n}" for verdict, n in sorted(expected.items()))
            message = said("verify.counts-differ-summed", right=wanted, summed=summed(expected))
            self._say(f"{name}, {kind} {year}", message)
        self._by_verdict(row, name, kind, year)

    def _bar(self, node: Tag, to: str) -> dict[str, int]:
        """The counts of a bar by verdict; -1 where its parts do not agree, or lead elsewhere."""
        found: dict[str, int] = {}
        for part in node.find_all("a", class_="ix-part"):
            verdict = styled(part)
            number = numbers_in(text_of(part), self.lang)
            right = WORDS[self.lang].get(verdict, "?") in text_of(part)
            glyph = GLYPHS.get(verdict, "?") in text_of(part)
            one = len(number) == 1 and right and glyph and verdict not in found
            found[verdict] = int(number[0]) if one and number[0].is_finite() else -1
            if numbers_in(attribute(part, "title"), self.lang) != number:
                found[verdict] = -1
            leads = attribute(part, "href")
            ending = verdict.replace("_", "-") if to.endswith(".") else ""
            if leads != f"{to}{ending}":
                found[verdict] = -1
        return found

    def _by_verdict(self, row: Tag, name: str, kind: str, year: int) -> None:
        """Every goal that is counted, under its verdict, those not reached first."""
        answers = [
            (goal, answer.verdict)
            for goal, answer in self._answers(name, kind, year)
            if goal.part_of is None
        ]
        expected: list[str] = []
        for one in (*SHORT, *(verdict for verdict in GLYPHS if verdict not in SHORT)):
            named = [
                goal.name.in_language(self.lang) for goal, verdict in answers if verdict == one
            ]
            if named:
                place = f"{kind}-{slug(year)}.{one.replace('_', '-')}"
                told = f"{GLYPHS[one]} {WORDS[self.lang][one]}"
                expected += [f"{place}: {told}", *map(plain, named)]
        found: list[str] = []
        for part in row.find_all("div"):
            if attribute(part, "id"):
                head = " ".join(texts_of(part, "p"))
                found += [f"{attribute(part, 'id')}: {head}", *texts_of(part, "li")]
        behind = [
            plain(goal.name.in_language(self.lang))
            for one in SHORT for goal, verdict in answers if verdict == one
        ]  # fmt: skip
        told = filled("site.behind", self.lang, n=len(behind)) if behind else ""
        self.compared += len(answers) + 1
        heads = texts_of(row, "summary")
        right = bool(answers) == (len(heads) == 1) and all(
            (told in head and behind[0] in head) if behind
            else head == filled("site.none_behind", self.lang)
            for head in heads
        )  # fmt: skip
        if not right:
            self._say(f"{name}, {kind} {year}",
                      said("verify.missed-goals-differ", right=told, found=" ".join(heads)[:200]))  # fmt: skip
        for one, shown in zip_longest(expected, found, fillvalue="none"):
            if one != shown:
                self._say(f"{name}, {kind} {year}",
                          said("verify.missed-goals-differ", right=one, found=shown[:200]))  # fmt: skip
                break

    def _grid(self, grid: Tag, name: str) -> None:
        made = self.reviews[name].along(Frequency.year)
        heads = [head for head in grid.find_all("th") if head.has_attr("data-kind")]
        columns = [self._column(head, name) for head in heads]
        known = [column for column in columns if column is not None]
        if len(known) < len(columns):
            self._say(name, said("verify.not-every-goal-listed"))
            return
        shown = GoalGrid(made, self.lang, known, partial(self.goal_page, made.plan.id))
        for place, message, goal in shown.differing(grid):
            self._say(f"{name}, {place}" if place else name, message, goal)
        self.compared += shown.compared
        more = filled("site.grid.groups", self.lang, n=shown.left_out) if shown.left_out else ""
        told = [text for part in grid.parents for text in texts_of(part, "p", of="ix-more")][:1]
        if told != ([more] if more else []):
            self._say(
                name,
                said("verify.text-differs", right=more or "nothing", found=" ".join(told)[:200]),
            )


def named_all(names: Mapping[str, object] | list[str]) -> str:
    return ", ".join(sorted(names)) or "none"
