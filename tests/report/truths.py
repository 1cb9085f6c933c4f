"""What each sentence of a page has to state, worked out here from the results of its review.

``TRUTHS`` has an entry for every key of the catalogues whose text states a number on a page of
verdicts. Each takes the results, the place of the text and its facts as data (``stated``), and says
whether they are true.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from stated import Place, numbers_of

from planlib.evaluation.verdicts import GoalVerdict
from planlib.plan.comparisons.registry import KINDS
from planlib.report.pages.common import Page

REACHED = {"exceeded", "met"}
SHORT = {"nearly_met", "not_met", "not_yet"}
GAPS = {"no_data", "suppressed"}
YES_NO = {"done"}
# What bounds a change from above bounds the fall from below.
TURNED = {"at_least": "at_most", "at_most": "at_least", "above": "below", "below": "above"}


@dataclass(frozen=True)
class Results:
    """A page with the verdicts it tells of, in the year they are of."""

    page: Page
    verdicts: Sequence[GoalVerdict]
    year: int
    lang: str

    @property
    def review(self) -> Any:
        return getattr(self.page, "review", None)

    @property
    def years(self) -> range:
        return range(self.page.plan.years[0], self.page.plan.years[-1] + 1)

    @cached_property
    def wholes(self) -> list[GoalVerdict]:
        return [one for one in self.verdicts if one.goal.part_of is None]

    def at(self, place: Place) -> list[GoalVerdict]:
        """The verdicts of the section a text stands in."""
        name = place.anchor.removeprefix("section-")
        ids = {
            goal.id
            for one in self.page.plan.sections
            if name in (one.section, one.name.in_language(self.lang))
            for goal in one.goals
        }
        return [one for one in self.verdicts if one.goal.id in ids]

    def named(self, text: str) -> GoalVerdict:
        """The verdict on the goal a text begins with, or names."""
        names = {one.goal.name.in_language(self.lang): one for one in self.verdicts}
        found = max((name for name in names if name in text), key=len)
        return names[found]


def counts(verdicts: Iterable[GoalVerdict]) -> dict[str, int]:
    return dict(Counter(one.verdict.name for one in verdicts))


def of(verdicts: Iterable[GoalVerdict], names: set[str]) -> int:
    return sum(one.verdict.name in names for one in verdicts)


def wholes(verdicts: Iterable[GoalVerdict]) -> list[GoalVerdict]:
    return [one for one in verdicts if one.goal.part_of is None]


def share(told: object, ratio: float | None) -> bool:
    """Whether a percentage is printed as what it is, and 0 and 100 of nothing else."""
    if ratio is None or not isinstance(told, int | float):
        return False
    return near(told, 100 * ratio) and (told in (0, 100)) == (ratio in (0, 1))


def near(told: float, number: float) -> bool:
    """Whether a number is another, rounded to the decimals it is printed with."""
    decimals = len(repr(float(told)).partition(".")[2]) if told % 1 else 0
    return abs(abs(told) - abs(number)) <= 0.5 * 10.0**-decimals + 1e-9


def reached_of(verdicts: Iterable[GoalVerdict]) -> Any:
    """What a heading says of some goals."""
    held = wholes(verdicts)
    judged, gaps = of(held, REACHED | SHORT), of(held, GAPS)
    told: Any = ("count.nothing", {})
    if judged:
        told = ("heading.reached", {"n": judged, "reached": of(held, REACHED), "judged": judged})
    return (
        ("heading.gaps", {"reached": told, "gaps": ("count.gaps", {"n": gaps})}) if gaps else told
    )


def listed(verdicts: Iterable[GoalVerdict], key: str = "tally", **more: Any) -> Any:
    """What a heading over a list says, parts of goals told apart."""
    held = list(verdicts)
    parts = len(held) - len(wholes(held))
    told = (key, {"n": len(wholes(held)), **more})
    return ("heading.with_parts", {"n": parts, "heading": told}) if parts else told


def mean(found: Results) -> tuple[float, float, float]:
    """Mean attainment of what is known, and with every unknown goal at 0 and at 1."""
    of_ratio = [one for one in found.wholes if one.counted.has_ratio]
    known = [one.attainment for one in of_ratio if one.attainment is not None
             and one.verdict.name in REACHED | SHORT]  # fmt: skip
    unknown = of(of_ratio, GAPS | REACHED | SHORT) - len(known)
    total, size = sum(known), len(known) + unknown
    return total / len(known), total / size, (total + unknown) / size


def shows(told: Any, one: GoalVerdict) -> bool:
    """Whether a figure is told: its number or its ends, on the right side, an estimate as one."""
    keys = [key for key in keys_of(told) if key.startswith(("figure.", "change."))]
    if "figure.no_data" in keys or one.verdict.name in GAPS:
        return one.value is None and one.low is None and one.high is None
    ends = [end for end in (one.value, one.low, one.high) if end is not None]
    if one.words and told is None:
        return True  # the words of the source themselves
    target = one.target or one.goal.main_target()
    if target.comparison in YES_NO:
        return keys == ["figure.done" if min(ends) >= 1 else "figure.undone"]
    numbers = [number for number in numbers_of(told) if number not in found_years(one)]
    if target.comparison == "all_of":
        return sorted(numbers) == sorted([ends[0], len(target.members)])
    fell = target.moves and max(ends) <= 0 and min(ends) < 0
    side = (
        {"figure.from", "figure.over"}
        if (one.high is None) != fell
        else {"figure.up_to", "figure.under"}
    )
    open_ended = one.value is None and len(ends) == 1
    return (
        len(numbers) in ({1, 2} if len(ends) == 2 else {1})
        and all(any(near(number, end) for end in ends) for number in numbers)
        and ("figure.estimate" in keys) == one.estimate
        and bool(side & set(keys)) == open_ended
        and ("change.fell" in keys) == fell
    )


def found_years(one: GoalVerdict) -> set[int]:
    return {one.figure_of} if one.figure_of is not None else set()


def sets(told: Any, one: GoalVerdict) -> bool:
    """Whether a target is told: how it is compared, and its numbers, never rounded."""
    target = one.target
    if target is None:
        return keys_of(told) in (["target.none"], ["target.yearly"])
    ends = [end for end in (target.value, target.low, target.high) if end is not None]
    kinds = [key.removeprefix("target.") for key in keys_of(told) if key.startswith("target.")]
    if target.comparison in YES_NO:
        return kinds == [target.comparison]
    if target.comparison == "all_of":
        return kinds == ["all_of"] and list(numbers_of(told)) == [len(target.members)] * 2
    falls = target.moves and max(ends) <= 0 and min(ends) < 0
    kind = TURNED.get(target.comparison, target.comparison) if falls else target.comparison
    limit = 100.0 if target.basis == "quota" else one.goal.limits_of(target).high
    bare = KINDS[target.comparison].names_limit(target, limit)
    numbers = [number for number in numbers_of(told) if number not in baseline(one)]
    return kinds == ([] if bare else [kind]) and sorted(numbers) == sorted({abs(e) for e in ends})


def baseline(one: GoalVerdict) -> set[int]:
    return {one.goal.baseline.year} if one.goal.baseline is not None else set()


def keys_of(told: Any) -> list[str]:
    """The keys of all sentences among some facts."""
    if isinstance(told, tuple):
        return [told[0], *keys_of(told[1])]
    parts = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return [key for part in parts for key in keys_of(part)]


def revised(found: Results, flipped: bool | None = None) -> int:
    return sum(flipped is None or one.flipped == flipped for one in found.review.revisions)


def promised(found: Results, key: str) -> int:
    """How many targets of a kind there are, by the words of the plan."""

    def kind(one: GoalVerdict) -> str:
        target = one.target
        if target is None:
            return "none"
        if target.cadence == "by":
            return "by_now" if target.due is not None and target.due <= found.year else "by_later"
        return str(target.cadence)

    return sum(kind(one) == key for one in found.wholes)


def schedule(found: Results) -> list[GoalVerdict]:
    return [v for v in found.verdicts if v.schedule_index is not None and v.road is not None]


def way(found: Results, place: Place, told: Any) -> bool:
    """A goal's progress beside the time gone, and the word for the two together."""
    one, key = found.named(place.text), key_of(place)
    road, time, index = one.road or 0.0, one.time_share or 0.0, one.schedule_index or 0.0
    word = "away" if road < 0 else "behind" if index < 1 else "ahead"
    if one.verdict.name in REACHED:
        word = "arrived"
    elif one.verdict.name in {"not_met", "nearly_met"}:
        word = "late"
    right = near(told["road"], 100 * road) and near(told["time"], 100 * time)
    return key == f"road.{word}" and right


