"""One review's folder: its verdict file, its notebooks and pages, against the inputs and itself."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from planlib.errors import Problem
from planlib.intake.fingerprints import RowHashes, plan_files
from planlib.model.evidence import PAGE_NAME, SHELF, VERDICTS, Evidence, HashedPage
from planlib.model.observations import vintage_day
from planlib.verify.claims import Claims
from planlib.verify.documents import check_hash, read_sealed, read_text
from planlib.verify.markup import Node, read_html
from planlib.verify.notebook import Notebook, read_notebook
from planlib.verify.recompute import Recomputed
from planlib.verify.shown import Shown
from planlib.verify.sources import OpenFigures, OpenPlan, Sources


@dataclass
class Tally:
    """What was checked, and what differs."""

    problems: list[Problem] = field(default_factory=list)
    reviews: int = 0
    verdicts: int = 0
    files: int = 0
    shown: int = 0


class Folder:
    """The check of one folder."""

    def __init__(self, folder: Path, sources: Sources, rows: RowHashes, tally: Tally) -> None:
        self.folder, self.sources, self.rows, self.tally = folder, sources, rows, tally
        self.problems = tally.problems
        self.evidence: Evidence | None = None
        self._recomputed: dict[str, Recomputed | None] = {}
        self._plan: OpenPlan | None = None
        self._figures: OpenFigures | None = None

    def check(self) -> None:
        """Check everything in the folder."""
        path = self.folder / VERDICTS
        self.tally.reviews += 1
        self.evidence = evidence = read_sealed(path, Evidence, self.problems)
        if evidence is None:
            return
        if self.folder.resolve().name != evidence.area:
            message = f"is about the area '{evidence.area}', and lies in another's folder"
            self.problems.append(Problem(message, str(path)))
        self._sources(evidence)
        recomputed = self.recomputed(evidence.as_of)
        if recomputed is not None and self._figures is not None:
            claims = Claims(str(path), recomputed, self._figures.paths, self.rows)
            self.tally.verdicts += claims.check(evidence)
            self.problems += claims.problems
        self._hash(self.folder / SHELF, evidence.shelf)
        self._shelf()
        self._pages(evidence)

    def recomputed(self, as_of: str) -> Recomputed | None:
        """The verdicts as reports up to a day tell them; None where the inputs cannot be read."""
        if as_of not in self._recomputed:
            self._recomputed[as_of] = self._recompute(as_of)
        return self._recomputed[as_of]

    def _recompute(self, as_of: str) -> Recomputed | None:
        if self.evidence is None or self._plan is None or self._figures is None:
            return None
        if self._figures.rows is None:
            return None
        try:
            day = vintage_day(as_of) if as_of else None
        except ValueError:
            message = f"'as_of' must be a date, found {as_of!r}"
            self.problems.append(Problem(message, str(self.folder / VERDICTS)))
            return None
        rows = self._figures.of_area(self.evidence.area)
        return Recomputed(self._plan.plan, rows, day)

    def _sources(self, evidence: Evidence) -> None:
        """Find the plan and the figures, and hold their files against the claimed hashes."""
        self._plan = plan = self.sources.plan(evidence.plan.id)
        if plan is None:
            return
        rule = plan.plan.header.rule
        file = str(self.folder / VERDICTS)
        if evidence.rule != f"{rule.id} {rule.dated}":
            message = f"'rule' must be '{rule.id} {rule.dated}', found '{evidence.rule}'"
            self.problems.append(Problem(message, file))
        paths = plan_files(plan.folder)
        claimed = {one.name: one.sha256 for one in evidence.plan.files}
        for name in sorted(paths.keys() - claimed.keys()):
            self.problems.append(Problem("is new since the review", str(paths[name])))
        for name in sorted(claimed.keys() - paths.keys()):
            self.problems.append(Problem(f"the plan has no file '{name}' any more", file))
        for name in sorted(claimed.keys() & paths.keys()):
            self._hash(paths[name], claimed[name])
        names = tuple(one.name for one in evidence.figures)
        self._figures = figures = self.sources.figures(plan, names, self.folder)
        for one in evidence.figures:
            if one.name in figures.paths:
                self._hash(figures.paths[one.name], one.sha256)

    def _hash(self, path: Path, expected: str) -> None:
        self.tally.files += 1
        check_hash(path, expected, self.problems)

    def _shelf(self) -> None:
        """The verdicts that the index is made from."""
        assert self.evidence is not None
        path = self.folder / SHELF
        recomputed = self.recomputed(self.evidence.as_of)
        text = read_text(path, self.problems) if path.is_file() else None
        if text is None or recomputed is None:
            return
        try:
            shelf = json.loads(text)
            columns = [(c["kind"], int(c["year"])) for c in shelf["columns"]]
            found = {
                row["goal"]: dict(zip(columns, row["verdicts"], strict=True))
                for group in shelf["groups"]
                for row in group["rows"]
            }
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            self.problems.append(Problem(f"is damaged: {error}", str(path)))
            return
        for goal in recomputed.plan.goals:
            for (kind, year), verdict in found.get(goal.id, {}).items():
                yearly = kind == "annual"
                right = recomputed.annual(goal, year) if yearly else recomputed.midterm(goal, year)
                self.tally.shown += 1
                if verdict != right.verdict:
                    message = f"must be '{right.verdict}', found '{verdict}'"
                    place, subject = f"{kind} {year}", f"goal '{goal.id}'"
                    self.problems.append(Problem(message, str(path), place, subject=subject))

    def _pages(self, evidence: Evidence) -> None:
        known = {page.name for page in evidence.pages}
        if len(known) < len(evidence.pages):
            self.problems.append(Problem("lists a page twice", str(self.folder / VERDICTS)))
        for path in sorted(self.folder.iterdir()):
            if PAGE_NAME.match(path.name) and path.name not in known:
                self.problems.append(Problem(f"is not in {VERDICTS}", str(path)))
        trees: dict[str, str] = {}
        notebooks: dict[str, Notebook] = {}
        for page in evidence.pages:
            path = self.folder / page.name
            self._hash(path, page.sha256)
            text = read_text(path, self.problems) if path.is_file() else None
            if text is None:
                continue
            if path.suffix == ".html":
                trees[path.stem] = text
                root = read_html(text)
                self._dated(root, page)
                self._shown(page, root)
            else:
                try:
                    notebooks[path.stem] = notebook = read_notebook(text)
                except ValueError as error:
                    self.problems.append(Problem(f"is not a notebook: {error}", str(path)))
                    continue
                self._ran_with(notebook, page, evidence)
                self._shown(page, read_html("\n".join(notebook.pieces)))
        for stem in sorted(trees.keys() & notebooks.keys()):
            self._same(stem, trees[stem], notebooks[stem])

    def _shown(self, page: HashedPage, root: Node) -> None:
        recomputed = self.recomputed(page.as_of)
        named = PAGE_NAME.match(page.name)
        if recomputed is None or named is None:
            return
        file = str(self.folder / page.name)
        year = int(named[2])
        if year not in recomputed.plan.years:
            self.problems.append(Problem(f"the plan has no year {year}", file))
            return
        shown = Shown(file, named[1], year, named[3], recomputed, self.problems)
        shown.check(root)
        self.tally.shown += shown.compared

    def _dated(self, root: Node, page: HashedPage) -> None:
        """Whether the page says the date and the language it is listed under."""
        said = [
            node.attributes.get("content")
            for node in root.every("meta")
            if node.attributes.get("name") == "planlib-as-of"
        ]
        if said != [page.as_of]:
            message = f"must say it stands at '{page.as_of}', found {said}"
            self.problems.append(Problem(message, str(self.folder / page.name)))

    def _ran_with(self, notebook: Notebook, page: HashedPage, evidence: Evidence) -> None:
        """Whether the notebook's parameters are those of its name."""
        named = PAGE_NAME.match(page.name)
        assert named is not None  # the model of the file sees to it
        expected = {"area": evidence.area, "year": int(named[2]), "lang": named[3]}
        for name, right in expected.items():
            if notebook.parameters.get(name) != right:
                found = notebook.parameters.get(name)
                message = f"must have run with {name} = {right!r}, found {found!r}"
                self.problems.append(Problem(message, str(self.folder / page.name)))

    def _same(self, stem: str, page: str, notebook: Notebook) -> None:
        """Whether everything the notebook shows stands in its page, letter for letter."""
        for number, piece in enumerate(notebook.pieces, start=1):
            self.tally.shown += 1
            if piece not in page and not piece.startswith("<style>"):
                message = f"output {number} of the notebook is not what the page shows"
                self.problems.append(Problem(message, str(self.folder / f"{stem}.html")))
