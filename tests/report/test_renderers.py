"""Every page in every format there is: each says what the text says, and no name breaks out."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html import unescape
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import docx
import mistune
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn
from examples import LONG

from planlib.evaluation import Evaluation, evaluate
from planlib.evaluation.changes import changes
from planlib.evaluation.methods import methods
from planlib.evaluation.outlook import outlook
from planlib.figures.observations import vintage_day
from planlib.language.direction import shown
from planlib.language.language import Language
from planlib.report.blocks import (
    Block,
    Chart,
    Count,
    Counts,
    Download,
    Heading,
    Paragraph,
    Placeholder,
    Remarks,
    Title,
    items,
)
from planlib.report.display import Blocks
from planlib.report.layout import Cell, Column, Fact, Group, Table
from planlib.report.pages.annual import AnnualPage
from planlib.report.pages.common import Page
from planlib.report.pages.explore import ExplorePage
from planlib.report.pages.methods import MethodsPage
from planlib.report.pages.midterm import MidtermPage
from planlib.report.render import RENDERERS
from planlib.report.render.markdown import markdown
from planlib.report.tables.changes import changes_shown
from planlib.report.vocabulary import LOOKS
from planlib.review import annual, midterm, sensitivity
from planlib.scoring.verdict import Verdict

WORDS = re.compile(r"[^\W_]+(?:[.,][0-9]+)*")
HOSTILE = (
    """<script>alert("x")</script> | # 1. *b* _i_ `c` [l](javascript:x) ![p](y) & $5$ \\ ~s~"""
)
KINDS = ("annual", "midterm", "explore", "methods", "changes")


@cache
def seen_by(audience: str, plan: str = "ward-2010-2015") -> Evaluation:
    return evaluate(plan, audience=audience)


@cache
def blocks_of(kind: str, lang: str, audience: str) -> Blocks:
    """A whole page of a shipped plan, with everything it may show."""
    if kind == "changes":
        moved = changes(
            seen_by(audience), "ward-01", vintage_day("2013-12-31"), vintage_day("2014-12-31")
        )
        return changes_shown(moved, Language(lang))
    return page_of(kind, lang, audience).blocks()


@cache
def page_of(kind: str, lang: str, audience: str) -> Page:
    asked = seen_by(audience)
    if kind == "annual":
        return AnnualPage(annual(asked, "ward-01", 2013), lang)
    if kind == "explore":
        return ExplorePage(asked, "ward-01", "case-clearance", lang)
    if kind == "methods":
        return MethodsPage(asked, "ward-01", "case-clearance", 2013, lang)
    # Of the largest page that of a plan with half as many goals; of the larger one in `make fuzz`.
    where = ("ward-01", 2013) if LONG else ("viet-nam", 2018)
    asked = asked if LONG else seen_by(audience, "viet-nam-2016-2020")
    return MidtermPage(
        midterm(asked, *where),
        lang,
        outlook=outlook(asked, *where),
        sensitivity=sensitivity(asked, *where),
        methods=methods(asked, *where),
    )


def words(text: str) -> Counter[str]:
    """The words and numbers of a text, each with how often it stands there."""
    return Counter(WORDS.findall(text))


def html_words(html: str) -> Counter[str]:
    """What a page says in words: its texts, and those of its pictures."""
    soup = BeautifulSoup(html, "lxml")
    pictures = [figure["aria-label"] for figure in soup.find_all("figure")]
    for hidden in soup.find_all(["svg", "style"]):
        hidden.decompose()
    for fraction in soup.find_all(class_="pl-fraction"):
        fraction.unwrap()
    soup.smooth()
    return words("\n".join([soup.get_text("\n"), *map(str, pictures)]))


def markdown_words(text: str) -> Counter[str]:
    """What Markdown says once it is read as such."""
    html = mistune.create_markdown(plugins=["table"])(text)
    soup = BeautifulSoup(str(html), "lxml")
    pictures = [str(image["alt"]) for image in soup.find_all("img")]
    return words(unescape("\n".join([soup.get_text("\n"), *pictures])))


def document_words(file: object) -> Counter[str]:
    """What a Word document says, and the words of its pictures."""
    assert isinstance(file, bytes)
    body = docx.Document(BytesIO(file)).element.body
    breaks = {qn("w:p"): "\n", qn("w:br"): "\n"}
    texts = [breaks.get(node.tag, node.text or "") for node in body.iter(*breaks, qn("w:t"))]
    pictures = [node.get("descr", "") for node in body.iter(qn("wp:docPr"))]
    return words("\n".join(["".join(texts), *pictures]))


