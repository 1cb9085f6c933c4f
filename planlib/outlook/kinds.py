"""Which distribution speaks for a goal: chosen from its comparison, basis, cadence and limits.

| the goal | the distribution |
| --- | --- |
| yes/no or all-of, every year or to keep | beta-binomial over the years |
| a share that must stand at its natural limit (all of them, none of them) | the same: a yes or a no |
| small whole numbers that are counted (30 a year at most on average) | Gamma-Poisson |
| change on the year before, or over the term | the level's walk, compounded |
| amounts that add up over the term | the yearly amounts' walk, summed |
| anything else | walk: logit between limits, logarithm for amounts, else as it is |

A walk that has no other series to lean on has its own drift and its own t (``alone``). Where no
honest distribution is known, the reason is told instead.
"""

from __future__ import annotations

from enum import StrEnum

import numpy as np

from planlib.plan.goal import Goal
from planlib.plan.target import SINCE, Basis, Cadence, Target
from planlib.scoring.pace import adds_up
from planlib.scoring.verdict import Floats

SMALL_COUNT = 30.0  # a year on average; above it counts vary more than a steady rate allows


class Kind(StrEnum):
    """The distribution behind a forecast."""

    share_walk = "share_walk"
    amount_walk = "amount_walk"
    plain_walk = "plain_walk"
    compounding = "compounding"
    summed = "summed"
    gamma_poisson = "gamma_poisson"
    beta_binomial = "beta_binomial"
    done = "done"  # what is done stays done

    @property
    def record(self) -> str:
        """The name of its record in the track record; Gamma-Poisson has none yet."""
        return "walk" if self in WALKS else str(self)


WALKS = frozenset({Kind.share_walk, Kind.amount_walk, Kind.plain_walk})


class Silence(StrEnum):
    """Why there is no probability."""

    too_few_points = "too_few_points"  # under three figures since the last break
    no_target = "no_target"
    over = "over"  # the term is over: there is a verdict, nothing is left to forecast
    not_done_yet = "not_done_yet"  # one yes or no by a deadline: nothing to learn a rate from
    ratio_of_totals = "ratio_of_totals"
    gap_in_total = "gap_in_total"
    level_not_positive = "level_not_positive"
    against_others = "against_others"  # it hangs on what others will report
    since_baseline = "since_baseline"  # a change on the baseline: only its record is told
    open_interval = "open_interval"  # a figure such as "above 4" has no middle


def kind_of(goal: Goal, target: Target, amounts: Floats) -> Kind | Silence:
    """The distribution for a goal; ``amounts`` are its known yearly figures in all areas.

    An ``all_of`` or a target at the limit by a deadline is ``done``: it stays reached, or nothing
    is known of when it will be.
    """
    if target.kind.figure != "number":
        return Kind.done if target.cadence is Cadence.by else Kind.beta_binomial
    if target.kind.of_others:
        return Silence.against_others
    if target.basis in SINCE or target.kind.against_start:
        return Silence.since_baseline
    known = amounts[np.isfinite(amounts)]
    whole = bool(len(known)) and bool(((known >= 0) & (known == np.round(known))).all())
    small = whole and float(known.mean()) <= SMALL_COUNT
    if target.basis is Basis.change:
        positive = bool(len(known)) and bool((known > 0).all())
        return Kind.compounding if positive else Silence.level_not_positive
    if target.basis is Basis.count and small:
        return Kind.gamma_poisson
    limits = goal.limits_of(target)
    if adds_up(target):
        return Kind.summed
    if target.cadence is Cadence.over_term:
        return Silence.ratio_of_totals
    at_limit = limits.low if target.better == "lower" else limits.high
    if at_limit is not None and target.near == at_limit:
        return Kind.done if target.cadence is Cadence.by else Kind.beta_binomial
    if limits.low is not None and limits.high is not None:
        return Kind.share_walk
    smallest = float(known.min()) if len(known) else 0.0
    if limits.high is None and smallest >= (limits.low or 0.0):
        return Kind.amount_walk
    return Kind.plain_walk
