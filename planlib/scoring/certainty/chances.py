"""The chance of every verdict, from how far a figure may be from the final one.

The final figure is what is left once every known error is gone. With chance ``1 − p`` it is the
figure but for rounding and sampling; with chance ``p`` it is revised as well::

    F(x) = (1 − p) A(x) + p (w T(x) + (1 − w) N(x)),   d = x − v − m
    T(x) = ½ (1 + d / √(a² + 2 b² + d²)),   N(x) = Φ(d / √(½ π a² + b²))

``v`` is the figure; ``p``, ``m``, ``a`` and ``w`` (how often, which way, how much, how much of it in
long tails) are what earlier revisions teach, see ``lessons``; ``b²`` is the variance of ``A``. That
is uniform within half a printed digit, normal around an estimate (on each side by its own end of the
interval), both added up where both are known, and for a share of a sample the Beta distribution
behind its counts, or the Gamma distribution of events (Jeffreys' prior). ``T`` is Student's t with
two degrees of freedom; both it and ``N`` have the mean size ``a`` before ``b`` is added. Of a figure
made from several, ``p`` is the chance that any of them is revised, ``m`` and ``a²`` what is then to
be expected: the sums of what each adds times its chance, over ``p``.

By hand: 91.0 % against "at least 90", sampled with a standard error of 0.5, one of five reports
revised by 1 point, half of it in long tails. Not revised it falls short with chance Φ(−2) = 0.02275;
revised with ½ (1 − 1 / √2.5) = 0.1838 by T and Φ(−1 / √1.8208) = 0.2293 by N, so 0.2066. Together
0.8 · 0.02275 + 0.2 · 0.2066 = 0.0595: the verdict is 94.0 % sure.

>>> import numpy as np
>>> from planlib.plan.goal_parts import Limits
>>> from planlib.plan.target import Target
>>> from planlib.scoring.certainty.spread import Spread
>>> one = lambda number: np.array([[float(number)]])
>>> spread = Spread(one(0), one(0.25), one(0.25), np.log(one(0.8)), one(0), one(0.2), one(0.1))
>>> target = Target(comparison="at_least", value=90, cadence="every_year")
>>> found, errors = chances(
...     one(91),
...     one(91),
...     spread,
...     outcomes(target, Limits(), None),
...     np.array([[Verdict.exceeded]]),
...     np.array([[True]]),
... )
>>> found.round(4).tolist(), errors.tolist()
([[[0.9405, 0.0, 0.0, 0.0595, 0.0]]], [[6]])
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from planlib.plan.goal_parts import Limits
from planlib.plan.target import Target
from planlib.plan.targets.tolerance import Tolerance
from planlib.scoring.arithmetic import Floats
from planlib.scoring.certainty.normal import normal_below
from planlib.scoring.certainty.spread import Spread
from planlib.scoring.pace import total_is_decided
from planlib.scoring.verdict import (
    INSIDE,
    JUDGED,
    REACHED,
    SAME,
    Bools,
    Codes,
    Verdict,
    judge,
    moved,
    position,
    within,
)

CLASSES = len(JUDGED)  # the verdicts that a figure can have, by their codes
ROUNDING, SAMPLING, REVISION = 1, 2, 4  # the sources of error, as bits
_NARROW = 1e-4  # of two errors, the smaller is left out where it is less than that of the larger


@dataclass(frozen=True)
class Outcomes:
    """Which verdict a figure has between which numbers: one more verdict than there are bounds.

    Each is one row for all areas, or one an area. ``waiting`` and ``final`` are the verdicts before
    and after the time is up, ``limits`` where nothing can be beyond the bound, with the areas that
    have it, ``single`` says whose target is one number. Zero is a limit where nothing else is said,
    ``zero``, for figures whose own interval does not reach below it.
    """

    bounds: Floats
    waiting: Codes
    final: Codes
    limits: tuple[tuple[float, Bools], ...]
    single: Bools
    zero: Bools


def outcomes(
    target: Target, limits: Limits, tolerance: Tolerance | None, *, total: bool = False,
    ceiling: bool = False,
) -> Outcomes:  # fmt: skip
    """The verdicts of all figures under a target.

    ``total`` says that amounts are added up, ``ceiling`` that until the end they can only be kept
    under what must not be passed.
    """
    near, far = target.kind.bounds(target)
    single = np.equal(near, far)
    bounds: list[float | Floats] = [near] if single.all() else [near, far]
    if tolerance is not None:
        bounds += [moved(tolerance, end, sign) for end in bounds for sign in (-1, 1)]
    ends = np.sort(np.concatenate([np.reshape(bound, (-1, 1)) for bound in _alike(bounds)], axis=1))
    middles = (ends[:, 1:] + ends[:, :-1]) / 2
    beside = np.maximum(np.abs(ends[:, [0, -1]]), 1.0)
    first, last = ends[:, :1] - beside[:, :1], ends[:, -1:] + beside[:, 1:]
    inside = np.concatenate([first, middles, last], axis=1)
    lies = position(inside, target, limits)
    tolerated = np.zeros(inside.shape, bool)
    if tolerance is not None:
        tolerated = (lies < INSIDE) & within(inside, inside, target, tolerance)
    lost = total_is_decided(inside, target, limits)[1] if total else np.zeros(inside.shape, bool)
    early = np.minimum(lies, INSIDE) if ceiling else lies
    # No change is no limit of changes; what adds up to nothing had nothing to add up.
    zero = limits.low is None and not target.moves
    nothing = 0.0 if zero and total else limits.low
    edges = () if target.kind.against_start else (nothing, limits.high)
    return Outcomes(
        ends,
        judge(early, lost & ~tolerated, tolerated),
        judge(lies, True, tolerated),
        tuple((edge, (ends == edge).any(axis=1)) for edge in edges if edge is not None),
        np.ravel(single),
        (ends == 0).any(axis=1) & (zero and not total),
    )


def _alike(bounds: list[float | Floats]) -> list[Floats]:
    """Bounds of one shape, those only that are not the same as another everywhere."""
    known: list[Floats] = []
    for bound in np.broadcast_arrays(*bounds):
        if not any(np.array_equal(bound, one) for one in known):
            known.append(bound)
    return known


def chances(
    low: Floats, high: Floats, spread: Spread, verdicts: Outcomes, verdict: Codes, up: Bools
) -> tuple[Floats, npt.NDArray[np.int8]]:
    """The chance of each verdict for figures known from ``low`` to ``high``, areas × periods × verdicts.

    ``verdict`` are those the figures have, ``up`` says where the time is. A figure told only as an
    interval lies anywhere in it alike. NaN where the figure is open to a side, no figure, or where
    nothing is known of its errors. "Met" against a single number holds for better figures too.

    Beside them, which errors are known, as bits: 1 rounding, 2 sampling, 4 revision.
    """
    exact = low == high
    middle = low if low is high else np.where(exact, low, (low + high) / 2)
    gaps = ~exact & np.isnan(spread.rounding)  # of a total: anywhere in its limits
    rounding = np.where(gaps, (high - low) ** 2 / 12, spread.rounding)
    below, above = spread.below, spread.above
    none = np.full(middle.shape, np.nan)
    hits, tried = (none if one is None else one for one in (spread.hits, spread.tried))
    some = verdicts.zero[:, None] & ~(below > 0)
    limits = [(edge, there[:, None]) for edge, there in verdicts.limits]
    for edge, there in [(0.0, some), *limits]:  # all, or nothing at all, is taken at its word
        at = exact & (np.abs(middle - edge) <= SAME * max(abs(edge), 1.0)) & there
        rounding, below, above = (np.where(at, 0.0, one) for one in (rounding, below, above))
        hits = np.where(at, np.nan, hits)
    with np.errstate(invalid="ignore"):
        events = (hits > tried) | spread.events
    sure = (rounding == 0) & (below + above == 0) & np.isnan(hits)
    error = _Error(middle, rounding, below, above, hits, tried, events)
    revised = -np.expm1(spread.quiet)
    with np.errstate(invalid="ignore"):
        bounds = np.split(verdicts.bounds, verdicts.bounds.shape[1], axis=1)
        walls = [error.below(bound) for bound in bounds]
        revisions = _masses([error.revised_below(bound, spread) for bound in bounds], middle.shape)
    codes = np.where(up[..., None], verdicts.final[:, None], verdicts.waiting[:, None])
    if ((below == 0) != (above == 0)).any():
        walls = [error.on(bound, wall, _goes_with(codes[..., at], verdict))
                 for at, (bound, wall) in enumerate(zip(bounds, walls, strict=True))]  # fmt: skip
    at_rest = _masses(walls, middle.shape)
    found = np.zeros((*middle.shape, CLASSES))
    for code in range(CLASSES):
        mine = codes == code
        still = np.where(sure, verdict == code, (at_rest * mine).sum(axis=-1))
        found[..., code] = (1 - revised) * still + revised * (revisions * mine).sum(axis=-1)
    if verdicts.single.any():
        met = (verdict == Verdict.met) & verdicts.single[:, None]
        reached = found[..., list(REACHED)].sum(axis=-1)
        found = np.where(met[..., None] & np.isin(np.arange(CLASSES), REACHED), 0.0, found)
        found[..., Verdict.met] = np.where(met, reached, found[..., Verdict.met])
    unknown = np.isnan(found).any(axis=-1) | ~np.isfinite(middle) | (sure & (revised == 0))
    found[unknown] = np.nan
    with np.errstate(invalid="ignore"):
        known = (
            ROUNDING * (rounding > 0) + SAMPLING * (below + above > 0) + REVISION * (revised > 0)
        )
    return np.clip(found, 0.0, 1.0), known.astype(np.int8)


@dataclass(frozen=True)
class _Error:
    """Figures with their rounding and sampling."""

    middle: Floats
    rounding: Floats
    low: Floats
    high: Floats
    hits: Floats
    tried: Floats
    events: Bools

    def below(self, bound: Floats) -> Floats:
        """The chance of less than a number, for figures that are not revised."""
        apart = bound - self.middle
        found = _uniform_and_normal(
            apart, np.sqrt(3 * self.rounding), np.sqrt(np.where(apart < 0, self.low, self.high))
        )
        counted = ~np.isnan(self.hits)
        if not counted.any():
            return found
        from scipy.special import betainc, gammainc

        hits, tried = self.hits[counted], self.tried[counted]
        share = np.maximum(np.broadcast_to(bound, counted.shape)[counted] / 100, 0.0)
        within = np.maximum(tried - hits, 0.0)
        found[counted] = np.where(
            self.events[counted],
            gammainc(hits + 0.5, share * tried),
            betainc(hits + 0.5, within + 0.5, np.minimum(share, 1.0)),
        )
        return found

    def on(self, bound: Floats, below: Floats, with_them: Bools) -> Floats:
        """The chances of less than a bound, where a figure on it ends its own interval.

        Then it is the final one with a half, which goes to those less ``with_them``, or not.
        """
        at = (bound == self.middle) & (self.rounding == 0) & np.isnan(self.hits)
        least = np.where(with_them, 0.5, 0.0) + np.where(self.high == 0, 0.5, 0.0)
        return np.where(at & ((self.low == 0) != (self.high == 0)), least, below)

    def revised_below(self, bound: Floats, spread: Spread) -> Floats:
        """The same for those that are revised."""
        with np.errstate(divide="ignore", invalid="ignore"):
            revised = -np.expm1(spread.quiet)
            wide, shift = spread.wide / revised, spread.shift / revised
            tail = spread.heavy / spread.wide
        apart = bound - self.middle - shift
        sampled = np.where(apart < 0, self.low, self.high)
        variance = self.rounding + sampled
        with np.errstate(divide="ignore", invalid="ignore"):
            tailed = 0.5 * (1 + apart / np.sqrt(wide + 2 * variance + apart**2))
            plain = normal_below(apart / np.sqrt(np.pi / 2 * wide + variance))
        found = tail * tailed + (1 - tail) * plain
        return np.asarray(np.where(spread.quiet < 0, found, 0.0))


def _goes_with(codes: Codes, verdict: Codes) -> Bools:
    """Which verdicts are those of the figures, or better ones where they are met."""
    better = (codes == Verdict.exceeded) & (verdict == Verdict.met)
    return np.asarray((codes == verdict) | better)


def _masses(below: list[Floats], shape: tuple[int, ...]) -> Floats:
    """The chances between bounds, from those below each."""
    walls = [np.zeros(shape), *below, np.ones(shape)]
    return np.stack([after - before for before, after in pairwise(walls)], -1)


def _uniform_and_normal(apart: Floats, half: Floats, error: Floats) -> Floats:
    """The chance that a uniform error within ``half`` and a normal one add up to less than so much.

    With ``G(z) = z Φ(z) + φ(z)`` it is ``s / 2h · (G((x + h) / s) − G((x − h) / s))``.
    """

    def primitive(z: Floats) -> Floats:
        return np.asarray(z * normal_below(z) + np.exp(-z * z / 2) / np.sqrt(2 * np.pi))

    mixed = (half >= _NARROW * error) & (error > _NARROW * half)
    with np.errstate(all="ignore"):
        uniform = np.clip((apart + half) / (2 * half), 0.0, 1.0)
        found = np.where(half < _NARROW * error, normal_below(apart / error), uniform)
        if mixed.any():
            x, h, s = apart[mixed], half[mixed], error[mixed]
            both = s / (2 * h) * (primitive((x + h) / s) - primitive((x - h) / s))
            found[mixed] = np.clip(both, 0.0, 1.0)
    found = np.where((half == 0) & (error == 0), np.heaviside(apart, 0.5), found)
    return np.asarray(np.where(np.isnan(half + error + apart), np.nan, found))
