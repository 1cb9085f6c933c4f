"""One chart a question; each is a function of a result and draws on axes it is given.

Every module has ``draw``, which draws on axes, ``figure``, which makes the whole figure, and the
function exported here, which returns it as a picture with its words, or None where there is
nothing to show.
"""

from planlib.show.charts.attainment import attainment_rows
from planlib.show.charts.counts import counts_bar
from planlib.show.charts.met import met_bars
from planlib.show.charts.multiples import trend_multiples
from planlib.show.charts.reliability import reliability_dots
from planlib.show.charts.revisions import revisions_rows
from planlib.show.charts.schedule import schedule_rows
from planlib.show.charts.trends import trend

__all__ = [
    "attainment_rows",
    "counts_bar",
    "met_bars",
    "reliability_dots",
    "revisions_rows",
    "schedule_rows",
    "trend",
    "trend_multiples",
]
