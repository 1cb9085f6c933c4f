"""Every sentence of a page states what its results say, and the same in every language.

Its facts are held against results counted anew (``truths.py``); its text against its facts, number
by number; the words of comparisons and the order of counts against readings of each language that
stand here. A fact that is moved makes a sentence false: each is tried.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from examples import LONG
from goal_truths import GOAL_TRUTHS
from picture_truths import PICTURE_TRUTHS
from stated import (
    Place,
    numbers_in,
    numbers_of,
    paths,
    places,
    promised_numbers,
    stated,
    told_again,
)
from truths import TRUTHS, Results, near

from planlib.evaluation import Evaluation, evaluate
from planlib.language.language import Language
from planlib.language.languages import LANGUAGES
from planlib.language.sentences import JOINED, Sentence
from planlib.report.blocks import Block, Chart
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.compare import ComparePage
from planlib.report.pages.explore import ExplorePage
from planlib.report.pages.methods import MethodsPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.vocabulary import LOOKS
from planlib.scoring.verdict import Verdict
from planlib.verify.texts import texts

# Around a sentence: what it holds is held.
AROUND = {JOINED, "caption.illustrative", "fact.line"}
# Numbers that say how a strip is drawn or where a text stands, held elsewhere, and no results.
NO_RESULTS = {"note.attainment", "note.road", "source.dated", "source.rule", "rule.name", "document.annex",
              "date.day", "caveat.rule", "inputs.file", "compare.break"}  # fmt: skip
KINDS = {
    "ward 2013": ("ward-2010-2015", 2013), "ward 2015": ("ward-2010-2015", 2015),
    "Viet Nam 2018": ("viet-nam-2016-2020", 2018), "Europe 2018": ("europe-2020", 2018),
    "Viet Nam 2014": ("viet-nam-2011-2015", 2014),
    "ward explore": ("ward-2010-2015", 0), "ward methods": ("ward-2010-2015", 2013),
    "ward compare": ("ward-2010-2015", 2013),
    "ward mid-term": ("ward-2010-2015", None), "Viet Nam term": ("viet-nam-2016-2020", 2020),
}  # fmt: skip


OF_A_GOAL: dict[str, Callable[[Evaluation, str], Any]] = {
    "ward explore": lambda e, lang: ExplorePage(e, e.area(), "case-clearance", lang),
    "ward methods": lambda e, lang: MethodsPage(e, e.area(), "case-clearance", 2013, lang),
    "ward compare": lambda e, lang: ComparePage.of(
        e, "child-vaccination", 2013, lang, area=e.area()
    ),
}
HANDED_IN = (
    "ward 2013",
    "Europe 2018",
    "Viet Nam term",
)  # documents hold the blocks of their pages
HELD = {**TRUTHS, **GOAL_TRUTHS, **PICTURE_TRUTHS}


@cache
def evaluated(plan: str) -> Evaluation:
    return evaluate(plan, audience="public" if plan.startswith("ward") else "internal")


@cache
def results(name: str, lang: str) -> Results:
    """A page in a language; every language tells of the same review."""
    plan, year = KINDS[name]
    found = evaluated(plan)
    if lang != "en" and name not in OF_A_GOAL:
        english = results(name, "en")
        page = copy(english.page)
        page.language = Language(lang)
        return replace(english, page=page, lang=lang)
    made: Any
    if name in OF_A_GOAL:
        made = OF_A_GOAL[name](found, lang)
        verdicts = found.year_verdicts(made.area, year) if year else [made.newest]
        return Results(made, verdicts, year or made.newest.year, lang)
    kind = MidtermPage if "term" in name else AnnualPage
    made = kind.of(found, found.area(), year, lang)
    review = made.review
    return Results(made, review.verdicts, getattr(review, "after", 0) or review.year, lang)


@cache
def told(name: str, lang: str) -> list[Place]:
    """Every text of a page, and of the document made of it."""
    return list(places(iter(shown_blocks(name, lang))))


@cache
def shown_blocks(name: str, lang: str) -> list[Block]:
    """The blocks of a page, and of the document made of it, its annexes too."""
    page: Any = results(name, lang).page
    blocks = [*page.blocks()]
    if name in HANDED_IN:
        document = page.handed_in("plain", Issuer(), None)
        blocks += [*document.body, *(one for annex in document.annexes for one in annex.blocks)]
    return blocks


def sentences(place: Place) -> Iterator[Place]:
    """The sentences of a text that stand by themselves."""
    text = place.text
    if isinstance(text, Sentence) and text.key in AROUND:
        for part in text.facts.values():
            yield from sentences(Place(place.anchor, part)) if isinstance(part, str) else ()
    else:
        yield place


def false(found: Results, place: Place) -> str:
    """What is wrong with a sentence; empty where it is true."""
    text = place.text
    if not isinstance(text, Sentence) or text.key in NO_RESULTS:
        return ""
    _, facts = stated(text) if not isinstance(stated(text), dict) else ("", {})
    truth = HELD.get(text.key)
    if truth is None:
        return f"nobody holds {text.key}: {text}" if [*numbers_of(facts)] else ""
    return "" if truth(found, place, facts) else f"{text.key} is not true: {text} {facts}"


# How each language says which side of a number: read here, whatever the catalogue says.
N = r"[\d.,\u00a0\u202f/–−]+(?: đến | to | à )?[\d.,]*"
Q = rf"{N}.*"
SIDES = {
    "target.at_least": {"vi": f"từ {Q} trở lên", "en": f"at least {Q}", "fr": f"au moins {Q}"},
    "target.at_most": {"vi": f"không quá {Q}", "en": f"at most {Q}", "fr": f"au plus {Q}"},
    "target.above": {"vi": f"trên {Q}", "en": f"over {Q}", "fr": f"plus de {Q}"},
    "target.below": {"vi": f"dưới {Q}", "en": f"under {Q}", "fr": f"moins de {Q}"},
    "target.about": {"vi": f"khoảng {Q}", "en": f"about {Q}", "fr": f"environ {Q}"},
    "target.between": {"vi": Q, "en": Q, "fr": Q},
    "change.fall": {"vi": "giảm .+", "en": "a fall of .+", "fr": ".+ de baisse"},
    "change.rise": {"vi": "tăng .+", "en": "a rise of .+", "fr": ".+ de hausse"},
    "change.fell": {"vi": f"giảm {Q}", "en": f"down {Q}", "fr": f"en baisse de {Q}"},
    "change.rose": {"vi": f"tăng {Q}", "en": f"up {Q}", "fr": f"en hausse de {Q}"},
    "figure.from": {"vi": f"từ {Q} trở lên", "en": f"{Q} or more", "fr": f"{Q} ou plus"},
    "figure.up_to": {"vi": f"không quá {Q}", "en": f"{Q} or less", "fr": f"{Q} ou moins"},
    "figure.under": {"vi": f"dưới {Q}", "en": f"under {Q}", "fr": f"moins de {Q}"},
    "figure.over": {"vi": f"trên {Q}", "en": f"over {Q}", "fr": f"plus de {Q}"},
    "figure.estimate": {"vi": "ước .+", "en": "est[.] .+", "fr": "est[.] .+"},
    "pace.more": {"vi": "cần thêm .+", "en": "needs .+ more each year", "fr": "il faut .+ de plus chaque année"},
    "pace.less": {"vi": "cần giảm .+", "en": "needs .+ less each year", "fr": "il faut .+ de moins chaque année"},
}  # fmt: skip
# Which number of a sentence is which: the names of the facts, in the order of each language.
ORDER = {
    "headline.reached": {
        "vi": "đạt và vượt (?P<reached>N)/(?P<n>N) chỉ tiêu đã đánh giá",
        "en": "(?P<reached>N) of the (?P<n>N) targets? judged came out met or exceeded",
        "fr": "objectifs atteints ou dépassés ?: (?P<reached>N) sur (?P<n>N) évalués?",
    },
    "coverage.part": {
        "vi": "của (?P<judged>N)/(?P<n>N) chỉ tiêu cần có số liệu đến nay [(](?P<share>N)%",
        "en": "^There (?:is a figure|are figures) for (?P<judged>N) of the (?P<n>N) targets? that should .* [(](?P<share>N)%",
        "fr": "^Un chiffre est disponible pour (?P<judged>N) (?:sur|des) (?P<n>N) objectifs? .* [(](?P<share>N)%",
    },
    "heading.reached": {
        "vi": "^(?P<reached>N)/(?P<judged>N) đạt và vượt", "en": "^(?P<reached>N) of (?P<judged>N) judged met",
        "fr": "^(?P<reached>N) sur (?P<judged>N) évalués? atteints? ou dépassés?",
    },
    "mean.bounded": {
        "vi": "là (?P<mean>N)% .* từ (?P<low>N)% đến (?P<high>N)%",
        "en": "is (?P<mean>N)% .* between (?P<low>N)% and (?P<high>N)%",
        "fr": "de (?P<mean>N)% .* entre (?P<low>N)% et (?P<high>N)%",
    },
    "road.behind": {
        "vi": "mới đi (?P<road>N)% .* thời gian đã qua (?P<time>N)%",
        "en": "only (?P<road>N)% of the way .* (?P<time>N)% of the time gone",
        "fr": "(?P<road>N)% seulement du chemin parcouru, avec (?P<time>N)% du temps écoulé",
    },
    "road.finding": {
        "vi": "^(?P<behind>N) trong (?P<n>N) chỉ tiêu có lộ trình đang chậm",
        "en": "^Behind schedule: (?P<behind>N) of (?P<n>N) goals?",
        "fr": "^En retard sur le calendrier ?: (?P<behind>N) sur (?P<n>N) objectifs?",
    },
    "outlook.number": {
        "vi": "^(?P<n>N) chỉ tiêu có xác suất.* từ (?P<low>N) đến (?P<high>N), trung bình (?P<expected>N);",
        "en": "^(?P<n>N) goals have .* between (?P<low>N) and (?P<high>N), (?P<expected>N) on average",
        "fr": "^(?P<n>N) objectifs ont .* entre (?P<low>N) et (?P<high>N), (?P<expected>N) en moyenne",
    },
    "robust.headline": {
        "vi": "^Năm (?P<year>N) có (?P<reached>N) .* cũng có (?P<always>N) .* có (?P<best>N) trong (?P<n>N) ",
        "en": "in (?P<year>N): (?P<reached>N)[.] .* doubted, (?P<always>N) .* be (?P<best>N) of the (?P<n>N) ",
        "fr": "en (?P<year>N) ?: (?P<reached>N)[.] .* doute, (?P<always>N) .* serait (?P<best>N) sur (?:les )?(?P<n>N) ",
    },
    "published.some": {
        "vi": "^(?P<n>N) trong (?P<published>N) đánh giá đã công bố khác", "en": "^(?P<n>N) of (?P<published>N) published",
        "fr": "^(?P<n>N) des (?P<published>N) verdicts publiés diff",
    },
    "readings.some": {
        "vi": "^Trong (?P<ambiguous>N) chỉ tiêu .*, (?P<n>N) chỉ tiêu sẽ", "en": "^Of (?P<ambiguous>N) targets .*, (?P<n>N) would",
        "fr": "^Sur (?P<ambiguous>N) cibles .*, (?P<n>N) recevrai",
    },
}  # fmt: skip


def all_sentences(text: object) -> Iterator[Sentence]:
    """A sentence and those within it."""
    if isinstance(text, Sentence):
        yield text
        for fact in text.facts.values():
            yield from all_sentences(fact)


def misread(text: Sentence, lang: str) -> str:
    """How a reader would take a sentence for another than its facts; empty where not."""
    if promised_numbers(text, lang) != numbers_in(text, lang):
        return f"{text!r}: its numbers are {promised_numbers(text, lang)}"
    for one in all_sentences(text):
        told = re.sub(r"[\u2066-\u2069]", "", one)
        if one.key in SIDES and not re.fullmatch(SIDES[one.key][lang], told):
            return f"{one!r} does not say {one.key}"
        if one.key in ORDER:
            plain = re.sub(r"[\u00a0\u202f]", " ", re.sub(r"[\u00a0\u202f](?=%)", "", told))
            found = re.search(ORDER[one.key][lang].replace("N)", r"[\d.,]*\d)"), plain)
            read = (
                {
                    name: next(iter(numbers_in(number, lang)))
                    for name, number in found.groupdict().items()
                }
                if found
                else {}
            )
            facts = stated(one)[1]
            if not read or any(facts[name] != number for name, number in read.items()):
                return f"{one!r} reads {read}, its facts are {facts}"
    return ""


def alike(one: Any, other: Any) -> bool:
    """Whether two languages state the same; a figure in the words of its source stays in those."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return bool(one[0] == other[0]) and alike(one[1], other[1])
    if isinstance(one, dict) and isinstance(other, dict):
        return list(one) == list(other) and all(
            alike(one[name], other[name]) or (name in WORDED and None in (one[name], other[name]))
            for name in one
        )
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    told = one or other
    if isinstance(told, tuple) and None in (one, other):
        return told[0].startswith(("figure.", "quantity"))
    return bool(one == other)


