"""Every kind of chart, in both languages, against a picture of how it should look.

They catch what artists do not tell: overlaps, clipping, a lost style. To draw them again:
pytest tests/report/charts/test_chart_pictures.py --mpl-generate-path=tests/baseline
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import matplotlib as mpl
import pytest
from chart_cases import ALLEYS, LONG, at_least, named, values, years_of
from helpers import observations, plan
from matplotlib.figure import Figure

from planlib.evaluation import Evaluation, evaluate
from planlib.language.language import Language
from planlib.report import charts
from planlib.report.charts import fonts, groups, multiples, trends
from planlib.review import midterm
from planlib.review.groups import goal_groups

LOOK = str(files("planlib.report.charts") / "planlib.mplstyle")
BASELINE = Path(__file__).parents[2] / "baseline"
STEPS = {"comparison": "done", "cadence": "keep"}


def picture_of_trends(language: Language) -> Figure | None:
    """A band, an early figure that was revised, a gap, and an estimate."""
    one = named(
        "g",
        unit=ALLEYS,
        name={"vi": "Số hẻm được duy tu, nâng cấp", "en": "Alleys maintained and upgraded"},
        target={"comparison": "between", "low": 12, "high": 15, "cadence": "every_year"},
    )
    rows = [
        *values(y2010=9, y2011=11),
        {"year": 2013, "value": 12, "vintage": "2013-12-15", "state": "estimate"},
        {"year": 2013, "value": 14, "vintage": "2014-03-15"},
        {"year": 2014, "value": 17, "vintage": "2014-12-15", "state": "estimate"},
    ]
    return trends.figure(years_of(one, *rows), language)


def picture_of_trends_in_steps(language: Language) -> Figure | None:
    """A yes/no goal."""
    return trends.figure(years_of(named("g", target=STEPS), *values(y2011=1, y2012=0)), language)


def picture_of_trends_of_intervals(language: Language) -> Figure | None:
    rows = [{"year": 2011, "low": 40, "high": 60}, {"year": 2012, "low": 70}, *values(y2013=82)]
    return trends.figure(years_of(at_least(75, name=LONG), *rows), language)


def picture_of_multiples(language: Language) -> Figure | None:
    review = midterm(
        Evaluation(
            plan(at_least(5, "a"), named("b", target=STEPS), at_least(3, "c", name=LONG)),
            observations(*({"goal": g, **row} for g in "abc" for row in values(y2011=1, y2012=0))),
        ),
        "a",
    )
    return multiples.figure(review, review.verdicts, language)


def picture_of_groups(language: Language) -> Figure | None:
    """Two dimensions, one group of which has no figure."""
    northfield = evaluate(Path(__file__).parents[2] / "groups" / "northfield")
    found = goal_groups(northfield, northfield.area(), 2023)
    drawn = (groups.figure(one, northfield.plan, language, illustrative=True) for one in found)
    return next(picture for picture in drawn if picture is not None)


PICTURES: dict[str, Callable[[Language], Figure | None]] = {
    "trends": picture_of_trends,
    "trends_in_steps": picture_of_trends_in_steps,
    "trends_of_intervals": picture_of_trends_of_intervals,
    "multiples": picture_of_multiples,
    "groups": picture_of_groups,
}


@pytest.mark.mpl_image_compare(
    tolerance=2, savefig_kwargs={"dpi": 60}, remove_text=False, style=["default", LOOK]
)
@pytest.mark.parametrize("code", ["vi", "en"])
@pytest.mark.parametrize("kind", PICTURES)
def test_picture(kind: str, code: str) -> Figure | None:
    return PICTURES[kind](Language(code))


def test_every_kind_of_chart_has_its_pictures_in_both_languages() -> None:
    modules = {getattr(charts, name).__module__.rpartition(".")[2] for name in charts.__all__}
    pictures = [path.stem for path in BASELINE.glob("*.png")]
    lacking = [
        f"{module} {code}"
        for module in sorted(modules)
        for code in ("vi", "en")
        if not any(module in name and name.endswith((f"-{code}", f"_{code}")) for name in pictures)
    ]
    assert not lacking


@pytest.mark.parametrize("bold", [False, True], ids=["normal", "bold"])
def test_letters_come_from_the_font_that_ships_with_matplotlib(bold: bool) -> None:
    # Another file of the same name, from the system, could draw other letters.
    assert Path(fonts.font(bold=bold).fname).is_relative_to(mpl.get_data_path())
