"""The published rules in the order they are shown: those that judge, then the lenses."""

from __future__ import annotations

from typing import Protocol

import pandas as pd

from planlib.errors import InputError, Problem, did_you_mean, said
from planlib.scoring.rules import dns, escap, eurostat, oecd, opensdg, sdsn, unsd, vn335, vn366
from planlib.scoring.rules.checks import Columns
from planlib.scoring.rules.method import Method


class Assess(Protocol):
    """What every rule's ``assess`` is called like."""

    def __call__(
        self,
        observations: pd.DataFrame,
        targets: pd.DataFrame,
        *,
        columns: Columns | None = None,
    ) -> pd.DataFrame:
        """The rule's answer, one row a series."""


_RULES: tuple[tuple[Method, Assess], ...] = (
    (opensdg.METHOD, opensdg.assess),
    (unsd.METHOD, unsd.assess),
    (eurostat.METHOD, eurostat.assess),
    (escap.METHOD, escap.assess),
    (sdsn.METHOD, sdsn.assess),
    (dns.METHOD, dns.assess),
    (oecd.METHOD, oecd.assess),
    (vn366.METHOD, vn366.assess),
    (vn335.METHOD, vn335.assess),
)
_BY_ID = {method.id: rule for method, rule in _RULES}
METHODS: tuple[Method, ...] = tuple(method for method, _ in _RULES)


def assess(
    method: str,
    observations: pd.DataFrame,
    targets: pd.DataFrame,
    *,
    columns: Columns | None = None,
) -> pd.DataFrame:
    """The answers of the rule of that id; raises InputError for an unknown rule or bad frames.

    ``planlib.scoring.rules.frames`` says what the frames hold, and what ``columns`` are.

    >>> figures = pd.DataFrame(
    ...     {"series": "road", "year": [2008, 2009, 2010], "value": [60, 68, 78]}
    ... )
    >>> targets = pd.DataFrame(
    ...     {
    ...         "series": ["road"],
    ...         "base_year": 2008,
    ...         "target": 90,
    ...         "target_year": 2012,
    ...         "direction": "increase",
    ...     }
    ... )
    >>> [assess(method.id, figures, targets)["status"].iloc[0] for method in METHODS[:5]]
    ['substantial', 'on_track', 'significant', 'maintain', 'on_track']

    With one's own names of columns:

    >>> figures.columns, own = ["indicator", "Year", "obs"], {"series": "indicator"}
    >>> targets = targets.rename(columns=own)
    >>> assess("dns", figures, targets, columns=own | {"year": "Year", "value": "obs"})["why_not"][
    ...     0
    ... ]
    'the rule needs at least four figures'
    """
    rule = _BY_ID.get(method)
    if rule is None:
        known = said("rules.known-methods", names=", ".join(_BY_ID))
        hint = did_you_mean(method, _BY_ID) or known
        raise InputError([Problem(said("rules.unknown-method", method=method), hint=hint)])
    return rule(observations, targets, columns=columns)
