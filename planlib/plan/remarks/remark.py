"""One remark of an office, and a file of them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from planlib.plan.audience import INTERNAL, PUBLIC, Audience
from planlib.plan.base import Id, Part, Words

MIDTERM, TERM = "midterm", "term"


class RemarkKind(StrEnum):
    """What a remark is about, and so where it stands; in the order of a report."""

    situation = "situation"
    note = "note"
    objective = "objective"
    subjective = "subjective"
    lessons = "lessons"
    tasks = "tasks"
    proposals = "proposals"


def _as_text(value: Any) -> Any:
    return str(value) if type(value) is int else value


class Remark(Part):
    """One remark of an area in a period, which is ``midterm`` or ``term`` in those reports.

    With a ``goal`` it is about that goal. Words are in one language, that of the office. Where the
    ``audience`` is ``internal``, the public is not shown it.
    """

    area: Id
    period: Annotated[Words, BeforeValidator(_as_text)]
    kind: RemarkKind
    text: Annotated[Words, AfterValidator(str.strip)]
    goal: Id | None = None
    author: Annotated[Words | None, AfterValidator(lambda text: text and text.strip())] = None
    audience: Audience = PUBLIC

    @property
    def key(self) -> str:
        """What names its place in a document."""
        return f"{self.kind}:{self.goal}" if self.goal else str(self.kind)

    @property
    def record(self) -> dict[str, str]:
        """The remark as files tell it, without what it does not say."""
        told: dict[str, str] = self.model_dump(mode="json", exclude_defaults=True)
        return told


class RemarkFile(Part):
    """A file of remarks."""

    remarks: tuple[Remark, ...]


def remarks_for(remarks: Iterable[Remark], area: str, audience: str) -> tuple[Remark, ...]:
    """Those of an area that an audience may read."""
    return tuple(
        one for one in remarks if one.area == area and audience in (INTERNAL, one.audience)
    )
