"""Documents beside the pages of a batch: those of ``planlib report``, kept, linked and proven."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import planlib
from here import tasks_here
from made_once import made_once
from small_review import FIGURES, GOOD_PLAN, Small, changed, copied, hashed, made_in, verified

from planlib.batch.jobs.spans import formats_in
from planlib.batch.runs.evidence import proof_of
from planlib.report.documents.converted import WordFile, converted, converted_together
from planlib.storage.store import LocalStore
from planlib.verify.evidence import PROOF, VERDICTS, Evidence

pytestmark = pytest.mark.notebook
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
ASKED = ("--years", "2012", "--no-midterm", "--lang", "en")
STEM = "annual-2012.en"


def batch(small: Small, *more: str) -> tuple[int, str]:
    with tasks_here():
        done = planlib(
            "batch", "good-plan", *ASKED, *more, "--out", "reports", folder=small.plan.parent
        )
    return done.returncode, done.stdout + done.stderr


def statuses(small: Small) -> dict[str, str]:
    """What the log says came of each file, by its ending."""
    lines = (small.out / "batch-log.jsonl").read_text("utf-8").splitlines()[1:]
    told = map(json.loads, lines)
    return {one["job"].rpartition(".")[2]: one["status"] for one in told}


@pytest.fixture(scope="module")
def with_documents(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A review with documents, which no test changes."""

    def make(folder: Path) -> None:
        small = made_in(folder)
        shutil.copytree(GOOD_PLAN, small.plan)
        (small.plan / "figures.csv").write_text(FIGURES, "utf-8")
        code, words = batch(small, "--format", "html,docx,md")
        assert code == 0, words

    return made_in(made_once(tmp_path_factory, "with-documents", make))


@pytest.fixture
def small(with_documents: Small, tmp_path: Path) -> Small:
    return copied(with_documents, tmp_path)


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_a_document_is_the_one_the_report_command_writes(
    with_documents: Small, tmp_path: Path, kind: str
) -> None:
    alone = tmp_path / f"alone.{kind}"
    given = (str(with_documents.plan), "--period", "2012", "--lang", "en", "--out", str(alone))
    assert planlib("report", *given).returncode == 0
    assert alone.read_bytes() == (with_documents.folder / f"{STEM}.{kind}").read_bytes()


def test_only_what_is_missing_is_made_and_nobodys_work_is_written_over(small: Small) -> None:
    word, text = (small.folder / f"{STEM}.{kind}" for kind in ("docx", "md"))
    before = text.read_bytes()
    text.unlink()
    code, words = batch(small, "--format", "html,docx,md")
    assert code == 0, words
    assert statuses(small) == {"en": "reused", "docx": "reused", "md": "ran"}
    assert text.read_bytes() == before

    typed = word.read_bytes() + b"typed in"
    word.write_bytes(typed)
    text.write_bytes(before + b"typed in")
    code, words = batch(small, "--format", "html,docx,md")
    assert code == 3
    assert statuses(small) == {"en": "reused", "docx": "failed", "md": "failed"}
    failed = [line for line in words.splitlines() if " was not made: " in line]
    assert [f"{STEM}.docx" in failed[0], f"{STEM}.md" in failed[1]] == [True, True], words
    assert "holds what planlib did not write" in failed[0]
    assert (word.read_bytes(), text.read_bytes()) == (typed, before + b"typed in")

    index = (small.out / "index.en.html").read_text("utf-8")
    assert "In the last run 2 documents could not be made" in index
    assert "<b>2012 (Word) (English)</b>: <code>" in index and "pages could not" not in index
    assert f"{STEM}.docx: failed in the last run" in verified(small).stdout

    text.write_bytes(before)
    (small.plan / "figures.csv").write_text(FIGURES.replace(",191,200", ",192,200"), "utf-8")
    word.unlink()
    code, words = batch(small, "--format", "html,docx,md")
    assert code == 0, words
    assert "could not be made" not in (small.out / "index.en.html").read_text("utf-8")
    assert text.read_bytes() != before  # its own file is replaced by what the figures say now
    done = verified(small)
    assert done.returncode == 0, done.stdout


def test_a_folder_with_documents_is_proven_and_every_change_found(small: Small) -> None:
    done = verified(small)
    assert done.returncode == 0, done.stdout
    assert "2 documents examined" in done.stdout

    text = small.folder / f"{STEM}.md"
    changed(text, lambda words: words.replace("95.5", "96.5", 1))
    assert "hash" in verified(small).stdout
    reseal(small)
    done = verified(small)
    assert done.returncode == 1
    assert f"{text}" in done.stdout and "96.5" in done.stdout


def test_the_index_leads_to_each_document_by_its_own_name(small: Small) -> None:
    index = small.out / "index.en.html"
    link = f'<a href="good-plan/ward-a/{STEM}.docx" hreflang="en">2012 (Word)</a>'
    assert link in index.read_text("utf-8")
    changed(index, lambda page: page.replace("2012 (Word)", "2011 (Word)"))
    reseal(small)
    assert "2012 (Word), found 2011 (Word)" in small.told().replace("'", "")
    changed(index, lambda page: page.replace(link.replace("2012 (W", "2011 (W"), ""))
    reseal(small)
    assert f"{STEM}.docx" in small.told()


def reseal(small: Small) -> None:
    """Every hash and seal again, those of the documents too."""
    path = small.folder / VERDICTS
    told = json.loads(path.read_text("utf-8"))
    for one in told["documents"]:
        one["sha256"] = hashed(small.folder / one["name"])
    path.write_text(Evidence.model_validate_json(json.dumps(told)).sealed().text(), "utf-8")
    (small.out / PROOF).write_text(proof_of(LocalStore(small.out)).sealed_text(), "utf-8")


@pytest.mark.skipif(not OFFICE, reason="LibreOffice (soffice) is not installed")
def test_many_converted_by_one_run_are_what_each_is_alone(with_documents: Small) -> None:
    word = (with_documents.folder / f"{STEM}.docx").read_bytes()
    one, bad, two = converted_together([WordFile(word), WordFile(b""), WordFile(word)], "pdf")
    assert one == two == converted(word, "pdf")
    assert isinstance(bad, Exception) or bad.startswith(b"%PDF")


def test_without_libreoffice_nothing_runs_and_one_line_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    asked = ("batch", str(GOOD_PLAN), "--format", "html,pdf", "--out", str(tmp_path / "out"))
    done = planlib(*asked)
    assert done.returncode == 1
    assert "LibreOffice, which is not installed here" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("text", ["docx", "html,doc", "", "pdf html"])
def test_formats_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="html, with any of docx"):
        formats_in(text)
