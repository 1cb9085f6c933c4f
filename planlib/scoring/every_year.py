"""Years that must all be reached, as one verdict: a goal of every year over the term."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.verdict import JUDGED, MISSED, REACHED, Verdict


def all_years(yearly: GoalScores, *, time_up: bool, ended: bool) -> GoalScores:
    """One verdict from those of consecutive years that must all be reached.

    ``time_up`` says that a missed year is final, ``ended`` that no year is still to come.
    """
    codes = yearly.verdict
    judged = np.isin(codes, JUDGED)
    missed = (codes == Verdict.not_met).any(axis=1)
    nearly = (codes == Verdict.nearly_met).any(axis=1)
    unsure = (codes == Verdict.not_yet).any(axis=1)
    unknown = (codes == Verdict.no_data).any(axis=1)
    withheld = (codes == Verdict.suppressed).any(axis=1)
    beyond = np.where(judged, codes == Verdict.exceeded, True).all(axis=1)
    verdict = np.where(beyond, Verdict.exceeded, Verdict.met)
    no_year = ~judged.any(axis=1)
    waiting = (codes == Verdict.not_due).any(axis=1)
    verdict = np.where(no_year, np.where(waiting, Verdict.not_due, Verdict.not_applicable), verdict)
    verdict = np.where(nearly, Verdict.nearly_met, verdict)
    verdict = np.where(unsure, Verdict.not_yet, verdict)
    verdict = np.where(unknown, Verdict.no_data, verdict)
    verdict = np.where(withheld, Verdict.suppressed, verdict)
    # The year that decided speaks for the numbers: the first one that was missed or has no figure,
    # else the newest one that came to the same.
    deciding = np.where(missed, Verdict.not_met, verdict)
    same = codes == deciding[:, None]
    width = codes.shape[1]
    once = missed | unknown | withheld | (deciding == Verdict.nearly_met)
    at = np.where(once, np.argmax(same, axis=1), width - 1 - np.argmax(same[:, ::-1], axis=1))
    at = np.where(same.any(axis=1), at, width - 1)
    rows = np.arange(len(codes))
    result = GoalScores(
        **{f.name: getattr(yearly, f.name)[rows, at][:, None] for f in fields(yearly)}
    )
    verdict = np.where(missed, Verdict.not_met, verdict)
    if not time_up:
        verdict = np.where(np.isin(verdict, MISSED), Verdict.not_yet, verdict)
    result.verdict = verdict.astype(np.int8)[:, None]
    stood = (yearly.stood_in & np.isin(codes, REACHED)).any(axis=1)
    result.secured = (np.isin(verdict, REACHED) & ended & ~stood)[:, None]
    # A figure that stands in for that of a missed year proves nothing.
    certain = (np.isin(codes, MISSED) & ~yearly.stood_in).any(axis=1)
    result.impossible = np.asarray(certain)[:, None]
    return result
