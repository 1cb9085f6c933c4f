"""Files under test may be made to mislead: each is a line, in bounded time and memory, never more."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from examples import ALL, turns
from small_review import Small

from planlib.errors import Problem
from planlib.verify.allowed import faults_of_piece
from planlib.verify.cells import numbers_in, whole
from planlib.verify.documents import read_sealed
from planlib.verify.evidence import PROOF, VERDICTS, Evidence, Proof, Sealed
from planlib.verify.markup import Unlike, read_page, text_of
from planlib.verify.notebook import read_notebook
from planlib.verify.site.verdicts import check_index_verdicts

pytestmark = pytest.mark.notebook

VALUES = [None, [], {}, -1, 1e400, "x" * 5000, True, "\u0000", "../../etc/passwd"]
SAMPLE = 60
WHOLE = 2  # of them, as many that a proof can go on with are proven as a whole


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place of a document; of a list the first entry stands for the others."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list) and value:
        yield from places(value[0], (*path, 0))


def with_value(document: Any, path: tuple[Any, ...], value: Any) -> str:
    copy = json.loads(json.dumps(document))
    at = copy
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    return json.dumps(copy)


def without(document: Any, path: tuple[Any, ...]) -> str:
    copy = json.loads(json.dumps(document))
    at = copy
    for step in path[:-1]:
        at = at[step]
    del at[path[-1]]
    return json.dumps(copy)


Reader = Callable[[Path], tuple[list[Problem], bool]]


def sealed(kind: type[Sealed]) -> Reader:
    def read(path: Path) -> tuple[list[Problem], bool]:
        problems: list[Problem] = []
        return problems, read_sealed(path, kind, problems) is not None

    return read


def of_index(right: Any) -> Reader:
    """The file of the index against what must stand in it."""
    right.pop("failures", None)

    def read(path: Path) -> tuple[list[Problem], bool]:
        problems: list[Problem] = []
        return problems, bool(check_index_verdicts(path, right, problems))

    return read


def of_notebook(right: str) -> Reader:
    """A notebook: none, told with the reason, or one that goes on to be compared."""

    def read(path: Path) -> tuple[list[Problem], bool]:
        text = path.read_text("utf-8")
        try:
            return [Problem("another")], read_notebook(text) != read_notebook(right)
        except ValueError as error:
            return [Problem(str(error)[:200])], False

    return read


@pytest.mark.slow
@pytest.mark.parametrize("name", [VERDICTS, PROOF, "review.json", "annual-2012.vi.ipynb"])
def test_any_value_anywhere_is_told_in_lines(small: Small, name: str) -> None:
    """What reads the file tells it; where something is left to go on with, so does the whole proof."""
    path = small.out / name if name == PROOF else small.folder / name
    before = path.read_text("utf-8")
    document = json.loads(before)
    read = {
        VERDICTS: sealed(Evidence),
        PROOF: sealed(Proof),
        "review.json": of_index(json.loads(before)),
    }.get(name, of_notebook(before))
    rng = random.Random(name)
    cases = [with_value(document, place, value) for place in places(document) for value in VALUES]
    cases = rng.sample(cases, min(SAMPLE, len(cases)))
    cases += [without(document, place) for place in list(places(document))[:20]]
    left = 0
    for text in cases:
        if json.loads(text, parse_constant=str) == document:
            continue
        path.write_text(text, "utf-8")
        found, goes_on = read(path)
        assert found or goes_on, text[:200]
        left += goes_on
        if (goes_on and left <= WHOLE) or not found:
            found = list(small.problems())
            assert found, text[:200]
        assert all(len(str(one)) < 3000 and "\n" not in str(one) for one in found)


@pytest.mark.parametrize(
    "text", turns(["NaN", '{"columns": NaN}', "[" * 100_000, '{"a":' * 100_000, "{}", "[]", "3", '"x"', "",
     '{"columns": [{"kind": "annual", "year": 1e400}]}', '{"failures": 3}', '{"failures": [3]}',
     '{"failures": [{"kind": "annual", "year": "x", "lang": "vi", "reason": ""}]}', "1" * 5000], 3, whole=ALL))  # fmt: skip
def test_a_damaged_file_of_the_index_is_told(one: Small, text: str) -> None:
    (one.folder / "review.json").write_text(text, "utf-8")
    lines = [str(told) for told in one.problems() if str(told.file).endswith("review.json")]
    assert 1 <= len(lines) < 60 and all(len(line) < 1000 for line in lines)


@pytest.mark.parametrize(
    "text", turns(["<p>" * 6_000_000, "<!--a>" * 600_000, "<![CDATA[a>" * 600_000, "<div></div>" * 500_000, "</p>" * 3_000_000, "&amp;" * 3_000_000,
     "<div>" * 10_000, '<p a="' + "x" * 30_000 + '">', "<!--" * 1_000_000, "<![CDATA[" * 900_000], 2, whole=ALL))  # fmt: skip
def test_a_page_unlike_any_is_left_alone_soon(one: Small, text: str) -> None:
    """Twenty megabytes of tags are refused before a tree of them takes time and memory."""
    with pytest.raises(Unlike):
        read_page(text)
    (one.folder / "annual-2012.en.html").write_text(text, "utf-8")
    lines = [str(told) for told in one.problems() if "annual-2012.en.html" in str(told.file)]
    assert any("is unlike any page of planlib" in line for line in lines)
    assert len(lines) <= 2  # with its hash


@pytest.mark.parametrize(
    "text",
    [
        # A browser shows what stands between: what looks like a picture is part of an attribute.
        '<td>9<span title="<svg">8.16</span><span title="</svg>"></span></td>',
        # The picture goes on, and the words after the attribute are no part of it.
        "<td><svg><text title='</svg>9<svg>'>8.16</text></svg></td>",
        "<!-- <svg -->8.16</svg>",
        "<SVG><text>8.16</text></SVG>",
        "<svg><g></svg>",
        # To a browser the element begins here and holds, or hides, all that follows.
        "<details/><p>8.16</p>",
        "<td class='pl-c-actual'/>8.16",
    ],
)
def test_what_a_browser_would_read_otherwise_is_like_no_page(text: str) -> None:
    with pytest.raises(Unlike):
        read_page(text)


def test_an_attribute_written_twice_is_told_and_nothing_else_is_repaired() -> None:
    (td,) = read_page('<td class="pl-c-actual" class="pl-c-level">9</td>').root.find_all("td")
    (fault,) = faults_of_piece(td.parent or td)
    assert "class class" in str(fault)
    page = read_page("<!-- a --><p>b<?d?><p>e<style>f</style></x></p>out&lt;<b>h")
    assert page.odd == ["<!-- a -->", "<?d?>"]
    assert text_of(page.root) == "beout<h"
    assert str(page.root).endswith("<p>e<style>f</style></p>out&lt;<b>h</b></p>")


NO_NUMBERS = ["²", "٢٠١٢", "9" * 5000, "1e400", "-1", "", "Ⅻ"]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_passes_for_a_number_is_none(text: str) -> None:
    assert whole(text) is None
    assert all(not number.is_nan() for number in numbers_in(text, "en"))


@pytest.mark.parametrize("first", [0, 3])
def test_what_passes_for_a_number_is_told_wherever_it_stands(small: Small, first: int) -> None:
    """Three of them a time, each in another kind of page."""
    in_page, in_grid, in_index = (NO_NUMBERS * 2)[first : first + 3]
    page = small.folder / "annual-2012.en.html"
    told = page.read_text("utf-8")
    for old in ("<strong>1</strong>", "<strong>2</strong>"):
        told = told.replace(old, f"<strong>{in_page}</strong>")
    page.write_text(told, "utf-8")
    grid = small.folder / "midterm-2013.en.html"
    heads = grid.read_text("utf-8").replace(">2012</th>", f">{in_grid}</th>")
    grid.write_text(heads, "utf-8")
    index = small.out / "index.en.html"
    years = index.read_text("utf-8").replace('data-year="2012"', f'data-year="{in_index}"')
    index.write_text(years, "utf-8")
    small.reseal()
    found = [str(one) for one in small.problems()]
    for name in (page.name, grid.name, index.name):
        assert any(name in line for line in found)
    assert all(len(line) < 3000 for line in found)


def test_a_list_of_pages_repeated_is_one_line(small: Small) -> None:
    path = small.folder / VERDICTS
    told = json.loads(path.read_text("utf-8"))
    told["pages"] *= 100
    path.write_text(json.dumps(told), "utf-8")
    lines = [str(one) for one in small.problems() if "lists a page twice" in str(one)]
    assert len(lines) == 1
    told["pages"] *= 100
    path.write_text(json.dumps(told), "utf-8")
    lines = [str(one) for one in small.problems() if "is not a file of verdicts" in str(one)]
    assert len(lines) == 1


@pytest.mark.parametrize(
    ("name", "kind"),
    turns(
        product(
            [VERDICTS, "annual-2012.en.html", "review.json"],
            ["pipe", "zero", "folder", "elsewhere"],
        ),
        3,
        whole=ALL,
    ),
)
def test_what_is_no_file_of_the_folder_is_not_opened(
    one: Small, tmp_path: Path, name: str, kind: str
) -> None:
    put_in_place_of(one.folder / name, kind, tmp_path)
    assert any(name in str(told) for told in one.problems())


@pytest.mark.parametrize("kind", ["pipe", "zero", "folder", "elsewhere"])
def test_nor_is_what_is_no_proof(small: Small, tmp_path: Path, kind: str) -> None:
    put_in_place_of(small.out / PROOF, kind, tmp_path)
    problems: list[Problem] = []
    assert read_sealed(small.out / PROOF, Proof, problems) is None and len(problems) == 1
    if kind == "pipe":
        assert str(problems[0]) in small.told()


def put_in_place_of(path: Path, kind: str, tmp_path: Path) -> None:
    text = path.read_bytes()
    path.unlink()
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "zero":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    else:
        (tmp_path / "there").write_bytes(text)
        path.symlink_to(tmp_path / "there")


def test_folders_in_one_another_without_end_are_told(small: Small) -> None:
    deep = small.out / "/".join(["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "page.html").write_text("", "utf-8")
    lines = [str(one) for one in small.problems()]
    assert len(lines) == 1 and "lies too deep to be checked" in lines[0]


@pytest.mark.parametrize(
    "source",
    ["year = " + "(" * 5000, "year = " + "9" * 5000, "\u0000", "x = '\\d'", "year = [" * 3000],
)
def test_a_cell_of_values_is_never_read_as_code(one: Small, source: str) -> None:
    path = one.folder / "annual-2012.en.ipynb"
    book = json.loads(path.read_text("utf-8"))
    for cell in book["cells"]:
        if "injected-parameters" in cell["metadata"].get("tags", []):
            cell["source"] = source
    path.write_text(json.dumps(book), "utf-8")
    lines = [str(told) for told in one.problems() if path.name in str(told.file)]
    assert any("must have run with plan = " in line for line in lines)
    assert all(len(line) < 1500 for line in lines)
