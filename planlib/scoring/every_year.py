"""Years that must all be reached, as one verdict: a goal of every year over the term."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from planlib.scoring.goal_arrays import GoalScores
from planlib.scoring.verdict import JUDGED, MISSED, REACHED, Bools, Floats, Verdict


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
    if yearly.chances.shape[-1]:
        result.chances = _chances(yearly, judged, time_up=time_up)[:, None]
        heard = np.where(judged, yearly.sources, 0)
        result.sources = np.bitwise_or.reduce(heard, axis=1)[:, None].astype(np.int8)
    return result


def _chances(yearly: GoalScores, judged: Bools, *, time_up: bool) -> Floats:
    """The chances of the verdicts on all years, from those of each: years are taken as independent.

    Of two years, one 90 % sure to be met and one 80 % sure, both are with 72 %.
    """

    def all_of(*verdicts: Verdict) -> Floats:
        one = yearly.chances[..., list(verdicts)].sum(axis=-1)
        return np.asarray(np.where(judged, one, 1.0).prod(axis=1))

    beyond, reached = all_of(Verdict.exceeded), all_of(*REACHED)
    close = all_of(*REACHED, Verdict.nearly_met, Verdict.not_yet)
    near = all_of(*REACHED, Verdict.nearly_met)
    found = np.zeros((len(reached), len(JUDGED)))
    found[:, Verdict.exceeded], found[:, Verdict.met] = beyond, reached - beyond
    if time_up:
        found[:, Verdict.nearly_met], found[:, Verdict.not_met] = near - reached, 1 - close
        found[:, Verdict.not_yet] = close - near
    else:
        found[:, Verdict.not_yet] = 1 - reached
    return found
