"""The names of goals in the tables of a review's page, each of which must lead to the goal's own page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from planlib.errors import Said, said
from planlib.language.languages import LANGUAGES
from planlib.verify.markup import attribute, classes, plain, text_of

_TO = rf"\.\./goal-[a-z0-9-]+\.(?:{'|'.join(LANGUAGES)})\.html"
_BESIDE = re.compile(rf'<a class="pg-goal" href="{_TO}" aria-label="[^"<>]*">→</a>')
_LINK = re.compile(rf'<a href="{_TO}">((?:(?!</a>).)*)</a>', re.DOTALL)


def without_goal_links(page: str) -> str:
    """A page as its notebook shows it, which knows of no other pages."""
    return _LINK.sub(r"\1", _BESIDE.sub("", page))


def goal_links_differ(root: Tag, lang: str) -> Iterator[Said]:
    """What is wrong with the links in rows of goals: one on its first name, to its page, and no other."""
    seen: set[str] = set()
    for row in root.find_all("tr", class_="pl-row"):
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


def _aside(link: Tag) -> bool:
    """Whether a link stands among what is folded under a name, such as the address of a source."""
    return any("pl-facts" in classes(around) for around in link.parents)
