"""What an office hands in, made once for all tests of documents, which only read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from commands import planlib
from made_once import made_once

from planlib.verify.office.items import TABLES
from tests.verify.small_review import FIGURES, GOOD_PLAN


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an office hands in: a report in each format, and a table of results in each."""

    def make(folder: Path) -> None:
        (folder / "figures").mkdir()
        given = ["--observations", str(folder / "figures" / "figures.csv"), "--lang", "en"]
        (folder / "figures" / "figures.csv").write_text(FIGURES, "utf-8")
        for ending in ("docx", "md", *(["pdf"] if shutil.which("soffice") else [])):
            out = ["--out", str(folder / f"report.{ending}")]
            planlib("report", str(GOOD_PLAN), "--period", "2013", *given, *out)
        for kind in (".md", *TABLES):
            planlib("export", str(GOOD_PLAN), *given, "--out", str(folder / f"table{kind}"))

    return made_once(tmp_path_factory, "handed-in", make)
