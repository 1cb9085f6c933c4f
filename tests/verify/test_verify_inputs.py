"""Figures under test prove nothing: a plan's verdicts follow from the plan's own figures."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from examples import ALL, turns

from planlib.batch.jobs.jobs import Request
from planlib.batch.jobs.planning import plan_run
from planlib.batch.runs.evidence import RequestedPage, write_evidence
from planlib.batch.runs.review_files import ReviewFiles
from planlib.errors import Problem
from planlib.plan.shipped import NOTEBOOKS
from planlib.report.site.writing import write_index
from planlib.verify.evidence import AREA_FIGURES, VERDICTS, Evidence
from planlib.verify.folder import Checked, Folder
from planlib.verify.prove import prove
from planlib.verify.sources import ProvedInputs

NATIONAL, WARD = "viet-nam-2016-2020", "ward-2010-2015"


def claimed(out: Path, plan: str, area: str, audience: str = "public") -> Path:
    """What a review claims, without its pages, which these tests do not read."""
    planned = plan_run([Request(plan, area, midterm=False, audience=audience)], out)
    ReviewFiles(planned).open()
    write_index(out)
    write_evidence(out, [RequestedPage(job.name, job.parameters) for job in planned.jobs[:1]])
    return out / plan / area


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a public review of a ward claims, which no test changes."""
    out = tmp_path_factory.mktemp("ward")
    claimed(out, WARD, "ward-01")
    return out


@pytest.fixture(scope="module")
def sources() -> ProvedInputs:
    """The shipped plans and their figures, opened once: no test changes them."""
    return ProvedInputs([], [])


def found(out: Path, name: str) -> list[Problem]:
    """The problems of a file."""
    return [one for one in prove(out).problems if str(one.file).endswith(name)]


def reclaimed(folder: Path, figures: str) -> None:
    """Invented figures beside a review, named in its verdicts, with every hash of them right."""
    path = folder / AREA_FIGURES
    path.write_text(figures, "utf-8")
    lines = path.read_bytes().splitlines(keepends=True)
    told = json.loads((folder / VERDICTS).read_text("utf-8"))
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    told["figures"] = [{"name": AREA_FIGURES, "sha256": sha256}]
    rows = {(r["goal"], r["year"]): n for n, r in
            enumerate(csv.DictReader(io.StringIO(figures.lstrip("\ufeff"))), start=2)}  # fmt: skip
    for claim in told["verdicts"]:
        number = rows.get((claim["goal"], str(claim["year"])))
        if number is not None:
            sha256 = hashlib.sha256(lines[number - 1]).hexdigest()
            claim["inputs"] = [{"file": AREA_FIGURES, "row": number, "sha256": sha256}]
    made = Evidence.model_validate_json(json.dumps(told)).sealed()
    (folder / VERDICTS).write_text(made.text(), "utf-8")


def test_invented_figures_beside_the_pages_of_a_shipped_plan_are_told(tmp_path: Path) -> None:
    folder = claimed(tmp_path, NATIONAL, "viet-nam")
    assert not found(tmp_path, VERDICTS)
    head = "area,goal,year,vintage,value,state,source\n"
    reclaimed(folder, head + "viet-nam,gdp-growth,2019,2020-01-15,8.16,measured,report\n")
    told = "\n".join(map(str, found(tmp_path, VERDICTS)))
    assert "must be made from the figures data/viet-nam/" in told and "found figures.csv" in told
    assert "'inputs' must be data/viet-nam/" in told


def test_figures_that_the_public_may_not_see_are_worked_out_again(ward: Path) -> None:
    assert (ward / WARD / "ward-01" / AREA_FIGURES).is_file()
    names = {Path(str(one.file)).name for one in prove(ward).problems}
    assert not names & {VERDICTS, AREA_FIGURES}


@pytest.mark.parametrize(
    "change", turns(["number", "withheld", "told", "more", "fewer", "order"], 2, whole=ALL)
)
def test_no_figure_beside_a_review_differs_from_the_plans(
    ward: Path, sources: ProvedInputs, tmp_path: Path, change: str
) -> None:
    shutil.copytree(ward, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / WARD / "ward-01"
    lines = (folder / AREA_FIGURES).read_text("utf-8").splitlines(keepends=True)
    cells = lines[0].lstrip("\ufeff").strip().split(",")
    at = next(n for n, line in enumerate(lines) if ",measured," in line)
    row = lines[at].split(",")
    if change == "number":
        place = next(n for n in range(5, 11) if row[n])
        row[place] = str(float(row[place]) + 1)
        lines[at] = ",".join(row)
    elif change == "withheld":  # what disclosure does not withhold
        row[5:11] = [""] * 6
        row[cells.index("state")] = "suppressed"
        lines[at] = ",".join(row)
    elif change == "told":  # what it does
        hidden = next(n for n, line in enumerate(lines) if ",suppressed," in line)
        lines[hidden] = lines[hidden].replace(",suppressed,", ",missing,", 1)
    elif change == "more":
        lines.append(lines[-1])
    elif change == "fewer":
        del lines[at]
    else:
        lines[1:] = [*lines[2:], lines[1]]
    (folder / AREA_FIGURES).write_text("".join(lines), "utf-8")
    tally = Checked()
    Folder(folder, sources, NOTEBOOKS, tally).check()
    told = [str(one) for one in tally.problems if str(one.file).endswith(AREA_FIGURES)]
    assert any("has another hash than when it was reviewed" in one for one in told)
    assert any("must be what the plan's figures tell this audience" in one for one in told)


def test_an_edition_for_the_office_does_not_pass_for_the_publics(tmp_path: Path) -> None:
    folder = claimed(tmp_path, WARD, "ward-01", "internal")
    assert not found(tmp_path, VERDICTS)
    told = json.loads((folder / VERDICTS).read_text("utf-8")) | {"audience": "public"}
    made = Evidence.model_validate_json(json.dumps(told)).sealed()
    (folder / VERDICTS).write_text(made.text(), "utf-8")
    wrong = [str(one) for one in found(tmp_path, VERDICTS)]
    assert any("must be made from the figures figures.csv" in one for one in wrong)


def test_figures_given_for_no_review_here_are_told(tmp_path: Path) -> None:
    claimed(tmp_path / "out", NATIONAL, "viet-nam")
    other = tmp_path / "other.csv"
    other.write_text("area,goal,year\n", "utf-8")
    told = [str(one) for one in prove(tmp_path / "out", [], [other]).problems]
    assert any("no review here is made from figures of this name" in one for one in told)


def test_figures_of_one_name_given_twice_are_not_chosen_between(tmp_path: Path) -> None:
    claimed(tmp_path / "out", NATIONAL, "viet-nam")
    both = [tmp_path / name / "figures.csv" for name in ("a", "b")]
    for path in both:
        path.parent.mkdir()
        path.write_text("area,goal,year\n", "utf-8")
    told = [str(one) for one in prove(tmp_path / "out", [], both).problems]
    assert sum("two files given with --observations are called" in one for one in told) == 2
