"""Hostile names on pages, in pictures and on the terminal: shown as they are, never obeyed."""

from __future__ import annotations

import json
import re
import time
import unicodedata
import warnings
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest
from commands import planlib
from helpers import goal, observations, plan
from typer.testing import CliRunner

from planlib.cli.app import app
from planlib.evaluation import Evaluation
from planlib.language.direction import for_terminal, isolated, shown, undirected
from planlib.language.language import Language
from planlib.report.blocks import Chart
from planlib.report.charts.fonts import width, wrap
from planlib.report.charts.svg import svg_of
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.midterm import MidtermPage
from planlib.review import annual, midterm
from planlib.verify.markup import read_page, text_of

TURNING = [
    "a\u202eb", "\u202a\u202bdeep", "\u2067never closed", "closed twice\u2069\u202c\u202c",
    "עברית", "العربية 2013", "\u2066a\u202e\u2069b", "\u202e\u2069\u2069out",
]  # fmt: skip
PLAIN = ["Tỷ lệ khám phá án", "$5 of $10", "中文", "a\u200db"]
HOSTILE = (
    "Price in $ (5_% of $)", "Income from 1,000$ to 2,000$ a year", "[red]x[/no]", ":100: [link=x]y",
    "a\x1b[31mred\x9b32m", "\u202eturned", "<b>&amp;</b> *x* _y_ `z`", "中文 tên", "a\\frac{1}{2}",
)  # fmt: skip
LEAST = {"comparison": "at_least", "value": 70, "basis": "share", "cadence": "every_year"}


def page(name: str, lang: str = "en") -> AnnualPage:
    one = goal(target=LEAST, name={"vi": name, "en": name})
    figures = observations({"year": 2013, "numerator": 69, "denominator": 100})
    return AnnualPage(annual(Evaluation(plan(one), figures), "a", 2013), lang)


def picture_of(name: str) -> str:
    one = goal(target=LEAST, name={"vi": name, "en": name})
    figures = observations({"year": 2013, "numerator": 69, "denominator": 100})
    made = MidtermPage(midterm(Evaluation(plan(one), figures), "a", 2013), "en")
    (chart,) = (block for block in made.trends() if isinstance(block, Chart))
    return svg_of(chart)


def words_in(picture: str) -> list[str]:
    """What a reader can search and copy in a picture, text by text."""
    svg = fromstring(picture[picture.index("<svg") :])
    return [
        undirected("".join(text.itertext())) for text in svg.iter() if text.tag.endswith("text")
    ]


@pytest.mark.parametrize("text", TURNING, ids=ascii)
def test_what_turns_a_line_stands_between_isolates_and_closes_what_it_opens(text: str) -> None:
    told = isolated(text)
    assert undirected(told) == undirected(text)
    depth = 0
    for letter in told:
        depth += (letter in "\u2066\u2067\u2068") - (letter == "\u2069")
        assert depth > 0 or unicodedata.bidirectional(letter) not in {
            "R",
            "AL",
            "RLO",
            "RLE",
            "RLI",
        }
    assert depth == 0
    assert sum(map(told.count, "\u202a\u202b\u202d\u202e")) == told.count("\u202c")
    assert isolated(told) == told
    assert isolated(f"In {told}: 95 %") == f"In {told}: 95 %"


