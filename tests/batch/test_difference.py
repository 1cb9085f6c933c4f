"""What moved between two finished runs, and why, as a maintainer reads it before a release."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from commands import planlib
from examples import ALL
from here import tasks_here
from made_once import made_once
from own_plans import small_plan

from planlib.batch.difference.runs import compare_runs
from planlib.batch.workers.forked import FEWEST
from planlib.errors import InputError
from planlib.verify.evidence import canonical


class Runs(NamedTuple):
    """The reports folders of a plan before and after it was changed."""

    old: Path
    new: Path


def make(home: Path) -> None:
    """Two runs of two wards: of ward-a a figure moves, of both a target."""
    plan = small_plan(home / "plan")
    review(plan, home / "old")
    figures, goals = plan / "figures.csv", plan / "society.yaml"
    text = figures.read_text("utf-8")
    moved = text.replace("ward-a,alleys,2011,2012-01-15,,13", "ward-a,alleys,2011,2012-01-15,,9")
    assert moved != text
    figures.write_text(moved, "utf-8")
    shutil.copytree(home / "old", home / "figure")  # ward-b and its pages stay as they are
    review(plan, home / "figure")
    text = goals.read_text("utf-8")
    assert text.count("value: 95") == 1
    goals.write_text(text.replace("value: 95", "value: 94"), "utf-8")
    review(plan, home / "target", "en")


def review(plan: Path, out: Path, lang: str = "en,vi") -> None:
    with tasks_here():
        ended = planlib(
            "batch", str(plan), "--areas", "all", "--years", "2011", "--no-midterm",
            "--lang", lang, "--out", str(out),
        )  # fmt: skip
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "two-runs", make)


@pytest.fixture
def runs(home: Path, tmp_path: Path) -> Runs:
    """Copies of the first run and of that with the other figure, to damage."""
    return Runs(
        Path(shutil.copytree(home / "old", tmp_path / "old")),
        Path(shutil.copytree(home / "figure", tmp_path / "new")),
    )


def told(old: Path, new: Path) -> Any:
    return json.loads(planlib("diff", str(old), str(new), "--json").stdout)


def test_two_runs_that_are_the_same_have_nothing_to_tell(home: Path) -> None:
    ended = planlib("diff", str(home / "old"), str(home / "old"), "--exit-code")
    assert ended.returncode == 0
    assert "Nothing moved: the 2 reviews of both runs are the same." in ended.stdout
    assert told(home / "old", home / "old")["moved"] is False


def test_a_figure_that_moved_is_told_with_its_verdict_its_sentences_and_why(home: Path) -> None:
    found = told(home / "old", home / "figure")
    assert (found["counts"]["reviews"], found["counts"]["same"]) == (1, 1)
    (review,) = found["reviews"]
    assert (review["plan"], review["area"], review["inputs"]) == (
        "good-plan",
        "ward-a",
        ["figures"],
    )
    (claim,) = [one for one in review["claims"] if "value" in one["moved"]]
    assert (claim["goal"], claim["period"], claim["kind"]) == ("alleys", 2011, "annual")
    assert claim["moved"]["value"] == [13.0, 9.0]
    assert claim["why"] == ["row_corrected"]
    pages = {page["name"]: page for page in review["pages"]}
    assert set(pages) == {f"good-plan/ward-a/annual-2011.{lang}.html" for lang in ("en", "vi")}
    for page in pages.values():
        moved = [text for text in page["texts"] if text["goal"] == "alleys"]
        assert any("13" in one["before"] and "9" in one["after"] for one in moved)


def of_the_format_before(run: Path) -> None:
    """A run as it was written before hashes of figures were of an area's rows alone."""
    proof = json.loads((run / "proof.json").read_text("utf-8"))
    for one in proof["reviews"]:
        path = run / one["plan"] / one["area"] / "verdicts.json"
        review = json.loads(path.read_text("utf-8")) | {"schema_version": 2}
        for file in review["figures"]:
            file["sha256"] = hashlib.sha256(b"the whole file").hexdigest()
        path.write_text(canonical(review), "utf-8")
        one["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (run / "proof.json").write_text(canonical(proof | {"schema_version": 2}), "utf-8")


def test_a_run_of_the_format_before_is_compared_too(runs: Runs, home: Path) -> None:
    of_the_format_before(runs.old)
    assert told(runs.old, home / "old")["moved"] is False
    found, plain = told(*runs), told(home / "old", home / "figure")
    assert found["reviews"] == plain["reviews"]
    assert found["counts"] == plain["counts"]
    refused = planlib("verify", str(runs.old))
    assert refused.returncode == 1 and "run the review again" in refused.stdout


def test_a_target_that_moved_is_the_plan_s_doing_in_every_area(home: Path) -> None:
    found = told(home / "figure", home / "target")
    assert [one["area"] for one in found["reviews"]] == ["ward-a", "ward-b"]
    for review in found["reviews"]:
        assert (review["inputs"], review["plan_files"]) == (["plan"], ["society.yaml"])
        moved = {
            claim["goal"]: claim["why"]
            for claim in review["claims"]
            if "target.value" in claim["moved"]
        }
        assert moved == {"vaccination": ["target"]}


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "the row of the same report is another"), ("vi", "báo cáo thay đổi"),
     ("fr", "la ligne du même rapport")],
)  # fmt: skip
def test_it_is_told_in_words(home: Path, lang: str, words: str) -> None:
    ended = planlib("diff", str(home / "old"), str(home / "figure"), "--lang", lang, "--exit-code")
    assert ended.returncode == 1
    assert words in ended.stdout
    assert "13 → 9" in ended.stdout


