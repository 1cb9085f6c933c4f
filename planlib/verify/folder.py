"""One review's folder: its verdict file, its notebooks and pages, against the inputs and itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import islice, zip_longest
from pathlib import Path

from planlib.errors import Problem, Said, said
from planlib.figures.fingerprints import plan_files
from planlib.figures.observations import vintage_day
from planlib.plan.audience import INTERNAL
from planlib.plan.shipped import shipped_plans
from planlib.verify.certainty.recomputed import CertainRecomputed
from planlib.verify.claims import Claims, made_up
from planlib.verify.documents import check_hash, read_bytes, read_sealed
from planlib.verify.evidence import INDEX_VERDICTS, VERDICTS, Evidence
from planlib.verify.pages import AllAreas, Pages
from planlib.verify.recompute import Recomputed
from planlib.verify.remarks.files import claimed
from planlib.verify.site.document_links import ENDINGS
from planlib.verify.site.verdicts import check_index_verdicts, index_verdicts
from planlib.verify.sources import AreaFigures, OpenPlan, ProvedInputs

MOST_LINES = 20  # differing lines told of a file of figures


@dataclass
class Checked:
    """What was checked, and what differs."""

    problems: list[Problem] = field(default_factory=list)
    reviews: int = 0
    verdicts: int = 0
    files: int = 0
    shown: int = 0
    ranks_apart: int = 0
    rows_apart: int = 0


class Folder:
    """The check of one folder."""

    def __init__(
        self, folder: Path, sources: ProvedInputs, notebooks: Path, tally: Checked
    ) -> None:
        self.folder, self.sources, self.tally = folder, sources, tally
        self.notebooks = notebooks
        self.problems = tally.problems
        self.evidence: Evidence | None = None
        self._recomputed: dict[str, Recomputed | None] = {}
        self._made_up: dict[str, bool] = {}
        self._plan: OpenPlan | None = None
        self._figures: AreaFigures | None = None

    def check(self) -> None:
        """Check everything in the folder."""
        path = self.folder / VERDICTS
        self.tally.reviews += 1
        self.evidence = evidence = read_sealed(path, Evidence, self.problems)
        if evidence is None:
            return
        if self.folder.resolve().name != evidence.area:
            message = said("verify.area-of-another-folder", area=evidence.area)
            self.problems.append(Problem(message, str(path)))
        self._sources(evidence)
        recomputed = self.recomputed(evidence.as_of)
        failed: dict[str, str] = {}
        self._hash(self.folder / INDEX_VERDICTS, evidence.shelf)
        if recomputed is not None and self._figures is not None:
            self._inputs(evidence, self._figures)
            claims = Claims(str(path), recomputed, self._figures)
            self.tally.verdicts += claims.check(evidence)
            self.problems += claims.problems
            illustrative = made_up(self._figures.rows)
            summary = index_verdicts(
                recomputed, evidence.area, evidence.as_of, illustrative=illustrative
            )
            failed = check_index_verdicts(self.folder / INDEX_VERDICTS, summary, self.problems)
            plan = recomputed.plan
            self.tally.shown += len(plan.goals) * (len(plan.years) + 1)
        self._asked(evidence, failed)
        for document in evidence.documents:
            self._hash(self.folder / document.name, document.sha256)
        self._pages(evidence)

    def names(self) -> frozenset[str]:
        """The files in the folder that the review vouches for."""
        if self.evidence is None:
            return frozenset({VERDICTS, INDEX_VERDICTS})
        public = (
            self._figures.names if self._figures is not None and self._figures.public_file else ()
        )
        return frozenset({VERDICTS, INDEX_VERDICTS, *public, *self.evidence.files})

    def documents(self) -> list[str]:
        """The documents that the review names, without the pictures of those in Markdown."""
        listed = self.evidence.documents if self.evidence is not None else ()
        return [one.name for one in listed if not one.name.endswith(".svg")]

    def documents_beside(self) -> list[str]:
        """Those of them that stand beside a page, which an index leads to."""
        pages = self.evidence.pages if self.evidence is not None else ()
        stems = {Path(page.name).stem for page in pages}
        return [name for name in self.documents() if Path(name).stem in stems]

    def of_review(self) -> Recomputed | None:
        """The verdicts of the day of the review itself."""
        return None if self.evidence is None else self.recomputed(self.evidence.as_of)

    def recomputed(self, as_of: str) -> Recomputed | None:
        """The verdicts as reports up to a day tell them; None where the inputs cannot be read."""
        if as_of not in self._recomputed:
            self._recomputed[as_of] = self._recompute(as_of)
        return self._recomputed[as_of]

    def _recompute(self, as_of: str) -> Recomputed | None:
        if self._plan is None or self.evidence is None:
            return None
        try:
            day = vintage_day(as_of) if as_of else None
        except ValueError:
            message = said("verify.as-of-not-a-date", found=repr(as_of)[:100])
            self.problems.append(Problem(message, str(self.folder / VERDICTS)))
            return None
        found = self.sources.figures(self._plan, self.evidence.audience, day)
        if found is None:
            return None
        figures = found.of_area(self.evidence.area, self.folder)
        self._made_up[as_of] = made_up(figures.rows)
        if as_of == self.evidence.as_of:
            self._figures = figures
            self.tally.ranks_apart += figures.rows_apart > 0
            self.tally.rows_apart += figures.rows_apart
        return CertainRecomputed(
            self._plan.plan, figures.rows, day,
            area=self.evidence.area, elsewhere=figures.elsewhere, taught=found.taught,
        )  # fmt: skip

    def _sources(self, evidence: Evidence) -> None:
        """Find the plan and the figures, and hold their files against the claimed hashes."""
        self._plan = plan = self.sources.plan(evidence.plan.id)
        if plan is None:
            return
        rule = plan.plan.header.rule
        file = str(self.folder / VERDICTS)
        right = f"{rule.id} {rule.dated}"
        if evidence.rule != right:
            message = said("verify.rule-differs", right=right, found=evidence.rule[:100])
            self.problems.append(Problem(message, file))
        given = plan.plan.id in self.sources.given
        hint = None if given else said("verify.another-plan-of-this-id")
        paths = plan_files(plan.folder)
        claimed = {one.name: one.sha256 for one in evidence.plan.files}
        for name in sorted(paths.keys() - claimed.keys()):
            message = said("verify.new-since-review")
            self.problems.append(Problem(message, str(paths[name]), hint=hint))
        for name in sorted(claimed.keys() - paths.keys()):
            message = said("verify.plan-file-gone", name=name)
            self.problems.append(Problem(message, file, hint=hint))
        for name in sorted(claimed.keys() & paths.keys()):
            self._hash(paths[name], claimed[name], hint)

    def _inputs(self, evidence: Evidence, figures: AreaFigures) -> None:
        """The files of figures the review names: the plan's, or its own as the public may see it."""
        claimed = {one.name: one.sha256 for one in evidence.figures}
        if tuple(sorted(claimed)) != figures.names or len(claimed) < len(evidence.figures):
            message = said(
                "verify.made-from-other-figures",
                right=", ".join(figures.names) or "none",
                found=", ".join(sorted(claimed))[:200] or "none",
            )
            self.problems.append(Problem(message, str(self.folder / VERDICTS)))
        if figures.public_file is None:
            self._area_rows(claimed, figures)
        else:
            ((name, path),) = figures.paths.items()
            if name in claimed:
                self._hash(path, claimed[name])
            actual = read_bytes(path, self.problems)
            if actual is not None and actual != figures.public_file:
                self._public_figures(path, actual, figures.public_file)

    def _area_rows(self, claimed: Mapping[str, str], figures: AreaFigures) -> None:
        """The rows about the area, of every file that the review names."""
        assert self.evidence is not None
        area = self.evidence.area
        try:
            right = figures.lines_about.of(area)
        except (OSError, IndexError):  # it changed while it was read
            right = {}
        for name in sorted(claimed.keys() & figures.paths.keys()):
            self.tally.files += 1
            if right.get(name) != claimed[name]:
                message = said("verify.area-rows-differ", area=area)
                self.problems.append(Problem(message, str(figures.paths[name])))

    def _public_figures(self, path: Path, actual: bytes, right: bytes) -> None:
        pairs = zip_longest(_lines(right), _lines(actual), fillvalue="")
        wrong = ((at, *pair) for at, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
        for at, one, other in islice(wrong, MOST_LINES):
            message = said(
                "verify.audience-figures-differ",
                right=repr(one)[:200], found=repr(other)[:200])  # fmt: skip
            self.problems.append(Problem(message, str(path), at))
        if more := sum(1 for _ in wrong):
            message = said("verify.more-lines-differ", n=more)
            self.problems.append(Problem(message, str(path)))

    def _hash(self, path: Path, expected: str, hint: Said | None = None) -> None:
        self.tally.files += 1
        check_hash(path, expected, self.problems, hint)

    def _asked(self, evidence: Evidence, failed: dict[str, str]) -> None:
        """Whether there is every page that was asked for; what failed in the last run is told."""
        known = [page.name for page in evidence.pages]
        if len(set(known)) < len(known):
            message = said("verify.lists-page-twice")
            self.problems.append(Problem(message, str(self.folder / VERDICTS)))
        if not known and not evidence.asked:
            message = said("verify.lists-no-page-nothing")
            self.problems.append(Problem(message, str(self.folder / VERDICTS)))
        undone = {name for name in failed if name.endswith(ENDINGS)}
        for name in sorted(undone):
            hint = said("verify.document-not-made", why=failed[name])
            message = said("verify.failed-last-run")
            self.problems.append(Problem(message, str(self.folder / name), hint=hint))
        asked = {*evidence.asked, *failed} - undone
        for stem in sorted({Path(name).stem for name in known} - asked):
            message = said("verify.holds-page-nobody-asked", name=stem)
            self.problems.append(Problem(message, str(self.folder / VERDICTS)))
        for stem in sorted(asked):
            if stem in failed:
                hint = said("verify.notebook-stopped", why=failed[stem])
                message = said("verify.failed-last-run")
                self.problems.append(Problem(message, str(self.folder / f"{stem}.html"), hint=hint))
                continue
            for name in (f"{stem}.html", f"{stem}.ipynb"):
                if name not in known:
                    message = said("verify.page-missing")
                    hint = said("verify.run-review-again")
                    self.problems.append(Problem(message, str(self.folder / name), hint=hint))

    def _pages(self, evidence: Evidence) -> None:
        said = self.sources.remarks(self._plan) if self._plan is not None else ()
        remarks = claimed(evidence, said, self.folder / VERDICTS, self.problems)
        given = self.sources.office.given
        pages = Pages(
            self.folder, evidence, self._of_day, self.warned, self.notebooks,
            evidence.plan.id in shipped_plans(), self._everywhere, remarks,
            given.name if given is not None else "", self.problems,
        )  # fmt: skip
        for page in {page.name: page for page in evidence.pages}.values():
            self._hash(self.folder / page.name, page.sha256)
        pages.check()
        self.tally.shown += pages.compared

    def _everywhere(self, as_of: str) -> AllAreas | None:
        """The verdicts of a day in every area; None where the inputs cannot be read."""
        if self._plan is None or self.evidence is None or self.recomputed(as_of) is None:
            return None
        day = vintage_day(as_of) if as_of else None
        figures = self.sources.figures(self._plan, self.evidence.audience, day)
        if figures is None:
            return None
        plan = self._plan.plan
        rows = {area: figures.rows_of(area) for area in figures.areas(plan)}

        def illustrative(goal: str, year: int | None) -> bool:
            asked = (row for some in rows.values() for row in some)
            return made_up(
                [row for row in asked if not goal or (row["goal"], row["year"]) == (goal, year)]
            )

        return {
            area: Recomputed(plan, some, day, area=area) for area, some in rows.items()
        }, illustrative

    def _of_day(self, as_of: str) -> tuple[Recomputed, bool] | None:
        """The verdicts of a day, and whether any figure known on it is made up."""
        recomputed = self.recomputed(as_of)
        return None if recomputed is None else (recomputed, self._made_up[as_of])

    @cached_property
    def warned(self) -> bool:
        """Whether any figure of the area is made up, of whatever day."""
        if self._plan is None or self.evidence is None:
            return False
        found = self.sources.figures(self._plan, INTERNAL, None)
        if found is None:
            return False
        return made_up(found.of_area(self.evidence.area, self.folder).rows)


def _lines(data: bytes) -> Iterator[str]:
    return (line.decode("utf-8", "replace") for line in BytesIO(data))