@pytest.mark.parametrize("text", PLAIN)
def test_other_texts_are_left_as_they_are(text: str) -> None:
    assert isolated(text) == shown(text) == text


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_reads_the_same_in_every_table_and_sentence_of_a_page(name: str) -> None:
    made = page(name)
    html = "\n".join(
        part.html for part in (made.table(), made.counts(), made.missing(), made.sections())
    )
    assert not [letter for letter in html if not letter.isprintable() and letter not in
                "\n\u00a0\u2068\u2069\u202c\u202e"]  # fmt: skip
    words = text_of(read_page(html).root)
    spelled = name.replace("\x1b", "\\x1b").replace("\x9b", "\\x9b").replace("\u202e", "")
    assert spelled in words
    assert html.count("\u202e") == html.count("\u202c")


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_a_name_is_drawn_letter_by_letter_and_nobody_is_warned(name: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = picture_of(name)
    assert "\x1b" not in picture and "\x9b" not in picture
    drawn = " ".join(words_in(picture))
    assert all(word in drawn for word in undirected(shown(name)).split())


def test_dollars_are_drawn_and_make_no_italics() -> None:
    dollars, letters = (picture_of(f"1,000{c} to 2,000{c}") for c in "$S")
    assert [words.replace("$", "S") for words in words_in(dollars)] == words_in(letters)
    assert any("1,000$" in words for words in words_in(dollars))
    assert "italic" not in dollars and "oblique" not in dollars.lower()


def test_a_word_of_five_thousand_letters_is_fast_and_does_not_fill_the_page() -> None:
    began = time.process_time()
    svg = picture_of("Ngô" * 1667)
    assert time.process_time() - began < 10
    height = float(svg.partition('height="')[2].partition("pt")[0])
    assert height < 600
    lines = wrap("n" * 5000, 2.0, 9).split("\n")
    assert len(lines) == 8 and lines[-1].endswith("…")
    assert all(width(line, 9) <= 2.05 for line in lines)


@pytest.fixture
def hostile_plan(tmp_path: Path) -> Path:
    """A plan whose every name is hostile, with one figure of each goal."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    name = " ".join(text.partition("\u202e")[0] or text for text in HOSTILE)

    def both(text: str) -> dict[str, str]:
        return {"vi": text, "en": text}

    header = {
        "id": "hostile", "name": both(name), "term": {"first": 2011, "last": 2015},
        "baseline_year": 2010, "sections": ["all"], "areas": ["a"], "figures": ["f.csv"],
        "rule": {"id": "office-table", "dated": "2019-12-31", "note": both(name), "source": name},
        "sources": [{"id": "text", "title": both(name)}],
    }  # fmt: skip
    place = {"document": "text", "section": HOSTILE[2], "paragraph": 1}
    goals = [
        {"id": f"g{at}", "name": both(text), "unit": both(text), "source": [place],
         "target": {"comparison": "at_least", "value": 5, "cadence": "every_year"}}
        for at, text in enumerate(HOSTILE)
    ]  # fmt: skip
    for file, part in (
        ("plan.yaml", header),
        ("all.yaml", {"section": "all", "name": both(name), "goals": goals}),
        ("areas.yaml", {"areas": [{"id": "a", "name": both(name)}]}),
    ):
        (folder / file).write_text(json.dumps(part), encoding="utf-8")
    rows = "".join(f"a,g{at},2013,2014,{at + 3},report\n" for at in range(len(HOSTILE)))
    (folder / "f.csv").write_text("area,goal,year,vintage,value,source\n" + rows, encoding="utf-8")
    return folder


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_command_obeys_a_name(hostile_plan: Path, lang: str) -> None:
    plan_ = str(hostile_plan)
    for arguments in (
        ["goals", plan_, "--lang", lang],
        ["score", plan_, "--year", "2013", "--lang", lang],
        ["methods", plan_, "--year", "2013", "--lang", lang],
        ["changes", plan_, "--from", "2013-01-01", "--to", "2015-01-01", "--lang", lang],
        ["check", plan_],
    ):
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, done.output
        told = re.sub("\u2068([^\u202a-\u202e\u2066-\u2069]*)\u2069", r"\1", done.output)
        obeyed = {c for c in told if not c.isprintable() and c not in "\n\u00a0"}
        assert not obeyed, arguments
        if arguments[0] in {"goals", "score"}:
            for text in ("[red]x[/no]", ":100: [link=x]y", "\\x1b[31mred\\x9b32m", "\\u202eturned"):
                assert text in done.output, arguments


def test_marks_of_direction_stand_in_a_terminal_only_around_what_turns() -> None:
    language = Language("en")
    for name, told in (
        ("Growth", "Growth"),
        ("\u05e9\u05dc\u05d5\u05dd", "\u2068\u05e9\u05dc\u05d5\u05dd\u2069"),
        ("a\u202eb", "a\\u202eb\\u202c"),
        ("\u2067x\u2069", "\\u2067x"),
    ):
        sentence = language("export-plan.note", name=name)
        assert for_terminal(sentence) == f"the note on the section {told}"


def test_json_holds_the_very_names_and_no_control(hostile_plan: Path) -> None:
    done = CliRunner().invoke(app, ["goals", str(hostile_plan), "--json"])
    assert [one["name"]["en"] for one in json.loads(done.output)] == list(HOSTILE)
    assert not {c for c in done.output if not c.isprintable() and c != "\n"}


def test_an_indicator_of_a_panel_is_no_markup(tmp_path: Path) -> None:
    rows = [
        f"[red]x[/no],a{area},{year},{10 + (area * 7 + year * 3) % 11}"
        for area in range(12)
        for year in range(2000, 2016)
    ]
    panel = tmp_path / "panel.csv"
    panel.write_text("\n".join(["indicator,area,year,value", *rows]) + "\n", encoding="utf-8")
    done = planlib("backtest", str(panel), "--methods", "planlib")
    assert done.returncode == 0, done.stderr
    assert "[red]x[/no]" in done.stdout


def test_a_sentence_isolates_what_is_filled_in() -> None:
    told = Language("en")("against.undone", name="\u202eturned")
    assert told == "\u2068\u202eturned\u202c\u2069: no (target: yes)"
