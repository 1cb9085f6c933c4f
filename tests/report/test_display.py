"""What Jupyter shows of blocks, and how they print."""

from __future__ import annotations

from IPython.core.formatters import DisplayFormatter

from planlib.report.blocks import Heading, items
from planlib.report.display import Blocks


def test_blocks_show_themselves_in_jupyter_as_html_and_in_words() -> None:
    shown = Blocks.of(Heading("A & B", "a"), "One.", None, "", items([]), items(["two"]))
    data, _ = DisplayFormatter().format(shown)
    assert set(data) == {"text/html", "text/plain"}
    assert '<h2 id="a" class="pl-heading">A &amp; B</h2>' in data["text/html"]
    assert data["text/plain"] == str(shown) == "A & B\nOne.\n- two"


def test_blocks_print_short() -> None:
    many = Blocks.of(*["word " * 100] * 50)
    assert len(repr(many)) < 400 and "Paragraph" in repr(many)
