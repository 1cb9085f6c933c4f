"""Words that a plan has in another language than the page's say so, to the ear as to the eye."""

from __future__ import annotations

import json
import pickle
import re

import docx
from helpers import goal, observations, plan
from markupsafe import Markup

from planlib.evaluation import Evaluation
from planlib.language.language import ForeignWords, Language
from planlib.language.sentences import joined
from planlib.language.text import Text
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.explore_sections import goal_name
from planlib.report.render.escaping import finalized
from planlib.report.site.document import PageCell, blocks_page, document
from planlib.report.site.folder import PeriodColumn, Row
from planlib.report.site.frame import Frame
from planlib.report.site.index import NAMED, IndexColumn
from planlib.report.word.paragraphs import run
from planlib.report.word.xml import add_runs
from planlib.scoring.counts import VerdictCounts
from planlib.scoring.verdict import Verdict
from planlib.verify.allowed import ATTRIBUTES
from planlib.verify.markup import read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.tables import GoalTables

LEAST = {"comparison": "at_least", "value": 10, "cadence": "every_year"}


def test_words_of_another_language_are_marked_and_the_remark_is_not() -> None:
    words = Text(en="Tax & rent").in_language("fr")
    assert words == "Tax & rent (en anglais)"
    assert finalized(words) == '<span lang="en">Tax &amp; rent</span> (en anglais)'
    assert finalized(Text(en="Tax").in_language("en")) == "Tax"
    assert pickle.loads(pickle.dumps(words)) == words
    hebrew = Language("en").written_in("vi", "\u05e9\u05dc\u05d5\u05dd")
    assert (
        isinstance(hebrew, ForeignWords) and hebrew.words == "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"
    )


def test_a_page_of_a_plan_without_its_language_is_marked_and_proven() -> None:
    opened = plan(goal("g", unit={"vi": "hộ", "en": "households"}, target=LEAST))
    evaluation = Evaluation(opened, observations({"year": 2012, "value": 10}))
    blocks = AnnualPage.of(evaluation, "a", 2012, "fr").blocks()
    html = blocks.html
    marked = re.findall(r'<span lang="vi">([^<]*)</span> \(en vietnamien\)', html)
    assert set(marked) >= {"chữ"}
    # The name of the goal where it is listed, and never inside an attribute.
    assert re.search(r'data-goal="g".*?<span lang="vi">chữ</span>', html, re.DOTALL)
    assert not re.search(r'="[^"]*(<|&lt;)span', html)
    found: list[object] = []
    made = Recomputed(opened, evaluation.figures.frame.to_dict("records"), area="a")
    GoalTables("page.html", "annual", 2012, "fr", made, found).check(read_page(html).root)  # type: ignore[arg-type]
    assert found == []
    assert "lang" in ATTRIBUTES["span"]
    title = re.search("<title>(.*?)</title>", blocks_page(blocks, "fr", "2012", marked[0]))
    assert title is not None and "<" not in title[1]


def test_names_inside_sentences_are_marked_where_they_stand() -> None:
    en = Language("en")
    place = en.written_in("vi", "Phường 7")
    told = en("caption.targets", year=2013, area=place)
    marked = '<span lang="vi">Phường 7</span> (in Vietnamese): targets and results of 2013'
    assert finalized(told) == marked
    twice = joined([told, told])
    assert finalized(twice) == f"{marked} {marked}"
    assert finalized(en("caption.targets", year=2013, area="<b>")) == (
        "&lt;b&gt;: targets and results of 2013"
    )


def test_a_word_document_says_which_words_are_of_another_language() -> None:
    place = Language("en").written_in("vi", "Phường 7")
    written = run(Language("en")("caption.targets", year=2013, area=place), "<w:b/>")
    assert '<w:rPr><w:b/><w:lang w:val="vi"/></w:rPr><w:t xml:space="preserve">Phường 7</w:t>' in (
        written
    )
    assert written.count("<w:lang") == 1 and written.count("<w:b/>") == 2
    paragraph = add_runs(docx.Document().add_paragraph(), place)
    spoken = [one._r.xpath("./w:rPr/w:lang/@w:val") for one in paragraph.runs]
    assert spoken == [["vi"], []] and paragraph.text == "Phường 7 (in Vietnamese)"


def test_a_page_marks_names_in_its_foot_and_in_its_contents() -> None:
    """Its frame reaches the process that writes the page as plain values."""
    en = Language("en")
    place, name = (en.written_in("vi", words) for words in ("Phường 7", "Kế hoạch"))
    title = en("site.title.annual", area=place, year=2013, goal="")
    told = json.loads(json.dumps(Frame("en", title, name, notebook="").record()))
    heading = Markup('<h2 id="a"><span lang="vi">Việc làm</span> (in Vietnamese): 0 of 2</h2>')
    page = document([PageCell((heading, heading))], Frame(**told))
    marked = re.findall(r'<span lang="vi">([^<]*)</span>', page)
    assert marked.count("Phường 7") == 2 and marked.count("Kế hoạch") == 1  # h1 and foot
    assert marked.count("Việc làm") > 2  # the headings, and where they are listed
    (head,) = re.findall("<title>(.*?)</title>", page)
    assert "Phường 7 (in Vietnamese)" in head and "<" not in head


def test_names_in_rows_and_beside_others_are_marked() -> None:
    opened = plan(goal("g", unit={"vi": "hộ", "en": "households"}, target=LEAST))
    text = goal_name(opened, opened.goals[0], Language("fr"))
    assert finalized(text) == '<span lang="vi">chữ</span> (en vietnamien)'
    row = Row(goal="g", name=Text(vi="chữ"), part=False, verdicts=("not_met",))
    behind = ((Verdict.not_met, row),) * (NAMED + 1)
    period = PeriodColumn(kind="annual", year=2013)
    column = IndexColumn(period, "2013", "", VerdictCounts({}), behind, ())
    assert str(finalized(column.named("fr"))).count('<span lang="vi">chữ</span>') == NAMED
