"""What is said of a workbook, or of a sheet, that is not read."""

from __future__ import annotations

from pathlib import Path

from planlib.errors import InputError, refused, said


def damaged(path: Path) -> InputError:
    """What is no workbook, or half of one."""
    return refused(said("excel.not-whole-excel-file"), path, hint=said("excel.save-again"))


def hidden_sheet(path: Path, name: str) -> InputError:
    """A hidden sheet where one to be read is wanted."""
    return refused(said("excel.sheet-hidden-holds-not"), path, name, hint=said("excel.show"))
