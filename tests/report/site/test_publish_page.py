from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat import NotebookNode

from planlib.report.site.frame import Frame
from planlib.report.site.page import PageMaker

SVG = (
    '<?xml version="1.0"?><!-- Created with a tool -->\n'
    '<svg xmlns="http://www.w3.org/2000/svg" width="504pt" height="288pt" viewBox="0 0 504 288">'
    '<defs><clipPath id="c1"><rect/></clipPath></defs><g clip-path="url(#c1)" id="a"/>'
    '<use href="#a"/></svg>'
)
HOSTILE = """Phường "<script>alert(1)</script>" & 'x'"""


def output(**data: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", {k.replace("_", "/"): v for k, v in data.items()})


def picture(alt: str = "Vượt 3 & đạt 4") -> NotebookNode:
    return nbformat.v4.new_output(
        "display_data",
        {"image/svg+xml": SVG, "text/plain": alt},
        metadata={"image/svg+xml": {"alt": alt}},
    )


def code(source: str, *outputs: NotebookNode, tags: tuple[str, ...] = ()) -> NotebookNode:
    return nbformat.v4.new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def text(source: str, *tags: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})


@pytest.fixture(scope="module")
def maker() -> PageMaker:
    return PageMaker()


def page(maker: PageMaker, *cells: NotebookNode, **frame: object) -> str:
    given: dict[str, object] = {
        "lang": "vi", "title": "Phường 01: năm 2013", "plan": "Kế hoạch", "notebook": "n.ipynb",
    }  # fmt: skip
    return maker.page(nbformat.v4.new_notebook(cells=list(cells)), Frame(**(given | frame)))  # type: ignore[arg-type]


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


SCRIPTS = [
    {"type": "application/ld+json"},
    {},
]  # told to catalogues and run by nobody; the page's own


def elements(html: str, *tags: str) -> Iterator[dict[str, str | None]]:
    reader = _Elements()
    reader.feed(html)
    yield from (attributes for tag, attributes in reader.found if not tags or tag in tags)


def test_a_page_asks_nothing_of_the_network(maker: PageMaker) -> None:
    made = page(maker, text("# Một"), code("x", picture()), code("y", output(text_html="<b>1</b>")))
    assert list(elements(made, "script")) == SCRIPTS
    assert not list(elements(made, "link", "iframe", "object", "embed", "base"))
    for attributes in elements(made):
        for name in ("src", "srcset", "data", "poster", "background"):
            assert not attributes.get(name) or str(attributes[name]).startswith("data:")
    assert not re.search(r"@import|url\(\s*['\"]?(?!#)", made)
    policies = [a["content"] for a in elements(made, "meta") if a.get("http-equiv")]
    own = made.rpartition("<script>")[2].partition("</script>")[0]
    hashed = base64.b64encode(hashlib.sha256(own.encode()).digest()).decode()
    fixed = "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    assert policies == [f"default-src 'none'; script-src 'sha256-{hashed}'; {fixed}"]
    assert len(own) < 2_000 and not re.search(r"fetch|XMLHttp|import|https?:", own)


def test_the_head_says_language_title_and_width(maker: PageMaker) -> None:
    made = page(maker, lang="en", title="Ward 01", plan="A <plan>")
    assert next(elements(made, "html"))["lang"] == "en"
    assert "<title>Ward 01 – A &lt;plan&gt;</title>" in made
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in made
    assert "<h1>Ward 01</h1>" in made  # as no output brought a title of its own
    assert ">Contents<" not in made and ">All reports<" in made


def test_contents_are_the_headings_of_the_outputs_and_lead_to_them(maker: PageMaker) -> None:
    html = '<h1>T</h1><h2 id="kinh-te">Kinh tế: <b>4/6</b> &amp; hơn</h2><h2>không có id</h2>'
    made = page(maker, code("x", output(text_html=html)), text("## Ghi chú"))
    navigation = made[made.index('class="pg-contents"') :]
    links = re.findall(r'<li><a href="#([^"]+)">([^<]+)</a>', navigation)
    assert links == [("kinh-te", "Kinh tế: 4/6 &amp; hơn"), ("Ghi-ch%C3%BA", "Ghi chú")]
    ids = {attributes["id"] for attributes in elements(made) if "id" in attributes}
    assert {anchor for anchor, _ in links} <= ids
    assert made.count("<h1>") == 1


