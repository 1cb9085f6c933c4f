"""One goal explored: a page of one view, which is also written as a picture, a table or code."""

from __future__ import annotations

import io
from dataclasses import fields
from os import PathLike
from pathlib import Path

from planlib.api.asked import asked_language
from planlib.errors import one_of, refused, said
from planlib.evaluation.evaluation import Evaluation
from planlib.evaluation.verdicts import GoalVerdict
from planlib.report.pages.explore import ExplorePage
from planlib.review.explored import GoalView
from planlib.storage.whole_files import replace_bytes

ENDINGS = (".svg", ".png", ".xlsx", ".csv", ".py")
DOTS = 200  # an inch of a picture of dots


def explore(
    evaluation: Evaluation, *, goal: str, area: str | None = None, view: GoalView | None = None,
    lang: str | None = None,
) -> ExplorePage:  # fmt: skip
    """One goal in one area: its figures, its verdict and how it is made, what if, and what is left.

    ``view`` says of which period, group and reading, what is supposed, and which areas stand
    beside it. The page shows itself in Jupyter and prints as text; ``save_view`` writes it. Raises
    InputError for what is unknown, and for what cannot be supposed.

    >>> from planlib import GoalView, evaluate
    >>> e = evaluate("ward-2010-2015")
    >>> seen = explore(e, goal="poor-households", view=GoalView(2013, figure=5, pace=-1), lang="en")
    >>> seen.explored.supposed.value, str(seen.explored.supposed.verdict)
    (4.0, 'not_yet')
    >>> [(step.period, step.change, step.figure) for step in seen.explored.effort]
    [(2015, -4.0, 0.0)]
    """
    code = asked_language(lang, evaluation).code
    return ExplorePage(evaluation, evaluation.area(area), goal, code, view=view)


def save_view(page: ExplorePage, file: str | PathLike[str]) -> Path:
    """Write a view: its picture (.svg, .png), its verdicts (.xlsx, .csv) or its code (.py).

    The table holds every period of the goal, then the areas beside it. Raises InputError for
    another ending, for a picture of a goal without figures or, of dots, with letters that cannot be
    drawn here, and where the file cannot be written.
    """
    path = Path(file)
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise refused(said("library.view-endings", known=one_of(ENDINGS), found=repr(ending)))
    replace_bytes(path, [_content(page, ending)])
    return path


def _content(page: ExplorePage, ending: str) -> bytes:
    if ending == ".py":
        return code_of(page).encode()
    if ending in {".svg", ".png"}:
        return _picture(page, ending)
    from planlib.excel.results_workbook import results_workbook
    from planlib.report.results.about import results_about
    from planlib.report.results.data import results_csv
    from planlib.report.results.table import results_of

    verdicts = _verdicts(page)
    table = results_of(page.plan, verdicts, page.language)
    if ending == ".csv":
        return results_csv(table, page.language)
    areas = list(dict.fromkeys(one.area for one in verdicts))
    about = results_about(page.explored.evaluation, areas, table, page.language)
    return results_workbook(table, about, page.language)


def _picture(page: ExplorePage, ending: str) -> bytes:
    from matplotlib.text import Text

    from planlib.report.charts.fonts import FAMILY, fallbacks, undrawable
    from planlib.report.charts.style import style
    from planlib.report.charts.svg import svg_of

    if page.chart is None:
        raise refused(said("library.view-without-picture"))
    if ending == ".svg":
        return svg_of(page.chart).encode()
    held = io.BytesIO()
    texts = page.chart.figure.findobj(Text)
    words = "".join(one.get_text() for one in texts)
    if letters := undrawable(words):
        message = said("library.view-undrawable", letters=letters[:20])
        raise refused(message, hint=said("library.view-as-svg"))
    more, own = fallbacks(words), [one.get_fontfamily() for one in texts]
    with style():
        for one in texts if more else ():
            one.set_fontfamily([FAMILY, *more])
        page.chart.figure.savefig(held, format="png", dpi=DOTS)
        for one, family in zip(texts, own, strict=True):
            one.set_fontfamily(family)
    return held.getvalue()


def _verdicts(page: ExplorePage) -> list[GoalVerdict]:
    seen = page.explored
    term = [seen.standing] if seen.standing.term else []
    return [*seen.profile.verdicts, *term, *seen.beside]


def code_of(page: ExplorePage) -> str:
    """The lines of code that make a view, and show it in Jupyter.

    >>> from planlib import GoalView, evaluate
    >>> e = evaluate("ward-2010-2015", as_of="2014-03-31", audience="public")
    >>> view = GoalView(2013, figure=75.0)
    >>> print(code_of(explore(e, goal="case-clearance", view=view, lang="en")))
    import planlib
    <BLANKLINE>
    e = planlib.evaluate('ward-2010-2015', as_of='2014-03-31', audience='public')
    view = planlib.GoalView(period=2013, figure=75.0)
    planlib.explore(e, goal='case-clearance', area='ward-01', view=view, lang='en')
    <BLANKLINE>
    """
    e, default = page.evaluation, GoalView()
    said_of = [repr(e.plan.place if e.plan.place and not _shipped(e) else e.plan.id)]
    said_of += [f"as_of={e.as_of_text!r}"] if e.as_of_text else []
    said_of.append(f"audience={e.audience!r}")
    asked = [
        f"{one.name}={_literal(getattr(page.view, one.name))}"
        for one in fields(GoalView)
        if getattr(page.view, one.name) != getattr(default, one.name)
    ]
    shown = [f"goal={page.goal.id!r}", f"area={page.area!r}", "view=view"]
    shown.append(f"lang={page.language.code!r}")
    lines = [
        "import planlib",
        "",
        f"e = planlib.evaluate({', '.join(said_of)})",
        f"view = planlib.GoalView({', '.join(asked)})",
        f"planlib.explore(e, {', '.join(shown)})",
        "",
    ]
    return "\n".join(lines)


def _shipped(evaluation: Evaluation) -> bool:
    from planlib.plan.shipped import shipped_plans

    return evaluation.plan.id in shipped_plans()


def _literal(value: object) -> str:
    """A value as it is written in Python; a period that is no year as its text."""
    plain = isinstance(value, (str, float, tuple)) or type(value) is int
    return repr(value) if plain else repr(str(value))
