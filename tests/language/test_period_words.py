"""Texts told of quarters, months, halves and financial years take the period's own name."""

from __future__ import annotations

import re
from functools import cache
from string import Formatter

import pytest

from planlib.language.language import Language
from planlib.language.languages import CATALOGUES, LANGUAGES
from planlib.messages import SHORTER, YEAR_WORDS, Said, read_catalogue, said
from planlib.plan.periods.calendar import Frequency, Period, period_title
from planlib.verify.markup import plain
from planlib.verify.texts import filled, fits

PERIODS = {
    "quarter": Period.of(Frequency.quarter, 2013, 3, split=True),
    "quarter of a calendar year": Period.of(Frequency.quarter, 2013, 3),
    "month": Period.of(Frequency.month, 2013, 7),
    "half": Period.of(Frequency.half, 2013, 1, split=True),
    "financial year": Period.of(Frequency.year, 2013, split=True),
}
HOLES = {"year", "first", "last", "before", "due", "period", "since", "baseline_year"}
# Nothing but whole years is ever told in these, or the period in them is a date's year.
OF_YEARS = {
    "excel.no-column-headed-year", "figures.year-out-of-range", "plan.baseline-year-not-before-term",
    "plan.baseline-lies-before-term", "plan.change-year-before-since", "plan.since-lies-before-term",
    "plan.change-year-before-stated", "plan.years-end-in-december", "plan.term-too-long", "from-text.since",
    "methods.forecast.ask", "outlook.event.kept", "heading.grid", "caveat.term", "outlook.whole_years", "date.year",
    "date.month", "date.day", "date.short", "period.half.1", "period.half.2",
    "figures.date-ambiguous", "plan.year-or-month",
    "compare.gap.own", "compare.gap.other",  # of fifths, which Vietnamese calls by the same word
    "audit.pace_never_seen", "audit.pace_never_seen.areas", "audit.distant_deadline",
    "audit.distant_deadline.plan",
    # Of a part of a year, and of the year it is a part of.
    "template.note.year_to_date", "template.note.alone", "made.so_far",
    "template.how.6.shorter", "review.year-outside-term",
}  # fmt: skip
SPEAKS_OF_A_YEAR = {
    "vi": r"\bnăm\b", "en": r"\byear(s|ly)?\b", "fr": r"\b(années?|annuel(le)?s?|ans?)\b",
}  # fmt: skip


@cache
def texts(code: str) -> dict[str, tuple[str, ...]]:
    """Every text of a language, the messages of problems too."""
    paths = [*(CATALOGUES / code).glob("*.po"), CATALOGUES / "problems" / f"{code}.po"]
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted(paths, key=str):
        found |= read_catalogue(path.read_text("utf-8"))
    return {key: forms for key, forms in found.items() if key}


@cache
def told_of_problems(key: str) -> bool:
    """Whether a text is a message of a problem; all others stand on pages."""
    return key in read_catalogue((CATALOGUES / "problems" / "en.po").read_text("utf-8"))


def holes(form: str) -> dict[str, str]:
    return {name: spec or "" for _, name, spec, _ in Formatter().parse(form) if name}


def of_periods(code: str) -> list[str]:
    """The keys of texts that a period can fill in; those made for short periods go with theirs."""
    return [
        key
        for key, forms in texts(code).items()
        if not key.endswith(SHORTER)
        and not key.startswith(("date.", "period."))  # the names themselves
        and any(HOLES & holes(form).keys() for form in forms)
    ]


def told(code: str, key: str, period: int) -> str:
    """A text in a language, told of a period."""
    known = [texts(one) for one in LANGUAGES]
    forms = [form for one in known for form in (*one[key], *one.get(key + SHORTER, ()))]
    every = {name: spec for form in forms for name, spec in holes(form).items()}
    facts = {
        name: period if name in HOLES else 3.5 if spec[-1:] in {"g", "f"} else "…"
        for name, spec in every.items()
    }
    n = 3 if len(texts(code)[key]) > 1 or "n" in every else None
    facts.pop("n", None)
    if told_of_problems(key):
        message = said(key, **facts, **({} if n is None else {"n": n}))
        assert isinstance(message, Said)
        return message.in_language(code)
    return Language(code)(key, n=n, **facts)


def name_in(code: str, key: str, period: Period) -> str:
    """A period as pages name it, and as messages write it."""
    return str(period) if told_of_problems(key) else period.named(Language(code))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("of", PERIODS)
