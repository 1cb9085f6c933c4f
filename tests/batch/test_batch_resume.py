"""What is done is left alone, and what a change touches is run again: no kernel is needed to see."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from own_plans import change, small_plan
from scratch_notebooks import TITLE, reviews, write

from planlib.batch.jobs import keys as keying
from planlib.batch.jobs.custom_notebooks import NotebookRequest
from planlib.batch.jobs.figure_hashes import FigureHashes
from planlib.batch.jobs.jobs import Job, Request
from planlib.batch.jobs.keys import Key, Keys
from planlib.batch.jobs.planning import Planned, plan_run
from planlib.batch.runs.linking import PageLinks
from planlib.batch.runs.manifest import JOURNAL, Manifest, ManifestEntry
from planlib.batch.runs.reuse import check_done
from planlib.batch.runs.settings import MANIFEST
from planlib.evaluation import Evaluation, evaluate
from planlib.figures.observations import Observations
from planlib.report.site.links import page_hash
from planlib.review import annual, sensitivity
from planlib.storage.store import open_store

PAGE = "<nav><!--pages-->{links}<!--/pages--></nav>{name}"


class Folder:
    """A reports folder whose jobs can be declared done, and what would have to run there."""

    def __init__(self, tmp_path: Path) -> None:
        self.out = tmp_path / "reports"
        self.plan = small_plan(tmp_path / "plan")
        self.notebooks = reviews(tmp_path / "notebooks")
        self.langs = ["vi"]

    def planned(self) -> Planned:
        wards = ["ward-a", "ward-b"]
        request = Request(str(self.plan), years=[2012, 2013], langs=self.langs, areas=wards)
        return plan_run([request], self.out, self.notebooks)

    def done(self) -> None:
        """Write every file and the manifest, as a run does."""
        planned = self.planned()
        keys, manifest = Keys(planned.checks), Manifest(planned.store)
        links = PageLinks(planned.store, planned.jobs)
        for job in planned.jobs:
            files = {
                job.page: PAGE.format(links=links.of(job), name=job.name),
                job.executed: job.name,
            }
            hashes = {}
            for name, text in files.items():
                planned.store.write(name, text)
                hashes[name.rpartition("/")[2]] = page_hash(text.encode())
            manifest.add(ManifestEntry(job.name, keys.of(job), hashes))
        manifest.close()

    def why(self) -> dict[str, str]:
        """Why each job must run that must."""
        planned = self.planned()
        keys = Keys(planned.checks)
        links = PageLinks(planned.store, planned.jobs)
        made = [keys.of(job) for job in planned.jobs]
        found = check_done(planned.jobs, made, Manifest(planned.store), planned.store, links)
        return {one.job.name.partition("/")[2]: one.why for one in found if one.why}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path)
    made.done()
    return made


EVERY = {
    f"{area}/{name}.vi"
    for area in ("ward-a", "ward-b")
    for name in ("annual-2012", "annual-2013", "midterm-2013")
}


def test_what_is_done_is_done(folder: Folder) -> None:
    assert folder.why() == {}


def test_another_figure_runs_its_area_and_every_mid_term(folder: Folder) -> None:
    change(folder.plan, "ward-b", "clean-party", 2011)
    assert folder.why() == dict.fromkeys(
        [
            "ward-a/midterm-2013.vi",
            "ward-b/midterm-2013.vi",
            "ward-b/annual-2012.vi",
            "ward-b/annual-2013.vi",
        ],
        "figures changed",
    )


def test_a_row_put_in_before_others_runs_those_whose_line_it_moves(folder: Folder) -> None:
    path = folder.plan / "figures.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    first = next(n for n, line in enumerate(lines) if line.startswith("ward-b,"))
    moved = lines.pop()
    assert moved.startswith("ward-b,")
    path.write_text("".join([*lines[:first], moved, *lines[first:]]), encoding="utf-8")
    assert set(folder.why()) == {name for name in EVERY if not name.startswith("ward-a/annual")}


def test_the_plan_the_notebook_and_planlib_itself_run_what_depends_on_them(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    header = folder.plan / "plan.yaml"
    before = header.read_text("utf-8")
    header.write_text(f"{before}# a note\n", encoding="utf-8")
    assert folder.why() == dict.fromkeys(EVERY, "plan changed")
    header.write_text(before, encoding="utf-8")
    write(folder.notebooks, "midterm-review", f"{TITLE}\n1 + 1")
    assert folder.why() == dict.fromkeys(
        ["ward-a/midterm-2013.vi", "ward-b/midterm-2013.vi"], "notebook changed"
    )
    reviews(folder.notebooks)
    assert folder.why() == {}
    monkeypatch.setattr(keying, "versions", lambda: {"planlib": "another"})
    assert folder.why() == dict.fromkeys(EVERY, "planlib changed")


def test_files_that_were_edited_or_deleted_are_made_again(folder: Folder) -> None:
    review = folder.out / "good-plan/ward-a"
    (review / "annual-2012.vi.html").unlink()
    (review / "annual-2013.vi.ipynb").write_text("edited")
    assert folder.why() == {
        "ward-a/annual-2012.vi": "annual-2012.vi.html is gone",
        "ward-a/annual-2013.vi": "annual-2013.vi.ipynb was changed",
    }


def test_links_between_pages_do_not_count_as_a_change(folder: Folder) -> None:
    page = folder.out / "good-plan/ward-a/annual-2013.vi.html"
    text = page.read_text("utf-8")
    page.write_text(text.replace("<!--pages-->", '<!--pages--><a href="x">x</a>'), "utf-8")
    assert folder.why() == {}


def test_another_language_is_new_and_the_first_stays(folder: Folder) -> None:
    folder.langs = ["vi", "en"]
    assert folder.why() == {name.replace(".vi", ".en"): "new" for name in EVERY}


def test_a_line_cut_short_is_no_line_and_the_next_one_counts(folder: Folder) -> None:
    lines = (folder.out / MANIFEST).read_text("utf-8").splitlines()
    (folder.out / MANIFEST).unlink()
    journal = folder.out / f"{JOURNAL}.jsonl"
    journal.write_text("\n".join(lines[:-1]) + "\n" + lines[-1][:40], encoding="utf-8")
    last = json.loads(lines[-1])["name"].partition("/")[2]
    assert folder.why() == {last: "new"}
    manifest = Manifest(open_store(str(folder.out)))
    manifest.add(ManifestEntry(**_entry(lines[-1])))
    manifest.abandon()
    assert folder.why() == {}


def _entry(line: str) -> dict[str, object]:
    read = json.loads(line)
    name, files = read.pop("name"), read.pop("files")
    return {"name": name, "key": Key(**read), "files": files}


def test_the_journal_is_read_after_the_manifest_and_folded_into_it(folder: Folder) -> None:
    store = open_store(str(folder.out))
    before = (folder.out / MANIFEST).read_bytes()
    job = folder.planned().jobs[0]
    manifest = Manifest(store)
    entry = manifest.get(job.name)
    assert entry is not None
    manifest.add(replace(entry, files={"x": "y"}))
    manifest.drop(folder.planned().jobs[1].name)
    manifest.abandon()  # as a run that is killed leaves it
    assert len(list(folder.out.glob(f"{JOURNAL}*"))) == 1
    again = Manifest(store)
    assert again.get(job.name) == replace(entry, files={"x": "y"})
    assert again.get(folder.planned().jobs[1].name) is None
    again.add(entry)
    again.close()
    assert not list(folder.out.glob(f"{JOURNAL}*"))
    after = (folder.out / MANIFEST).read_bytes()
    assert set(before.splitlines()) - set(after.splitlines()) == {
        line for line in before.splitlines() if folder.planned().jobs[1].name.encode() in line
    }


def test_what_is_no_manifest_means_nothing_is_done(folder: Folder) -> None:
    (folder.out / MANIFEST).write_text('[]\n{"name": 1}\nno json\n\x00')
    assert folder.why() == dict.fromkeys(EVERY, "new")


def test_a_notebook_of_ones_own_depends_on_what_it_says_it_reads(tmp_path: Path) -> None:
    book = write(tmp_path, "mine", "1", parameters='kind = "a"')
    data = tmp_path / "data.txt"
    data.write_text("one")

    def key() -> Key:
        request = NotebookRequest(book, "mine/one", {"kind": "b"}, reads=(data,))
        planned = plan_run([request], tmp_path / "reports")
        return Keys(planned.checks).of(planned.jobs[0])

    before = key()
    assert before.figures and not before.plan
    data.write_text("two")
    assert key().changes(before) == "figures"


def test_a_yearly_review_reads_no_figure_of_another_area_and_a_mid_term_does() -> None:
    """The grain of the keys is honest: what they leave out, the reviews do not read."""
    evaluation = evaluate("ward-2010-2015")
    frame = evaluation.figures.frame
    alone = Evaluation(evaluation.plan, evaluation.figures.of_area("ward-03"))
    # But for what the reports of all areas teach of revisions, which is a part of every key.
    object.__setattr__(alone, "learned", evaluation.learned)
    for year in evaluation.plan.years:
        assert annual(evaluation, "ward-03", year) == annual(alone, "ward-03", year)
    assert sensitivity(evaluation, "ward-03", 2013) != sensitivity(alone, "ward-03", 2013)
    others = frame.copy()
    others.loc[others["area"] != "ward-03", "value"] *= 3
    before, after = FigureHashes(evaluation.figures), FigureHashes(Observations(others))
    assert before.of_area("ward-03") == after.of_area("ward-03")
    assert before.of_area("ward-04") != after.of_area("ward-04")
    assert before.whole != after.whole


def test_an_area_is_told_by_its_rows_wherever_they_stand_among_others() -> None:
    observations = evaluate("ward-2010-2015").figures
    frame = observations.frame
    whole = FigureHashes(observations)
    mixed = FigureHashes(Observations(frame.iloc[np.argsort(frame["row"] % 7, kind="stable")]))
    areas = [f"ward-{n:02d}" for n in range(1, 11)]
    alone = [FigureHashes(observations.of_area(area)).of_area(area) for area in areas]
    assert [whole.of_area(area) for area in areas] == alone
    assert len({*alone, whole.of_area("nowhere")}) == 11
    in_order = FigureHashes(Observations(frame.sort_values("area", kind="stable")))
    assert in_order.whole == whole.whole != mixed.whole
    # A column that is empty elsewhere is another figure only where it says something.
    note = frame["area"].map(lambda area: "late" if area == "ward-04" else "").astype("category")
    noted = FigureHashes(Observations(frame.assign(published_reason=note)))
    assert [area for area in areas if noted.of_area(area) != whole.of_area(area)] == ["ward-04"]


def test_the_names_of_jobs_are_those_of_their_files(folder: Folder) -> None:
    jobs: tuple[Job, ...] = folder.planned().jobs
    assert {job.name.partition("/")[2] for job in jobs} == EVERY
    assert jobs[0].failed == "good-plan/ward-a/midterm-2013.vi.failed.ipynb"
