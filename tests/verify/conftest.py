"""One small review for all tests of a process; each damages a copy, of all of it or of one page."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_review import Small, copied, copied_alone, make, of_one_page


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A finished review, which no test changes."""
    return make(tmp_path_factory.mktemp("made"))


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
