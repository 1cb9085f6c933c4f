"""planlib: from a government's plan and its figures to verdicts anyone can replay.

``import planlib`` does no work: each name below is imported when it is first asked for.
docs/library.md describes them, docs/tasks.md shows what is done with them in a few lines.

>>> import planlib
>>> e = planlib.evaluate("ward-2010-2015", as_of="2014-03-31", audience="public")
>>> e.verdicts("2013")["verdict"].value_counts()["exceeded"] > 0
np.True_
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlib.api.auditing import audit as audit
    from planlib.api.comparing import compare_areas as compare_areas
    from planlib.api.drawing import draw as draw
    from planlib.api.exploring import explore as explore
    from planlib.api.exploring import save_view as save_view
    from planlib.api.late import late_figures as late_figures
    from planlib.api.reviews import annual_review as annual_review
    from planlib.api.reviews import midterm_review as midterm_review
    from planlib.api.reviews import term_review as term_review
    from planlib.errors import InputError as InputError
    from planlib.evaluation.evaluation import Evaluation as Evaluation
    from planlib.evaluation.opening import evaluate as evaluate
    from planlib.evaluation.opening import read_figures as read_figures
    from planlib.evaluation.opening import read_plan as read_plan
    from planlib.review.explored import GoalView as GoalView
    from planlib.scoring.verdict import Verdict as Verdict

__version__ = "0.1.0"

_WHERE = {
    "read_plan": "planlib.evaluation.opening",
    "read_figures": "planlib.evaluation.opening",
    "evaluate": "planlib.evaluation.opening",
    "Evaluation": "planlib.evaluation.evaluation",
    "annual_review": "planlib.api.reviews",
    "midterm_review": "planlib.api.reviews",
    "term_review": "planlib.api.reviews",
    "audit": "planlib.api.auditing",
    "late_figures": "planlib.api.late",
    "compare_areas": "planlib.api.comparing",
    "draw": "planlib.api.drawing",
    "explore": "planlib.api.exploring",
    "save_view": "planlib.api.exploring",
    "GoalView": "planlib.review.explored",
    "Verdict": "planlib.scoring.verdict",
    "InputError": "planlib.errors",
}
__all__ = [
    "Evaluation",
    "GoalView",
    "InputError",
    "Verdict",
    "annual_review",
    "audit",
    "compare_areas",
    "draw",
    "evaluate",
    "explore",
    "late_figures",
    "midterm_review",
    "read_figures",
    "read_plan",
    "save_view",
    "term_review",
]


def __getattr__(name: str) -> object:
    if name not in _WHERE:
        raise AttributeError(f"module 'planlib' has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_WHERE[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
