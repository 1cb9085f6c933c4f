"""What moved in pages, in words: what moved alike in many once, then page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from planlib.batch.difference.names import ReviewNames
from planlib.batch.difference.runs import PageMove, RunDifference
from planlib.batch.difference.texts import PictureMove, TextMove
from planlib.language.language import Language
from planlib.report.blocks import Block, Heading, Paragraph, items

OFTEN = 4  # pages that a sentence moved alike in are told together from here on
LONG = 90  # letters from which only what is another in a text is shown, and what stands around it
AROUND = 4  # words


class PagesTold:
    """Tells pages; of each ``most`` moves are told, or all."""

    def __init__(self, found: RunDifference, language: Language, most: int | None) -> None:
        self._language, self._most = language, most
        alike = Counter(
            pair
            for page in found.all_pages
            for pair in dict.fromkeys((one.before, one.after) for one in page.texts)
        )
        self._often = {pair: n for pair, n in alike.items() if n >= OFTEN}

    def cut(self, what: Sequence[Any]) -> Sequence[Any]:
        """As many as are told."""
        return what if self._most is None else what[: self._most]

    def more(self, count: int) -> str:
        """How many of so many are not told; empty where all are."""
        left = count - (self._most if self._most is not None else count)
        return self._language("difference.more", n=left) if left > 0 else ""

    def often(self) -> Iterator[Block]:
        """What moved alike in many pages."""
        say = self._language
        ordered = sorted(self._often.items(), key=lambda one: -one[1])
        if ordered:
            yield Heading(say("difference.often"), "often")
            lines = [
                say.labelled(say("difference.on-pages", n=n), self._sentence(*pair))
                for pair, n in self.cut(ordered)
            ]
            yield self._list(lines, len(ordered))

    def of(self, pages: Sequence[PageMove], names: ReviewNames) -> Iterator[Block]:
        """What moved in pages, but what is told of many already.

        On a screen a page in another language tells only what did not move in the first one's too.
        """
        say, lines = self._language, list[str]()
        for _, mine in groupby(pages, key=lambda page: page.about):
            same = sorted(mine, key=lambda page: page.lang != say.code)
            known: Counter[tuple[object, ...]] = Counter()
            for page in same:
                if page.state != "changed":
                    lines.append(say.labelled(_last(page), say(f"difference.{page.state}")))
                elif page.reads_the_same:
                    lines.append(say.labelled(_last(page), say("difference.reads-the-same")))
                else:
                    yield from self._page(page, known, names)
                if self._most is not None and page is same[0] and len(same) > 1:
                    known = Counter(one.place for one in (*page.texts, *page.pictures))
        if lines:
            yield self._list(self.cut(lines), len(lines))

    def _page(
        self, page: PageMove, known: Counter[tuple[object, ...]], names: ReviewNames
    ) -> Iterator[Block]:
        say = self._language
        texts = [one for one in page.texts if (one.before, one.after) not in self._often]
        pictures = [*page.pictures]
        if not texts and not pictures:
            return
        counted = {"sentences": len(texts), "pictures": len(pictures)}
        parts = [say(f"difference.count.{key}", n=n) for key, n in counted.items() if n]
        if known:
            left = Counter(known)
            texts = [one for one in texts if not _taken(left, one)]
            pictures = [one for one in pictures if not _taken(left, one)]
            first = "difference.alike-but" if texts or pictures else "difference.alike"
            parts.append(say(first))
        yield Paragraph(say.labelled(_last(page), self._language.parts_mark.join(parts)))
        lines = [self._text(one, names) for one in self.cut(texts)]
        lines += [self._picture(one) for one in self.cut(pictures)]
        if lines:
            yield self._list(lines, len(texts))

    def _list(self, lines: Sequence[str], count: int) -> Block:
        more = self.more(count)
        return items([*lines, *([more] if more else [])])

    def _text(self, move: TextMove, names: ReviewNames) -> str:
        place = " › ".join(filter(None, (move.section, move.goal and names.goal(move.goal))))
        told = self._sentence(move.before, move.after)
        return self._language.labelled(place, told) if place else told

    def _sentence(self, before: str, after: str) -> str:
        say = self._language
        if before and after:
            was, now = around(before, after)
            return say("difference.text", before=was, after=now)
        return say(f"difference.text-{'gone' if before else 'new'}", text=before or after)

    def _picture(self, move: PictureMove) -> str:
        say = self._language
        if move.before == move.after:
            return say("difference.picture-drawing", name=move.name)
        if not move.before or not move.after:
            return say(f"difference.picture-{'new' if move.after else 'gone'}", name=move.name)
        was, now = move.before.split("\n"), move.after.split("\n")
        parts = [
            pair(*around(one.removeprefix("- "), other.removeprefix("- ")))
            for one, other in zip(was, now, strict=False)
            if one != other
        ]
        mark = self._language.parts_mark
        told, more = mark.join(self.cut(parts)), self.more(len(parts))
        moved = say("difference.picture", name=move.name)
        return say.labelled(moved, told + (f"{mark}{more}" if more else ""))


def pair(was: str, now: str) -> str:
    """Before and after."""
    return f"{was or '–'} → {now or '–'}"


def around(before: str, after: str) -> tuple[str, str]:
    """Two texts; of long ones what is another in them, with some words on either side.

    >>> around("Met 5 of 6.", "Met 6 of 6.")
    ('Met 5 of 6.', 'Met 6 of 6.')
    >>> around("word " * 20 + "5" + " word" * 20, "word " * 20 + "6" + " word" * 20)
    ('… word word word word 5 word word word word …', '… word word word word 6 word word word word …')
    """
    if max(len(before), len(after)) < LONG:
        return before, after
    was, now = before.split(), after.split()
    shorter = min(len(was), len(now))
    head = next((at for at in range(shorter) if was[at] != now[at]), shorter)
    left = shorter - head
    tail = next((at for at in range(left) if was[-1 - at] != now[-1 - at]), left)
    start, end = max(0, head - AROUND), max(0, tail - AROUND)

    def shown(words: list[str]) -> str:
        some = words[start : len(words) - end]
        return " ".join([*(["…"] if start else []), *some, *(["…"] if end else [])])

    return shown(was), shown(now)


def _taken(left: Counter[tuple[object, ...]], move: TextMove) -> bool:
    """Whether something moved in the same place of another language, which counts once."""
    if left[move.place] > 0:
        left[move.place] -= 1
        return True
    return False


def _last(page: PageMove) -> str:
    return page.name.rpartition("/")[2]
