"""Some thirty mutated files; `make fuzz` tries ten thousand."""

from __future__ import annotations

import pytest
from mutants import survive


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("workbook", 3),
        ("table", 8),
        ("plan", 10),
        ("foreign", 4),
        ("sheet", 3),
        ("panel", 4),
    ],
)
def test_a_mutated_file_is_read_or_refused_in_lines(kind: str, count: int) -> None:
    survive(kind, count)
