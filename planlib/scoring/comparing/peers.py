"""The areas an area is fairly held against: those of its group, or those nearest in size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planlib.scoring.comparing.limits import Floats

NEAREST = 5  # by size
MOST = 20  # of a group: beyond, those nearest in size


def peers(size: Floats, groups: Sequence[str | None]) -> list[list[int]]:
    """The places of each area's peers, nearest in size first.

    ``size`` is NaN where it is not known; ``groups`` names the group of each area, None where it has
    none. Of areas of a group, the others of the group; else the five areas nearest in size (by
    ratio) among those without a group; none where neither is known. Of areas that are equally near,
    those that come first.

    >>> peers(np.array([10.0, 100.0, 110.0, 9.0]), [None] * 4)[0]
    [3, 1, 2]
    >>> peers(np.full(3, np.nan), ["rural", "urban", "rural"])
    [[2], [], [0]]
    >>> peers(np.full(9, 800.0), [None] * 9)[7:]
    [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.where(size > 0, np.log(size), np.nan)
    found: list[list[int]] = [[] for _ in groups]
    for group in dict.fromkeys(groups):
        mine = np.array([at for at, one in enumerate(groups) if one == group])
        if group is None:
            mine = mine[np.isfinite(scale[mine])]
        most = NEAREST if group is None else MOST
        # In order of size the nearest stand on either side; of many of one size the first in the
        # plan's order are enough. Those of unknown size come last.
        mine = mine[np.argsort(scale[mine], kind="stable")]
        sizes = scale[mine].round(12)
        begins = np.searchsorted(sizes, sizes, side="left")
        few = np.flatnonzero(np.arange(mine.size) - begins <= most)
        start = np.searchsorted(sizes[few], sizes, side="left")
        stop = np.searchsorted(sizes[few], sizes, side="right")
        some, first = mine[few], np.sort(mine)[: most + 1]
        for place, at in enumerate(mine):
            around = some[max(start[place] - 2 * most, 0) : stop[place] + 2 * most]
            near = first if np.isnan(scale[at]) else around
            near = near[near != at]
            apart = np.nan_to_num(np.abs(scale[near] - scale[at]), nan=np.inf)
            chosen = near[np.lexsort((near, apart.round(12)))][:most]
            found[at] = [int(one) for one in chosen]
    return found
