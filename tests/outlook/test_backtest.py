"""The back-test on small panels: cases, halves, scores, rivals, and what it refuses."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from examples import LONG, turns

from planlib.cli.research.backtest_command import backtest_panel
from planlib.errors import InputError
from planlib.figures.panels import read_panel
from planlib.outlook.backtest.cases import board, cases_at, is_training, rotated
from planlib.outlook.backtest.rivals import RULES
from planlib.outlook.backtest.run import FEWEST_GOALS, METHODS, Setting, backtest
from planlib.outlook.backtest.scores import brier, crps, inside, log_score, reliability
from planlib.outlook.backtest.together import together
from planlib.outlook.windows import windows_by_year

AREAS = 24 if LONG else 16


def panel(seed: int = 1, areas: int = 24, years: int = 9) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    rows = []
    for name, start in (("water_percent", 0.5), ("crime_cases", 4.0)):
        for area in range(areas):
            path = start + 0.3 * rng.standard_normal() + np.cumsum(0.1 * rng.standard_normal(years))
            values = 100 / (1 + np.exp(-path)) if "percent" in name else np.exp(path)
            rows += [(name, f"area-{area}", 2001 + y, round(v, 3)) for y, v in enumerate(values)]
    return pd.DataFrame(rows, columns=["indicator", "area", "year", "value"])


@pytest.fixture(scope="module")
def result():
    return backtest(panel(areas=AREAS))


def test_every_method_is_scored_on_the_same_cases(result) -> None:
    scores = result.scores
    assert set(scores["method"]) == set(METHODS)
    assert scores.groupby("indicator")["cases"].nunique().max() == 1
    assert scores["brier"].between(0, 1).all()
    ours = scores[scores["method"] == "planlib"]
    assert ours[["crps", "cover_50", "cover_80", "cover_95"]].notna().all().all()
    assert (ours["cover_50"] < ours["cover_80"]).all()
    total = result.reliability.groupby("method")["n"].sum()
    assert total.nunique() == 1 and total.iloc[0] == scores["cases"].iloc[0]


def test_it_is_the_same_every_time(result) -> None:
    again = backtest(panel(areas=AREAS))
    pd.testing.assert_frame_equal(result.scores, again.scores)
    pd.testing.assert_frame_equal(result.record, again.record)


UNRULED = [name for name in METHODS if name not in RULES]


@cache
def as_it_came() -> pd.DataFrame:
    """The cases of sixteen areas, forecast once."""
    return backtest(panel(areas=16), methods=UNRULED).cases


@pytest.mark.parametrize("changed", turns([(250.0, -4.0), (3.0, 3.0), (-4.0, 250.0)], 3))
def test_a_figure_after_the_origin_changes_no_forecast(changed: tuple[float, float]) -> None:
    """Neither a larger one, nor one past a hundred or below zero, which ends a natural limit."""
    later = panel(areas=16)
    for area, value in zip(("area-1", "area-2"), changed, strict=True):
        later.loc[(later["year"] == 2008) & (later["area"] == area), "value"] = value
    one, other = as_it_came(), backtest(later, methods=UNRULED).cases
    keys = ["indicator", "area", "year", "horizon", "rate"]
    both = one.merge(other, on=keys)
    early = both[both["year"] < 2008]
    assert len(early) > 500
    for name in UNRULED:
        np.testing.assert_array_equal(early[f"{name}_x"], early[f"{name}_y"])


def test_halves_share_no_area_and_never_change() -> None:
    made = board(panel())
    trained = {a for a, one in zip(made.areas, made.training, strict=True) if one}
    judged = {a for a, one in zip(made.areas, made.training, strict=True) if not one}
    assert trained and judged and not trained & judged
    assert is_training("vnm") and not is_training("tha")


def test_targets_are_set_as_documented() -> None:
    rows = [("treated_percent", "a", 2001 + y, v) for y, v in enumerate((75, 77, 79, 80, 81))]
    rows += [("malaria", "a", 2001 + y, v) for y, v in enumerate((50, 60, 40, 0, 30))]
    made = board(pd.DataFrame(rows, columns=["indicator", "area", "year", "value"]))
    (column, windows), *_ = windows_by_year(made.values, made.years)
    cases = cases_at(made, windows, column, 2, (0.05,))
    up = made.rising[cases.windows.series]
    assert up.tolist() == [False, True]  # malaria, treated
    assert cases.target[:, 0, 0].tolist() == pytest.approx([38.0, 79 + 0.05 * 21])
    assert cases.target[1, 1, 0] == pytest.approx(100 - 21 * 0.95**2)
    assert cases.floor[:, 0, 0].tolist() == pytest.approx([42.0, 79 * 0.95])
    *_, (column, windows), _ = windows_by_year(made.values, made.years)
    assert cases_at(made, windows, column, 1, (0.05,)).stated[:, 0].tolist() == [False, True]


def test_windows_take_three_to_six_points_in_turn() -> None:
    values = np.arange(1.0, 11)[None, :]
    known = np.cumsum(~np.isnan(values), axis=1)
    sizes = [
        int(rotated(windows, known[windows.series, column]).count[0])
        for column, windows in windows_by_year(values, np.arange(2001, 2011))
    ]
    assert sizes == [3, 4, 5, 6, 3, 4, 5, 6]


def test_given_targets_and_directions_are_used() -> None:
    given = panel(areas=12)
    given["better"] = np.where(given["indicator"] == "crime_cases", "higher", "")
    given["better"] = given["better"].where(given["better"] != "")
    given["target"] = given["value"] * 0.5
    found = backtest(given, methods=["planlib"], horizons=[1], improvements=[0.05])
    crime = found.cases[found.cases["indicator"] == "crime_cases"]
    assert crime["came"].all() and (crime["planlib"] > 0.9).mean() > 0.9


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"horizons": [0]}, "from 1 to 50"),
        ({"horizons": [51]}, "from 1 to 50"),
        ({"horizons": []}, "from 1 to 50"),
        ({"methods": ["planlb"]}, "did you mean 'planlib'"),
        ({"methods": []}, "one method or more"),
        ({"improvements": [1.5]}, "between 0 and 1"),
        ({"horizons": [20]}, "no case to judge"),
    ],
)
def test_impossible_parameters_are_clear_errors(parameters: dict, found: str) -> None:
    with pytest.raises(InputError, match=found):
        backtest(panel(areas=6), **parameters)


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "panel.csv"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = "".join(f"x,a,{y},1\nx,b,{y},2\n" for y in range(2001, 2006))
HEAD = "indicator,area,year,value\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "panel.csv:1: the file is empty"),
        (HEAD, "no series is long enough"),
        ("indicator,area,yaer,value\nx,a,2001,1\n", "the column 'year' is missing.*did you mean"),
        (HEAD + "x,a,2001,much\n" + GOOD, "panel.csv:2: 'value' must be a number"),
        (HEAD + "x,a,01,1\n" + GOOD, "panel.csv:2: 'year' must be a year of four digits"),
        (HEAD + "x,a,2001,inf\n" + GOOD, "panel.csv:2: 'value' must be a number"),
        (HEAD + ",a,2001,1\n" + GOOD, "panel.csv:2: 'indicator' must not be empty"),
        (HEAD + GOOD + "x,a,2003,9\n", "panel.csv:12: x, a, 2003 stands twice, first on line 6"),
        (HEAD + "x,a,2001,1\nx,a,2002,1\nx,a,2003,1\n", "4 years of one area are needed"),
        (HEAD + "".join(f"x,a,{y},1\n" for y in range(2001, 2009)), "needs two areas or more"),
        (
            "indicator,area,year,value,better\n" + "x,a,2001,1,up\n",
            "'better' must be higher or lower",
        ),
        (
            "indicator,area,year,value,low\n"
            + "".join(f"x,{a},{y},1,5\n" for a in "ab" for y in range(2001, 2006)),
            "'value' must lie inside 'low'",
        ),
    ],
)
def test_bad_panels_say_file_and_line(tmp_path: Path, text: str, found: str) -> None:
    with pytest.raises(InputError, match=found):
        read_panel(written(tmp_path, text))


def test_a_panel_is_read_as_its_heads_stand(tmp_path: Path) -> None:
    whole = read_panel(written(tmp_path, HEAD + GOOD))
    comma = HEAD.replace("\n", ",\n") + GOOD.replace("\n", ",\n")
    semi = (HEAD + GOOD.replace(",1\n", ",1,0\n")).replace(",1,0", ";1,0").replace(",", ";")
    semi = semi.replace("1;0", "1,0")
    for text in (comma, "sep=;\n" + semi, semi, "A title\n\n" + HEAD + GOOD):
        found = read_panel(written(tmp_path, text))
        assert found[["indicator", "area", "year", "value"]].to_numpy().tolist() == (
            whole.to_numpy().tolist()
        )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "indicator,area,year,value,value\n" + GOOD,
            "panel.csv:1: the column 'value' stands twice",
        ),
        (HEAD + "x,a,2001\n" + GOOD, "panel.csv:2: must have 4 cells, found 3"),
        (HEAD + "x,a,2001,1,7\n" + GOOD, "panel.csv:2: must have 4 cells, found 5"),
        ("indicator,area,,year,value\n" + "x,a,,2001,1\n", "panel.csv:1: every column has a head"),
        (HEAD + '\n\n"x\ny",a,2001,1\nx,a,2001,much\n', "panel.csv:6: 'value' must be a number"),
        (HEAD + "x,a,2001,1e300\n" + GOOD, "panel.csv:2: 'value' must be a number"),
        ("\0" * 5000, "must be UTF-8 text .it holds zero bytes"),
    ],
)
def test_a_panel_of_another_shape_is_refused_at_its_line(
    tmp_path: Path, text: str, found: str
) -> None:
    with pytest.raises(InputError, match=found):
        read_panel(written(tmp_path, text))


def test_a_missing_file_is_a_problem_not_a_traceback(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_panel(tmp_path / "nowhere.csv")
    with pytest.raises(InputError, match="cannot be read"):
        read_panel(tmp_path)


def test_many_like_problems_are_summed_up(tmp_path: Path) -> None:
    rows = "".join(f"x,a{i},2001,much\n" for i in range(500))
    with pytest.raises(InputError) as caught:
        read_panel(written(tmp_path, HEAD + rows))
    assert len(caught.value.problems) == 21


def test_the_command_prints_json_and_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = io.StringIO()
    panel(areas=10, years=7).to_csv(text, index=False)
    path = written(tmp_path, text.getvalue())
    backtest_panel(path, [1], ["planlib", "base_rate", "opensdg"], as_json=True)
    record = json.loads(capsys.readouterr().out)
    assert record["horizons"] == [1]
    assert {row["method"] for row in record["scores"]} == {"planlib", "base_rate", "opensdg"}
    backtest_panel(path, [1], ["planlib", "last_year"], lang="vi")
    assert "như năm trước" in capsys.readouterr().out


def test_scores_by_hand() -> None:
    came = np.array([True, False])
    assert brier(np.array([0.7, 0.7]), came) == pytest.approx([0.09, 0.49])
    assert log_score(np.array([0.5, 1.0]), came) == pytest.approx([np.log(2), -np.log(0.001)])
    quantiles = np.repeat([[5.0]], 39, axis=1)
    assert crps(quantiles, np.array([8.0]), np.array([1.0])) == pytest.approx(3.0)
    assert inside(np.array([[1.0, 2.0]] * 3), np.array([1.0, 2.0, 2.1])).tolist() == [
        True, True, False,
    ]  # fmt: skip
    bins = reliability(np.array([0.0, 0.12, 1.0]), np.array([False, True, True]))
    assert bins["n"].sum() == 3 and bins["k"].sum() == 2 and bins["n"].iloc[-1] == 1


def test_an_office_has_nothing_but_its_own_goals() -> None:
    """Other areas' figures change nothing where each area stands alone."""
    rng = np.random.default_rng(2)
    rows = [
        (f"goal-{k}", area, 2001 + y, round(50 * np.exp(0.1 * rng.standard_normal()), 3))
        for k in range(FEWEST_GOALS) for area in "abcdefgh" for y in range(7)
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=["indicator", "area", "year", "value"])
    judged = next(a for a in "abcdefgh" if not is_training(a))
    other = frame.copy()
    other.loc[other["area"] != judged, "value"] *= 1.7
    found = [
        backtest(f, methods=["planlib", "own_drift"], setting=Setting(alone=True)).cases
        for f in (frame, other)
    ]
    one, two = (each[each["area"] == judged].reset_index(drop=True) for each in found)
    assert len(one) > 50
    pd.testing.assert_frame_equal(one, two)