SEEN = (("vi", "public"), ("en", "internal"))
# Of the largest page one in `make test`, of the others one or the other; all in `make fuzz`.
TRIED = [
    (kind, *seen) for at, kind in enumerate(KINDS) for seen in (SEEN if LONG else [SEEN[at % 2]])
]


@pytest.mark.parametrize(("kind", "lang", "audience"), TRIED)
def test_every_page_says_the_same_in_every_format(kind: str, lang: str, audience: str) -> None:
    blocks = blocks_of(kind, lang, audience)
    rendered = {name: render(blocks.blocks) for name, render in RENDERERS.items()}
    text, output = rendered["text"], rendered["notebook"]
    assert isinstance(text, str) and isinstance(output, dict)
    told = words(text)
    assert sum(told.values()) > 100
    said = {
        "html": html_words(str(rendered["html"])),
        "markdown": markdown_words(str(rendered["markdown"])),
        "notebook": html_words(output["text/html"]),
        "docx": document_words(rendered["docx"]),
    }
    assert {"text", *said} == set(RENDERERS)
    for name, found in said.items():
        assert not told - found, (name, told - found)
    assert output["text/plain"] == text


def every_kind(name: str) -> list[Block]:
    """A block of each kind, with a name wherever one may stand."""
    look = LOOKS[Verdict.met]
    cells = (
        Cell(
            name,
            under=name,
            mark=name,
            facts=(Fact(name, name, "https://a.example/?<b>"),),
            remarks=(Fact(name, name),),
        ),
        Cell(name, look=look),
        Cell(items=(name, name)),
    )
    columns = tuple(Column("indicator", name) for _ in cells)
    group = Group((cells,), name, name)
    return [
        Title(name, (Fact(name, name, "https://a.example/?<b>"),), name, name),
        Heading(name, "a"),
        Paragraph(name, lead=True),
        items([name, Fact("", name, "https://a.example/) <b>")]),
        Counts((Count(look, name, 1, "1"),)),
        Table(columns, (group,), name, (name,)),
        Placeholder(name),
        Remarks((Fact(name, name),)),
        Download(name, "a.csv", name),
    ]


def test_no_name_breaks_out_of_html_or_markdown() -> None:
    blocks = every_kind(HOSTILE)
    kinds = {type(block) for block in blocks} | {Chart}
    assert kinds == set(Block.__args__)  # a new kind of block is tried here too
    read = BeautifulSoup(str(RENDERERS["html"](blocks)), "html.parser")
    told = mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "math"])(
        markdown(blocks)
    )
    marked = BeautifulSoup(str(told), "html.parser")
    for soup in (read, marked):
        assert not soup.find_all(["script", "img", "code", "em", "del"])
        assert not soup.find_all(class_="math")
        links = [str(a["href"]) for a in soup.find_all("a") if not a.has_attr("download")]
        assert links and all(link.startswith("https://a.example/") for link in links)
        assert soup.get_text().count(shown(HOSTILE)) >= 10
    (held,) = (str(a["href"]) for a in read.find_all("a", download=True))
    assert unquote(held) == f"data:text/csv;charset=utf-8,{HOSTILE}"
    assert [len(row.find_all(["td", "th"])) for row in marked.find_all("tr")] == [3, 3, 3]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_a_page_saves_itself_as_one_file(lang: str, tmp_path: Path) -> None:
    page = page_of("explore", lang, "public")
    page.to_html(tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>") and f'<html lang="{lang}">' in text
    blocks = page.blocks().blocks  # the contents stand between the title and the rest
    assert all(Blocks(some).html in text for some in (blocks[:1], blocks[1:])) and "<svg" in text
    assert not re.search(r'(?:src|href)="(?!#|data:|https?://)', text)
    assert re.findall("<script[^>]*>", text) == [
        '<script type="application/ld+json">'
    ]  # no program
    assert "@import" not in text
    assert len(list(tmp_path.iterdir())) == 1


def test_markdown_has_its_pictures_beside_it(tmp_path: Path) -> None:
    page_of("explore", "vi", "public").to_markdown(tmp_path / "một trang.md")
    text = (tmp_path / "một trang.md").read_text("utf-8")
    assert text.startswith("# ") and "| :-- |" in text
    (picture,) = (tmp_path / "một trang_files").iterdir()
    assert "](<m%E1%BB%99t%20trang_files/picture-1.svg>)" in text
    assert picture.read_text("utf-8").startswith("<svg")


def test_a_page_shows_itself_and_prints_short() -> None:
    page = page_of("annual", "en", "public")
    output = page._repr_mimebundle_()
    assert output["text/html"].startswith("<style>") and output["text/plain"] == str(page)
    assert len(repr(page)) < 400 and "2013" in repr(page)
