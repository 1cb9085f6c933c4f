"""Areas compared, as a DataFrame: each figure with what chance makes of it, never a bare ranking."""

from __future__ import annotations

import pandas as pd

from planlib.api.asked import asked_language
from planlib.evaluation.evaluation import Evaluation
from planlib.plan.base import period_record
from planlib.review.areas import area_comparison
from planlib.review.compared_areas import AreaComparison

COMPARED = {
    "area_name": "the area's name in the language asked for",
    "value": "the area's figure, in the unit of the goal; missing where there is none",
    "n": "what the figure is a share or a rate of: its denominator",
    "lower": "the lower 99.8% limit: what chance explains in an area of this size",
    "upper": "the upper 99.8% limit",
    "outside": "high above the 99.8% limits, low below them; missing within",
    "lower_95": "the lower 95% limit",
    "upper_95": "the upper 95% limit",
    "warned": "high or low by the 95% limits",
    "beyond_spread": "high or low by 99.8% limits that allow for what areas differ by anyway",
    "shrunken": "the best estimate of the area's rate, pulled towards that of all areas",
    "rank": "1 for the best figure; equals share the better rank",
    "rank_low": "the first rank of the band that holds the area's rank with a chance of 95%",
    "rank_high": "the last rank of that band",
    "standing": "better or worse where the whole band lies in that half; alike where the area "
    "cannot be told apart from the middle",
    "peers": "ids of the areas it is fairly held against, nearest in size first",
    "peers_value": "the figure of its peers together",
    "before": "its figure in the period changes are counted from (``frame.attrs['base']``)",
    "change": "the figure less that one; read nothing across a break",
    "breaks": "days on which its boundary or what is counted changed in between",
    "state": "known, interval, missing, withheld, not_applicable or not_due",
    "area": "the area's id",
}
FLOATS = (
    "value", "n", "lower", "upper", "lower_95", "upper_95", "shrunken", "peers_value", "before",
    "change",
)  # fmt: skip
WHOLE = ("rank", "rank_low", "rank_high")


def compare_areas(
    evaluation: Evaluation, *, goal: str, period: str | int, group: str = "",
    order_by: str | None = None, limits: str = "exact", lang: str | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Every area in one goal and period, a row an area in the plan's order.

    The columns are described in ``planlib.api.comparing.COMPARED``. A whole is not compared with its
    parts, nor an area that was not there. Limits and ranks need the two numbers each figure is made
    of; without them there are none, and ``attrs["silence"]`` says why. ``attrs`` hold also
    ``method`` (binomial, poisson or none), ``average`` (the figure of all shown areas), ``base``,
    ``left_out``, ``overdispersion`` (how many times as much as by chance the areas vary),
    ``differ`` (whether that is more than chance), ``gap`` and ``slope`` (last fifth less first, and
    the slope index of inequality) and ``ordered_by``, the goal whose figures put the areas in order
    for both: this one, or ``order_by``. ``limits`` are ``exact`` or ``public-health``
    (``planlib.scoring.comparing.practice``). Raises InputError for what is unknown, and for a goal
    that is done or not.

    >>> from planlib import evaluate
    >>> e = evaluate("ward-2010-2015")
    >>> found = compare_areas(e, goal="child-vaccination", period=2013, lang="en")
    >>> found[["area_name", "n", "rank_low", "rank_high", "standing"]].head(2).values.tolist()
    [['Ward 01 (illustrative)', 189.0, 1, 8, 'alike'], ['Ward 02 (illustrative)', 136.0, 1, 8, 'alike']]
    """
    found = area_comparison(
        evaluation, goal, period, group=group, order_by=order_by, limits=limits
    )  # fmt: skip
    code = asked_language(lang, evaluation).code
    rows = [
        {
            name: getattr(one, name)
            for name in COMPARED
            if name not in {"area_name", "breaks", "peers"}
        }
        | {
            "area_name": found.plan.area_name(one.area).in_language(code),
            "peers": list(one.peers),
            "breaks": [day.isoformat() for day, _ in one.breaks],
        }
        for one in found.areas
    ]
    frame = pd.DataFrame(rows, columns=list(COMPARED))
    frame = frame.astype(dict.fromkeys(FLOATS, float) | dict.fromkeys(WHOLE, "Int64"))
    frame.attrs |= about(found)
    return frame


def about(found: AreaComparison) -> dict[str, object]:
    """What holds for all areas of a comparison."""
    spread, unequal = found.spread, found.unequal
    return {
        "goal": found.goal.id,
        "period": period_record(found.period),
        "method": found.method,
        "silence": found.silence,
        "average": found.average,
        "base": None if found.base is None else period_record(found.base),
        "left_out": [area for area, _ in found.left_out],
        "overdispersion": None if spread is None else spread.ratio,
        "differ": None if spread is None else spread.found,
        "gap": None if unequal is None else unequal.gap,
        "slope": None if unequal is None else unequal.slope,
        "ordered_by": found.ordered_by.id,
    }