def test_rivals_that_learn_see_every_case_and_answer_each() -> None:
    def asked(told: pd.DataFrame, came: np.ndarray) -> np.ndarray:
        assert {"indicator", "area"}.isdisjoint(told) and len(told) == len(came)
        assert told[["pace", "needed", "restless"]].notna().all().all()
        return np.full(len(told), came.mean())

    found = backtest(panel(areas=10), methods=["planlib"], learners={"mean": asked})
    assert set(found.scores["method"]) == {"planlib", "mean"}
    share = found.cases["came"].mean()
    row = found.scores[(found.scores["method"] == "mean") & (found.scores["indicator"] == "all")]
    assert row["brier"].iloc[0] == pytest.approx(share * (1 - share))


def test_the_common_shock_is_found_again() -> None:
    """Goals that rise and fall together, at a correlation of 0.2, and goals that do not."""
    rng = np.random.default_rng(3)
    for shock, least, most in ((0.0, 0.0, 0.03), (0.2, 0.1, 0.3)):
        common = np.repeat(rng.standard_normal(400), 10)
        latent = np.sqrt(shock) * common + np.sqrt(1 - shock) * rng.standard_normal(4000)
        cases = pd.DataFrame(
            {
                "area": np.repeat(np.arange(400), 10).astype(str), "year": 2001, "horizon": 3,
                "rate": 0, "came": latent < 0.0, "ours": 0.5,
            }
        )  # fmt: skip
        (found,) = together(cases, "ours")
        assert least <= found.shock <= most and found.places == 400
        if not shock:
            assert found.covered >= found.claimed - 0.05
