"""Whether a stretch of text in Word can be seen: its letters against the ground, its size, its tricks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from planlib.verify.office.word_package import W

LEAST_CONTRAST = 1.6  # of the luminance of letters and ground; nothing that is read has less
LEAST_SIZE = 10  # half points
OFF = frozenset({"0", "false", "off", "none"})
_HIGHLIGHTS = {
    "black": "000000", "white": "FFFFFF", "yellow": "FFFF00", "green": "00FF00", "cyan": "00FFFF",
    "magenta": "FF00FF", "red": "FF0000", "blue": "0000FF", "darkBlue": "000080",
    "darkCyan": "008080", "darkGreen": "008000", "darkMagenta": "800080", "darkRed": "800000",
    "darkYellow": "808000", "darkGray": "808080", "lightGray": "C0C0C0",
}  # fmt: skip
_SWITCHES = ("vanish", "specVanish", "strike", "dstrike")
_SYMBOLS = re.compile(r"(?i)symbol|wingdings|webdings|dingbats|marlett")
# Of properties: what would move, merge, bind or track what stands there.
TRICKS = frozenset(
    [
        "framePr",
        "vMerge",
        "hMerge",
        "dataBinding",
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "rPrChange",
        "pPrChange",
        "tblPrChange",
        "trPrChange",
        "tcPrChange",
        "sectPrChange",
        "tblGridChange",
        "cellIns",
        "cellDel",
        "cellMerge",
        "tblpPr",
        "fitText",
        "numberingChange",
        "hidden",
        "eastAsianLayout",
        "textEffect",
    ]
)
# Measures in twentieths of a point (of runs in percent or half points) that nobody could read.
_BOUNDS = {
    "w": (("val", 30, 600),), "spacing": (("val", -30, 400),), "position": (("val", -60, 60),),
    "ind": (
        ("left", -2000, 12000), ("start", -2000, 12000), ("right", -2000, 12000),
        ("firstLine", 0, 12000), ("hanging", 0, 8000),
    ),
    "tblInd": (("w", -2000, 12000),),
}  # fmt: skip


def of(node: Element | None, name: str) -> str:
    """An attribute of WordprocessingML, empty where there is none."""
    return "" if node is None else node.get(f"{W}{name}", "")


def is_on(node: Element | None) -> bool | None:
    """Whether a switch is on; None where it is not there."""
    return None if node is None else of(node, "val").lower() not in OFF


class WordLooks:
    """The styles of a document, asked for how text looks."""

    def __init__(self, styles: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        self._base: list[Element] = []
        self._chains: dict[str, list[Element]] = {}
        self._seen: dict[tuple[str, ...], bool] = {}
        if styles is None:
            return
        for one in styles.iter(f"{W}style"):
            self._styles[of(one, "styleId")] = one
            if of(one, "default") in {"1", "true", "on"}:
                self._default[of(one, "type")] = of(one, "styleId")
        self._base = list(styles.findall(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def name(self, paragraph: Element) -> str:
        """The name of a paragraph's style, in small letters."""
        found = self._styles.get(self._style_of(paragraph))
        named = None if found is None else found.find(f"{W}name")
        return of(named, "val").lower()

    def _style_of(self, paragraph: Element) -> str:
        asked = of(paragraph.find(f"{W}pPr/{W}pStyle"), "val")
        return asked or self._default.get("paragraph", "")

    def _chain(self, style: str) -> list[Element]:
        """A style and those it is based on."""
        if style not in self._chains:
            found, at = dict[str, Element](), style
            while at in self._styles and at not in found:
                found[at] = self._styles[at]
                at = of(found[at].find(f"{W}basedOn"), "val")
            self._chains[style] = list(found.values())
        return self._chains[style]

    def unseen(self, run: Element, paragraph: Element, cell: Element | None) -> bool:
        """Whether the text of a run would be overlooked where it stands."""
        around = (run.find(f"{W}rPr"), paragraph.find(f"{W}pPr"),
                  None if cell is None else cell.find(f"{W}tcPr"))  # fmt: skip
        key = tuple("" if one is None else _told(one) for one in around)
        if key not in self._seen:
            self._seen[key] = self._unseen(run, paragraph, cell)
        return self._seen[key]

    def _unseen(self, run: Element, paragraph: Element, cell: Element | None) -> bool:
        mine = run.find(f"{W}rPr")
        sheets = [mine] if mine is not None else []
        for style in (of(run.find(f"{W}rPr/{W}rStyle"), "val"), self._style_of(paragraph)):
            sheets += [r for one in self._chain(style) for r in one.findall(f"{W}rPr")]
        sheets += self._base
        if any(self._first(sheets, name) for name in _SWITCHES):
            return True
        size = of(_found(sheets, "sz"), "val")
        if size.isdecimal() and int(size) < LEAST_SIZE:
            return True
        fonts = _found(sheets, "rFonts")
        if fonts is not None and any(map(_SYMBOLS.search, fonts.attrib.values())):
            return True
        ground = self._ground(sheets[:1], mine, paragraph, cell)
        ink = of(_found(sheets, "color"), "val")
        return contrast(_colour(ink, _black_on(ground)), ground) < LEAST_CONTRAST

    def _first(self, sheets: Sequence[Element], name: str) -> bool:
        answers = (is_on(sheet.find(f"{W}{name}")) for sheet in sheets)
        return next((one for one in answers if one is not None), False)

    def _ground(
        self, own: Sequence[Element], mine: Element | None, paragraph: Element,
        cell: Element | None,
    ) -> str:  # fmt: skip
        if mine is not None:
            lit = of(mine.find(f"{W}highlight"), "val")
            if lit in _HIGHLIGHTS:
                return _HIGHLIGHTS[lit]
        around = [*own, *paragraph.findall(f"{W}pPr")]
        for style in self._chain(self._style_of(paragraph)):
            around += style.findall(f"{W}pPr")
        around += cell.findall(f"{W}tcPr") if cell is not None else []
        shades = (of(one.find(f"{W}shd"), "fill") for one in around)
        return _colour(next((s for s in shades if s and s != "auto"), ""), "FFFFFF")