WORDED = {"figure", "old", "new"}
ALONE = {"caveat.language", "written"}  # that the plan is in another language


def shown(name: str, lang: str) -> list[Place]:
    return [one for one in told(name, lang) if getattr(one.text, "key", "") not in ALONE]


@pytest.mark.parametrize("name", KINDS)
def test_every_sentence_states_what_the_results_say(name: str) -> None:
    found = results(name, "en")
    held = [one for place in told(name, "en") for one in sentences(place)]
    assert [wrong for one in held if (wrong := false(found, one))] == []
    assert sum(isinstance(one.text, Sentence) and one.text.key in HELD for one in held) > 10


def languages_of(name: str) -> tuple[str, ...]:
    """English, and of the others one or the next in turn; all in `make fuzz`."""
    others = [one for one in LANGUAGES if one != "en"]
    return tuple(LANGUAGES) if LONG else ("en", others[[*KINDS].index(name) % len(others)])


@pytest.mark.parametrize(
    ("name", "lang"), [(name, lang) for name in KINDS for lang in languages_of(name)]
)
def test_every_text_says_its_facts_number_by_number(name: str, lang: str) -> None:
    held = {str(one.text): one.text for one in told(name, lang) if isinstance(one.text, Sentence)}
    assert [wrong for text in held.values() if (wrong := misread(text, lang))] == []


