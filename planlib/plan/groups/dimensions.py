"""Dimensions: what figures are broken down by, such as sex or district, and the groups they make.

A group is one member of each of some dimensions, written ``sex=women`` or ``sex=women;age=young``,
its dimensions in the order of the plan. The whole is an empty text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from pydantic import Field, model_validator

from planlib.errors import Faults, Said, did_you_mean, said
from planlib.language.text import Text
from planlib.plan.base import Id, Part
from planlib.plan.target import Member

BETWEEN, IS = ";", "="  # sex=women;age=young
WHOLE = ""


class Dimension(Part):
    """What figures may be broken down by.

    ``partition`` says that its members cover everybody, each once: then their counts add up to the
    whole. It is false where they overlap (under 25, under 30) or where some are not named.
    """

    id: Id
    name: Text
    members: tuple[Member, ...] = Field(min_length=1)
    partition: bool = Field(default=True, strict=True)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        found = []
        names = [member.id for member in self.members]
        if len(set(names)) < len(names):
            found.append(said("plan.ids-of-members-must-differ", dimension=self.id))
        if self.partition and len(names) == 1:
            found.append(said("plan.one-member-no-partition", dimension=self.id))
        if found:
            raise Faults(*found)
        return self


@dataclass(frozen=True)
class GroupFault:
    """Why a text names no group, and what may help."""

    message: Said
    hint: Said | None = None


def parts_of(group: str) -> dict[str, str]:
    """The member of each dimension of a group.

    >>> parts_of("sex=women;age=young"), parts_of("")
    ({'sex': 'women', 'age': 'young'}, {})
    """
    return dict(part.split(IS, 1) for part in group.split(BETWEEN)) if group else {}


def group_of(parts: Mapping[str, str], order: Iterable[str]) -> str:
    """A group as it is written, its dimensions in the order given.

    >>> group_of({"age": "young", "sex": "women"}, ["sex", "age"])
    'sex=women;age=young'
    """
    return BETWEEN.join(f"{name}{IS}{parts[name]}" for name in order if name in parts)


def read_group(
    text: str, dimensions: Sequence[Dimension], by: Sequence[str] | None = None
) -> str | GroupFault:
    """A group in the order of the plan, or why the text names none.

    ``by`` are the dimensions of a goal, all of the plan's where it is None.

    >>> text = Text(vi="x", en="x")
    >>> sex, age = (
    ...     Dimension(id=one, name=text, members=(Member(id=a, name=text), Member(id=b, name=text)))
    ...     for one, a, b in (("sex", "women", "men"), ("age", "young", "old"))
    ... )
    >>> read_group("age = old; sex = men", [sex, age])
    'sex=men;age=old'
    """
    if not text.strip():
        return WHOLE
    known = {one.id: [member.id for member in one.members] for one in dimensions}
    parts: dict[str, str] = {}
    for part in text.split(BETWEEN):
        name, is_, member = (piece.strip() for piece in part.partition(IS))
        if not (name and is_ and member):
            hint = said("figures.group-written-so")
            return GroupFault(said("figures.group-not-readable", found=_quoted(text)), hint)
        if name in parts:
            return GroupFault(said("figures.dimension-named-twice", name=name, found=_quoted(text)))
        if name not in known:
            return GroupFault(
                said("figures.dimension-unknown", found=_quoted(name)),
                did_you_mean(name, known) or _known(known),
            )
        if by is not None and name not in by:
            return GroupFault(
                said("figures.goal-not-by-dimension", name=name),
                said("figures.goal-is-by", names=", ".join(by))
                if by
                else said("figures.goal-names-no-by"),
            )
        if member not in known[name]:
            return GroupFault(
                said("figures.group-member-unknown", name=name, found=_quoted(member)),
                did_you_mean(member, known[name]) or _known(known[name]),
            )
        parts[name] = member
    return group_of(parts, known)


def _quoted(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _known(names: Iterable[str]) -> Said | None:
    told = list(names)[:20]
    return said("figures.known-groups", names=", ".join(told)) if told else None


def single_groups(dimensions: Sequence[Dimension], by: Sequence[str]) -> tuple[str, ...]:
    """The groups of one dimension each, in the order of the plan."""
    return tuple(
        f"{one.id}{IS}{member.id}" for one in dimensions if one.id in by for member in one.members
    )


def member_names(dimensions: Sequence[Dimension], by: Sequence[str]) -> dict[str, str]:
    """The group that each name of a member means, in small letters, where it means but one."""
    found: dict[str, set[str]] = {}
    for one in dimensions:
        for member in one.members if one.id in by else ():
            for name in (member.id, *member.name.values()):
                found.setdefault(name.casefold(), set()).add(f"{one.id}{IS}{member.id}")
    return {name: groups.pop() for name, groups in found.items() if len(groups) == 1}


def in_order(groups: Iterable[str], dimensions: Sequence[Dimension]) -> tuple[str, ...]:
    """Groups by how many dimensions they have, then in the order of the plan; each once."""
    place = {
        (one.id, member.id): (at, number)
        for at, one in enumerate(dimensions)
        for number, member in enumerate(one.members)
    }

    def key(group: str) -> tuple[int, list[tuple[int, int]]]:
        parts = parts_of(group)
        dimensions_first = [place[part] for part in parts.items()]
        return len(parts), dimensions_first

    return tuple(sorted(set(groups), key=key))


def group_name(group: str, dimensions: Sequence[Dimension]) -> Text:
    """What readers call a group: the names of its members; the id where one is not known."""
    names = {(one.id, m.id): m.name for one in dimensions for m in one.members}
    parts = [names.get(part) or Text.in_all(part[1]) for part in parts_of(group).items()]
    languages = dict.fromkeys(code for name in parts for code in name)
    return Text({code: ", ".join(name.in_language(code) for name in parts) for code in languages})
