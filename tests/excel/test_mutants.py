"""A few hundred mutated files; `make fuzz` tries ten thousand."""

from __future__ import annotations

import pytest
from mutants import survive


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("workbook", 40),
        ("table", 100),
        ("plan", 100),
        ("foreign", 60),
        ("sheet", 40),
        ("panel", 60),
    ],
)
def test_a_mutated_file_is_read_or_refused_in_lines(kind: str, count: int) -> None:
    survive(kind, count)
