"""Writes the track record again, from any panel: python reports/track-record/make.py PANEL.csv

Tests planlib's forecasts on a panel and writes, beside this file, results.json, scores.csv,
horizons.csv, indicators.csv (by horizon and indicator), together.csv, margins.csv, paces.csv,
reliability.csv,
circumstances.csv and reliability.svg, and in the package what reviews and notebooks quote. Gradient
boosting takes part where scikit-learn is installed (the bench group).
"""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from planlib.figures.panels import read_panel
from planlib.outlook.backtest.paces import TABLE as PACES
from planlib.outlook.backtest.paces import pace_table
from planlib.outlook.backtest.record import EVERY, HORIZONS, SCORES, TABLE, TOGETHER, Lent
from planlib.outlook.backtest.run import OURS, Backtest, Learner, Setting, backtest
from planlib.outlook.backtest.scores import brier, log_score
from planlib.outlook.backtest.together import together
from planlib.outlook.constants import DEFAULTS

HERE = Path(__file__).parent
DRAWS, SEED = 2000, 20261123
EVERY_THIRD = 3  # years between origins: those between them say nearly the same
# What an office has that has its own figures only.
ALONE = (OURS, "last_year", "line", "plug_in", "own_drift", "log_line", "base_rate")
HEAD = (
    "method",
    "indicator",
    "cases",
    "brier",
    "log_score",
    "crps",
    "cover_50",
    "cover_80",
    "cover_95",
)


def main(panel: Path) -> None:
    figures = read_panel(panel)
    result = backtest(figures, setting=Setting(every=EVERY_THIRD), learners=learners())
    office = backtest(figures, methods=ALONE, setting=Setting(every=EVERY_THIRD, alone=True))
    record = result.as_record()
    record["office"] = office.as_record()
    met = [asdict(one) for one in together(result.cases, OURS)]
    record["together"] = met
    record["constants"] = {k: getattr(DEFAULTS, k) for k in DEFAULTS.__dataclass_fields__}
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (HERE / "results.json").write_text(text + "\n", encoding="utf-8")
    for name in ("scores", "circumstances", "reliability"):
        write(pd.DataFrame(record[name]), HERE / f"{name}.csv")
    horizons = pd.concat(
        pd.DataFrame(one.as_record()["by_horizon"]).assign(lent=lent)
        for lent, one in ((Lent.pool, result), (Lent.office, office))
    )
    horizons = horizons[["lent", "horizon", *HEAD]]
    ours = (horizons["indicator"] == EVERY) | (horizons["method"] == OURS)
    write(horizons[ours], HORIZONS)
    write(horizons[horizons["indicator"] == EVERY], HERE / "horizons.csv")
    write(horizons[horizons["indicator"] != EVERY], HERE / "indicators.csv")
    write(pd.DataFrame(met).round(4), TOGETHER)
    shutil.copyfile(TOGETHER, HERE / "together.csv")
    write(margins(result), HERE / "margins.csv")
    write(result.record[["kind", "event", "years", "low", "high", "n", "k"]], TABLE)
    shutil.copyfile(HERE / "scores.csv", SCORES)
    write(pace_table(figures), PACES)
    shutil.copyfile(PACES, HERE / "paces.csv")
    picture(result)


def learners() -> dict[str, Learner]:
    """Gradient boosting where scikit-learn is installed; says so where it is not."""
    try:
        from boosting import boosting
    except ImportError:
        sys.stderr.write("scikit-learn is not installed: without gradient boosting\n")
        return {}
    return {"boosting": boosting}


def write(frame: pd.DataFrame, path: Path) -> None:
    frame.to_csv(path, index=False, lineterminator="\n")


def margins(result: Backtest) -> pd.DataFrame:
    """Our score minus the best rival's, with the standard error when whole areas are drawn again."""
    rng = np.random.default_rng(SEED)
    cases = result.cases
    rivals = [name for name in dict.fromkeys(result.scores["method"]) if name != OURS]
    parts = [("all", cases)]
    parts += [(f"{h} years", cases[cases["horizon"] == h]) for h in result.horizons]
    parts += [(name, cases[cases["indicator"] == name]) for name in result.indicators]
    rows = []
    for label, part in parts:
        if not len(part):
            continue
        came = part["came"].to_numpy()
        row: dict[str, object] = {"part": label, "cases": len(part)}
        for name, score in (("brier", brier), ("log_score", log_score)):
            every = {m: score(part[m].to_numpy(), came) for m in (OURS, *rivals)}
            best = min(rivals, key=lambda m: every[m].mean())
            gap = pd.Series(every[OURS] - every[best]).groupby(part["area"].to_numpy())
            total, size = gap.sum().to_numpy(), gap.size().to_numpy()
            drawn = rng.integers(0, len(total), (DRAWS, len(total)))
            means = total[drawn].sum(axis=1) / size[drawn].sum(axis=1)
            row |= {
                name: round(every[OURS].mean(), 4),
                f"best_rival_{name}": best,
                f"rival_{name}": round(every[best].mean(), 4),
                f"margin_{name}": round(total.sum() / size.sum(), 4),
                f"se_{name}": round(float(means.std()), 4),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def picture(result: Backtest) -> None:
    """Forecast probability against what came true; no words, so it serves every language."""
    mpl.rcParams.update({"svg.hashsalt": "track-record", "svg.fonttype": "none", "font.size": 11})
    held = [h for h in result.horizons if h in set(result.record["years"])]
    events = ("holding", "reached", "kept")
    figure, grid = plt.subplots(
        len(held), 3, figsize=(8.4, 2.8 * len(held)), sharex=True, sharey=True,
        layout="constrained", squeeze=False,
    )  # fmt: skip
    walks = result.record[result.record["kind"] == "walk"]
    for line, horizon in zip(grid, held, strict=True):
        line[0].set_ylabel(str(horizon), rotation=0, labelpad=14)
        for axes, event in zip(line, events, strict=True):
            part = walks[(walks["event"] == event) & (walks["years"] == horizon)]
            dots(axes, part[part["n"] >= 20])
    figure.savefig(HERE / "reliability.svg", metadata={"Date": None, "Creator": None})


def dots(axes: Axes, part: pd.DataFrame) -> None:
    """One picture: a dot a bin, its size the number of forecasts, its bar the 95 % range."""
    axes.plot([0, 1], [0, 1], color="#888888", linewidth=1)
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.set_xticks([0, 0.5, 1], ["0", "50", "100 %"])
    axes.set_yticks([0, 0.5, 1], ["0", "50", "100 %"])
    axes.grid(color="#dddddd", linewidth=0.6)
    if not len(part):
        return
    share = part["k"] / part["n"]
    error = 1.96 * np.sqrt(share * (1 - share) / part["n"])
    axes.errorbar(part["mean"], share, yerr=error, fmt="none", ecolor="#0b5394", linewidth=1)
    axes.scatter(part["mean"], share, s=8 + 50 * part["n"] / part["n"].max(), color="#0b5394")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python reports/track-record/make.py PANEL.csv")
    main(Path(sys.argv[1]))
