"""How far apart are the groups? A dot each on one scale, with its first figure of the term and the target."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.plan.groups.dimensions import parts_of
from planlib.plan.plan import Plan
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.fonts import wrap
from planlib.report.charts.frame import EDGE, ChartHeading, bare
from planlib.report.charts.panel import ChartPanel
from planlib.report.charts.style import SMALL, TEXT, style
from planlib.report.charts.svg import picture
from planlib.report.tables.attainment import by_shortfall
from planlib.report.text.groups import group_words, split_words
from planlib.report.vocabulary import FAINT, GRID, LOOKS, TARGET
from planlib.review.groups import GoalGroups

WIDE, ROW = 7.0, 0.24
NAMES = 2.2  # the widest a group's name may be, in inches
MOST = 24  # rows; the table beside the chart has them all
_UNDER = 0.28


def group_dots(
    groups: GoalGroups, plan: Plan, language: Language, *, illustrative: bool
) -> Chart | None:
    """The groups of one goal in a year; None where fewer than two have a figure to compare."""
    made = figure(groups, plan, language, illustrative=illustrative)
    if made is None:
        return None
    return picture(
        made,
        _title(groups, language),
        [_item(groups, one, plan, language) for one in _rows(groups)],
    )


def figure(
    groups: GoalGroups, plan: Plan, language: Language, *, illustrative: bool
) -> Figure | None:
    """The chart with its heading."""
    rows = _rows(groups)
    if len(rows) < 2 or not groups.gaps:
        return None
    heading = ChartHeading(
        _title(groups, language), _subtitle(groups, rows, language), illustrative
    )
    with style():
        splits = list(dict.fromkeys(split_words(plan, one.group, language) for one in rows))
        high = ROW * (len(rows) + len(splits)) + _UNDER
        made, bottom = bare(heading, language, wide=WIDE, body=high)
        names = {
            one.group: wrap(group_words(plan, one.group, language), NAMES, TEXT) for one in rows
        }
        left = (
            EDGE + min(NAMES, words.widest((n.split("\n")[0] for n in names.values()), TEXT)) + 0.15
        )
        right = EDGE + words.widest((words.figure(one, language) for one in rows), SMALL) + 0.15
        low, top, ticks = _scale(groups, rows)
        box = Bbox.from_extents(left, bottom + _UNDER, WIDE - right, bottom + high)
        panel = ChartPanel.of_box(made, box, (low, top), (0, len(rows) + len(splits)))
        _ticks(panel, ticks, groups, language)
        at = float(len(rows) + len(splits))
        for split in splits:
            at -= 1
            title = panel.moved(panel.beside, EDGE - left)
            panel.write((0, at + 0.35), split, SMALL, title, va="center_baseline", color=FAINT)
            for one in rows:
                if split_words(plan, one.group, language) == split:
                    at -= 1
                    _row(panel, at + 0.5, one, groups, names[one.group], language, left)
    return made


def _rows(groups: GoalGroups) -> list[GoalVerdict]:
    """The groups that are drawn: those of one dimension with one number, furthest short first."""
    known = [v for v in groups.groups if v.value is not None and len(parts_of(v.group)) == 1]
    return by_shortfall(known)[:MOST]


def _scale(groups: GoalGroups, rows: list[GoalVerdict]) -> tuple[float, float, list[float]]:
    values = [one.value for one in rows if one.value is not None]
    values += [groups.before[one.group][1] for one in rows if one.group in groups.before]
    values += [end for one in rows if one.target for end in (one.target.near,) if end is not None]
    least, most = min(values), max(values)
    air = 0.08 * (most - least) or 0.1 * abs(most) or 1.0
    low, high = least - air, most + air
    limits = groups.whole.goal.limits_of(groups.whole.goal.main_target())
    low = low if limits.low is None or least < limits.low else max(low, limits.low)
    high = high if limits.high is None or most > limits.high else min(high, limits.high)
    ticks = MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return low, high, [float(tick) for tick in ticks if low <= tick <= high]


def _ticks(panel: ChartPanel, ticks: list[float], groups: GoalGroups, language: Language) -> None:
    panel.lines((((tick, 0), (tick, 1)) for tick in ticks), panel.under, color=GRID, linewidth=0.8)
    below = panel.moved(panel.under, 0, -0.05)
    for tick in ticks:
        goal, target = groups.whole.goal, groups.whole.target
        label = words.quantity(tick, goal, target, language, unit=False)
        panel.write((tick, 0), label, SMALL, below, ha="center", va="top")


def _row(
    panel: ChartPanel, at: float, one: GoalVerdict, groups: GoalGroups, name: str,
    language: Language, left: float,
) -> None:  # fmt: skip
    value = one.value or 0.0
    names = panel.moved(panel.beside, EDGE - left)
    panel.write((0, at), name.split("\n")[0], TEXT, names, va="center_baseline")
    if one.target is not None and one.target.near is not None:
        near = one.target.near
        panel.line([near, near], [at - 0.38, at + 0.38], color=TARGET, linewidth=1.4)
    if one.group in groups.before:
        _, was = groups.before[one.group]
        panel.line([was, value], [at, at], color=FAINT, linewidth=1.0)
        panel.line([was], [at], marker="o", markersize=5.5, markerfacecolor="white",
                   markeredgecolor=FAINT, linestyle="none")  # fmt: skip
    look = LOOKS[one.verdict]
    panel.line([value], [at], marker="o", markersize=7.5, markerfacecolor=look.colour,
               markeredgecolor="#222222", markeredgewidth=0.6, linestyle="none")  # fmt: skip
    beside = panel.moved(panel.beside, 0.1)
    panel.write((1, at), words.figure(one, language), SMALL, beside, va="center_baseline")


def _title(groups: GoalGroups, language: Language) -> str:
    return language(
        "chart.groups.title", goal=words.name(groups.whole.goal, language), year=groups.whole.year
    )


def _subtitle(groups: GoalGroups, rows: list[GoalVerdict], language: Language) -> str:
    drawn = {one.group for one in rows}
    left_out = sum(one.group not in drawn for one in groups.groups)
    before = any(one.group in groups.before for one in rows)
    return words.sentence(
        language("chart.groups.dots", year=groups.whole.year),
        language("chart.groups.before") if before else "",
        language("chart.groups.target") if groups.aimed else "",
        language("chart.groups.left_out", n=left_out) if left_out else "",
    )


def _item(groups: GoalGroups, one: GoalVerdict, plan: Plan, language: Language) -> str:
    parts = [language.labelled(group_words(plan, one.group, language), words.figure(one, language))]
    if one.group in groups.before:
        year, was = groups.before[one.group]
        shown = language("period.year", year=year)
        parts.append(language.labelled(shown, words.quantity(was, one.goal, one.target, language)))
    parts.append(words.worded(one.verdict, language))
    return language.parts_mark.join(parts)
