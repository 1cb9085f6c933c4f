"""Years that must all be reached, as one verdict: a goal of every year over the term."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.verdict import JUDGED, REACHED, Verdict


def kept_in_all(yearly: GoalScores, *, time_up: bool, ended: bool) -> GoalScores:
    """One verdict from those of consecutive years that must all be reached.

    ``time_up`` says that a missed year is final, ``ended`` that no year is still to come.
    """
    codes = yearly.verdict
    judged = np.isin(codes, JUDGED)
    # The newest year that was judged speaks for the numbers; the newest year where none was.
    last = codes.shape[1] - 1 - np.argmax(judged[:, ::-1], axis=1)
    last = np.where(judged.any(axis=1), last, codes.shape[1] - 1)
    rows = np.arange(len(codes))
    picked = {f.name: getattr(yearly, f.name)[rows, last][:, None] for f in fields(yearly)}
    result = GoalScores(**picked)

    missed = (codes == Verdict.not_met).any(axis=1)
    unsure = (codes == Verdict.not_yet).any(axis=1)
    unknown = (codes == Verdict.no_data).any(axis=1)
    withheld = (codes == Verdict.suppressed).any(axis=1)
    beyond = np.where(judged, codes == Verdict.exceeded, True).all(axis=1)
    verdict = np.where(beyond, Verdict.exceeded, Verdict.met)
    no_year = ~judged.any(axis=1)
    waiting = (codes == Verdict.not_due).any(axis=1)
    verdict = np.where(no_year, np.where(waiting, Verdict.not_due, Verdict.not_applicable), verdict)
    verdict = np.where(unsure, Verdict.not_yet, verdict)
    verdict = np.where(unknown, Verdict.no_data, verdict)
    verdict = np.where(withheld, Verdict.suppressed, verdict)
    verdict = np.where(missed, Verdict.not_met if time_up else Verdict.not_yet, verdict)
    result.verdict = verdict.astype(np.int8)[:, None]
    result.secured = (np.isin(verdict, REACHED) & ended)[:, None]
    result.impossible = missed[:, None]
    return result
