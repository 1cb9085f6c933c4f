"""Writes the track record again: python reports/track-record/make.py countries.csv

Tests planlib's forecasts on a panel and writes, beside this file, results.json, scores.csv,
margins.csv, reliability.csv, circumstances.csv and reliability.svg, and in the package what reviews
and notebooks quote (planlib/outlook/track_record.csv and track_scores.csv).
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("svg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from planlib.figures.panels import read_panel
from planlib.outlook.backtest.run import OURS, Backtest, backtest
from planlib.outlook.constants import DEFAULTS
from planlib.outlook.backtest.record import SCORES, TABLE
from planlib.outlook.backtest.scores import brier, log_score

HERE = Path(__file__).parent
DRAWS, SEED = 2000, 20261123


def main(panel: Path) -> None:
    result = backtest(read_panel(panel))
    record = result.as_record()
    record["constants"] = {k: getattr(DEFAULTS, k) for k in DEFAULTS.__dataclass_fields__}
    text = json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)
    (HERE / "results.json").write_text(text + "\n", encoding="utf-8")
    for name in ("scores", "circumstances", "reliability"):
        frame = pd.DataFrame(record[name])
        frame.to_csv(HERE / f"{name}.csv", index=False, lineterminator="\n")
    margins(result).to_csv(HERE / "margins.csv", index=False, lineterminator="\n")
    columns = ["kind", "event", "low", "high", "n", "k"]
    result.record[columns].to_csv(TABLE, index=False, lineterminator="\n")
    shutil.copyfile(HERE / "scores.csv", SCORES)
    picture(result)


def margins(result: Backtest) -> pd.DataFrame:
    """Our score minus the best rival's, with the standard error when whole areas are drawn again."""
    rng = np.random.default_rng(SEED)
    rows = []
    cases = result.cases
    rivals = [name for name in dict.fromkeys(result.scores["method"]) if name != OURS]
    for indicator in ("all", *result.indicators):
        part = cases if indicator == "all" else cases[cases["indicator"] == indicator]
        came = part["came"].to_numpy()
        row: dict[str, object] = {"indicator": indicator, "cases": len(part)}
        for name, score in (("brier", brier), ("log_score", log_score)):
            every = {m: score(part[m].to_numpy(), came) for m in (OURS, *rivals)}
            best = min(rivals, key=lambda m: every[m].mean())
            gap = pd.Series(every[OURS] - every[best]).groupby(part["area"].to_numpy())
            total, size = gap.sum().to_numpy(), gap.size().to_numpy()
            drawn = rng.integers(0, len(total), (DRAWS, len(total)))
            means = total[drawn].sum(axis=1) / size[drawn].sum(axis=1)
            row |= {
                name: round(every[OURS].mean(), 4), f"best_rival_{name}": best,
                f"rival_{name}": round(every[best].mean(), 4),
                f"margin_{name}": round(total.sum() / size.sum(), 4),
                f"se_{name}": round(float(means.std()), 4),
            }
        rows.append(row)
    return pd.DataFrame(rows)


def picture(result: Backtest) -> None:
    """Forecast probability against what came true; no words, so it serves every language."""
    mpl.rcParams.update({"svg.hashsalt": "track-record", "svg.fonttype": "none", "font.size": 11})
    figure, panels = plt.subplots(1, 3, figsize=(10.2, 3.6), sharey=True, layout="constrained")
    for axes, event in zip(panels, ("holding", "reached", "kept"), strict=True):
        part = result.record[(result.record["kind"] == "walk") & (result.record["event"] == event)]
        part = part[part["n"] >= 20]
        share = part["k"] / part["n"]
        error = 1.96 * np.sqrt(share * (1 - share) / part["n"])
        axes.plot([0, 1], [0, 1], color="#888888", linewidth=1)
        axes.errorbar(part["mean"], share, yerr=error, fmt="none", ecolor="#0b5394", linewidth=1)
        axes.scatter(part["mean"], share, s=8 + 60 * part["n"] / part["n"].max(), color="#0b5394")
        axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
        axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100 %"])
        axes.grid(color="#dddddd", linewidth=0.6)
    figure.savefig(HERE / "reliability.svg", metadata={"Date": None, "Creator": None})


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python reports/track-record/make.py PANEL.csv")
    main(Path(sys.argv[1]))