@pytest.mark.parametrize("name", KINDS)
def test_every_language_states_the_same_facts(name: str) -> None:
    english = shown(name, "en")
    for lang in set(languages_of(name)) - {"en"}:
        other = shown(name, lang)
        assert len(other) == len(english)
        assert [
            (str(one.text), str(two.text)) for one, two in zip(english, other, strict=True)
            if not alike(stated(one.text), stated(two.text))
        ] == []  # fmt: skip


@pytest.mark.parametrize("name", KINDS)
def test_a_moved_fact_makes_a_sentence_false(name: str) -> None:
    found, language = results(name, "en"), Language("en")
    believed, tried = [], 0
    for one in {str(p.text): p for place in told(name, "en") for p in sentences(place)}.values():
        if not isinstance(one.text, Sentence) or one.text.key in NO_RESULTS:
            continue
        for path in paths(one.text):
            moved = told_again(one.text, language, path, 1)
            tried += 1
            try:
                wrong = false(found, Place(one.anchor, moved))
            except (KeyError, IndexError, ValueError) as error:
                wrong = repr(error)
            if not wrong:
                believed.append((one.text.key, path, str(moved)))
    assert believed == [] and tried > 10


def lines_of(name: str, lang: str) -> list[list[str]]:
    """What each chart says instead of its picture, without names of goals and days of reports."""
    plan = results(name, lang).page.plan
    names = sorted((str(one.name.in_language(lang)) for one in plan.goals), key=len, reverse=True)

    def bare(line: str) -> str:
        line = re.sub(r"[\u2066-\u2069]", "", line)
        for at, one in enumerate(names):
            line = line.replace(re.sub(r"[\u2066-\u2069]", "", one), f"<{'x' * at}>")
        return re.sub(r"\([^()]*\d{4}\)", "", line)

    charts = [one for one in shown_blocks(name, lang) if isinstance(one, Chart)]
    return [[bare(line) for line in one.alt.split("\n")] for one in charts]