def needed(found: Results, place: Place, told: Any) -> bool:
    one = found.named(place.text)
    pace, time = one.required_per_year or 0.0, told["time"]
    key, facts = told["needed"]
    (number,) = numbers_of(facts)
    left = found.page.plan.years[-1] - found.year
    timely = numbers_of(time) if time[0] == "pace.years_left" else ()
    return key == f"pace.{'more' if pace > 0 else 'less'}" and near(number, pace) and all(
        one == left for one in timely
    )  # fmt: skip


def tried(found: Results) -> tuple[int, int, int, int]:
    """Goals reached, reached under every alternative, under some, and with or due a figure."""
    goals = found.page._sensitivity.goals  # type: ignore[attr-defined]

    def reached(one: Any) -> list[bool]:
        return [v.verdict.name in REACHED for v in (one.verdict, *one.alternatives)]

    return (
        sum(reached(one)[0] for one in goals), sum(all(reached(one)) for one in goals),
        sum(any(reached(one)) for one in goals),
        sum(one.verdict.verdict.name in REACHED | SHORT | GAPS for one in goals),
    )  # fmt: skip


def likely(found: Results) -> Any:
    """How many goals will be met: the ends with a tenth of the chance beyond each, and the mean."""
    chances = found.page._outlook.number  # type: ignore[attr-defined]
    n = len(chances) - 1
    expected = sum(k * chance for k, chance in enumerate(chances))

    def holds(low: int, high: int) -> bool:
        """The ends leave no more than a tenth on each side, and one step further in more."""
        below, upto = sum(chances[:low]), sum(chances[: low + 1])
        under, inside = sum(chances[:high]), sum(chances[: high + 1])
        return below < 0.1 <= upto + 1e-9 and under < 0.9 <= inside + 1e-9

    return n, expected, holds


