"""What an office says stands on its pages word for word, and a proof finds whatever else does."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import planlib
from examples import ALL, turns
from here import tasks_here
from made_once import made_once
from small_review import (
    FIGURES,
    GOOD_PLAN,
    Small,
    changed,
    copied,
    copied_alone,
    made_in,
    of_one_page,
    verified,
)

from planlib.errors import Said
from planlib.plan.plan_files import REMARKS

HOSTILE = '<b onclick="x()">Two</b> <script>causes</script> &amp; {{ 7 }} \u202e*'
FILE = f"""\
remarks:
  # of the year
  - {{area: ward-a, period: 2012, kind: objective, goal: vaccination, author: "B <i>", text: '{HOSTILE}'}}
  - {{area: ward-a, period: 2012, kind: note, goal: vaccination, text: "counted late"}}
  - {{area: ward-a, period: 2012, kind: proposals, text: "More nurses.\\nMore money."}}
  - {{area: ward-a, period: 2012, kind: tasks, text: "for inside", audience: internal}}
  - {{area: ward-a, period: midterm, kind: lessons, text: "Start earlier"}}
  - {{area: ward-a, period: midterm, kind: note, goal: tax, text: "of two streets"}}
  - {{area: ward-a, period: 2011, kind: note, text: "of another year"}}
"""
ASKED = ("--years", "2012", "--midterm", "--lang", "en", "--jobs", "1")


def review(small: Small, *more: str) -> str:
    """Run the review; what it says."""
    with tasks_here():
        done = planlib("review", str(small.plan), *ASKED, *more, "--out", str(small.out))
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def said(tmp_path_factory: pytest.TempPathFactory) -> Small:
    """A finished review with remarks, which no test changes."""

    def make(folder: Path) -> None:
        small = made_in(folder)
        shutil.copytree(GOOD_PLAN, small.plan)
        (small.plan / "figures.csv").write_text(FIGURES, "utf-8")
        (small.plan / REMARKS).write_text(FILE, "utf-8")
        review(small)

    return made_in(made_once(tmp_path_factory, "review-with-remarks", make))


@pytest.fixture
def mine(said: Small, tmp_path: Path) -> Small:
    """A copy of it to change."""
    return copied(said, tmp_path)


@pytest.fixture(scope="session")
def said_once(said: Small, tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The folder of one page and its notebook, which no test changes."""
    return of_one_page(said, tmp_path_factory.mktemp("said"), "annual-2012.en")


@pytest.fixture
def one_said(said_once: Small, tmp_path: Path) -> Small:
    """A copy of that to change."""
    return copied_alone(said_once, tmp_path)


def page(small: Small, name: str = "annual-2012.en.html") -> str:
    return (small.folder / name).read_text("utf-8")


def test_remarks_stand_in_their_place_as_words_and_are_proven(said: Small) -> None:
    assert not said.problems()
    shown = page(said)
    assert "<script>causes" not in shown and "<b onclick" not in shown
    assert "&lt;script&gt;causes&lt;/script&gt; &amp;amp; {{ 7 }}" in shown
    rows = shown.split("<tr ")
    (at,) = (n for n, row in enumerate(rows) if 'data-goal="vaccination"' in row
             and "pl-c-actual" in row and "pl-c-order" in row)  # fmt: skip
    below = rows[at + 1]
    assert below.startswith('class="pl-said"') and below.index("counted late") < below.index("Two")
    assert "The office writes (cause outside its control; B &lt;i&gt;):" in below
    end = shown[shown.index('id="remarks"') :]
    assert "More nurses.\nMore money." in end and "of another year" not in shown
    assert (
        "for inside" not in shown
        and "for inside" not in (said.folder / "verdicts.json").read_text()
    )
    middle = page(said, "midterm-2013.en.html")
    assert "Start earlier" in middle and "of two streets" in middle and "nurses" not in middle


SPAN = "<span>counted late</span>"


