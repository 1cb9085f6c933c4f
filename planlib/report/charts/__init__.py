"""One chart a question; each is a function of a result and draws on axes it is given.

Every module has ``draw``, which draws on axes, ``figure``, which makes the whole figure, and the
function exported here, which returns it as a picture with its words, or None where there is
nothing to show.
"""

from planlib.report.charts.groups import group_dots
from planlib.report.charts.met import met_bars
from planlib.report.charts.multiples import trend_multiples
from planlib.report.charts.reliability import reliability_dots
from planlib.report.charts.trends import trend

__all__ = ["group_dots", "met_bars", "reliability_dots", "trend", "trend_multiples"]
