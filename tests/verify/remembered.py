"""Pages in which nothing was wrong are not proven again, as long as nothing they rest on differs.

Hundreds of tests change one thing in a small review and have all of it proven: its other pages are
the same each time. What is remembered is that nothing was wrong, never that something was; so a page
that counts as unchanged though it differs is a change that no test finds, and the test fails.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from planlib.verify.folder import Checked, Folder
from planlib.verify.pages import Pages
from planlib.verify.recompute import Recomputed
from planlib.verify.site.goal_site import GoalSite

Key = tuple[object, ...]
RECOMPUTED: dict[Key, Recomputed] = {}  # the verdicts of the same inputs
CLEAN: dict[Key, int] = {}  # how much was compared where nothing was wrong


def inputs_of(folder: Folder) -> Key:
    """The plan's files, figures and remarks by their bytes, and of what a review is."""
    evidence, sources, opened = folder.evidence, folder.sources, folder._plan
    assert evidence is not None
    found = [path for path in (sources.office.given, *sources._given) if path is not None]
    if opened is not None:
        found += sorted(path for path in opened.folder.rglob("*") if path.is_file())
        read = sources._read.get(opened.plan.id)
        found += read[0].values() if read else ()
    written = hashlib.sha256()
    for path in found:
        written.update(f"\n{path.name} ".encode())
        written.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"-")
    about = (evidence.plan.id, evidence.area, evidence.as_of, evidence.audience)
    return (*about, sources._instead, folder.notebooks, written.hexdigest())


def remember_clean(patch: pytest.MonkeyPatch) -> None:
    """Remember pages, notebooks and pages of goals in which a proof found nothing.

    And verdicts: they are worked out again once for the same plan, figures, area, day and audience.
    """
    here: list[Key] = [()]  # what the pages that are being proven rest on
    of_folder, of_page = Folder._pages, Pages._page
    of_notebook, of_goal = Pages._notebook, GoalSite.check
    recompute = Folder._recompute

    def once(
        key: Key, problems: list[Any], shown: Callable[[], int], check: Callable[[], None]
    ) -> int:
        """How many more things were compared than ``check`` has counted itself."""
        if key in CLEAN:
            return CLEAN[key]
        told, before = len(problems), shown()
        check()
        if len(problems) == told:
            CLEAN[key] = shown() - before
        return 0

    def recomputed(self: Folder, as_of: str) -> Recomputed | None:
        made = recompute(self, as_of)
        return made and RECOMPUTED.setdefault((*inputs_of(self), as_of), made)

    def pages(self: Folder, evidence: Any) -> None:
        here[0] = inputs_of(self)
        of_folder(self, evidence)

    def page(self: Pages, one: Any, text: str) -> None:
        key = (*here[0], self.warned, one.name, one.as_of, text)
        self.compared += once(
            key, self.problems, lambda: self.compared, lambda: of_page(self, one, text)
        )

    def notebook(self: Pages, one: Any, read: Any) -> None:
        key = (*here[0], self.warned, one.name, one.as_of, repr(read))
        self.compared += once(
            key, self.problems, lambda: self.compared, lambda: of_notebook(self, one, read)
        )

    def goal(self: GoalSite, path: Any, goal_id: str, lang: str, tally: Checked) -> None:
        key: Key = (path.name, goal_id, lang, *path.parts[-2:-1], *_of_site(self._folders.values()))
        if path.is_file():
            key += (path.read_bytes(),)
        tally.shown += once(
            key, tally.problems, lambda: tally.shown,
            lambda: of_goal(self, path, goal_id, lang, tally),
        )  # fmt: skip

    def _of_site(folders: Iterable[Folder]) -> Key:
        known = [one for one in folders if one.evidence is not None]
        names = [tuple(sorted(page.name for page in one.evidence.pages)) for one in known]  # type: ignore[union-attr]
        return (*map(inputs_of, known), *names)

    patch.setattr(Folder, "_recompute", recomputed)
    patch.setattr(Folder, "_pages", pages)
    patch.setattr(Pages, "_page", page)
    patch.setattr(Pages, "_notebook", notebook)
    patch.setattr(GoalSite, "check", goal)
