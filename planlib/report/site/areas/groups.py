"""Groups of a plan's areas: which there are to choose among, and what is counted of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from planlib.language.language import Language
from planlib.language.order import filed
from planlib.language.sentences import joined
from planlib.language.text import Text
from planlib.report.site.area_results import AreaResults
from planlib.report.site.areas.lines import Line
from planlib.scoring.counts import GAPS, VerdictCounts
from planlib.scoring.verdict import JUDGED, REACHED, Verdict

NO_GROUP = "none"  # the kind of what is in no group
KINDS = ("whole", "peers", NO_GROUP)
_PAGE = {"whole": "-in-", "peers": "-peers-", NO_GROUP: "-without-group"}


@dataclass(frozen=True)
class LineGroup:
    """A group: its areas by their places in the plan's order, and what is counted of their goals.

    ``sums`` are of each column, as those of a line; ``number`` tells it in a list of all.
    """

    kind: str
    id: str
    name: Mapping[str, str]
    number: int
    places: tuple[int, ...]
    sums: tuple[tuple[int, int, int], ...]
    counts: tuple[VerdictCounts, ...]

    @property
    def suffix(self) -> str:
        """What the name of its page has before the language."""
        return f"{_PAGE[self.kind]}{self.id}"


@dataclass(frozen=True)
class NamedGroup:
    """A group as readers of a language see it."""

    of: LineGroup
    label: str


def groups_of(results: Sequence[AreaResults], lines: Sequence[Line]) -> tuple[LineGroup, ...]:
    """The groups of areas, those in none last; a group that holds all areas chooses nothing."""
    places: dict[tuple[str, str], list[int]] = {}
    names: dict[tuple[str, str], Mapping[str, str]] = {}
    for at, one in enumerate(results):
        for kind, group, name in one.within:
            places.setdefault((kind, group), []).append(at)
            names.setdefault((kind, group), name)
    found = {key: some for key, some in places.items() if len(some) < len(results)}
    if not found:
        return ()
    grouped = {at for some in found.values() for at in some}
    alone = [at for at in range(len(results)) if at not in grouped]
    if alone:
        found[NO_GROUP, ""] = alone
    counts = np.array([[column[0] for column in line.columns] for line in lines])
    order = sorted(found.items(), key=lambda one: KINDS.index(one[0][0]))
    told = []
    for number, (key, some) in enumerate(order):
        mine = counts[some].sum(axis=0)
        sums = np.stack([mine[:, [*kind]].sum(axis=1) for kind in (REACHED, JUDGED, GAPS)], axis=1)
        by_verdict = (dict(zip(Verdict, row, strict=True)) for row in mine.tolist())
        told.append(
            LineGroup(
                *key, names.get(key, {}), number, tuple(some), tuple(map(tuple, sums.tolist())),
                tuple(map(VerdictCounts, by_verdict)),
            )
        )  # fmt: skip
    return tuple(told)


def in_order(groups: Sequence[LineGroup], say: Language) -> list[list[NamedGroup]]:
    """The groups of each kind as a language orders them; with their ids where two have one name."""
    named = [(one, _name(one, say)) for one in groups]
    plain = [str(name) for _, name in named]
    labels = [
        (one, joined([name, " (", one.id, ")"], "") if plain.count(str(name)) > 1 else name)
        for one, name in named
    ]
    labels.sort(key=lambda one: (filed(str(one[1]), say.code), one[0].id))
    kinds = [[NamedGroup(*one) for one in labels if one[0].kind == kind] for kind in KINDS]
    return [some for some in kinds if some]


def _name(group: LineGroup, say: Language) -> str:
    if group.kind == NO_GROUP:
        return say("overview.group.none")
    return Text(group.name).in_language(say.code)