def at_least(found: Results, told: list[Any]) -> bool:
    """The chance of so many goals or more, each in whole percent or beyond 1 and 99."""
    chances = found.page._outlook.number  # type: ignore[attr-defined]
    for _, one in told:
        chance = 100 * sum(chances[one["n"] :])
        key, facts = one["chance"]
        right = near(facts["percent"], chance) if facts else (chance > 99) == key.endswith("high")
        if not right:
            return False
    n = len(chances) - 1
    asked = dict.fromkeys(max(1, math.ceil(part * n - 1e-9)) for part in (0.5, 0.7, 0.9))
    return [one["n"] for _, one in told] == list(asked)


def rules(found: Results, place: Place, told: Any) -> bool:
    """How many published rules say what, beside the outlook's chance."""
    one = found.named(place.text)
    rows = [row for row in found.page._methods if row.goal == one.goal.id]  # type: ignore[attr-defined]
    from planlib.scoring.rules import METHODS

    classes = {m.id: m.statuses for m in METHODS if m.judges}
    seen = Counter(
        str(classes[row.method][row.status]) for row in rows
        if row.method in classes and row.status is not None and classes[row.method][row.status]
    )  # fmt: skip
    ahead = found.page._outlook.of(one.goal.id)  # type: ignore[attr-defined]
    facts = told
    side = "bad" if key_of(place).endswith("better") else "good"
    (chance,) = numbers_of(facts["chance"])
    middle = not ahead.fan or (
        near(next(numbers_of(facts["middle"])), ahead.fan[-1].middle) and facts["year"] == ahead.fan[-1].year
    )  # fmt: skip
    return (
        facts["n"] == sum(n for name, n in seen.items() if name.endswith(side))
        and facts["judging"] == seen.total() and near(chance, 100 * ahead.probability) and middle
    )  # fmt: skip


def section(found: Results, place: Place, told: Any) -> bool:
    """What is said under a section: its counts, or that all of it was reached."""
    held = wholes(found.at(place))
    return bool(told["counts"] == counts(held))


Truth = Callable[[Results, Place, Any], bool]


def states(make: Callable[[Results], dict[str, Any]]) -> Truth:
    """A sentence whose facts are these and no others but names."""
    return lambda found, place, told: (
        {k: v for k, v in told.items() if v is not None} == make(found)
    )