def tricks(properties: Element) -> Iterator[str]:
    """What of some properties would hide, move or merge what stands there."""
    for one in properties.iter():
        space, _, name = one.tag.rpartition("}")
        if f"{space}}}" != W:
            continue
        if name in TRICKS and is_on(one):
            yield name
        for attribute, low, high in _BOUNDS.get(name, ()):
            told = of(one, attribute)
            if told.lstrip("-").isdecimal() and not low <= int(told) <= high:
                yield f"{name} {attribute}={told}"
        exact = of(one, "hRule") == "exact" or of(one, "lineRule") == "exact"
        height = of(one, "val") if name == "trHeight" else of(one, "line")
        if exact and height.isdecimal() and int(height) < 100:
            yield f"{name} {height}"


def _told(properties: Element) -> str:
    """Some properties as a text that is the same for the same."""
    return ";".join(f"{one.tag}{sorted(one.attrib.items())}" for one in properties.iter())


def _found(sheets: Sequence[Element], name: str) -> Element | None:
    return next((f for one in sheets if (f := one.find(f"{W}{name}")) is not None), None)


def _colour(text: str, otherwise: str) -> str:
    return text.upper() if re.fullmatch(r"[0-9A-Fa-f]{6}", text) else otherwise


def _black_on(ground: str) -> str:
    """What letters without a colour are printed in."""
    return "000000" if _luminance(ground) > 0.2 else "FFFFFF"


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        p / 12.92 if p <= 0.03928 else float(((p + 0.055) / 1.055) ** 2.4) for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """How far two colours are apart, from 1 (the same) to 21.

    >>> round(contrast("FFFFFF", "000000")), contrast("FEFEFE", "FFFFFF") < LEAST_CONTRAST
    (21, True)
    """
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
