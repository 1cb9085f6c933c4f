"""Where is it going? One goal's figures year by year, with every report that gave another one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from planlib.evaluation.outlook import GoalOutlook
from planlib.evaluation.verdicts import GoalVerdict
from planlib.language.language import Language
from planlib.language.sentences import joined
from planlib.plan.periods.calendar import Period
from planlib.plan.target import Cadence
from planlib.report.blocks import Chart
from planlib.report.charts import words
from planlib.report.charts.fonts import width, wrap
from planlib.report.charts.frame import EDGE, ChartHeading, Margins, framed
from planlib.report.charts.labels import label_points
from planlib.report.charts.lines import (
    Series,
    ValueAxis,
    boundary,
    draw_moment,
    draw_series,
    near,
    panel_of,
    scale,
    tick_words,
)
from planlib.report.charts.style import SMALL, TEXT, TINY, lines_height, style
from planlib.report.charts.svg import picture
from planlib.report.text.phrases import target_text
from planlib.report.vocabulary import FAINT, LOOKS, TARGET
from planlib.review.profile import Point, Profile
from planlib.scoring.verdict import Verdict

WIDE, PLOT = 7.0, 2.6
_TARGET_ROOM = 1.35  # the widest the target's words may be
_NOTE_ROOM = 2.6
_HEAD = 0.2  # inches above the axes, for a figure at the very top
_MOST_LABELS = 12  # with more years than this only the ends of the line carry their figure


def trend(
    profile: Profile, language: Language, ahead: GoalOutlook | None = None, after: int = 0
) -> Chart | None:
    """One goal over the years; None where no figure was ever reported.

    ``ahead`` is a forecast made at the end of the year ``after``; later figures show what came.
    """
    made = figure(profile, language, ahead, after)
    if made is None:
        return None
    return picture(made, _finding(profile, language), _items(profile, ahead, language))


def figure(
    profile: Profile, language: Language, ahead: GoalOutlook | None = None, after: int = 0
) -> Figure | None:
    """The chart with its heading; None where no figure was ever reported."""
    if not profile.newest:
        return None
    series = _series(profile, ahead)
    axis = scale(series)
    bands = language("chart.fan", year=after) if series.fan else ""
    subtitle = _subtitle(profile, axis, bands, language)
    heading = ChartHeading(_finding(profile, language), subtitle, profile.illustrative)
    with style():
        notes = _notes(profile, series, language)
        left = EDGE + words.widest(tick_words(axis, series, language), SMALL) + 0.1
        right = EDGE + width(_target_words(series, language), TEXT) + 0.1
        years = _year_words(profile, series, WIDE - left - right, language)
        margins = Margins(
            left, right,
            above=_HEAD + lines_height(_lines(text for _, text in notes), TINY),
            below=0.1 + lines_height(_lines(years), TINY),
        )  # fmt: skip
        made, ax = framed(heading, language, margins, wide=WIDE, plot=PLOT)
        draw(ax, profile, language, ahead)
    return made


def draw(ax: Axes, profile: Profile, language: Language, ahead: GoalOutlook | None = None) -> None:
    """Draw the figures, the target, the verdict of each year and the forecast on axes."""
    series = _series(profile, ahead)
    axis = scale(series)
    panel = panel_of(ax, series, axis)
    years = _years(series, panel.wide, language)
    labels = dict(zip(years, _year_words(profile, series, panel.wide, language), strict=True))
    draw_series(panel, series, axis, language, labels, text=TINY)
    if series.targets:
        end = panel.moved(panel.beside, 6 / 72)
        told_target = _target_words(series, language)
        panel.write((1, near(series.target)), told_target, TEXT, end, va="center", color=TARGET)
    newest = profile.newest
    shown = newest if len(newest) <= _MOST_LABELS else (newest[0], newest[-1])
    label_points(panel, series, axis, shown, language, head=_HEAD)
    over = panel.moved(panel.under, 0, 8 / 72)
    for x, text in _notes(profile, series, language):
        draw_moment(panel, x, "break", 1, (5, 2))
        half = width(text, TINY) / 2 / panel.wide * (series.last - series.first + 1)
        middle = min(max(x, series.first - 0.5 + half), series.last + 0.5 - half)
        panel.write((middle, 1), text, TINY, over, ha="center", va="bottom", color=FAINT)


def _series(profile: Profile, forecast: GoalOutlook | None = None) -> Series:
    """From the first figure, or the term's first year, to the last year of the term or deadline."""
    targets = tuple(
        (year, target)
        for year, target in profile.targets
        if target is not None and not target.kind.of_others  # which are no number of this axis
    )
    seen = [point.year for point in profile.points]
    if profile.goal.baseline:
        seen.append(profile.goal.baseline.year)
    ahead = [year for year, _ in targets] + [t.due for _, t in targets if t.due is not None]
    return Series(
        goal=profile.goal,
        points=profile.points,
        targets=targets,
        first=min([*seen, profile.plan.years[0]]),
        last=max([*seen, *ahead]),
        breaks=tuple(day for day, _ in profile.breaks),
        fan=forecast.fan if forecast is not None else (),
        calendar=profile.plan.calendar,
    )


