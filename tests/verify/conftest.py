"""One small review for all tests; each damages a copy, of all of it or of one page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from here import tasks_here
from made_once import made_once
from read_alike import read_alike_once
from remembered import remember_clean
from small_review import Silent, Small, copied, copied_alone, made_in, make, of_one_page

from planlib.batch.runs.rebuild import REPORTS, Inputs, make_again
from planlib.verify.markup import ReadPage, read_page
from planlib.verify.remarks.shown import WORDS

PARSED = lru_cache(maxsize=60)(read_page)


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """A page that a test has not changed is parsed once for all of them, which only read its tree.

    Remarks of an office are taken out of it: a page that has some is parsed each time.
    """

    def remembered(text: str) -> ReadPage:
        return (read_page if f'class="{WORDS}"' in text else PARSED)(text)

    with pytest.MonkeyPatch.context() as patch:
        for module in ("pages", "site.site", "site.goal_site", "office.held"):
            patch.setattr(f"planlib.verify.{module}.read_page", remembered)
        remember_clean(patch)
        read_alike_once(patch)
        yield


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A finished review, which no test changes."""
    with tasks_here():
        return made_in(made_once(tmp_path_factory, "small-review", make))


@pytest.fixture(scope="session")
def again(made: Small, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports made again, from the same plan in another folder."""

    def make_elsewhere(home: Path) -> None:
        shutil.copytree(made.plan, home / "elsewhere")
        assert not make_again(made.out, Inputs([home / "elsewhere"]), home, Silent(), workers=1)

    with tasks_here():
        return made_once(tmp_path_factory, "again", make_elsewhere) / REPORTS


@pytest.fixture
def small(made: Small, tmp_path: Path) -> Small:
    """A copy of it to change."""
    return copied(made, tmp_path)


@pytest.fixture(scope="session")
def made_page(made: Small, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The review's folder with one page and its notebook, which no test changes."""
    return of_one_page(made, tmp_path_factory.mktemp("page"), "annual-2012.en")


@pytest.fixture
def one(made_page: Small, tmp_path: Path) -> Small:
    """A copy of that to change: proven in a third of the time."""
    return copied_alone(made_page, tmp_path)