def test_code_is_folded_away_behind_what_it_shows(maker: PageMaker) -> None:
    made = page(
        maker,
        code("year = 2013", tags=("parameters",)),
        code("show(1 < 2)", output(text_html="<p>kết quả</p>")),
    )
    (folded,) = re.findall(r"<details class=\"pg-code\">.*?</details>", made, re.DOTALL)
    words = re.sub(r"<[^>]+>", "", folded)
    assert "Mã nguồn" in words and "year = 2013" in words and "show(1 &lt; 2)" in words
    assert made.index("kết quả") < made.index(folded)


def test_cells_for_jupyter_only_are_left_out(maker: PageMaker) -> None:
    made = page(
        maker,
        text("chỉ cho tác giả", "notebook-only"),
        code("hush()", output(text_plain="giấu"), tags=("notebook-only",)),
        text("cho mọi người"),
    )
    assert "cho mọi người" in made
    assert "tác giả" not in made and "giấu" not in made and "hush" not in made


def test_a_picture_stands_in_the_page_with_its_words(maker: PageMaker) -> None:
    made = page(maker, code("x", picture(), picture('"quoted" <b>')))
    first, second = elements(made, "figure")
    assert first["role"] == "img" and first["aria-label"] == "Vượt 3 & đạt 4"
    assert second["aria-label"] == '"quoted" <b>'
    drawings = list(elements(made, "svg"))
    assert [d["width"] for d in drawings] == ["100%", "100%"]
    assert all("height" not in d and d["viewbox"] == "0 0 504 288" for d in drawings)
    # A name in one picture must not be found in another.
    ids = [a["id"] for a in elements(made) if a.get("id")]
    assert len(ids) == len(set(ids)) and {"f1-a", "f2-a", "f1-c1", "f2-c1"} <= set(ids)
    assert 'clip-path="url(#f2-c1)"' in made and 'href="#f2-a"' in made
    assert "Created with" not in made and "<?xml" not in made


def test_a_bitmap_stands_in_the_page(maker: PageMaker) -> None:
    data = base64.b64encode(b"png").decode()
    (image,) = elements(page(maker, code("x", output(image_png=data + "\n"))), "img")
    assert image["src"] == f"data:image/png;base64,{data}"


def test_messages_on_the_side_are_folded_with_the_code(maker: PageMaker) -> None:
    warned = nbformat.v4.new_output("stream", name="stderr", text="\x1b[31mcareful\x1b[0m <x>")
    printed = nbformat.v4.new_output("stream", name="stdout", text="1 < 2")
    made = page(maker, code("x", warned, printed))
    assert made.index("1 &lt; 2") < made.index("<details") < made.index("careful &lt;x&gt;")


def test_what_needs_a_script_is_shown_in_words(maker: PageMaker) -> None:
    widget = nbformat.v4.new_output(
        "display_data",
        {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}, "text/plain": "Slider()"},
    )
    script = output(application_javascript="alert(1)")
    made = page(maker, code("x", widget, script))
    assert "Slider()" in made and "alert(1)" not in made


def test_hostile_names_are_words(maker: PageMaker) -> None:
    made = page(
        maker, code("x", picture(HOSTILE)), code("y", output(text_plain=HOSTILE)),
        title=HOSTILE, plan=HOSTILE, notebook='n".ipynb',
    )  # fmt: skip
    assert list(elements(made, "script")) == SCRIPTS
    told, own = re.findall("<script[^>]*>", made)
    assert (told, own) == ('<script type="application/ld+json">', "<script>")
    assert next(elements(made, "figure"))["aria-label"] == HOSTILE


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_illustrative_mark_stays_in_sight(maker: PageMaker, lang: str) -> None:
    word = {"vi": "Số liệu minh họa", "en": "Illustrative data"}[lang]
    marked = output(text_html='<p class="x pl-illustrative">…</p>')
    for made in (
        page(maker, code("x", marked), lang=lang), page(maker, lang=lang, illustrative=True),
    ):  # fmt: skip
        head = made[made.index("<header") : made.index("</header>")]
        assert word in head and 'class="pg-illustrative"' in head
        assert f'content: "{word.upper()}"' in made  # and on every sheet of paper
    real = page(maker, code("x", output(text_html="<p>thật</p>")), lang=lang)
    assert word not in real and word.upper() not in real


def test_one_maker_makes_pages_that_do_not_know_each_other(maker: PageMaker) -> None:
    first = page(maker, code("x", picture()))
    page(maker, code("x", picture()), lang="en", illustrative=True)
    assert page(maker, code("x", picture())) == first
