"""Published verdicts beside the recomputed ones: told where they are others, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bs4 import Tag

from planlib.errors import Said, said
from planlib.verify.markup import text_of
from planlib.verify.recompute import Recomputed
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.texts import WORDS, filled


def marks_differ(
    cell: Tag, answer: RecomputedVerdict, lang: str, *, exceeds: bool, listed: bool
) -> Iterator[Said]:
    """What is wrong with what is told under a verdict.

    The table of all targets (``listed``) must tell of every other verdict; ``exceeds`` is
    ``Recomputed.publishes_exceeded``.
    """
    parts = [text_of(part)[:200] for part in cell.find_all(class_="pl-under")]
    differs = answer.differs(exceeds=exceeds)
    if (parts and not differs) or (differs and listed and len(parts) != 1):
        yield said("verify.published-mark", found=" | ".join(parts) or "none")
    right = filled(
        "published.differs", lang, verdict=WORDS[lang].get(answer.published or "", "none")
    )
    for found in parts:
        if found != right:
            yield said("verify.text-differs", right=right, found=found)


def list_differs(recomputed: Recomputed, year: int, found: Sequence[str]) -> Said | None:
    """What is wrong with the list of goals whose published verdict is another one; None if right."""
    right = [
        goal.id
        for goal in recomputed.plan.goals
        if recomputed.annual(goal, year).differs(exceeds=recomputed.publishes_exceeded)
    ]
    if list(found) == right:
        return None
    wanted, shown = (", ".join(some)[:200] or "none" for some in (right, found))
    return said("verify.differing-verdicts-differ", right=wanted, found=shown)
