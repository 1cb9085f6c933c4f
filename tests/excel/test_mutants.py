"""Some sixty mutated files; `make fuzz` tries ten thousand."""

from __future__ import annotations

import pytest
from mutants import survive


@pytest.mark.parametrize(
    ("kind", "count"),
    [
        ("workbook", 6),
        ("table", 15),
        ("plan", 20),
        ("foreign", 8),
        ("sheet", 6),
        ("panel", 8),
    ],
)
def test_a_mutated_file_is_read_or_refused_in_lines(kind: str, count: int) -> None:
    survive(kind, count)
