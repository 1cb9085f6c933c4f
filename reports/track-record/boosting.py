"""Gradient boosting as a rival: it learns, year after year, from the cases whose outcome was known.

Needs scikit-learn, which is in the bench group. It sees what every case is
(``planlib.outlook.backtest.judging.described``) and the indicator as a category.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

FEWEST, MOST, SEED = 500, 40_000, 20261127
TINY = 1e-9


def boosting(told: pd.DataFrame, came: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """A probability a case; until 500 outcomes are known the part that came true so far."""
    inputs = _inputs(told)
    year, due = told["year"].to_numpy(), (told["year"] + told["horizon"]).to_numpy()
    chance = np.full(len(told), 0.5)
    rng = np.random.default_rng(SEED)
    for now in np.unique(year):
        past, here = np.flatnonzero(due <= now), np.flatnonzero(year == now)
        if len(past) < FEWEST:
            chance[here] = came[past].mean() if len(past) else 0.5
            continue
        if len(past) > MOST:
            past = rng.choice(past, MOST, replace=False)
        model = HistGradientBoostingClassifier(
            max_iter=120, learning_rate=0.06, max_leaf_nodes=15, min_samples_leaf=60,
            l2_regularization=5.0, categorical_features=[0], random_state=SEED,
        )  # fmt: skip
        model.fit(inputs[past], came[past])
        chance[here] = model.predict_proba(inputs[here])[:, 1]
    return chance


def _inputs(told: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Changes as parts of the figure and in the window's own restlessness."""
    size, restless = told["size"] + TINY, told["restless"] + TINY
    columns = [
        told[key] for key in ("group", "horizon", "rate", "points", "span", "last", "rising")
    ]
    columns += [told[key] / size for key in ("pace", "step", "restless", "needed", "place")]
    columns += [told[key] / restless for key in ("pace", "step", "needed", "place")]
    columns.append((told["pace"] - told["needed"]) / restless)
    return np.column_stack([np.asarray(column, np.float64) for column in columns])
