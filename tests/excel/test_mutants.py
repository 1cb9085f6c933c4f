"""A hundred mutated files; `make fuzz` tries ten thousand."""

from __future__ import annotations

import pytest
from mutants import survive


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("workbook", 15),
        ("table", 40),
        ("plan", 40),
        ("foreign", 20),
        ("sheet", 15),
        ("panel", 20),
    ],
)
def test_a_mutated_file_is_read_or_refused_in_lines(kind: str, count: int) -> None:
    survive(kind, count)
