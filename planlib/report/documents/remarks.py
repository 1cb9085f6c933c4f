"""What an office says, in its place in a report, and taken back from a Word file it has written in."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from planlib.language.language import Language
from planlib.plan.audience import PUBLIC
from planlib.plan.remarks.remark import Remark, RemarkKind, remarks_for
from planlib.report.layout import Fact

_ORDER = list(RemarkKind)
CAUSES = (RemarkKind.objective, RemarkKind.subjective)


@dataclass(frozen=True)
class OfficeRemarks:
    """The remarks on one report, in the order of their file."""

    found: tuple[Remark, ...] = ()

    @classmethod
    def on(cls, remarks: Iterable[Remark], area: str, period: str) -> OfficeRemarks:
        """Those of an area and a period."""
        return cls(tuple(one for one in remarks if (one.area, one.period) == (area, period)))

    def of(self, kind: str) -> Iterator[Remark]:
        """Those of a kind: on the whole first, then on goals."""
        mine = [one for one in self.found if one.kind == kind]
        yield from sorted(mine, key=lambda one: one.goal is not None)

    def causes(self) -> dict[str, list[str]]:
        """Why single goals were missed, in the office's words, by the goal's id."""
        found: dict[str, list[str]] = defaultdict(list)
        for kind in CAUSES:
            for one in self.of(kind):
                if one.goal is not None:
                    found[one.goal].append(one.text)
        return found

    def about(self, goal: str | None, language: Language) -> tuple[Fact, ...]:
        """Those on a goal, or on the whole, as a page shows them: whose words they are, and those."""
        mine = [one for one in self.found if one.goal == goal]
        return tuple(
            Fact(_whose(one, language), one.text, id=one.key)
            for one in sorted(mine, key=lambda one: _ORDER.index(one.kind))
        )


def _whose(remark: Remark, language: Language) -> str:
    kind = language(f"remark.kind.{remark.kind}")
    if remark.author is None:
        return language("remark.said", kind=kind)
    return language("remark.said_by", kind=kind, author=remark.author)


@dataclass(frozen=True)
class TakenBack:
    """What a file of remarks says now: the new ``texts`` of some of them by their place in it, empty
    for one that goes, and what is ``added``.
    """

    texts: Mapping[int, str]
    added: tuple[Remark, ...]

    def __len__(self) -> int:
        return len(self.texts) + len(self.added)


def taken_back(
    before: Sequence[Remark], written: Iterable[tuple[str, str]], area: str, period: str,
    audience: str = PUBLIC,
) -> TakenBack:  # fmt: skip
    """What was written in a document's places, against the remarks there were.

    ``written`` is the key and the text of each place, in the order of the document. A place that
    was emptied takes its remark away; remarks the document does not hold stay as they are. What
    somebody wrote in a document for an ``audience`` is for no other. Raises
    pydantic's ValidationError where a place has no key of ours.
    """
    left: dict[str, deque[str]] = defaultdict(deque)
    for key, text in written:
        left[key].append(text)
    texts: dict[int, str] = {}
    for at, one in enumerate(before):
        here = remarks_for([one], area, audience) and one.period == period
        if here and left.get(one.key):
            text = left[one.key].popleft()
            if text != one.text:
                texts[at] = text
    added = []
    for key, new in left.items():
        kind, _, goal = key.partition(":")
        for text in filter(None, new):
            made = {"area": area, "period": period, "kind": kind, "text": text}
            made |= {"audience": audience}
            added.append(Remark.model_validate(made | ({"goal": goal} if goal else {})))
    return TakenBack(texts, tuple(added))
