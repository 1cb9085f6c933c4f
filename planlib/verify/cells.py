"""Whether a printed cell says what was recomputed: its numbers, its verdict word, its yes or no."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from functools import cache

from babel.numbers import get_decimal_symbol, get_group_symbol
from bs4 import Tag

from planlib.plan.goal import Goal
from planlib.plan.target import PERCENT_BASES, Basis, Target
from planlib.verify.comparisons import RecomputedComparison
from planlib.verify.markup import classes, plain, text_of
from planlib.verify.targets.judged import RecomputedVerdict
from planlib.verify.texts import BELOW_ABOVE, ESTIMATE, FELL_ROSE, GLYPHS, WORDS, YES_NO, filled

ASIDE = ("pl-glyph", "pl-under", "pl-sure", "pl-facts")
CHANGED = frozenset({Basis.change, Basis.change_since, Basis.difference_since})
MINUS = "\N{MINUS SIGN}"
LONGEST = 500  # letters of a number; longer ones are no figure of anybody's
MOST_DIGITS = 17  # as many as a float has: the digit that decides may be the last
# The sign of an amount stands before its currency: −VND 5, −£39.
_CURRENCY = re.compile(rf"{MINUS}((?:[^\W\d_]{{1,4}}[^\w\s]?|[^\w\s])\s?)(?=\d)")
_EXACT = Context(prec=800)


@cache
def _signs(lang: str) -> tuple[str, str, re.Pattern[str]]:
    """What parts thousands and what decimals in a language, and its numbers."""
    signs = {"vi": (".", ","), "en": (",", ".")}.get(lang)
    group, mark = signs or (get_group_symbol(lang), get_decimal_symbol(lang))
    number = rf"{MINUS}?\d+(?:{re.escape(group)}\d{{3}})*(?:{re.escape(mark)}\d+)?"
    return group, mark, re.compile(number)


def digits_apart(lang: str) -> str:
    """What parts thousands in a language."""
    return _signs(lang)[0]


def decimal_mark(lang: str) -> str:
    """What parts decimals in a language."""
    return _signs(lang)[1]


def numbers_in(text: str, lang: str) -> list[Decimal]:
    """The numbers of a text as a reader of the language takes them.

    >>> [str(number) for number in numbers_in("từ 1.234,5 đến −2", "vi")]
    ['1234.5', '-2']
    >>> [str(number) for number in numbers_in("at least −BRL 5 million", "en")]
    ['-5']
    """
    group, mark, number = _signs(lang)
    text = _CURRENCY.sub(rf"\1{MINUS}", text)
    return [
        Decimal(found.replace(group, "").replace(mark, ".").replace(MINUS, "-"))
        if len(found) <= LONGEST
        else Decimal("Infinity")
        for found in number.findall(text)
    ]


def whole(text: str) -> int | None:
    """A whole number as planlib prints one; None for anything else that may pass for a number.

    >>> whole("2012"), whole("\u00b2"), whole("9" * 5000)
    (2012, None, None)
    """
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def rounds_to(number: float, printed: Decimal, fewest: int) -> bool:
    """Whether a number printed with ``fewest`` decimals or more may read so.

    >>> rounds_to(97.84, Decimal("97.8"), 1), rounds_to(97.86, Decimal("97.8"), 1)
    (True, False)
    """
    exact = Decimal(repr(number))
    return any(
        exact.quantize(Decimal(1).scaleb(-places), rounding, _EXACT) == printed
        for places in range(fewest, MOST_DIGITS + 1)
        for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN)
    )


def says(text: str, lang: str, expected: Sequence[float], fewest: int) -> bool:
    """Whether the numbers of a text are these, each of them and no other."""
    printed = numbers_in(text, lang)
    return all(any(rounds_to(n, p, fewest) for n in expected) for p in printed) and all(
        any(rounds_to(n, p, fewest) for p in printed) for n in expected
    )


def figure_is(text: str, goal: Goal, answer: RecomputedVerdict, lang: str) -> bool:
    """Whether a cell shows the figure of an answer: in numbers, in its source's words, or none."""
    target = answer.target or goal.main_target()
    if answer.figure_of is not None and figure_ends(answer):
        told, wanted = stood_in(text, answer.figure_of, lang)
        if not wanted:
            return False
        text = told
    words = plain(answer.words)
    if words and words in text:  # before the unit goes: "188 of 200 is 94 %" holds it too
        return not numbers_in(text.replace(words, "", 1).replace(goal.unit_in(lang), ""), lang)
    text = text.replace(goal.unit_in(lang), "")
    ends = figure_ends(answer)
    if not ends:
        return not numbers_in(text, lang)
    if answer.estimate != text.startswith(ESTIMATE[lang][0].split()[0]):
        return False
    if target.comparison == RecomputedComparison.done:
        answered = YES_NO[lang][0 if min(ends) >= 1 else 1]
        return f" {plain(text)}".endswith(f" {answered}")
    if target.comparison == RecomputedComparison.all_of:
        return says(text, lang, [ends[0], float(len(target.members))], 2)
    if target.comparison == RecomputedComparison.rank:
        return says(text, lang, [*ends, answer.against or 0.0], 0)
    apart = target.comparison == RecomputedComparison.relative
    around = BELOW_ABOVE[lang] if apart else FELL_ROSE[lang]
    fell, rose = (frozenset(words.split()) for words in around)
    spoken = frozenset(text.split())
    if _moves(target):
        if max(ends) <= 0 and min(ends) < 0:
            return fell <= spoken and says(text, lang, [abs(end) for end in ends], 1)
        if min(ends) >= 0 and max(ends) > 0 and not rose <= spoken:
            return False
    return says(text, lang, ends, 1 if target.basis in PERCENT_BASES else 2)


