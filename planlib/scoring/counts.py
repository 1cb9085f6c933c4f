"""What is counted of the goals of a review: each count has one definition, and it stands here.

Sentences, tables, charts, the index and its JSON take their counts from here; the words for them
are explained to readers under ``glossary.*`` in the catalogues and in CONTRIBUTING.md. Goals that
are part of another goal are shown but never counted. Of the others:

- *reached*: exceeded or met;
- *short*: missed, nearly met, or not yet there while time is left;
- *judged*: a figure was held against the target, so reached or short;
- *gaps*: without a figure that could be used though there should be one: no data, or withheld;
- *expected*: judged or a gap, so what should have a figure by now.

What is left is not due, or does not apply. Whether a deadline has come is no count of these: a goal
due later is judged as soon as it has a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planlib.plan.verdicts import JUDGED, REACHED, Verdict
from planlib.plan.verdicts import SHORT as SHORT

GAPS = (Verdict.no_data, Verdict.suppressed)
EXPECTED = (*JUDGED, *GAPS)


@dataclass(frozen=True)
class VerdictCounts:
    """How many goals have each verdict, and the counts made from that.

    >>> found = VerdictCounts.of([Verdict.met, Verdict.not_yet, Verdict.no_data, Verdict.not_due])
    >>> found.reached, found.judged, found.gaps, found.expected, found.all
    (1, 2, 1, 3, 4)
    """

    by_verdict: Mapping[Verdict, int]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict]) -> VerdictCounts:
        """Count verdicts, those of goals that count."""
        held = list(verdicts)
        return cls({verdict: held.count(verdict) for verdict in Verdict})

    def __getitem__(self, verdict: Verdict) -> int:
        return self.by_verdict[verdict]

    def _sum(self, verdicts: Iterable[Verdict]) -> int:
        return sum(self.by_verdict[verdict] for verdict in verdicts)

    @property
    def present(self) -> tuple[tuple[Verdict, int], ...]:
        """The verdicts that occur with their counts, in the order an office reads them out."""
        return tuple((v, self.by_verdict[v]) for v in Verdict if self.by_verdict[v])

    @property
    def all(self) -> int:
        """Every goal that is counted."""
        return self._sum(Verdict)

    @property
    def reached(self) -> int:
        """Met or exceeded."""
        return self._sum(REACHED)

    @property
    def judged(self) -> int:
        """With a figure that was held against the target."""
        return self._sum(JUDGED)

    @property
    def gaps(self) -> int:
        """Without a figure that could be used, though there should be one."""
        return self._sum(GAPS)

    @property
    def expected(self) -> int:
        """Judged, or should have been."""
        return self._sum(EXPECTED)
