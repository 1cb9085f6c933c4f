"""The form every page of planlib has: whatever is not of it could show, hide or run something else.

A browser knows many ways to show other than what stands in a file: scripts, styles, templates,
comments, a base, a refresh. None of them is understood here; a page may hold only the elements,
attributes, styles and declarations that planlib writes, and anything else is told.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from xml.parsers.expat import ParserCreate

from bs4 import Tag

from planlib.errors import Said, said
from planlib.language.languages import LANGUAGES
from planlib.plan.shipped import PACKAGE
from planlib.verify.markup import ReadPage, classes
from planlib.verify.texts import filled

_PLAIN = "abbr b bdi br caption code dd dt em head i li ol pre small strong sub summary sup svg tbody thead title"
ATTRIBUTES: dict[str, frozenset[str]] = {tag: frozenset() for tag in _PLAIN.split()} | {
    tag: frozenset(names.split())
    for tag, names in {
        "a": "aria-current aria-label class data-in download href hreflang lang rel style title",
        "body": "class",
        "details": "class open",
        "div": "aria-hidden aria-label class data-all data-find data-group data-lead data-of data-period data-section data-shown "
        "data-sort data-verdict id role tabindex",
        "dl": "class",
        "figure": "aria-label class role style",
        "footer": "class",
        "h1": "class id",
        "h2": "class id",
        "h3": "class id",
        "script": "",
        "header": "class",
        "html": "dir lang",
        "img": "alt class src",
        "main": "id",
        "nav": "aria-label class",
        "p": "class lang",
        "section": "class id",
        "span": "aria-hidden aria-label class lang role style title",
        "table": "class",
        "td": "class colspan title",
        "th": "class colspan data-kind data-lead data-now data-section data-year id scope",
        "tr": "class data-area data-goal data-group data-in data-kind data-lead data-reading data-review data-year id",
        "ul": "aria-label class data-of",
    }.items()
}
_PLACE = r"\d+\.\d%"
_STYLE = re.compile(rf"flex-grow:\d+|--pg-width:\d+(\.\d+)?px|left:{_PLACE}(;width:{_PLACE})?")
_LINK = re.compile(
    r"#[a-z0-9._-]*|https?://[^\s]*|(\.\./)*([a-z0-9-]+/)*[a-z0-9-]+"
    # A period of a year that ends in another is 2023_24-Q2 in the name of a page, else 2023-Q2.
    "([0-9]_[0-9]{2})?(-[HQ][1-4])?"
    rf"(\.({'|'.join(LANGUAGES)}))?\.(html|ipynb|docx|odt|pdf|md)(#[a-z0-9._-]*)?"
)
_FILE = re.compile(r"[A-Za-z0-9._-]+\.csv")
_HELD = re.compile(r"data:\d+")  # a file in the page, cut out of it (``planlib.verify.markup``)
_COLOURS = re.compile(
    r"(\.pl-[vo]-[a-z-]+\{--pl-colour: #[0-9A-Fa-f]{6};--pl-ink: #[0-9A-Fa-f]{6};"
    r'--pl-sign: "[^"\\]";\})+'
)
# What a picture is drawn with; where things stand and what its words say is not read.
_MARK = "clip-path fill font-size font-weight opacity style text-anchor transform x y"
DRAWN: dict[str, frozenset[str]] = {
    tag: frozenset(names.split())
    for tag, names in {
        "svg": "aria-hidden aria-label fill focusable font-family font-size height role "
        "stroke-linejoin style viewBox width xmlns",
        "g": _MARK,
        "defs": "",
        "clipPath": "id",
        "path": f"{_MARK} d id",
        "rect": f"{_MARK} height width",
        "use": f"{_MARK} href",
        "text": f"{_MARK} lengthAdjust textLength",
    }.items()
}
_WITHIN = re.compile(r"(?!.*url\((?!#)).*", re.DOTALL)  # nothing is fetched
PRINTED = '@page { @top-right { content: "%s"; font: 9pt sans-serif; color: #8a3b00; } }'
HIDDEN = frozenset({"pl-hidden", "pg-hidden"})
WHERE_HIDDEN = frozenset({"pl-square", "ix-part"})


POLICY = (
    "default-src 'none'; script-src 'sha256-{}'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
SCRIPTS = {False: ("place.js",), True: ("place.js", "index.js")}  # of a page, of an index


@cache
def _policy(*, index: bool) -> str:
    """What pages forbid a browser: all but the script that planlib gives them."""
    return POLICY.format(b64encode(sha256(_script(index=index).encode()).digest()).decode())


@cache
def _script(*, index: bool) -> str:
    """The one script of a page, between its tags."""
    paths = (PACKAGE / "report/site/templates" / name for name in SCRIPTS[index])
    return "\n".join(["", *(path.read_text("utf-8").strip() for path in paths), ""])


@cache
def _sheets(sheet: str) -> str:
    """The rules that every page of a kind ends its style with."""
    names = (
        "report/templates/style.css",
        "report/site/templates/frame.css",
        f"report/site/templates/{sheet}",
    )
    whole = "\n".join((PACKAGE / name).read_text("utf-8") for name in names)
    rules = re.sub(r"/\*[^*]*\*+(?:[^/*][^*]*\*+)*/", "", whole)
    return re.sub(r"\s*([{};])\s*", r"\1", rules).strip()


def faults_of_page(page: ReadPage, *, index: bool = False) -> Iterator[Said]:
    """Everything a page holds that planlib does not write."""
    root, odd = page.root, page.odd
    marks = ["<!DOCTYPE html>"] + ([] if index else ["<!--pages-->", "<!--/pages-->"])
    if odd != marks:
        strange = next((one for one in odd if one not in marks), "none")
        yield said("verify.declarations-differ",
                   right=" ".join(marks), found=strange[:80])  # fmt: skip
    yield from _metas(root, index=index)
    styles = root.find_all("style")
    if (
        len(styles) != 1
        or styles[0].attrs
        or not _usual(styles[0].get_text(), "index.css" if index else "page.css")
    ):
        yield said("verify.style-differs")
    if [node.get_text() for node in root.find_all("script")] != [_script(index=index)]:
        yield said("verify.element-not-planlibs", found="<script>")
    yield from _pictures(page.pictures)
    yield from _unlike(root)
    if len(root.find_all("body")) != 1 or len(root.find_all("head")) != 1:
        yield said("verify.table-one-head-one-body")


def _metas(root: Tag, *, index: bool) -> Iterator[Said]:
    right: list[dict[str, str]] = [
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": _policy(index=index)},
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
    ]
    found = [node.attrs for node in root.find_all("meta")]
    others = [one for one in found if one.get("name") != "planlib-as-of"]
    if others != right or len(found) - len(others) != (0 if index else 1):
        yield said("verify.settings-or-policy-differ")


def _usual(style: str, sheet: str) -> bool:
    text = style.strip()
    for lang in LANGUAGES:  # pages of made-up figures say so on paper too
        text = text.removesuffix(PRINTED % filled("site.illustrative.short", lang)).strip()
    sheets = _sheets(sheet)
    return text.endswith(sheets) and _COLOURS.fullmatch(text.removesuffix(sheets)) is not None


def _pictures(pictures: Sequence[str]) -> Iterator[Said]:
    for picture in pictures:
        if strange := _undrawn(picture):
            yield said("verify.picture-holds", found=strange[:40])


def _undrawn(picture: str) -> str:
    """The first thing in a picture that planlib does not draw with; empty where there is none."""
    if found := re.search("<[!?]", picture):  # a comment or an instruction ends elsewhere in HTML
        return found[0]
    strange: list[str] = []

    def element(tag: str, attributes: dict[str, str]) -> None:
        if tag not in DRAWN:
            strange.append(f"<{tag}")
        for name, value in attributes.items():
            there = name != "href" or value.startswith("#")
            if name not in DRAWN.get(tag, ()) or not (there and _WITHIN.fullmatch(value)):
                strange.append(f"{name}=")

    parser = ParserCreate()
    parser.StartElementHandler = element
    parser.Parse(picture, True)  # it was read before: see ``planlib.verify.markup``
    return strange[0] if strange else ""


def faults_of_piece(root: Tag) -> Iterator[Said]:
    """Everything a piece of a page holds that planlib does not write; a script is the page's own."""
    if root.find("script"):
        yield said("verify.element-not-planlibs", found="<script>")
    yield from _unlike(root)


