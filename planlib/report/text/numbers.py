"""Numbers as a reader should see them: no false digits, and never rounded across a target.

2.96 against "at least 3" must not be printed as 3: a reader would take the verdict for a mistake.
So a number gets as many digits as it needs to stay on its own side of what it is held against.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from planlib.language.language import MOST_DIGITS, Language
from planlib.plan.goal import Goal
from planlib.plan.target import PERCENT_BASES, Target
from planlib.plan.targets.tolerance import Tolerance
from planlib.scoring.verdict import SAME

# A percentage made from two counts: one decimal, as offices print it.
MADE_DIGITS = 1
# Enough for any float, whose shortest text has 17 digits, and for the zeros before or after them.
_EXACT = Context(prec=800)


def number_text(
    number: float, language: Language, *, digits: int = MOST_DIGITS, ends: Iterable[float] = ()
) -> str:
    """A number with at most ``digits`` decimals, more only to stay on its side of ``ends``.

    >>> vi = Language("vi")
    >>> number_text(72.2222, vi, digits=1), number_text(100.0, vi, digits=1)
    ('72,2', '100')
    >>> number_text(101.25, vi, digits=1)
    '101,3'
    >>> number_text(2.96, vi, digits=1, ends=[3.0]), number_text(94.99999, vi, ends=[95.0])
    ('2,96', '94,99999')
    """
    if not number:  # of both signs, which are equal
        return _number_text(number, language.code, digits, tuple(ends))
    return _remembered(number, language.code, digits, tuple(ends))


def _number_text(number: float, code: str, digits: int, held: tuple[float, ...]) -> str:
    exact = Decimal(repr(number))
    # Rounded to as many decimals as it has, a number is itself and stands where it stands.
    for places in range(digits, max(digits, _decimals(exact)) + 1):
        printed = float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, _EXACT))
        if all(_side(printed, end) == _side(number, end) for end in held):
            break
    return exact_text(printed, Language(code))


# A page says the same number in several places, and the page of a goal in another language too.
_remembered = lru_cache(maxsize=10_000, typed=True)(_number_text)


def exact_text(number: float, language: Language) -> str:
    """A number with every decimal it was written with: a target is never rounded.

    >>> exact_text(99.995, Language("en")), exact_text(95.0, Language("en"))
    ('99.995', '95')
    """
    return language.number(number, _decimals(Decimal(repr(number)).normalize(_EXACT)))


def _decimals(exact: Decimal) -> int:
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int)  # only NaN and infinity have another
    return max(0, -exponent)


def _side(number: float, end: float) -> int:
    if math.isclose(number, end, rel_tol=SAME, abs_tol=0.0):
        return 0
    return -1 if number < end else 1


def digits_for(target: Target | None) -> int:
    """How many decimals a figure deserves: one where it was made from counts, else its own."""
    return MADE_DIGITS if target is not None and target.basis in PERCENT_BASES else MOST_DIGITS


def ends_of(target: Target | None) -> tuple[float, ...]:
    """The numbers a target names."""
    if target is None:
        return ()
    return tuple(end for end in (target.value, target.low, target.high) if end is not None)


def tolerated_ends(target: Target, tolerance: Tolerance | None) -> tuple[float, ...]:
    """The figures that are short of a target by just what is tolerated."""
    if tolerance is None:
        return ()
    return tuple(tolerance.moved(end, sign) for end in ends_of(target) for sign in (-1, 1))


def goal_ends(goal: Goal, target: Target) -> tuple[float, ...]:
    """The numbers a figure of the goal may be held against.

    Those of its target, of its readings and other years, and its natural limits: 99.996 % are not
    all.
    """
    held = [target, *(one for one in goal.all_targets() if one.basis == target.basis)]
    limits = goal.limits_of(target)
    ends = [*(end for one in held for end in ends_of(one)), limits.low, limits.high]
    return tuple(dict.fromkeys(end for end in ends if end is not None))


def percent(ratio: float, language: Language, *, beside: Iterable[float] = ()) -> str:
    """A ratio as a percentage without its sign, one decimal: 0.978 is ``97,8``.

    Only a ratio of exactly 1 is printed as 100, only one of 0 as 0; ``beside`` are ratios it is
    read against, and differs from in print too.

    >>> percent(0.9998, Language("vi")), percent(1.0, Language("en"))
    ('99,98', '100')
    >>> percent(0.4999, Language("en"), beside=[0.5])
    '49.99'
    """
    ends = [_hundredfold(end) for end in (0.0, 1.0, *beside)]
    return number_text(_hundredfold(ratio), language, digits=MADE_DIGITS, ends=ends)


def _hundredfold(ratio: float) -> float:
    return float(Decimal(repr(ratio)).scaleb(2, _EXACT))


def pace_number(number: float, language: Language) -> str:
    """A yearly pace: two decimals for what is less than one, else one; its sign is said in words.

    >>> pace_number(-2.1699, Language("vi")), pace_number(0.175, Language("vi"))
    ('2,2', '0,18')
    >>> pace_number(0.0004, Language("en"))
    '0.0004'
    """
    size = abs(number)
    digits = MOST_DIGITS if size < 1 else MADE_DIGITS
    return number_text(size, language, digits=digits, ends=(0.0,))
