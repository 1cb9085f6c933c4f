"""One small review for all tests of a process; each damages a copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_review import Small, copied, make


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A finished review, which no test changes."""
    return make(tmp_path_factory.mktemp("made"))


@pytest.fixture
def small(made: Small, tmp_path: Path) -> Small:
    """A copy of it to change."""
    return copied(made, tmp_path)
