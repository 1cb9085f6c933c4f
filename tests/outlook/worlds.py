"""Simulated worlds with known truth, to see whether intervals cover what they claim.

    python tests/outlook/worlds.py

runs the large version: four worlds, three to six points, one to three years ahead. The small one
is part of ``make test``.
"""

from __future__ import annotations

import numpy as np

from planlib.outlook.pool import pool
from planlib.outlook.scales import Scale
from planlib.outlook.walk import walk

WORLDS = ("walk", "trend", "noise", "momentum")


def series(world: str, size: int, years: int, rng: np.random.Generator) -> np.ndarray:
    """Positive amounts, ``size`` × ``years``; each series has its own restlessness."""
    own = 0.1 * np.exp(0.5 * rng.standard_normal((size, 1)))
    shock = own * rng.standard_normal((size, years))
    if world == "walk":
        path = np.cumsum(shock, axis=1)
    elif world == "trend":
        drift = 0.05 * rng.standard_normal((size, 1))
        path = np.cumsum(shock + drift, axis=1)
    elif world == "noise":
        path = shock + 0.02 * np.cumsum(rng.standard_normal((size, years)), axis=1)
    else:
        step = np.zeros((size, years))
        for year in range(1, years):
            step[:, year] = 0.6 * step[:, year - 1] + shock[:, year]
        path = np.cumsum(step, axis=1)
    return 50 * np.exp(rng.standard_normal((size, 1)) + path)


def coverage(world: str, points: int, horizon: int, size: int, seed: int) -> dict[float, float]:
    """How often the 50, 80 and 95 % intervals hold the figure ``horizon`` years ahead."""
    rng = np.random.default_rng(seed)
    whole = series(world, size, points + horizon, rng)
    years = np.arange(2011, 2011 + points)
    kinds, groups = np.full(size, Scale.log), np.zeros(size, np.int64)
    made = pool(whole[:, :points], years, kinds, groups, low=np.zeros(size))
    _, forecast = walk(made, horizon)
    truth = whole[:, -1]
    found = {}
    for level in (0.5, 0.8, 0.95):
        ends = forecast.quantile(np.array([(1 - level) / 2, (1 + level) / 2]), horizon)
        found[level] = float(np.mean((truth >= ends[:, 0]) & (truth <= ends[:, 1])))
    return found


def main() -> None:
    print(f"{'world':10}{'points':>8}{'ahead':>7}   50 %   80 %   95 %")
    for world in WORLDS:
        for points in (3, 4, 5, 6):
            for horizon in (1, 2, 3):
                found = coverage(world, points, horizon, 20_000, 7)
                cells = "".join(f"{share:7.3f}" for share in found.values())
                print(f"{world:10}{points:8}{horizon:7}{cells}")


if __name__ == "__main__":
    main()