def of_year(found: Results, place: Place, told: Any) -> bool:
    """The year the page is about; first and last are those of the term, or of the years so far."""
    term = found.page.plan.years
    last = found.year if key_of(place).endswith("grid") else term[-1]
    right = {"year": found.year, "first": term[0], "last": last}
    return all(right.get(name) == value for name, value in told.items() if value is not None)


def headline(found: Results) -> dict[str, Any]:
    when = (
        "headline.by_end"
        if found.review.__class__.__name__ == "MidtermReview"
        else "headline.in_year"
    )
    told = {"when": (when, {"year": found.year}), "counts": counts(found.wholes)}
    judged = of(found.wholes, REACHED | SHORT)
    return {**told, "reached": of(found.wholes, REACHED), "n": judged} if judged else told


def goal(found: Results, place: Place, told: Any) -> bool:
    one = found.named(place.text)
    return shows(told["figure"], one) and sets(told["target"], one)


def revision(found: Results, place: Place, told: Any) -> bool:
    from planlib.evaluation.flips import standing

    name = place.text
    one = max((r for r in found.review.revisions if r.verdict.goal.name.in_language(found.lang) in name),
              key=lambda r: len(r.verdict.goal.name.in_language(found.lang)))  # fmt: skip
    words = [f"verdict.{(standing(v) or v.verdict).name}" for v in (one.before, one.verdict)]
    return shows(told["old"], one.before) and shows(told["new"], one.verdict) and words == [
        told["before"][0], told["after"][0]
    ]  # fmt: skip


def covered(found: Results, place: Place, told: Any) -> bool:
    judged, gaps = of(found.wholes, REACHED | SHORT), of(found.wholes, GAPS)
    return share(told["share"], judged / (judged + gaps)) and (told["judged"], told["n"]) == (
        judged, judged + gaps
    )  # fmt: skip


def means(found: Results, place: Place, told: Any) -> bool:
    right = dict(zip(("mean", "low", "high"), mean(found), strict=True))
    right["floor"] = found.page.plan.header.coverage_floor
    return all(share(value, right[name]) for name, value in told.items())


def worst(found: Results, place: Place, told: Any) -> bool:
    missed = [v for v in found.wholes if v.verdict.name == "not_met" and v.attainment is not None]
    one = found.named(place.text)
    least = min(v.attainment or 0.0 for v in missed)
    return one in missed and one.attainment == least and goal(found, place, told["goal"][1])


def caveat(name: str) -> Truth:
    return states(lambda found: {"n": of(found.wholes, {name})})


def split(found: Results) -> dict[str, Any]:
    """On how many goals published rules fall into different classes."""
    from planlib.scoring.rules import METHODS

    classes = {m.id: m.statuses for m in METHODS if m.judges}
    rows = getattr(found.page, "_methods", ()) or getattr(found.page, "rows", ())
    seen: dict[str, set[Any]] = {}
    for row in rows:
        if row.method in classes and row.status:
            seen.setdefault(row.goal, set()).add(classes[row.method][row.status])
    return {"n": sum(len(one - {None}) > 1 for one in seen.values()), "judged": len(seen)}


def gone(found: Results, place: Place, told: Any) -> bool:
    """How many goals with a schedule there are, and how many of them are behind it."""
    held = schedule(found)
    behind = sum((one.schedule_index or 0.0) < 1 for one in held)
    return bool(told["n"] == len(held) and told.get("behind", 0) == behind)


def ahead(found: Results, place: Place, told: Any) -> bool:
    n, expected, holds = likely(found)
    right = told.get("expected") is None or near(told["expected"], expected)
    return bool(told["n"] == n and right and holds(told["low"], told["high"]))


def doubted(found: Results) -> dict[str, Any]:
    reached, always, best, n = tried(found)
    return {"reached": reached, "always": always, "best": best, "n": n, "year": found.year}


def weighed(found: Results, place: Place, told: Any) -> bool:
    result = found.page._sensitivity  # type: ignore[attr-defined]
    shares = [reached / of for _, reached, of in result.without_section if of]
    low, _, high = result.weights
    right = {"low": (low,), "high": (high,), "least": (min(shares),), "most": (max(shares),)}
    if key_of(place).endswith(".same"):
        right = {"low": (low, high), "high": (low, high), "share": (min(shares), max(shares))}
    return all(
        share(number, ratio) for name, number in told.items() if number is not None
        for ratio in right[name]
    )  # fmt: skip