def stood_in(text: str, period: int, lang: str) -> tuple[str, bool]:
    """A figure without the period it says it is of, and whether it says so.

    >>> stood_in("71.2 (figure of 2012)", 2012, "en")
    ('71.2', True)
    """
    told = filled("figure.stands_in", lang, figure="\N{BULLET}", year=period)
    begin, _, end = told.partition("\N{BULLET}")
    line = plain(text)
    bare = line.removeprefix(begin).removesuffix(end)
    return bare.strip(), line == begin + bare + end


def figure_ends(answer: RecomputedVerdict) -> list[float]:
    """The number compared, or the ends of the interval, without binary dust."""
    ends = [answer.value] if answer.value is not None else [answer.low, answer.high]
    return [clean(end) for end in ends if end is not None]


def level_is(text: str, answer: RecomputedVerdict, lang: str) -> bool:
    """Whether a cell shows the figure over its target in percent, or that there is none."""
    level = answer.level
    if level is None or level < 0:
        return not numbers_in(text, lang)
    return says(text, lang, [float(Decimal(repr(clean(level))).scaleb(2))], 1)


def target_is(text: str, goal: Goal, target: Target | None, lang: str) -> bool:
    """Whether a cell names the numbers of a target."""
    if target is not None and target.to is not None:
        named = plain(target.to.called(lang))
        if named not in plain(text):
            return False
        text = plain(text).replace(named, "", 1)
    text = text.replace(goal.unit_in(lang), "")
    if target is None or target.comparison == RecomputedComparison.done:
        return not numbers_in(text, lang)
    if target.comparison == RecomputedComparison.all_of:
        return says(text, lang, [float(len(target.members))], 2)
    ends = [end for end in (target.value, target.low, target.high) if end is not None]
    if target.among is not None:
        # One of them is told without a number.
        best = [] if isinstance(target.among, str) else [float(target.among.best)]
        return says(text, lang, best, 0) or (best == [1.0] and not numbers_in(text, lang))
    if _moves(target):
        since = target.since or (goal.baseline.year if goal.baseline else None)
        if target.basis is not Basis.change and since is not None:
            text = plain(text).replace(filled("period.year", lang, year=since), "", 1)
        ends = [abs(end) for end in ends]
        if not any(ends):  # "no rise" needs no zero
            return not numbers_in(text, lang)
    return says(text, lang, ends, 2)


def _moves(target: Target) -> bool:
    apart = target.comparison == RecomputedComparison.relative and target.measure != "percent"
    return target.basis in CHANGED or apart or target.comparison == RecomputedComparison.maintain


def clean(number: float) -> float:
    """A number to twelve digits, as verdict files keep it.

    >>> clean(100 * 0.29)
    29.0
    """
    return float(f"{number:.12g}")


def shown_verdict(cell: Tag, lang: str) -> str | None:
    """The verdict a cell shows; None unless its colour, its glyph and its word are of the same."""
    name = styled_as(cell)
    if name is None:
        return None
    glyphs = {text_of(part) for part in cell.find_all(class_="pl-glyph")}
    chips = " ".join(text_of(part, without=ASIDE) for part in _worded(cell))
    word = WORDS[lang][name]
    right = glyphs == {GLYPHS[name]} and chips == word
    return name if right and cell.get("title", word) == word else None


def styled_as(cell: Tag) -> str | None:
    """The one verdict whose colours a cell has; None where there is none or more."""
    styled = [*classes(cell), *(name for part in cell.find_all() for name in classes(part))]
    names = {name[5:].replace("-", "_") for name in styled if name.startswith("pl-v-")}
    return names.pop() if len(names) == 1 and names <= set(GLYPHS) else None


def _worded(cell: Tag) -> Iterator[Tag]:
    """Where a verdict's word stands: in its chip, or hidden beside a bare glyph."""
    yield from cell.find_all(class_="pl-chip")
    yield from cell.find_all(class_="pl-hidden")
