"""A seal kept apart tells any change; what was asked for and what nobody asked for are told too."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from commands import planlib
from small_review import Small, changed, verified

from planlib.errors import InputError
from planlib.verify.evidence import LOG, PROOF, VERDICTS, Evidence, sealed_log
from planlib.verify.prove import seal_in

pytestmark = pytest.mark.notebook


def test_the_seal_of_before_is_held_against_the_reports(small: Small, tmp_path: Path) -> None:
    seal = small.seal
    done = verified(small, "--seal", seal.upper())
    assert done.returncode == 0
    assert "anybody" not in done.stdout.splitlines()[-1]

    kept = tmp_path / "seal.txt"
    kept.write_text(verified(small).stdout, "utf-8")  # the whole answer of an earlier proof
    assert verified(small, "--seal", str(kept)).returncode == 0

    # A sentence, which no quick proof reads, in page and notebook alike, and sealed again.
    for path in (small.folder / "annual-2012.en.html", small.folder / "annual-2012.en.ipynb"):
        changed(path, lambda text: text.replace("goal</", "gaol</").replace("Figures", "Fugires"))
    small.reseal()
    done = verified(small, "--seal", str(kept))
    assert done.returncode == 1
    assert f"has the seal {small.seal}, not {seal}" in done.stdout


def test_the_seal_of_one_review_is_held_against_it(small: Small) -> None:
    alone = Small(small.plan, small.folder)
    seal = json.loads((small.folder / VERDICTS).read_text("utf-8"))["sha256"]
    assert verified(alone, "--seal", seal).returncode == 0
    assert verified(alone, "--seal", small.seal).returncode == 1


@pytest.mark.parametrize("text", ["", "abc", "g" * 64, "x" * 5000, "a\x00b", "/dev/zero", "."])
def test_what_is_no_seal_is_told(text: str) -> None:
    with pytest.raises(InputError, match="is neither a seal nor a file with one"):
        seal_in(text)


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), ("nothing", 0), ("a" * 64 + " " + "b" * 64, 2)]
)
def test_a_file_must_hold_one_seal(tmp_path: Path, text: str, count: int) -> None:
    (tmp_path / "seal").write_text(text, "utf-8")
    with pytest.raises(InputError, match=f"must hold one seal, found {count}"):
        seal_in(str(tmp_path / "seal"))


def test_the_command_says_in_a_line_that_a_seal_is_none(small: Small) -> None:
    done = planlib("verify", str(small.out), "--seal", "abc", "--lang", "vi")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_the_answer_is_told_in_vietnamese(small: Small) -> None:
    (small.folder / "midterm-2013.vi.html").unlink()
    done = verified(small, "--lang", "vi")
    assert "midterm-2013.vi.html: không còn tệp này" in done.stdout
    assert "Chưa chứng minh được: 1 chỗ khác." in done.stdout
    assert done.stdout.splitlines()[-1].startswith("Không đọc: ")


# ------------------------------------------------------------------ more or less than was asked
@pytest.mark.parametrize("stem", ["midterm-2013", "annual-2012"])
def test_pages_taken_away_from_a_finished_run_are_missed_though_sealed_again(
    small: Small, stem: str
) -> None:
    for path in small.folder.glob(f"{stem}.*"):
        path.unlink()
    small.reseal()
    told = small.told()
    for lang in ("vi", "en"):
        for ending in ("html", "ipynb"):
            assert f"{stem}.{lang}.{ending}: was asked for and is missing" in told


def test_a_page_that_failed_is_told_with_its_reason(small: Small) -> None:
    def failed(text: str) -> str:
        review = json.loads(text)
        review["failures"] = [
            {"kind": "midterm", "year": 2013, "lang": "vi", "cell": 3, "reason": "KeyError: 'x'"}
        ]
        return json.dumps(review, ensure_ascii=False, indent=1) + "\n"

    changed(small.folder / "review.json", failed)
    (small.folder / "midterm-2013.vi.html").unlink()
    (small.folder / "midterm-2013.vi.ipynb").unlink()
    small.reseal()
    assert (
        "midterm-2013.vi.html: failed in the last run (its notebook stopped: KeyError: 'x')"
        in small.told()
    )


def test_a_review_without_any_page_is_not_proven(small: Small) -> None:
    for path in [*small.folder.glob("*.html"), *small.folder.glob("*.ipynb")]:
        path.unlink()
    told = json.loads((small.folder / VERDICTS).read_text("utf-8"))
    told["asked"] = []
    (small.folder / VERDICTS).write_text(json.dumps(told), "utf-8")
    small.reseal()
    assert "verdicts.json: lists no page" in small.told()


def test_pages_taken_off_the_list_are_strangers(small: Small) -> None:
    told = json.loads((small.folder / VERDICTS).read_text("utf-8"))
    told["pages"], told["asked"] = [], []
    made = Evidence.model_validate_json(json.dumps(told))
    (small.folder / VERDICTS).write_text(made.sealed().text(), "utf-8")
    assert "annual-2012.vi.html: is not part of what was proven" in small.told()


def test_every_file_added_to_the_folder_is_told(small: Small) -> None:
    added = [
        "new.html", "good-plan/NEW.HTM", "good-plan/ward-a/new.html", "good-plan/ward-a/notes.txt",
        "deep/er/x.xhtml", ".planlib-new.html", "good-plan/ward-a/figures.csv",
        "good-plan/ward-a/annual-2012.vi.html.ipynb",
    ]  # fmt: skip
    for name in added:
        (small.out / name).parent.mkdir(parents=True, exist_ok=True)
        (small.out / name).write_text("<p>GDP grew by 8.16 %</p>", "utf-8")
    told = small.told().splitlines()
    assert len(told) == len(added)
    for name in added:
        assert any(f"{name}: is not part of what was proven" in line for line in told)


def test_a_file_that_is_no_page_is_named_as_not_read(small: Small) -> None:
    (small.out / "README.md").write_text("ours", "utf-8")
    (small.out / ".planlib.lock").write_text("", "utf-8")
    done = verified(small)
    assert done.returncode == 0
    assert "1 file that is no page and belongs to no review (README.md)" in done.stdout


def test_links_are_told_and_not_followed(small: Small, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(small.folder / "annual-2012.vi.html", tmp_path / "page.html")
    (small.folder / "annual-2012.vi.html").unlink()
    (small.folder / "annual-2012.vi.html").symlink_to(tmp_path / "page.html")
    (small.out / "more").symlink_to(tmp_path / "elsewhere")
    told = small.told()
    assert "annual-2012.vi.html: is a link; a proof follows none" in told
    assert "annual-2012.vi.html: there is no such file any more" in told
    assert "more: is a link; a proof follows none" in told


def test_a_log_that_was_changed_is_told(small: Small) -> None:
    log = small.out / LOG
    log.write_text(sealed_log('{"began": "", "ran": 1}\n{"job": "a", "status": "ran"}\n'), "utf-8")
    assert not small.problems()
    assert "the times in batch-log.jsonl" in verified(small).stdout.splitlines()[-1]
    changed(log, lambda text: text.replace('"ran"}', '"failed"}'))
    assert "batch-log.jsonl: does not have the hash it was sealed with" in small.told()


@pytest.mark.parametrize("damage", ["changed", "gone", "one gone"])
def test_what_notebooks_of_ones_own_became_is_sealed(small: Small, damage: str) -> None:
    from planlib.batch.runs.evidence import proof_of
    from planlib.storage.store import LocalStore

    (small.out / "mine").mkdir()
    page, book = small.out / "mine" / "a.html", small.out / "mine" / "a.ipynb"
    for path in (page, book):
        path.write_text("2.0", "utf-8")
    (small.out / PROOF).write_text(
        proof_of(LocalStore(small.out), ["mine/a"]).sealed_text(), "utf-8"
    )
    # A later run that is asked for none of them still knows them.
    (small.out / PROOF).write_text(proof_of(LocalStore(small.out)).sealed_text(), "utf-8")
    done = verified(small)
    assert done.returncode == 0
    assert "2 files of notebooks of your own say (mine/a.html, mine/a.ipynb)" in done.stdout
    if damage == "changed":
        page.write_text("8.16", "utf-8")
        assert "mine/a.html: has another hash" in small.told()
        return
    page.unlink()
    if damage == "gone":
        book.unlink()
    assert "mine/a.html: there is no such file any more" in small.told()