def thresholds(found: Results, place: Place, told: Any) -> bool:
    cuts = found.page.plan.header.outlook
    return (told["on_track"], told["at_risk"]) == (100 * cuts.on_track, 100 * cuts.at_risk)


LISTS: dict[str, Callable[[Results], Iterable[GoalVerdict]]] = {
    "heading.missing": lambda f: (v for v in f.verdicts if v.verdict.name in GAPS),
    "heading.readings": lambda f: (v for v in f.verdicts if len(set(v.readings.values())) > 1),
    "heading.published": lambda f: f.review.disagreements,
    "heading.secured": lambda f: (v for v in f.verdicts if v.term and v.secured),
    "heading.lost": lambda f: (v for v in f.verdicts if v.term and v.impossible),
    "heading.broken": lambda f: f.review.broken,
    "heading.road": lambda f: (v for v in f.verdicts if v.schedule_index is not None),
    "heading.pace": lambda f: (v for v in f.verdicts if v.required_per_year),
    "heading.lags": lambda f: (lag.verdict for lag in f.review.lags),
    "heading.shortfalls": lambda f: (
        v for v in f.verdicts if v.verdict.name in {"not_met", "nearly_met"} and not v.group
    ),
}


def counted_list(found: Results, place: Place, told: Any) -> bool:
    """A heading with the number of the goals under it, and of parts of goals where there are any."""
    key = key_of(place)
    inner = told["heading"][0] if key == "heading.with_parts" else key
    return (key, told) == listed(LISTS[inner](found), inner)


def a_figure(found: Results, place: Place, told: Any) -> bool:
    """The figure of the goal whose readings stand under it."""
    return shows((key_of(place), told), found.named(place.anchor))


def silent(found: Results, place: Place, told: Any) -> bool:
    """How many goals have no probability, and how many for each reason."""
    outlook = found.page._outlook  # type: ignore[attr-defined]
    why = Counter(outlook.of(one).silence or "too_few_points" for one in outlook.silent)
    reasons = {one["why"][0].rpartition(".")[2]: one["count"] for _, one in told["why"]}
    return bool(told["n"] == why.total() and reasons == why)


def heading(found: Results, place: Place, told: Any) -> bool:
    held = found.at(place) if place.anchor.startswith("section-") else found.verdicts
    return bool(told["count"] == reached_of(held))


def in_group(found: Results, place: Place, told: Any) -> bool:
    """What the head of a section says inside a table."""
    return bool((key_of(place), told) == reached_of(found.at(place)))


def key_of(place: Place) -> str:
    return getattr(place.text, "key", "")


def parts(found: Results) -> dict[str, Any]:
    held = [one for one in found.verdicts if one.goal.part_of is not None]
    return {"counts": counts(held), "n": len(held)}


def decided(found: Results) -> dict[str, Any]:
    kinds = {"secured": "secured", "lost": "impossible", "broken": "broken"}
    return {name: listed(getattr(found.review, of_review)) for name, of_review in kinds.items()}


def kind(name: str) -> Truth:
    def true(found: Results, place: Place, told: Any) -> bool:
        return told["n"] == promised(found, name) and told.get("year") in (None, found.year)

    return true


def total(found: Results) -> dict[str, Any]:
    held = [one for one in found.wholes if one.target is not None]
    ids = {one.goal.id for one in held}
    sections = sum(bool(ids & {g.id for g in s.goals}) for s in found.page.plan.sections)
    return {"n": len(held), "year": found.year, "sections": ("promised.sections", {"n": sections})}


def changed(found: Results) -> dict[str, Any]:
    return {"figures": ("changes.count.figures", {"n": revised(found)}),
            "flipped": ("changes.count.flipped", {"n": revised(found, flipped=True)})}  # fmt: skip


def all_reached(found: Results, place: Place, told: Any) -> bool:
    held = wholes(found.at(place))
    return bool(
        told["n"] == len(held) - of(held, {"not_due", "not_applicable"}) == of(held, REACHED)
    )