@pytest.mark.parametrize(
    "change", turns([
        lambda text: text.replace("counted late", "counted early"),
        lambda text: text.replace(SPAN, "<span>counted <strong>late</strong></span>"),
        lambda text: text.replace(SPAN, f"{SPAN}<span>and more</span>"),
        lambda text: text.replace(SPAN, f"{SPAN} and more"),
        lambda text: text.replace(SPAN, '<span class="pl-quiet">counted late</span>'),
        lambda text: text.replace("The office writes (note):", "planlib computes:"),
        lambda text: text.replace(f'<p class="pl-remark"><strong>The office writes (note):</strong> {SPAN}</p>', ""),
        lambda text: text.replace("<p class=\"pl-remark\"><strong>The office writes (proposals)",
                                  "<p><strong>The office writes (proposals)"),
        lambda text: text.replace('<tr class="pl-said"><td colspan="7">',
                                  '<tr class="pl-said"><td colspan="7">Met. '),
        lambda text: text.replace('<td class="pl-c-actual', '<td colspan="2" class="pl-c-actual', 1),
        lambda text: text.replace('id="remarks"', 'id="sources"', 1),
    ], 2, whole=ALL))  # fmt: skip
def test_what_is_changed_on_a_page_is_found(change: Callable[[str], str], one_said: Small) -> None:
    path = one_said.folder / "annual-2012.en.html"
    changed(path, change)
    one_said.reseal()
    found = [problem.message for problem in one_said.problems() if problem.file == str(path)]
    assert {message.key for message in found if isinstance(message, Said)} & {
        "verify.remarks-differ",
        "verify.remarks-heading",
        "verify.element-not-planlibs",
    }


def test_remarks_under_another_goal_are_found(one_said: Small) -> None:
    path = one_said.folder / "annual-2012.en.html"

    def moved(text: str) -> str:
        start = text.index('<tr class="pl-said">')
        end = text.index("</tr>", start) + len("</tr>")
        after = text.index("</tr>", end) + len("</tr>")
        return text[:start] + text[end:after] + text[start:end] + text[after:]

    changed(path, moved)
    one_said.reseal()
    assert "what the office says is not what its file says" in one_said.told()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("counted late", "counted early"),
        lambda text: text.replace("area: ward-a, period: 2012, kind: note", "area: ward-a, period: 2011, kind: note"),
        lambda text: "\n".join(line for line in text.splitlines() if "nurses" not in line) + "\n",
    ],
)  # fmt: skip
def test_a_file_that_says_something_else_now_is_found(
    change: Callable[[str], str], one_said: Small
) -> None:
    changed(one_said.plan / REMARKS, change)
    told = one_said.told()
    assert "not what it said when the review was made" in told
    assert "what the office says is not what its file says" in told


def test_only_what_shows_a_remark_is_made_again_when_it_changes(mine: Small) -> None:
    asked = ["batch", str(mine.plan), "--years", "2011,2012", "--no-midterm", "--lang", "en",
             "--workers", "1", "--out", str(mine.out)]  # fmt: skip
    with tasks_here():
        planlib(*asked)
        before = {name: page(mine, name) for name in ("annual-2011.en.html", "annual-2012.en.html")}
        changed(mine.plan / REMARKS, lambda text: text.replace("counted late", "counted <early>"))
        done = planlib(*asked)
    assert done.returncode == 0, done.stderr
    log = (mine.out / "batch-log.jsonl").read_text("utf-8")
    ran = [line for line in log.splitlines() if '"status": "ran"' in line]
    assert len(ran) == 1 and "annual-2012.en" in ran[0], log
    assert page(mine, "annual-2011.en.html") == before["annual-2011.en.html"]
    assert "counted &lt;early&gt;" in page(mine)


def test_a_named_file_is_taken_and_proven_by_its_name(mine: Small, tmp_path: Path) -> None:
    named = tmp_path / "elsewhere" / "said.yaml"
    named.parent.mkdir()
    (mine.plan / REMARKS).rename(named)
    changed(named, lambda text: text.replace("counted late", "counted by hand"))
    review(mine, "--remarks", str(named))
    assert "counted by hand" in page(mine)
    assert str(tmp_path) not in (mine.folder / "annual-2012.en.ipynb").read_text("utf-8")
    assert "--remarks" in verified(mine).stdout
    with tasks_here():
        done = verified(mine, "--remarks", str(named), "--rebuild")
    assert done.returncode == 0, done.stdout


def test_a_faulty_file_stops_the_run_at_once(mine: Small) -> None:
    changed(mine.plan / REMARKS, lambda text: text.replace("goal: tax", "goal: taxx"))
    done = planlib("review", str(mine.plan), "--out", str(mine.out))
    assert done.returncode == 1
    assert f"{REMARKS}:8: a remark is on goal 'taxx'" in done.stderr
    assert "did you mean 'tax'" in done.stderr