@pytest.mark.parametrize("ending", ["html", "md"])
def test_a_page_of_it_tells_every_sentence(home: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"difference.{ending}"
    ended = planlib("diff", str(home / "old"), str(home / "target"), "--out", str(out))
    assert (ended.returncode, ended.stdout) == (0, "")
    text = out.read_text("utf-8")
    assert "What moved between two runs?" in text
    assert "annual-2011.en.html" in text
    assert "annual-2011.vi.html: only in the earlier run" in text


def test_a_review_of_one_run_alone_is_listed(runs: Runs) -> None:
    shutil.rmtree(runs.new / "good-plan" / "ward-b")
    (runs.new / "proof.json").unlink()  # as of a run that is not over
    found = told(*runs)
    assert found["only_old"] == [{"plan": "good-plan", "area": "ward-b"}]
    assert found["only_new"] == []
    assert "1 review only in the later run: good-plan/ward-b" in planlib(
        "diff", str(runs.new), str(runs.old)
    ).stdout  # fmt: skip


VERDICTS = "good-plan/ward-a/verdicts.json"
PAGE = "good-plan/ward-a/annual-2011.en.html"


@pytest.mark.parametrize(
    ("name", "damage", "line"),
    [
        (VERDICTS, None, "there is no such file any more"),
        (VERDICTS, b"{", "has another hash than when it was reviewed"),
        (PAGE, None, "no such file"),
        (PAGE, b"<p>9</p>", "has another hash than when it was reviewed"),
        ("proof.json", b"[]", "is not a file of verdicts"),
    ],
)  # fmt: skip
def test_a_damaged_folder_is_told_in_one_line(
    runs: Runs, name: str, damage: bytes | None, line: str
) -> None:
    path = runs.new / name
    path.unlink() if damage is None else path.write_bytes(damage)
    ended = planlib("diff", str(runs.old), str(runs.new))
    assert (ended.returncode, ended.stdout) == (1, "")
    (problem,) = ended.stderr.splitlines()
    assert name in problem and line in problem


def test_a_line_that_is_damaged_alike_in_both_runs_has_not_moved(runs: Runs) -> None:
    for run in runs:  # as of runs that are not over: nothing else tells of it
        (run / "proof.json").unlink()
        lines = (run / VERDICTS).read_text("utf-8").split('"verdicts": [\n')
        (run / VERDICTS).write_text(lines[0] + '"verdicts": [\n{"goal": [\n,\n' + lines[1], "utf-8")
    path = runs.new / VERDICTS
    path.write_text(path.read_text("utf-8").replace('"goal": "alleys"', '"goal": "lanes"'), "utf-8")
    ended = planlib("diff", str(runs.old), str(runs.new))
    assert ended.returncode == 0, ended.stderr


def test_a_folder_without_reviews_is_refused_with_a_hint(tmp_path: Path, home: Path) -> None:
    ended = planlib("diff", str(home / "old"), str(tmp_path))
    assert ended.returncode == 1
    assert "holds no reviews" in ended.stderr and "PLAN/AREA/verdicts.json" in ended.stderr
    assert "there is no such folder" in planlib("diff", "gone", str(tmp_path)).stderr


def many(of: Path, out: Path, count: int) -> Path:
    """A run of many wards that are as one is."""
    for number in range(count):
        folder = out / "good-plan" / f"ward-{number}"
        shutil.copytree(of / "good-plan" / "ward-a", folder, copy_function=os.link)
    return out


def test_several_processes_tell_the_same_in_the_same_order(home: Path, tmp_path: Path) -> None:
    old = many(home / "old", tmp_path / "old", FEWEST + 5)
    new = many(home / "figure", tmp_path / "new", FEWEST + 5)
    told = list[tuple[int, int]]()
    alone = compare_runs(old, new)
    assert compare_runs(old, new, 2, lambda *far: told.append(far)) == alone
    assert [review.place[1] for review in alone.reviews] == sorted(f.name for f in new.glob("*/*"))
    assert told == [(done + 1, FEWEST + 5) for done in range(FEWEST + 5)]
    page = next(new.glob("*/ward-3/*.html"))
    page.unlink()
    page.write_text("<p>9</p>", "utf-8")
    problems = []
    for processes in (1, 2):
        with pytest.raises(InputError) as refused:
            compare_runs(old, new, processes)
        problems.append(refused.value.problems)
    assert problems[0] == problems[1]
    assert [problem.file for problem in problems[0]] == [str(page)]


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGKILL, *([signal.SIGTERM] if ALL else [])]
)
def test_a_comparison_that_is_stopped_leaves_no_process(
    home: Path, tmp_path: Path, number: signal.Signals
) -> None:
    old, new = many(home / "old", tmp_path / "a", 300), many(home / "figure", tmp_path / "b", 300)
    command = [sys.executable, "-m", "planlib.cli", "diff", str(old), str(new)]
    with subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as started:
        children = Path(f"/proc/{started.pid}/task/{started.pid}/children")
        wait_until(lambda: len(children.read_text().split()) > 0)
        os.killpg(started.pid, number) if number == signal.SIGINT else started.send_signal(number)
        told, problem = started.communicate(timeout=60)
    assert started.returncode == (-9 if number == signal.SIGKILL else 130)
    assert (told, problem) == (b"", b"")
    wait_until(lambda: not others_of(started.pid))


def others_of(group: int) -> bool:
    """Whether any process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)