CHARTED = [name for name in KINDS if name != "ward mid-term"]


@pytest.mark.parametrize("name", CHARTED)
def test_charts_say_the_same_numbers_in_every_language(name: str) -> None:
    english = lines_of(name, "en")
    for lang in set(languages_of(name)) - {"en"}:
        other = lines_of(name, lang)
        assert [len(one) for one in other] == [len(one) for one in english]
        assert [
            (one, two) for ours, theirs in zip(english, other, strict=True)
            for one, two in zip(ours, theirs, strict=True)
            if numbers_in(one, "en") != numbers_in(two, lang)
        ] == []  # fmt: skip


@pytest.mark.parametrize(
    ("name", "lang"),
    [(name, lang) for name in ("Viet Nam term", "ward explore") for lang in languages_of(name)],
)
def test_a_chart_says_the_figures_and_the_verdicts_there_are(name: str, lang: str) -> None:
    """Line by line: ``2013: 72.2%; target at least 70%; ▲ Exceeded`` of a goal, or of each."""
    page, held = results(name, lang).page, 0
    view, area = evaluated(KINDS[name][0]), page.area
    judged = {one.goal.id: one.verdict for one in results(name, lang).verdicts}
    names = {
        re.sub(r"[\u2066-\u2069]", "", str(g.name.in_language(lang))): g for g in page.plan.goals
    }
    for chart in (one for one in shown_blocks(name, lang) if isinstance(one, Chart)):
        for line in (
            re.sub(r"[\u2066-\u2069]", "", chart.alt).replace("\u00a0:", ":").split("\n")[1:]
        ):
            first, *rest = re.split("\u202f?; ", line.removeprefix("- "))
            whose, _, told = first.partition(": ")
            goal = names.get(whose, getattr(page, "goal", None))
            points = re.findall(
                r"(?:năm )?(\d{4}): ([^;]*?)(?=, (?:năm )?\d{4}:|$)",
                told if whose in names else first,
            )
            for year, figure in points:
                one = (
                    view.verdict_of(goal, area, int(year)) if int(year) in page.plan.years else None
                )
                number = next(iter(numbers_in(figure, lang)), None)
                if one is not None and one.value is not None and number is not None:
                    assert near(number, one.value), (line, one.value)
                    held += 1
            marks = {LOOKS[one].glyph: one for one in Verdict}
            said = [marks[part[0]] for part in rest if part[0] in marks]
            if said and name == "ward explore" and points:
                assert said == [view.verdict_of(goal, area, int(points[0][0])).verdict], line
                held += 1
            elif said and whose in names:
                assert said == [judged[goal.id]], line
                held += 1
    assert held > 8


def test_constants_are_the_same_in_every_language() -> None:
    odd = {}
    for key in texts("en"):
        if key.startswith(SPELLED):
            continue
        told = {
            lang: numbers_in(re.sub(r"\{[^{}]*\}", "·", texts(lang)[key][-1]), lang)
            for lang in LANGUAGES
        }
        if len({frozenset((one - ZERO).items()) for one in told.values()}) > 1:
            odd[key] = told
    assert odd == {}


ZERO = Counter({0.0: 9})  # which some languages write as a word
# Words of offices and dates, which each language has of its own.
SPELLED = ("office.", "period.", "date.", "template.", "new.")