def test_no_word_for_a_year_stands_before_another_period(code: str, of: str) -> None:
    period = PERIODS[of]
    words = next(texts(code)[key][0] for key in YEAR_WORDS).split(" | ")
    found = of_periods(code)
    assert len(found) > 90
    for key in found:
        line, name = told(code, key, period), re.escape(name_in(code, key, period))
        if period.within_year:
            doubled = rf"\b({'|'.join(words)})\s+(năm\s+)?{name}"
            assert not re.search(doubled, line, re.IGNORECASE), (key, line)
        assert not re.search(r"\b(\w{2,})\s+\1\b", line, re.IGNORECASE), (key, line)
        assert "5008" not in line and "6024" not in line, (key, line)
        first = texts(code)[key][0][:1]
        if first.isupper() and key + SHORTER not in texts(code):
            assert line[:1] == line[:1].upper(), (key, line)
        hole = re.match(r"\{(\w+)", texts(code).get(key + SHORTER, texts(code)[key])[0])
        if hole and hole[1] in HOLES and period.within_year and not told_of_problems(key):
            assert line.startswith(period_title(period, Language(code))), (key, line)


@pytest.mark.parametrize("code", ["vi", "en", "fr"])
def test_a_text_that_speaks_of_a_year_besides_has_a_form_for_shorter_periods(code: str) -> None:
    left = []
    for key in of_periods(code):
        if key in OF_YEARS or key + SHORTER in texts(code):
            continue
        line = told(code, key, PERIODS["quarter"])
        if re.search(SPEAKS_OF_A_YEAR[code], line.replace("year_ends", ""), re.IGNORECASE):
            left.append((key, line))
    assert left == []


def test_a_year_is_told_as_ever_and_its_word_stays() -> None:
    vi, en, fr = map(Language, ("vi", "en", "fr"))
    split = PERIODS["financial year"]
    assert vi("heading.targets", year=2013) == "Bảng chỉ tiêu năm 2013"
    assert vi("heading.targets", year=split) == "Bảng chỉ tiêu năm 2013/14"
    assert vi("heading.targets", year=PERIODS["quarter"]) == "Bảng chỉ tiêu quý III/2013/14"
    assert vi("headline.in_year", year=PERIODS["quarter"]) == "Quý III/2013/14"
    assert vi("profile.baseline", year=PERIODS["quarter"], value="3") == "Quý III/2013/14: 3"
    assert filled("profile.baseline", "fr", year=PERIODS["month"], value="3") == "Juillet 2013 : 3"
    assert vi("cadence.by", due=PERIODS["half"]) == "đến 6 tháng đầu năm 2013/14"
    assert vi("cadence.by", due=PERIODS["month"]) == "đến tháng 7 năm 2013"
    assert en("made.decided", year=2013) == "The figure of 2013 decides."
    assert en("made.decided", year=PERIODS["month"]) == "The figure of July 2013 decides."
    assert fr("made.decided", year=2013) == "C’est le chiffre de 2013 qui décide."
    assert fr("made.decided", year=PERIODS["half"]) == "C’est le chiffre de S1 2013/14 qui décide."
    early = said("figures.reported-before-year-over", year=PERIODS["quarter"])
    assert str(early) == "reported before 2013/14-Q3 was over"
    assert early.in_language("vi") == "báo cáo khi 2013/14-Q3 chưa kết thúc"
    assert said("figures.reported-before-year-over", year=2013).in_language("vi") == (
        "báo cáo khi năm 2013 chưa kết thúc"
    )


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("of", PERIODS)
def test_the_proof_expects_what_pages_say(code: str, of: str) -> None:
    period, spoken = PERIODS[of], Language(code)
    for key in of_periods(code):
        if told_of_problems(key) or any(
            "{" in form[1:] and "<" in form for form in texts(code)[key]
        ):
            continue
        names = set().union(*(holes(form) for form in texts(code)[key]))
        if not names <= {"year", "area", "first", "last", "goal", "due"}:
            continue
        facts = {name: period if name in HOLES else "Ward A" for name in names}
        line = spoken(key, **facts)
        assert filled(key, code, **facts) == plain(line), key
        assert fits(line, code, [key], facts), key
        other = {name: 2031 if name in HOLES else fact for name, fact in facts.items()}
        assert not fits(line, code, [key], other) or not HOLES & names, key
