"""One evaluation: plan, figures, as-of day and audience held together; all else asks it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planlib.evaluation.evaluation import Evaluation as Evaluation
    from planlib.evaluation.opening import evaluate as evaluate

__all__ = ["Evaluation", "evaluate"]


def __getattr__(name: str) -> object:
    """The names above, imported when asked for: who wants a verdict's name needs no pandas."""
    if name == "Evaluation":
        from planlib.evaluation.evaluation import Evaluation

        return Evaluation
    if name == "evaluate":
        from planlib.evaluation.opening import evaluate

        return evaluate
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
