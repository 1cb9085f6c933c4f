"""How the charts are made: fonts, sizes, SVG, languages."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from importlib.resources import files
from xml.etree import ElementTree as ET

import matplotlib as mpl
import pytest
from babel.messages.pofile import read_po
from chart_cases import ALLEYS, named, roads, values, years_of
from matplotlib.backends.backend_agg import FigureCanvasAgg

from planlib.language.language import Language
from planlib.messages import SHORTER
from planlib.report.charts import fonts, multiples, trend, trend_multiples, trends
from planlib.report.charts.style import style
from planlib.report.charts.svg import svg_of
from planlib.report.charts.text import PlainText
from planlib.report.vocabulary import LOOKS

VI, EN = Language("vi"), Language("en")
SVG = "{http://www.w3.org/2000/svg}"


def many_years():
    one = named(
        "g",
        unit=ALLEYS,
        name={"vi": "Số hẻm được duy tu, nâng cấp", "en": "Alleys maintained and upgraded"},
        target={"comparison": "between", "low": 12, "high": 15, "cadence": "every_year"},
    )
    rows = [
        *values(y2010=9, y2011=11),
        {"year": 2013, "value": 12, "vintage": "2013-12-15", "state": "estimate"},
        {"year": 2013, "value": 14, "vintage": "2014-03-15"},
        {"year": 2014, "value": 17, "vintage": "2014-12-15", "state": "estimate"},
    ]
    return years_of(one, *rows)


def every_figure(language):
    road = roads(ahead=(0, 90), behind=(50, 60), backwards=(50, 45), far=(99, 5e3))
    return {
        "trend": trends.figure(many_years(), language),
        "multiples": multiples.figure(road, road.verdicts, language),
    }


def every_picture(language):
    road = roads(ahead=(0, 90), behind=(50, 60))
    return [trend(many_years(), language), trend_multiples(road, road.verdicts, language)]


VIETNAMESE = "aăâeêioôơuưyđ"
TONES = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]


@pytest.mark.parametrize("bold", [False, True], ids=["normal", "bold"])
def test_the_font_has_every_vietnamese_letter_and_every_glyph(bold):
    letters = {
        unicodedata.normalize("NFC", letter + tone)
        for letter in VIETNAMESE + VIETNAMESE.upper()
        for tone in TONES
        if letter.lower() != "đ" or not tone
    }
    signs = set("−–·→≥≤…“”◇○%\N{NO-BREAK SPACE}") | {look.glyph for look in LOOKS.values()}
    known = fonts.font(bold=bold).get_charmap()
    assert [sign for sign in sorted(letters | signs) if ord(sign) not in known] == []


def test_wrapping_loses_nothing_and_fits():
    text = "Tỷ lệ dự sinh hoạt đảng của đảng viên đương chức ở chi bộ khu phố 100%"
    for room in (0.2, 0.5, 1.0, 3.0):
        wrapped = fonts.wrap(text, room, 9)
        assert "".join(wrapped.split()) == "".join(text.split())
        assert fonts.width(wrapped, 9) <= room


@pytest.mark.parametrize("language", [VI, EN], ids=["vi", "en"])
def test_nothing_sticks_out_and_nothing_is_too_small_to_read(language):
    for name, figure in every_figure(language).items():
        page = figure.bbox
        with style():
            FigureCanvasAgg(figure).draw()
        for text in figure.findobj(mpl.text.Text):
            if not text.get_text() or not text.get_visible():
                continue
            if not all(parent.get_visible() for parent in (text, text.axes) if parent is not None):
                continue
            box = text.get_window_extent()
            inside = (
                box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1
                and box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1
            )  # fmt: skip
            assert inside, f"{name}: {text.get_text()!r} at {box}"
            assert text.get_fontsize() >= 7.5


def test_illustrative_data_says_so_inside_the_figure():
    for language, word in ((VI, "số liệu minh họa"), (EN, "illustrative data")):
        for illustrative in (True, False):
            profile = dataclasses.replace(many_years(), illustrative=illustrative)
            figure = trends.figure(profile, language)
            words = [text.get_text() for text in figure.findobj(PlainText)]
            assert (word in words) == illustrative


def test_a_picture_is_the_same_every_time_whatever_the_reader_has_set():
    first = [svg_of(picture) for picture in every_picture(VI)]
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "red", "svg.fonttype": "none"}):
        before = dict(mpl.rcParams)
        again = [svg_of(picture) for picture in every_picture(VI)]
        assert dict(mpl.rcParams) == before
    assert first == again


def test_the_svg_is_small_plain_and_stands_beside_others():
    seen: set[str] = set()
    for picture in every_picture(VI):
        svg = svg_of(picture)
        assert len(svg.encode()) < 120_000
        root = ET.fromstring(svg)
        assert root.tag == f"{SVG}svg" and root.get("role") == "img"
        assert root.get("viewBox") and root.get("aria-label") == picture.alt.split("\n")[0]
        tags = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert not tags & {"style", "metadata", "script", "image"}
        ids = {element.get("id") for element in root.iter() if element.get("id")}
        used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', svg))
        assert used <= ids and not ids & seen
        seen |= ids


def test_both_languages_have_every_text_of_the_charts():
    keys = {}
    for code in ("vi", "en"):
        source = files("planlib.language").joinpath("catalogues", code, "charts.po")
        with source.open("rb") as stream:
            found = {m.id if isinstance(m.id, str) else m.id[0]: m for m in read_po(stream)}
        keys[code] = {key for key in found if key}
        assert all(all(m.string) if isinstance(m.id, tuple) else m.string for m in found.values())
    assert keys["vi"] == keys["en"]
    modules = files("planlib.report").joinpath("charts").iterdir()
    code = "".join(m.read_text("utf-8") for m in modules if m.name.endswith(".py"))
    assert set(re.findall(r'"(chart\.[a-z_.]+)"', code)) == {
        key.removesuffix(SHORTER) for key in keys["vi"]
    }