def _unlike(root: Tag) -> Iterator[Said]:
    """Every kind of element or attribute that planlib does not write, each told once."""
    reported: set[str] = set()
    for strange in _strange(root, (), in_table=False):
        if strange not in reported:
            reported.add(strange)
            yield said("verify.element-not-planlibs", found=strange)
        if len(reported) > 20:
            return


def _leads(link: Tag, address: str) -> bool:
    """Whether a link leads where one may: to a page, or to the file that it holds."""
    if link.has_attr("download"):
        return _HELD.fullmatch(address) is not None
    return _LINK.fullmatch(address) is not None


def _strange(node: Tag, around: tuple[str, ...], *, in_table: bool) -> Iterator[str]:
    for child in node.children:
        # There is one style, known to the letter; of pictures only their place is left.
        if not isinstance(child, Tag) or child.name == "style":
            continue
        names = classes(child)
        if child.name != "meta":
            allowed = ATTRIBUTES.get(child.name)
            if allowed is None or (child.name == "table" and in_table):
                yield f"<{child.name[:40]}>"
                continue
            for name, value in child.attrs.items():
                wrong = name not in {*allowed, "class"} or (
                    (name == "style" and not _STYLE.fullmatch(str(value)))
                    or (name == "href" and not _leads(child, str(value)))
                    or (name == "download" and not _FILE.fullmatch(str(value)))
                    # A cell over several columns would put others under heads that are not theirs.
                    or (child.name == "td" and name == "colspan" and "pl-said" not in around)
                    or (name == "src" and not str(value).startswith("data:image/"))
                )
                if wrong:
                    yield f"<{child.name} {name[:40]}={str(value)[:60]!r}>"
            if HIDDEN & set(names) and not WHERE_HIDDEN & set(around):
                yield f"<{child.name} class={' '.join(names)[:60]!r}>"
        yield from _strange(child, tuple(names), in_table=in_table or child.name == "table")
