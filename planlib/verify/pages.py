"""The pages and notebooks of one review: as a browser shows them, and against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from planlib.errors import Problem, Said, said
from planlib.plan.base import period_record
from planlib.plan.goal import Goal
from planlib.plan.periods.calendar import frequency_of
from planlib.plan.periods.text import period_of
from planlib.plan.remarks.remark import Remark
from planlib.verify.allowed import faults_of_page, faults_of_piece
from planlib.verify.areas.figures import ComparedFigures
from planlib.verify.areas.page import ComparedPage, in_term
from planlib.verify.documents import read_text
from planlib.verify.evidence import PAGE_NAME, Evidence, HashedPage
from planlib.verify.held.area_downloads import check_areas_download, holds_areas
from planlib.verify.held.described import described_rightly
from planlib.verify.held.downloads import check_download
from planlib.verify.held.goal_links import goal_links_differ, without_goal_links
from planlib.verify.labels import Labels
from planlib.verify.markup import ReadPage, Unlike, attribute, plain, read_page
from planlib.verify.notebook import Notebook, code_of, given_values, read_notebook
from planlib.verify.recompute import Recomputed
from planlib.verify.remarks.shown import RemarksShown
from planlib.verify.tables import GoalTables
from planlib.verify.targets.judged import JUDGED, REACHED, RecomputedVerdict
from planlib.verify.targets.owners import MISSED, OwnersShown

GAPS = ("no_data", "suppressed")
COMPARE = "compare"
BOOKS = {
    "annual": "annual-review.ipynb",
    "midterm": "midterm-review.ipynb",
    COMPARE: "compare-areas.ipynb",
}


# The verdicts of every area by its id, and whether figures of a goal and period are made up.
AllAreas = tuple[dict[str, Recomputed], Callable[[str, int | None], bool]]


@dataclass
class Pages:
    """The check of the pages of a review.

    ``recomputed`` gives the verdicts of a day, and whether a page of it warns of made-up figures;
    ``notebooks`` is the folder of the notebooks the pages must come from; ``shipped`` says that
    the plan comes with planlib; ``all_areas`` gives those of a day for every area; ``remarks`` are
    those the pages must show, ``remarks_file`` the name of the file that was given for them.
    """

    folder: Path
    evidence: Evidence
    recomputed: Callable[[str], tuple[Recomputed, bool] | None]
    warned: bool
    notebooks: Path
    shipped: bool
    all_areas: Callable[[str], AllAreas | None]
    remarks: Sequence[Remark]
    remarks_file: str
    problems: list[Problem]
    compared: int = 0

    def check(self) -> None:
        """Compare every page and notebook, and each page with its notebook."""
        texts: dict[str, str] = {}
        notebooks: dict[str, Notebook] = {}
        for page in {page.name: page for page in self.evidence.pages}.values():
            path = self.folder / page.name
            # That there is none is told with its hash.
            text = read_text(path, self.problems) if path.is_file() else None
            if text is None:
                continue
            try:
                if path.suffix == ".html":
                    self._page(page, text)
                    texts[path.stem] = text
                else:
                    notebooks[path.stem] = notebook = read_notebook(text)
                    self._notebook(page, notebook)
            except Unlike:
                self._say(page, said("verify.page-unreadable"))
            except ValueError as error:
                self._say(page, said("verify.notebook-unreadable", why=str(error)[:200]))
        for stem in sorted(texts.keys() & notebooks.keys()):
            self._same(stem, texts[stem], notebooks[stem])

    def _say(self, page: HashedPage, message: Said) -> None:
        self.problems.append(Problem(message, str(self.folder / page.name)))

    def _page(self, page: HashedPage, text: str) -> None:
        read = read_page(text)
        for fault in faults_of_page(read):
            self._say(page, fault)
        stated = [
            node.get("content")
            for node in read.root.find_all("meta")
            if attribute(node, "name") == "planlib-as-of"
        ]
        if stated != [page.as_of]:
            message = said(
                "verify.place-differs",
                right=page.as_of[:100],
                found=repr(stated)[:200],
            )
            self._say(page, message)
        self._shown(page, read, page_itself=True)
        named = PAGE_NAME.fullmatch(page.name)
        for message in goal_links_differ(read.root, named[3] if named else "", self.folder):
            self._say(page, message)

    def _notebook(self, page: HashedPage, notebook: Notebook) -> None:
        """Its code is planlib's, it was given what its name says, and shows what it should."""
        named = PAGE_NAME.fullmatch(page.name)
        assert named is not None  # the model of the file sees to it
        kind, _, goal = named[1].partition("-")
        path = self.notebooks / BOOKS[kind]
        try:
            right = _code(path)
        except (OSError, ValueError) as error:
            message = said("verify.cannot-read", why=str(error)[:200])
            self.problems.append(Problem(message, str(path)))
            right = notebook.cells
        for number, (mine, its) in enumerate(zip(right, notebook.cells, strict=False), start=1):
            if mine != its:
                message = said("verify.cell-of-another-row", number=number, name=path.name)
                hint = said("verify.give-notebooks-folder")
                self.problems.append(Problem(message, str(self.folder / page.name), hint=hint))
                break
        if len(right) != len(notebook.cells):
            message = said(
                "verify.row-cell-count",
                n=len(right), name=path.name, found=len(notebook.cells),
            )  # fmt: skip
            self._say(page, message)
        if not isinstance(notebook.settings, dict) or notebook.settings.keys() != {
            "kernelspec", "language_info",
        }:  # fmt: skip
            self._say(page, said("verify.settings-differ"))
        plan = self.evidence.plan.id
        right_given = [
            given_values(
                {
                    "plan": at, "area": self.evidence.area, **({"goal": goal} if goal else {}),
                    "year": period_record(period_of(named[2])), "as_of": page.as_of, "audience": self.evidence.audience, "lang": named[3],
                    **({"remarks": named_file} if named_file else {}),
                }
            )
            for at in ([plan, f"./{plan}"] if self.shipped else [plan])
            for named_file in ["", *([self.remarks_file] if self.remarks_file and not goal else [])]
        ]  # fmt: skip
        if notebook.given not in right_given:
            message = said(
                "verify.parameters-differ",
                right=", ".join(right_given[0].split("\n")[1:-1]),
                found=", ".join(notebook.given.split("\n")[1:-1])[:300] or "nothing",
            )
            self._say(page, message)
        read = read_page("\n".join(notebook.pieces))
        for fault in faults_of_piece(read.root):
            self._say(page, fault)
        self._shown(page, read, page_itself=False)

    def _shown(self, page: HashedPage, read: ReadPage, *, page_itself: bool) -> None:
        root = read.root
        found = self.recomputed(page.as_of)
        named = PAGE_NAME.fullmatch(page.name)
        if found is None or named is None:
            return
        made, illustrative = found
        kind, _, goal = named[1].partition("-")
        file, year = str(self.folder / page.name), period_of(named[2])
        if kind == COMPARE:
            self._compared(page, read, goal, year, page_itself=page_itself)
            return
        made = made.along(frequency_of(year))
        if year not in made.plan.years or (kind == "midterm" and year != made.plan.midterm_after):
            self._say(page, said("verify.review-not-of-plan", year=year))
            return
        words = RemarksShown(
            file, kind, year, named[3], made.plan, self.remarks, self.problems
        )  # fmt: skip
        words.check(root)
        self.compared += words.compared
        shown = GoalTables(file, kind, year, named[3], made, self.problems)
        shown.check(root)

        judge = made.annual if kind == "annual" else made.midterm

        def tally(goals: list[Goal]) -> tuple[int, int, int]:
            whole = (goal for goal in goals if goal.part_of is None)
            counts = Counter(judge(goal, year).verdict for goal in whole)
            reached, judged, gaps = (sum(counts[v] for v in of) for of in (REACHED, JUDGED, GAPS))
            return reached, judged, gaps

        missed = [goal for goal in made.plan.goals if judge(goal, year).verdict in MISSED]
        owners = OwnersShown(made.plan, named[3], words.on_page)
        for place, about, message in owners.differing(root, missed):
            subject = said("figures.goal-subject", goal=about) if about else None
            self.problems.append(Problem(message, file, place or None, subject=subject))
        labels = Labels(
            file, kind, year, named[3], made.plan, self.evidence.area, page.as_of, illustrative,
            self.evidence.audience, tally, self.problems,
        )  # fmt: skip
        labels.check(root, page=page_itself, warned=self.warned or illustrative)
        if page_itself:
            warns = self.warned or illustrative
            self._described(page, read, labels, warned=warns, download=True)
        self.compared += shown.compared + labels.compared + 3 * len(missed)

        def standing(goal: Goal) -> tuple[Goal, RecomputedVerdict]:
            here = made.standing(goal)
            judge = made.annual if kind == "annual" else made.midterm
            return here, judge(here, year)

        self.problems += check_download(read.downloads, file, named[3], made.plan, year, standing)
        self.compared += len(made.plan.goals)

    def _compared(
        self, page: HashedPage, read: ReadPage, goal: str, year: int, *, page_itself: bool
    ) -> None:
        """A page of areas compared, against the figures of all of them."""
        everywhere = self.all_areas(page.as_of)
        named = PAGE_NAME.fullmatch(page.name)
        if everywhere is None or named is None:
            return
        areas, made_up = everywhere
        plan = next(iter(areas.values())).plan
        if goal not in plan.goal_ids or not in_term(plan, year):
            self._say(page, said("verify.review-not-of-plan", year=year))
            return
        found = ComparedFigures(areas, goal, year)
        labels = ComparedPage(
            str(self.folder / page.name), COMPARE, year, named[3], found.plan, self.evidence.area,
            page.as_of, made_up(goal, year), self.evidence.audience, lambda _: (0, 0, 0),
            self.problems,
        )  # fmt: skip
        warned = made_up("", None)
        labels.compare(read.root, found, page=page_itself, warned=warned)
        if page_itself:
            self._described(page, read, labels, warned=warned, download=holds_areas(found))
        file = str(self.folder / page.name)
        self.problems += check_areas_download(read.downloads, file, named[3], found)
        self.compared += labels.compared

    def _described(
        self, page: HashedPage, read: ReadPage, labels: Labels, *, warned: bool, download: bool
    ) -> None:
        """What the page says of itself to catalogues of data."""
        title = labels.frame_title(), plain(labels.plan.header.name.in_language(labels.lang))
        self.compared += 1
        if not described_rightly(
            read.described, title, labels.lang, page.as_of, warned=warned, download=download
        ):
            self._say(page, said("verify.description-differs"))

    def _same(self, stem: str, page: str, notebook: Notebook) -> None:
        """Whether everything the notebook shows stands in its page, letter for letter."""
        at, file = 0, str(self.folder / f"{stem}.html")
        page = without_goal_links(page)  # a notebook knows of no other pages
        for number, piece in enumerate(notebook.pieces, start=1):
            if piece.startswith("<style>"):
                continue
            self.compared += 1
            found = page.find(piece, at)
            if found < 0:
                message = said("verify.output-differs-from-page", number=number)
                self.problems.append(Problem(message, file))
            else:
                at = found + len(piece)
        for tag in ("<table", "<h1", "<h2", "<h3"):
            mine, its = page.count(tag), sum(piece.count(tag) for piece in notebook.pieces)
            if mine != its:
                message = said(
                    "verify.tag-count-differs",
                    right=its, tag=tag, found=mine,
                )  # fmt: skip
                self.problems.append(Problem(message, file))


@cache
def _code(path: Path) -> tuple[tuple[str, str], ...]:
    return code_of(path)
