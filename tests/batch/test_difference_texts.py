"""Pages are compared by what they say: block by block, under their heading and goal."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from itertools import zip_longest

import pytest
from examples import examples
from hypothesis import given
from hypothesis import strategies as st

from planlib.batch.difference.page_blocks import blocks_of
from planlib.batch.difference.texts import PictureMove, TextMove, _pairs, moved_blocks

ROW = '<tr data-goal="{goal}"><td class="pl-c-order">{at}</td><td>{name}</td><td>{figure}</td></tr>'


def page(*rows: str, after: str = "", heading: str = "Targets") -> str:
    table = f"<table><thead><tr><th>Goal</th><th>Figure</th></tr></thead>{''.join(rows)}</table>"
    return (
        '<body><nav><a href="#t">Targets</a></nav><main><section>'
        f'<h2 id="t">{heading}</h2>{table}{after}</section></main></body>'
    )


def row(goal: str, at: int, figure: str) -> str:
    return ROW.format(goal=goal, at=at, name=goal.title(), figure=figure)


BEFORE = page(row("tax", 1, "5"), row("staff", 2, "7"))


@pytest.mark.parametrize(
    ("after", "moved"),
    [
        (BEFORE, []),
        # Only the order is another, and so the numbers of the rows.
        (page(row("staff", 1, "7"), row("tax", 2, "5")), []),
        (BEFORE.replace("<td>7</td>", "<td>\n 7 </td>"), []),
        (BEFORE.replace("<td>7</td>", '<td>7<span aria-hidden="true">▲</span></td>'), []),
        (
            page(row("tax", 1, "5"), row("staff", 2, "8")),
            [TextMove("Targets", "staff", "Staff · 7", "Staff · 8", "t")],
        ),
        (
            page(row("tax", 1, "5")),
            [TextMove("Targets", "staff", "Staff · 7", "", "t")],
        ),
        # What follows a table belongs to its heading, not to the last goal.
        (
            page(row("tax", 1, "5"), row("staff", 2, "7"), after="<p>Two &amp; more.</p>"),
            [TextMove("Targets", "", "", "Two & more.", "t")],
        ),
        (
            page(row("tax", 1, "5"), row("staff", 2, "7"), heading="All targets"),
            [TextMove("All targets", "", "Targets", "All targets", "t")],
        ),
        (
            page(row("tax", 1, "5"), row("staff", 2, "7"), after="<dl><dt>Source</dt><dd>x</dd></dl>"),
            [TextMove("Targets", "", "", "Source: x", "t")],
        ),
    ],
)  # fmt: skip
def test_only_what_reads_otherwise_has_moved(after: str, moved: list[TextMove]) -> None:
    assert moved_blocks(BEFORE, after) == (moved, [])


def figure(alternative: str, drawing: str = "<path d='M0 0'/>") -> str:
    return (
        f'<main><figure role="img" aria-label="{alternative}"><svg>{drawing}</svg></figure></main>'
    )


def test_a_picture_moved_where_its_text_alternative_did() -> None:
    _, moved = moved_blocks(figure("Tax\n- 2012: 5%"), figure("Tax\n- 2012: 6%"))
    assert moved == [PictureMove("", "", "Tax\n- 2012: 5%", "Tax\n- 2012: 6%")]
    assert moved[0].name == "Tax"


def test_a_picture_that_is_only_drawn_otherwise_keeps_its_alternative() -> None:
    _, (moved,) = moved_blocks(figure("Tax"), figure("Tax", "<path d='M1 1'/>"))
    assert moved.before == moved.after == "Tax"


def test_an_image_is_told_by_what_stands_for_it() -> None:
    texts, (moved,) = moved_blocks(
        '<p>A</p><img alt="Map" src="data:1">', '<p>A</p><img alt="Map" src="data:2">'
    )
    assert (texts, moved.name) == ([], "Map")


def test_markup_that_never_ends_is_read_as_far_as_it_goes() -> None:
    texts, _ = moved_blocks("<p>One <b>two", "<p>One <b>three<table><tr><td>")
    assert [(one.before, one.after) for one in texts] == [("One two", "One three")]


@pytest.mark.parametrize("seed", range(4))
def test_pages_are_cut_into_the_blocks_that_a_parser_of_html_finds(seed: int) -> None:
    chance = random.Random(seed)
    parts = [
        "<p>", "</p>", "<dt>", "</dt>", "<dd>", "<td>", "</td>", "<tr>", '<td class="pl-c-order">',
        "<br>", "<br/>", '<span aria-hidden="true">', "</span>", "<b>", "</b>", "<svg>", "</svg>",
        '<span class="pl-sure">', "<path d='M0'/>", '<path d="M0"/>', "Tax", " 5 &lt; 6 ", "\n  ",
        " · ", "&amp;", "a > b", "a < b", "<", ">", "&nbsp", "\0", "\1", "\2", "\3", "ơ", "<!-- x -->",
    ]  # fmt: skip
    for _ in range(500):
        piece = "".join(chance.choices(parts, k=12))
        parser = f"<style></style>{piece}"  # what holds one is read by that
        assert blocks_of([piece]) == blocks_of([parser]), piece


WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=8, unique=True)


@examples(2_000)
@given(st.one_of(st.tuples(WORDS, WORDS), st.tuples(st.lists(st.sampled_from("abc")), WORDS)))
def test_blocks_stand_side_by_side_as_difflib_has_them(both: tuple[list[str], list[str]]) -> None:
    """Whether or not there is a choice; in one that has none difflib is not asked."""
    old, new = both
    right = [
        pair
        for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if what != "equal"
        for pair in zip_longest(old[i:j], new[k:m])
    ]
    assert [*_pairs(old, new)] == right
