"""Seeded changes of documents: each a document that says, shows or hides something else."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = ("Met", "Missed", "Exceeded", "Not yet", "No data")
Parts = dict[str, bytes]
Change = Callable[[Element, random.Random], bool]


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(parts: Parts, part: str, change: Change, rng: random.Random) -> Parts | None:
    """The parts with one of them changed; None where there was nothing to change."""
    for found in re.finditer(rb'xmlns:(\w+)="([^"]+)"', parts[part]):
        ET.register_namespace(found[1].decode(), found[2].decode())
    root = ET.fromstring(parts[part])
    if not change(root, rng):
        return None
    return parts | {part: ET.tostring(root, "utf-8", xml_declaration=True)}


def _texts(root: Element) -> list[Element]:
    places = {id(t) for sdt in root.iter(f"{W}sdt") for t in sdt.iter(f"{W}t")}
    return [t for t in root.iter(f"{W}t") if id(t) not in places and (t.text or "").strip()]


def _parents(root: Element) -> dict[Element, Element]:
    return {child: parent for parent in root.iter() for child in parent}


def digit(root: Element, rng: random.Random) -> bool:
    """One digit becomes another, anywhere in the document."""
    node = rng.choice([t for t in _texts(root) if re.search(r"\d", t.text or "")])
    found = rng.choice(list(re.finditer(r"\d", node.text or "")))
    other = str((int(found[0]) + rng.randint(1, 9)) % 10)
    node.text = f"{node.text[: found.start()]}{other}{node.text[found.end() :]}"  # type: ignore[index]
    return True


def verdict(root: Element, rng: random.Random) -> bool:
    """The word of a verdict becomes that of another."""
    found = [t for t in _texts(root) if (t.text or "").strip(" *\u00a0") in WORDS]
    node = rng.choice(found)
    word = (node.text or "").strip(" *\u00a0")
    other = rng.choice([one for one in WORDS if one != word])
    node.text = (node.text or "").replace(word, other)
    return True


def name(root: Element, rng: random.Random) -> bool:
    """A word loses a letter."""
    node = rng.choice([t for t in _texts(root) if re.search(r"[A-Za-z]{4}", t.text or "")])
    at = re.search(r"[A-Za-z]{4}", node.text or "")
    assert at is not None and node.text
    node.text = node.text[: at.start() + 1] + node.text[at.start() + 2 :]
    return True


def _rows(root: Element, rng: random.Random) -> tuple[Element, list[Element]]:
    tables = [t for t in root.iter(f"{W}tbl") if len(t.findall(f"{W}tr")) > 3]
    table = rng.choice(tables)
    return table, table.findall(f"{W}tr")[1:]


def swapped(root: Element, rng: random.Random) -> bool:
    """Two rows change places, or two cells of a column."""
    table, rows = _rows(root, rng)
    one, other = rng.sample(rows, 2)
    mine, its = one.findall(f"{W}tc"), other.findall(f"{W}tc")
    if len(mine) != len(its):
        return False
    column = rng.randrange(len(mine))
    texts = [
        "".join(t.text or "" for t in cell.iter(f"{W}t")) for cell in (mine[column], its[column])
    ]
    if rng.random() < 0.5 and texts[0] != texts[1]:
        a, b = list(one).index(mine[column]), list(other).index(its[column])
        one[a], other[b] = its[column], mine[column]
        return True
    whole = ["".join(t.text or "" for t in row.iter(f"{W}t")) for row in (one, other)]
    a, b = list(table).index(one), list(table).index(other)
    table[a], table[b] = other, one
    return whole[0] != whole[1]


def removed(root: Element, rng: random.Random) -> bool:
    """A row is gone."""
    table, rows = _rows(root, rng)
    table.remove(rng.choice(rows))
    return True


def row_hidden(root: Element, rng: random.Random) -> bool:
    """A row is there and not shown."""
    row = rng.choice(_rows(root, rng)[1])
    properties = row.find(f"{W}trPr")
    assert properties is not None
    tag, told = rng.choice([("hidden", {}), ("trHeight", {f"{W}val": "1", f"{W}hRule": "exact"})])
    ET.SubElement(properties, f"{W}{tag}", told)
    return True


def text_hidden(root: Element, rng: random.Random) -> bool:
    """Text is there and not seen: hidden, white, tiny, struck out, squeezed, in symbols."""
    parents = _parents(root)
    node = rng.choice(_texts(root))
    run = parents[node]
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = Element(f"{W}rPr")
        run.insert(0, properties)
    looks = [
        ("vanish", ""), ("color", "FFFFFF"), ("color", "FEFEFC"), ("sz", "2"), ("strike", ""),
        ("w", "2"), ("specVanish", ""), ("dstrike", "true"),
    ]  # fmt: skip
    tag, value = rng.choice(looks)
    for old in properties.findall(f"{W}{tag}"):
        properties.remove(old)
    ET.SubElement(properties, f"{W}{tag}", {f"{W}val": value} if value else {})
    ground = ET.SubElement(properties, f"{W}shd", {f"{W}fill": "FFFFFF"})
    ground.set(f"{W}val", "clear")
    return True


def tracked(root: Element, rng: random.Random) -> bool:
    """Text is struck or added as a change that somebody may take or leave."""
    parents = _parents(root)
    run = parents[rng.choice(_texts(root))]
    paragraph = parents[run]
    at = list(paragraph).index(run)
    paragraph.remove(run)
    change = Element(f"{W}{rng.choice(['ins', 'del', 'moveTo'])}", {f"{W}author": "x"})
    change.append(run)
    paragraph.insert(at, change)
    return True


def added(root: Element, rng: random.Random) -> bool:
    """A paragraph, a text box, a field or a note more."""
    body = root.find(f"{W}body")
    assert body is not None
    paragraphs = [p for p in body.findall(f"{W}p") if "Head" not in ET.tostring(p, "unicode")]
    target = rng.choice(paragraphs)
    run = ET.SubElement(target, f"{W}r")
    kind = rng.choice(["text", "box", "field", "code", "footnote"])
    if kind == "text":
        ET.SubElement(run, f"{W}t").text = " 97.8"
    elif kind == "box":
        box = ET.SubElement(ET.SubElement(run, f"{W}pict"), f"{W}txbxContent")
        ET.SubElement(box, f"{W}p")
    elif kind == "field":
        target.append(Element(f"{W}fldSimple", {f"{W}instr": " = 2 + 2 "}))
    elif kind == "code":
        for step in ("begin", "separate", "end"):
            if step == "separate":
                ET.SubElement(run, f"{W}instrText").text = " =SUM(ABOVE) "
            ET.SubElement(run, f"{W}fldChar", {f"{W}fldCharType": step})
    else:
        ET.SubElement(run, f"{W}footnoteReference", {f"{W}id": "2"})
    return True


def described(root: Element, rng: random.Random) -> bool:
    """The description of a table says something else."""
    node = rng.choice(list(root.iter(f"{W}tblCaption")))
    node.set(f"{W}val", node.get(f"{W}val", "") + " 2014")
    return True


def property_changed(root: Element, rng: random.Random) -> bool:
    """A property of the file says something else."""
    named = ("title", "creator", "keywords")
    nodes = [n for n in root if n.tag.rpartition("}")[2] in named and n.text]
    rng.choice(nodes).text += " 7"  # type: ignore[operator]
    return True


def origin_changed(root: Element, rng: random.Random) -> bool:
    """What it was made from: another period, area, audience, day or language."""
    told = {"period": "2012", "audience": "internal", "lang": "fr", "as-of": "2013-12-31"}
    nodes = [n for n in root if n.get("name", "").removeprefix("planlib.") in told]
    node = rng.choice(nodes)
    node[0].text = told[node.get("name", "").removeprefix("planlib.")]
    return True


def header(root: Element, rng: random.Random) -> bool:
    """A head of pages says something."""
    paragraph = next(root.iter(f"{W}p"))
    run = ET.SubElement(paragraph, f"{W}r")
    ET.SubElement(run, f"{W}t").text = rng.choice(["97.8 % met", "Draft", "year 2014"])
    return True


DOCUMENT = "word/document.xml"
CHANGES: tuple[tuple[str, Change, int], ...] = (
    (DOCUMENT, digit, 60), (DOCUMENT, verdict, 30), (DOCUMENT, name, 25), (DOCUMENT, swapped, 30),
    (DOCUMENT, removed, 20), (DOCUMENT, row_hidden, 14), (DOCUMENT, text_hidden, 40),
    (DOCUMENT, tracked, 12), (DOCUMENT, added, 20), (DOCUMENT, described, 4),
    ("docProps/core.xml", property_changed, 4), ("docProps/custom.xml", origin_changed, 3),
    ("word/footer1.xml", header, 3),
)  # fmt: skip


def word_changes(data: bytes, seed: int, *, every: int = 1) -> Iterator[tuple[str, bytes]]:
    """Changed documents, each by what was done to it; of each kind one in ``every``, at least one."""
    parts = parts_of(data)
    for part, change, times in CHANGES:
        for number in range(0, times if part in parts else 0, every):
            rng = random.Random(f"{seed} {change.__name__} {number}")
            made = None
            while made is None:
                made = changed(parts, part, change, rng)
            yield f"word {change.__name__} {number}", packed(made)
