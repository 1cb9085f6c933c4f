"""The names of goals and areas in the tables of a page: each goal's leads to its page, an area's to its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import Tag

from planlib.errors import Said, said
from planlib.language.languages import LANGUAGES
from planlib.verify.markup import attribute, classes, plain, rows_of, text_of

_TO = rf"\.\./goal-[a-z0-9-]+\.(?:{'|'.join(LANGUAGES)})\.html"
_BESIDE = re.compile(rf'<a class="pg-goal" href="{_TO}" aria-label="[^"<>]*">→</a>')
_AREA = rf"\.\./[a-z0-9-]+/index(?:\.(?:{'|'.join(LANGUAGES)}))?\.html"
_AREA_BESIDE = re.compile(rf'<a class="pg-area" href="{_AREA}" aria-label="[^"<>]*">→</a>')
_AREA_LINK = re.compile(rf'<a class="pg-area" href="{_AREA}">((?:(?!</a>).)*)</a>', re.DOTALL)
_LINK = re.compile(rf'<a href="{_TO}">((?:(?!</a>).)*)</a>', re.DOTALL)


def without_goal_links(page: str) -> str:
    """A page as its notebook shows it, which knows of no other pages."""
    page = _AREA_LINK.sub(r"\1", _AREA_BESIDE.sub("", page)) if "pg-area" in page else page
    return _LINK.sub(r"\1", _BESIDE.sub("", page))


def goal_links_differ(root: Tag, lang: str, here: Path | None = None) -> Iterator[Said]:
    """What is wrong with the links in rows of goals and of areas.

    A goal has one on its first name, to its page, and no other; an area one on its name, to a page
    that there is, seen from the folder ``here``, or none.
    """
    seen: set[str] = set()
    for row in rows_of(root):
        if area := attribute(row, "data-area"):
            if not _leads_to_area(row, area, here):
                shown = " ".join(attribute(one, "href") for one in row.find_all("a"))
                yield said(
                    "verify.link-to-another-page", found=f"{text_of(row)[:60]}: {shown}"[:100]
                )
            continue
        names = [one for one in row.find_all("td") if "pl-c-indicator" in classes(one)]
        goal = attribute(row, "data-goal")
        first = bool(goal and names) and goal not in seen
        right = [f"../goal-{goal}.{lang}.html"] if first else []
        seen |= {goal} if first else set()
        links = [one for one in row.find_all("a") if not _aside(one)]
        named = [plain(attribute(one, "aria-label")) for one in links if text_of(one) == "→"]
        folded = [text_of(one) for cell in names for one in cell.find_all("summary")]
        if [attribute(one, "href") for one in links] != right or named != (folded if first else []):
            shown = " ".join(attribute(one, "href") for one in links)
            yield said("verify.link-to-another-page", found=f"{text_of(row)[:60]}: {shown}"[:100])


def _leads_to_area(row: Tag, area: str, here: Path | None) -> bool:
    """Whether the one link of a row, if it has any, is on the name of its area, and leads to its page."""
    names = [one for one in row.find_all("td") if "pl-c-area" in classes(one)]
    links = [one for one in row.find_all("a") if not _aside(one)]
    if not links:
        return True
    inside = [one for cell in names for one in cell.find_all("a")]
    to = attribute(links[0], "href")
    label = plain(attribute(links[0], "aria-label"))
    folded = [text_of(one) for cell in names for one in cell.find_all("summary")]
    told = [label] == folded and text_of(links[0]) == "→" if folded else not label
    pattern = rf"\.\./{re.escape(area)}/index(\.[a-z]+)?\.html"
    there = here is None or (here / to).is_file()
    return len(links) == len(inside) == 1 and told and bool(re.fullmatch(pattern, to)) and there


def _aside(link: Tag) -> bool:
    """Whether a link stands among what is folded under a name, such as the address of a source."""
    return any("pl-facts" in classes(around) for around in link.parents)