TRUTHS: dict[str, Truth] = {
    **dict.fromkeys(
        ("title.annual", "title.midterm", "title.term", "period.year", "heading.promised",
         "heading.targets", "heading.grid", "caption.targets", "caption.grid", "caption.rules.all",
         "changes.none", "published.none", "caveat.term", "caption.outlook", "document.caption.term"), of_year),
    "meta.standing_at": states(lambda f: {"year": f.year, "left": ("pace.years_left", {
        "n": f.page.plan.years[-1] - f.year}) if f.year < f.page.plan.years[-1] else ("pace.over", {})}),
    "promised.total": states(total),
    **{f"promised.{name}": kind(name) for name in
       ("every_year", "keep", "over_term", "by_now", "by_later", "none")},
    "promised.done": states(lambda f: {"n": sum(
        v.target is not None and v.target.comparison == "done" for v in f.wholes)}),
    "promised.parts": states(lambda f: {"n": len(f.verdicts) - len(f.wholes)}),
    **dict.fromkeys(("heading.gaps", "heading.reached", "count.nothing"), in_group),
    "heading.result": heading, "heading.section": heading,
    "headline.reached": states(headline), "headline.blind": states(headline),
    "headline.waiting": states(headline),
    "coverage.part": covered,
    "coverage.full": covered,
    **dict.fromkeys((*LISTS, "heading.with_parts"), counted_list),
    **dict.fromkeys(("quantity", "quantity.percent", "change.fell", "change.rose", "figure.from",
                     "figure.up_to", "figure.over", "figure.under", "figure.estimate"), a_figure),
    "published.some": states(lambda f: {"n": len(f.review.disagreements), "published": sum(
        v.published_verdict is not None for v in f.verdicts)}),
    "published.agree": states(lambda f: {"n": sum(v.published_verdict is not None for v in f.verdicts)}),
    "outlook.silent": silent,
    "parts.counts": states(parts), "missing.some": states(
        lambda f: {"counts": counts(v for v in f.verdicts if v.verdict.name in GAPS)}),
    "mean.exact": means, "mean.bounded": means, "mean.withheld": means, "worst": worst,
    "against.target": goal,
    "against.unknown": lambda f, place, told: told["figure"][0] == f"figure.{f.named(place.text).verdict.name}",
    "against.undone": lambda f, place, told: f.named(place.text).verdict.name in SHORT,
    "section.part": section, "section.all": all_reached,
    "section.readings": lambda f, place, told: told["n"] == sum(
        len(set(v.readings.values())) > 1 for v in f.at(place)),
    "heading.changes": states(changed),
    "changes.some": states(lambda f: {"n": revised(f)}),
    "changes.no_flip": states(lambda f: {"n": revised(f)}),
    "revision.flipped": revision, "revision.same": revision,
    "readings.some": states(lambda f: {
        "n": sum(len(set(v.readings.values())) > 1 for v in f.verdicts),
        "ambiguous": sum(len(v.goal.readings) > 1 for v in f.verdicts)}),
    "caveat.no_data": caveat("no_data"), "caveat.suppressed": caveat("suppressed"),
    "caveat.estimates": states(lambda f: {"n": sum(v.estimate for v in f.verdicts)}),
    "caveat.readings": states(lambda f: {"n": sum(
        len(set(v.readings.values())) > 1 for v in f.verdicts)}),
    "decided.counts": states(decided),
    "lags.orphans": states(lambda f: {"n": sum(
        not f.page.plan.measures_for(lag.verdict.goal.id) for lag in f.review.lags)}),
    "road.finding": gone, "road.none_behind": gone,
    **dict.fromkeys((f"road.{w}" for w in ("behind", "ahead", "away", "arrived", "late")), way),
    "pace.sentence": needed,
    "heading.outlook.number": ahead, "outlook.number": ahead, "chart.met.finding": ahead,
    "outlook.at_least": lambda f, place, told: at_least(f, told["told"]),
    **dict.fromkeys(
        (f"outlook.differs.{w}" for w in ("kept", "often", "spread", "slower", "better")), rules),
    "note.outlook": thresholds,
    "heading.robust": lambda f, place, told: told["n"] == len(f.page._sensitivity.to_check),
    "robust.headline": states(doubted), **dict.fromkeys(
        ("robust.weights", "robust.weights.same", "robust.without", "robust.without.same"), weighed),
    "heading.methods.all": lambda f, place, told: told["n"] == split(f)["n"],
    "methods.all.how": states(split),
}  # fmt: skip
