from __future__ import annotations

from pathlib import Path

import pytest

from planlib.batch.jobs.area_jobs import AreaJobs
from planlib.batch.jobs.checks import Checks
from planlib.batch.jobs.default import DEFAULT
from planlib.batch.jobs.jobs import Request, areas_of, evaluation_for, place
from planlib.batch.jobs.planning import plan_run
from planlib.errors import InputError


def names(request: Request, out: Path) -> list[str]:
    checks = Checks()
    evaluation = evaluation_for(request, checks)
    (area,) = areas_of(request, evaluation, checks)
    return [job.page for job in AreaJobs(request, evaluation, out).of(area)]


def refused(*requests: Request, out: Path = Path("reports")) -> list[str]:
    with pytest.raises(InputError) as caught:
        plan_run(requests, out)
    return [str(problem) for problem in caught.value.problems]


def test_the_default_set_is_of_four_plans_each_in_its_languages() -> None:
    planned = plan_run(DEFAULT, Path("reports"))
    assert sorted(job.label for job in planned.jobs) == sorted(
        f"{folder}/{name}.{lang}.html"
        for folder, pages in {
            "ward-2010-2015/ward-01": [
                *(f"annual-{year}" for year in range(2011, 2016)), "midterm-2013",
                "compare-cultural-families-2013", "compare-poor-households-2013",
            ],
            "viet-nam-2016-2020/viet-nam": ["annual-2019"],
            "viet-nam-2011-2015/viet-nam": ["midterm-2013"],
            **{f"europe-2020/{area}": ["annual-2018", "annual-2020"]
               for area in ("eu28", "cz", "it", "se")},
        }.items()
        for name in pages
        for lang in (("en", "fr") if folder.startswith("europe") else ("vi", "en"))
    )  # fmt: skip
    assert len({job.page for job in planned.jobs}) == 36
    assert [summary.illustrative for summary in planned.summaries] == [True, *[False] * 6]


def test_areas_are_compared_in_the_period_named_or_the_last_of_the_years(tmp_path: Path) -> None:
    asked = Request("ward-2010-2015", years=[2012, 2013], midterm=False, langs=["en"],
                    compare=["poor-households", "cultural-families:2012"])  # fmt: skip
    assert names(asked, tmp_path)[2:] == [
        "ward-2010-2015/ward-01/compare-poor-households-2013.en.html",
        "ward-2010-2015/ward-01/compare-cultural-families-2012.en.html",
    ]


@pytest.mark.parametrize(
    "asked", ["poor-household", "poor-households:1999", "poverty-relief-drive"]
)
def test_a_goal_or_period_in_which_areas_cannot_be_compared_is_refused(
    tmp_path: Path, asked: str
) -> None:
    with pytest.raises(InputError) as raised:
        names(Request("ward-2010-2015", years=[2013], compare=[asked]), tmp_path)
    assert len(raised.value.problems) == 1


def test_the_mid_term_comes_with_its_year(tmp_path: Path) -> None:
    with_it = Request("ward-2010-2015", years=[2013], langs=["vi"])
    assert names(with_it, tmp_path) == [
        "ward-2010-2015/ward-01/midterm-2013.vi.html", "ward-2010-2015/ward-01/annual-2013.vi.html",
    ]  # fmt: skip
    without = Request("ward-2010-2015", years=[2012, 2011], langs=["vi"])
    assert names(without, tmp_path) == [
        "ward-2010-2015/ward-01/annual-2011.vi.html", "ward-2010-2015/ward-01/annual-2012.vi.html",
    ]  # fmt: skip
    asked = Request("ward-2010-2015", "ward-09", years=[], midterm=True, langs=["en"])
    assert names(asked, tmp_path) == ["ward-2010-2015/ward-09/midterm-2013.en.html"]


def test_a_job_carries_checked_parameters_and_the_frame_of_its_page(tmp_path: Path) -> None:
    request = Request("ward-2010-2015", "ward-02", [2012], False, "2013-03", ["en"])
    (job,) = AreaJobs(request, evaluation_for(request, Checks()), tmp_path).of("ward-02")
    assert job.parameters == {
        "plan": "ward-2010-2015", "area": "ward-02", "year": 2012, "as_of": "2013-03", "audience": "public", "lang": "en",
    }  # fmt: skip
    assert job.frame.title == "Ward 02 (illustrative): results of 2012"
    assert job.frame.as_of == "2013-03-31"
    assert job.frame.illustrative
    assert job.executed.rpartition("/")[2] == job.frame.notebook == "annual-2012.en.ipynb"


def test_everything_wrong_with_all_requests_is_told_at_once() -> None:
    assert refused(
        Request("ward-2010-2015", "ward-99", [2013, 2020], as_of="soon", langs=["vi", "de"]),
        Request("viet-nam-2016-202"),
    ) == [
        (
            "the as-of date must be 2014, 2014-03 or 2014-03-31, found 'soon'"
            " (write 2014-03-31, 2014-03 or 2014)"
        ),
        "there is no area 'ward-99' (did you mean 'ward-09'?)",
        "the language is vi, en or fr, found 'de'",
        "plan 'ward-2010-2015': the year must lie in 2011-2015, found 2020",
        "there is no plan 'viet-nam-2016-202' (did you mean 'viet-nam-2016-2020'?)",
    ]


@pytest.mark.parametrize(
    ("plan", "area"), [("..", "ward-01"), ("a", "../b"), ("a/b", "c"), ("", "c"), ("a", "C")]
)
def test_a_name_that_is_no_id_makes_no_path(tmp_path: Path, plan: str, area: str) -> None:
    with pytest.raises(InputError, match="names no folder"):
        place(tmp_path, plan, area, "page.html")


def test_a_link_that_leads_out_of_the_reports_is_refused(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "reports", tmp_path / "elsewhere"
    (out / "ward-2010-2015").mkdir(parents=True)
    elsewhere.mkdir()
    (out / "ward-2010-2015" / "ward-01").symlink_to(elsewhere)
    (line, *_) = refused(Request("ward-2010-2015", "ward-01", [2013]), out=out)
    assert "would be written outside" in line and str(elsewhere) in line
