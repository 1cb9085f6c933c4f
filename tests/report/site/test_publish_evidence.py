"""What a review's proof claims is what the review itself says, to the byte the same every time."""

from __future__ import annotations

import hashlib
from itertools import product
from pathlib import Path

import pandas as pd
import pytest
from examples import LONG, turns

from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.input_files import InputFiles
from planlib.errors import InputError
from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.claims import claims
from planlib.evaluation.verdicts import GoalVerdict
from planlib.figures.fingerprints import AreaRows, RowHashes, figures_by_name, portable_name
from planlib.figures.observations import Observations
from planlib.plan.shipped import DATA
from planlib.review import midterm
from planlib.verify.areas.rows import AreaLines
from planlib.verify.evidence import Claim, Evidence, Sealed
from planlib.verify.targets.claimed import judged_target

DATES = (None, "2013-12-20", "2018-10-30") if LONG else (None, "2013-12-20")


def said(kind: str, verdict: GoalVerdict) -> dict[str, object]:
    """A verdict of a review, in the words of a claim; its rows without their hashes."""
    published = verdict.published_verdict
    rule = verdict.rule.partition(":")[0]
    target = judged_target(verdict.target)
    return {
        "goal": verdict.goal.id,
        "group": verdict.group,
        "kind": kind,
        "year": verdict.year,
        "on": "term" if verdict.term else "year",
        "verdict": verdict.verdict.name,
        "published": published.name if published is not None else None,
        "value": verdict.value,
        "low": verdict.low,
        "high": verdict.high,
        "level": verdict.level,
        "estimate": verdict.estimate,
        "certainty": verdict.certainty,
        "figure_of": verdict.figure_of,
        "against": None,  # no target of these plans is held against others
        "target": target.model_dump() if target is not None else None,
        "reading": next((r.id for r in verdict.goal.readings if r.default), None),
        "readings": verdict.readings,
        "rule": rule,
        "vintage": verdict.vintage,
        "inputs": [(Path(one.file).name, one.row) for one in verdict.inputs],
    }


def told(claim: Claim) -> dict[str, object]:
    rows = [(Path(one.file).name, one.row) for one in claim.inputs]
    return claim.model_dump() | {"inputs": rows}


def reviewed(evaluation: Evaluation, area: str) -> list[dict[str, object]]:
    years = [
        said("annual", v)
        for year in evaluation.plan.years
        for v in evaluation.year_verdicts(area, year)
    ]
    return years + [
        said("midterm", v)
        for v in midterm(evaluation, area, evaluation.plan.midterm_after).verdicts
    ]


@pytest.mark.parametrize(
    ("name", "date"), turns(product(["ward-2010-2015", "viet-nam-2011-2015"], DATES), 3)
)
def test_claims_of_areas_scored_together_are_what_each_review_says(
    name: str, date: str | None
) -> None:
    evaluation = evaluate(name, as_of=date)
    sources = InputFiles(name, Checks())
    areas = evaluation.plan.header.areas[: 3 if LONG else 2]
    together = evaluate(evaluation.plan, evaluation.figures, as_of=date)
    together.score(areas)
    for area in areas:
        found = [told(claim) for claim in claims(together, area, sources.row)]
        assert found == reviewed(evaluation, area)


def test_a_file_of_figures_has_a_name_that_holds_on_any_machine(tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    assert portable_name(plan / "years" / "2013.csv", plan) == "years/2013.csv"
    assert portable_name(DATA / "local" / "figures.csv", plan) == "data/local/figures.csv"
    assert portable_name(tmp_path / "elsewhere" / "figures.csv", plan) == "figures.csv"


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "figures.csv", tmp_path / "b" / "figures.csv"]
    with pytest.raises(InputError, match="two files of figures are called"):
        figures_by_name(paths, tmp_path / "plan")


def test_the_hash_of_a_row_is_that_of_its_line_whatever_ends_it(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_bytes(b"a,b\r\n1,2\r\n3,4")
    rows = RowHashes()
    assert rows.of(path, 2) == hashlib.sha256(b"1,2\r\n").hexdigest()
    assert rows.of(path, 3) == hashlib.sha256(b"3,4").hexdigest()
    with pytest.raises(IndexError):
        rows.of(path, 4)


def test_rows_about_an_area_have_the_hash_of_their_lines_one_after_another(tmp_path: Path) -> None:
    path, other = tmp_path / "figures.csv", tmp_path / "more.csv"
    path.write_bytes(b"area,value\nb,1\r\na,2\nb,3\nb,4")
    other.write_bytes(b"area,value\na,5\n")
    places = [("b", 2), ("b", 5), ("a", 3), ("b", 4), ("b", 4)]  # row 4 is read for two periods
    frame = pd.DataFrame(
        {"area": [a for a, _ in places], "row": [r for _, r in places], "file": str(path)}
    ).astype({"area": "category", "file": "category"})
    files = {"figures.csv": path, "more.csv": other}
    about = AreaRows(Observations(frame), files, RowHashes())
    nothing = hashlib.sha256(b"").hexdigest()
    assert about.of("b") == {
        "figures.csv": hashlib.sha256(b"b,1\r\nb,3\nb,4").hexdigest(), "more.csv": nothing,
    }  # fmt: skip
    assert about.of("a")["figures.csv"] == hashlib.sha256(b"a,2\n").hexdigest()
    assert about.of("c") == dict.fromkeys(files, nothing)
    assert AreaLines(files, Observations(frame)).of("b") == about.of("b")  # as the proof reads them


def test_a_row_of_parquet_has_a_hash_of_its_values(tmp_path: Path) -> None:
    path = tmp_path / "figures.parquet"
    pd.DataFrame({"year": [2011, 2012], "value": [1.5, 2.5]}).to_parquet(path)
    first = RowHashes().of(path, 1)
    pd.DataFrame({"year": [2011, 2012], "value": [1.6, 2.5]}).to_parquet(path)
    rows = RowHashes()
    assert rows.of(path, 1) != first
    assert rows.of(path, 1) != rows.of(path, 2)


def test_a_seal_is_the_hash_of_all_the_rest() -> None:
    sealed = Sealed().sealed()
    assert sealed.sealed() == sealed and len(sealed.sha256) == 64
    assert set(Evidence.model_fields) > {"schema_version", "sha256", "planlib", "verdicts"}