def _notes(profile: Profile, series: Series, language: Language) -> list[tuple[float, str]]:
    """Changes of boundary that fall between the years shown, with their wrapped notes."""
    found = []
    for day, told in profile.breaks:
        at = boundary(day, series.calendar, series.first)
        if series.first - 0.5 < at < series.last + 0.5:
            note = language.labelled(
                language.date(day.isoformat()), told.in_language(language.code)
            )
            found.append((at, wrap(note, _NOTE_ROOM, TINY)))
    return found


def _lines(texts: Iterable[str]) -> int:
    return max((text.count("\n") + 1 for text in texts), default=0)


def _target_words(series: Series, language: Language) -> str:
    if not series.targets:
        return ""
    text = target_text(series.goal, series.target, language)
    stepped = len({(near(t), t.far) for _, t in series.targets}) > 1
    key = "chart.trend.target_of" if stepped else "chart.target"
    return wrap(language(key, target=text, year=series.targets[-1][0]), _TARGET_ROOM, TEXT)


def _years(series: Series, wide: float, language: Language) -> Sequence[int]:
    """The periods that are written under an axis so many inches wide."""
    years = series.years
    widest = words.widest((words.period_mark(year, language) for year in years), TINY) + 0.06
    return years[:: max(1 + len(years) // 13, math.ceil(widest * len(years) / wide))]


def _year_words(profile: Profile, series: Series, wide: float, language: Language) -> list[str]:
    """Under each year its verdict: glyph and word, the glyph alone where words do not fit."""
    found = {v.year: v.verdict for v in profile.verdicts}
    years = _years(series, wide, language)
    room = wide / len(years) - 0.06
    worded = {verdict: wrap(words.worded(verdict, language), room, TINY) for verdict in Verdict}
    if any(worded[verdict].count("\n") > 1 for verdict in found.values()):
        worded = {verdict: LOOKS[verdict].glyph for verdict in Verdict}
    texts = []
    for year in years:
        due = year == series.deadline
        text = mark = words.period_mark(year, language)
        if due and series.deadline_day is not None:
            day = language.short_date(series.deadline_day.isoformat())
            text = f"{mark}\n{language('chart.trend.due', year=day)}"
        elif due:
            text = language("chart.trend.due", year=" ".join(mark.split()))
            text = wrap(text, room, TINY) if isinstance(year, Period) else text
        texts.append(joined([text, worded[found[year]]], "\n") if year in found else text)
    return texts


def _latest(profile: Profile) -> tuple[Point, GoalVerdict | None]:
    point = profile.newest[-1]
    return point, next((v for v in profile.verdicts if v.year == point.year), None)


def _finding(profile: Profile, language: Language) -> str:
    point, verdict = _latest(profile)
    goal = profile.goal
    text = words.point(point, goal, goal.main_target(), language)
    key = "chart.trend.unjudged" if verdict is None else "chart.trend.finding"
    return language(
        key,
        goal=words.name(goal, language),
        figure=text,
        year=point.year,
        verdict=words.worded(verdict.verdict, language) if verdict else "",
    )


def _subtitle(profile: Profile, axis: ValueAxis, bands: str, language: Language) -> str:
    goal = profile.goal
    total = goal.main_target().cadence is Cadence.over_term
    key = "chart.trend.total" if total else "chart.trend.shown"
    unit = words.unit(goal, goal.main_target().natural, language)
    if not any(one is not None and not one.kind.of_others for _, one in profile.targets):
        # What it is held against is no line of this axis.
        key = "chart.trend.alone" if unit else "chart.trend.unnamed"
    return words.sentence(
        language(
            key,
            unit=unit,
            area=profile.plan.area_name(profile.area).in_language(language.code),
            year=profile.plan.years[0],
        ),
        bands,
        "" if axis.from_zero else language("chart.not_from_zero"),
        language("chart.trend.estimates") if any(p.estimate for p in profile.newest) else "",
        language("chart.trend.earlier") if len(profile.points) > len(profile.newest) else "",
        words.sources(
            (v.source for v in profile.verdicts), language, illustrative=profile.illustrative
        ),
    )


def _items(profile: Profile, ahead: GoalOutlook | None, language: Language) -> list[str]:
    """Every figure drawn, with the target and the verdict of its year, and the forecast."""
    goal = profile.goal
    by_year = {verdict.year: verdict for verdict in profile.verdicts}
    found = []
    if goal.baseline:
        value = words.quantity(goal.baseline.value, goal, None, language)
        found.append(language("chart.trend.baseline", year=goal.baseline.year, figure=value))
    for point in profile.points:
        text = words.point(point, goal, goal.main_target(), language)
        if not point.newest:
            report = language.date(point.vintage) if point.vintage else language("chart.undated")
            found.append(
                language("chart.trend.item_earlier", year=point.year, figure=text, report=report)
            )
            continue
        parts = [language.labelled(language("period.year", year=point.year), text)]
        if point.year in by_year:
            verdict = by_year[point.year]
            parts.append(language("chart.target", target=words.target(verdict, language)))
            parts.append(words.worded(verdict.verdict, language))
        found.append(language.parts_mark.join(parts))
    forecast = words.fan(ahead, language)
    found += [forecast] if forecast else []
    found += [text.replace("\n", " ") for _, text in _notes(profile, _series(profile), language)]
    return found
