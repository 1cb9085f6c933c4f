"""Writes docs/library.md from the docstrings: ``python tests/api/api_page.py``."""

from __future__ import annotations

import inspect
import re
import textwrap
from pathlib import Path
from typing import Any

import planlib
from planlib.api.comparing import COMPARED
from planlib.evaluation import frames
from planlib.figures.observations import COLUMNS, State
from planlib.scoring.verdict import Verdict

PAGE = Path(__file__).parents[2] / "docs" / "library.md"
FUNCTIONS = (
    "read_plan",
    "read_figures",
    "evaluate",
    "annual_review",
    "midterm_review",
    "term_review",
    "draw",
    "compare_areas",
    "audit",
    "late_figures",
    "explore",
    "GoalView",
    "save_view",
)
METHODS = (
    "verdicts",
    "outlook",
    "methods",
    "changes",
    "what_if",
    "read_as",
    "seen_by",
    "as_known_on",
)
FRAMES = {
    "verdicts": frames.VERDICTS, "outlook": frames.OUTLOOK, "methods": frames.METHODS,
    "changes": frames.CHANGES,
}  # fmt: skip

HEAD = """# planlib for people who write Python

pandas in, pandas out; paths as `str` or `Path`; days as ISO text or `date`. `import planlib` loads
nothing: each name is imported when it is first asked for. What is wrong with what you hand in is an
`InputError`, one line for each problem, with file and line or the position in the frame.
[tasks.md](tasks.md) has the usual tasks in a few lines each, `notebooks/start-here.ipynb` takes you
from figures to a chart and a table. This page is written from the docstrings.
"""


def described(thing: Any) -> str:
    """A docstring as Markdown: doctests become blocks of code, names stand in backticks."""
    parts: list[str] = []
    for block in inspect.cleandoc(thing.__doc__ or "").split("\n\n"):
        if block.startswith(">>>"):
            parts.append(f"```pycon\n{block}\n```")
        else:
            parts.append(block.replace("``", "`"))
    return "\n\n".join(parts)


def signature(name: str, thing: Any) -> str:
    """How something is called, an argument a line where it is long; types by their last names."""
    shown = inspect.signature(thing)
    kept = [value for key, value in shown.parameters.items() if key != "self"]
    plain = [value.replace(annotation=_plain(value.annotation)) for value in kept]
    text = str(shown.replace(parameters=plain, return_annotation=_plain(shown.return_annotation)))
    return name + re.sub(r"'([^']*\b[A-Z][^']*|str|int)'", r"\1", text)


def _plain(annotation: Any) -> Any:
    if isinstance(annotation, str):
        return re.sub(r"\b[a-z_]+\.(?=[A-Z])", "", annotation)
    return annotation


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name in FUNCTIONS:
        parts += [f"## {name}", f"```\nplanlib.{signature(name, getattr(planlib, name))}\n```"]
        parts.append(described(getattr(planlib, name)))
        if name == "compare_areas":
            parts.append(_columns(COMPARED))
    parts += ["## Figures", figures(), "## Evaluation", described(planlib.Evaluation)]
    for name in METHODS:
        method = getattr(planlib.Evaluation, name)
        parts += [
            f"### Evaluation.{name}",
            f"```\n{signature(name, method)}\n```",
            described(method),
        ]
        if name in FRAMES:
            parts.append(_columns(FRAMES[name]))
    parts += ["## Verdict", described(Verdict), ", ".join(f"`{one}`" for one in Verdict) + "."]
    parts += ["## InputError", described(planlib.InputError)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _columns(columns: dict[str, str]) -> str:
    rows = [f"| `{column}` | {text} |" for column, text in columns.items()]
    return "\n".join(["| column | holds |", "|---|---|", *rows])


def figures() -> str:
    """The columns of figures."""
    return textwrap.dedent(f"""\
        One row a goal, area, year and report. `area`, `goal` and `year` are needed, and any of the
        columns of numbers: {", ".join(f"`{name}`" for name in COLUMNS)}, and `unit`, to which numbers
        are converted. `vintage` is the day of the report; the newest one by the as-of day counts.
        `state` is one of {", ".join(f"`{one.name}`" for one in State)}; empty is `measured` where
        there is a number and `missing` elsewhere. Missing is never zero.
    """)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
