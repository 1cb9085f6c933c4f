"""Funnel limits as public health offices print them, to the rounding of their published examples.

Source: the R package PHEindicatormethods (UK Health Security Agency and Office for Health
Improvement and Disparities): ``calculate_funnel_limits``, ``assign_funnel_significance``. Confirmed
against its test data: limits of proportions to 1e-6, of ratios and rates to 1e-4 of a percent of
their size (its search for the limits stops early), and every label of significance.

- *Proportions*: Wilson's interval (1927) turned round: P ± z·√(P(1−P)/n), cut at 0 and 1.
- *Ratios and rates*, by the number of events x seen: the figure of all areas divided by what the
  exact Poisson interval of x (from chi-square: F. Garwood 1936) makes of x.
- *Labels* of ratios and rates: the area's own interval, exact under 10 events and by Byar's
  approximation from 10 on (Breslow and Day 1987, p. 69), holds the figure of all areas or does not.
  Directly standardised rates are not labelled under 10 events.

Two quirks, reproduced: the limits of proportions let more areas out than they say where few are
expected, and a label can differ from the limits drawn where counts are small, as they are made in
two ways.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import scipy

from planlib.scoring.comparing.limits import CONTROL, Limits, outside

FEW = 10.0  # events from which Byar's approximation is taken


def wilson_limits(share: float, size: npt.ArrayLike, tail: float = CONTROL) -> Limits:
    """The limits around a share for areas of these sizes.

    >>> low, high = wilson_limits(0.8, [16, 1], tail=0.025)
    >>> low.round(6).tolist(), high.round(6).tolist()
    ([0.604004, 0.016014], [0.995996, 1.0])
    """
    number = np.asarray(size, np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = -scipy.special.ndtri(tail) * np.sqrt(share * (1.0 - share) / number)
    room = np.where(number > 0, room, np.nan)
    return np.maximum(share - room, 0.0), np.minimum(share + room, 1.0)


def exact_interval(events: npt.ArrayLike, tail: float = CONTROL) -> Limits:
    """The exact interval of a number of events (Garwood 1936).

    >>> [end.round(4).tolist() for end in exact_interval([1, 0], tail=0.025)]
    [[0.0253, 0.0], [5.5716, 3.6889]]
    """
    seen = np.asarray(events, np.float64)
    low = np.where(seen > 0, scipy.special.gammaincinv(np.where(seen > 0, seen, 1.0), tail), 0.0)
    return low, np.asarray(scipy.special.gammainccinv(seen + 1.0, tail), np.float64)


def byar_interval(events: npt.ArrayLike, tail: float = CONTROL) -> Limits:
    """Byar's approximation of that interval.

    >>> [end.round(3).tolist() for end in byar_interval([100], tail=0.025)]
    [[81.362], [121.628]]
    """
    seen, z = np.asarray(events, np.float64), -float(scipy.special.ndtri(tail))
    more = seen + 1.0
    with np.errstate(divide="ignore", invalid="ignore"):
        low = seen * (1.0 - 1.0 / (9.0 * seen) - z / (3.0 * np.sqrt(seen))) ** 3
    high = more * (1.0 - 1.0 / (9.0 * more) + z / (3.0 * np.sqrt(more))) ** 3
    return np.where(seen > 0, low, 0.0), high


def event_limits(rate: float, events: npt.ArrayLike, tail: float = CONTROL) -> Limits:
    """The limits around a rate or ratio, for areas in which so many events were seen.

    >>> low, high = event_limits(100.0, [1, 4], tail=0.025)
    >>> low.round(4).tolist(), high.round(3).tolist()
    ([17.948, 39.0564], [3949.789, 367.018])
    """
    seen = np.asarray(events, np.float64)
    least, most = exact_interval(seen, tail)
    with np.errstate(divide="ignore", invalid="ignore"):
        low, high = rate * seen / most, rate * seen / least
    return np.where(seen > 0, low, np.nan), np.where(seen > 0, high, np.nan)


def event_label(
    overall: float, events: npt.ArrayLike, exposure: npt.ArrayLike, tail: float = CONTROL
) -> npt.NDArray[np.int8]:
    """1 where an area's rate is significantly above that of all areas, −1 below, else 0.

    The exposure is in the unit of ``overall``; that of a standardised rate is events over the rate.

    >>> event_label(1.0, [8, 151, 159], [6.24, 106.443, 232.933]).tolist()
    [0, 1, -1]
    """
    seen, given = np.asarray(events, np.float64), np.asarray(exposure, np.float64)
    exact, approximate = exact_interval(seen, tail), byar_interval(seen, tail)
    with np.errstate(divide="ignore", invalid="ignore"):
        least, most = (
            np.where(seen < FEW, one, other) / given
            for one, other in zip(exact, approximate, strict=True)
        )
    return outside(np.full(seen.shape, overall), (least, most)) * np.int8(-1)
