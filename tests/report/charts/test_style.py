"""The style of charts is nobody else's, in one thread and in several."""

from __future__ import annotations

import inspect
import logging
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import matplotlib as mpl
import pytest

from planlib.report.charts.fonts import _width, _word, line_width
from planlib.report.charts.style import style


def test_a_thread_that_draws_leaves_the_settings_as_another_had_them() -> None:
    entered, go_on, second = threading.Event(), threading.Event(), threading.Event()

    def first_in() -> None:
        with style():
            entered.set()
            go_on.wait(20)

    def next_in() -> None:
        entered.wait(20)
        with style():
            second.set()

    with mpl.rc_context({"lines.linewidth": 7.25}):
        ours = [threading.Thread(target=one) for one in (first_in, next_in)]
        for one in ours:
            one.start()
        entered.wait(20)
        assert mpl.rcParams["lines.linewidth"] != 7.25
        assert not second.wait(0.2)  # it is the first one's turn
        go_on.set()
        for one in ours:
            one.join(20)
        assert second.is_set()
        assert mpl.rcParams["lines.linewidth"] == 7.25


def test_texts_measured_at_once_are_as_wide_as_one_by_one() -> None:
    words = ["".join(one) for one in product("imđW", "lộMư", "i–Ấw", ("", "mm", "MMMM"))]
    texts = [f"{one} {other}" for one, other in zip(words, reversed(words), strict=True)]
    alone = [line_width(text, 9) for text in texts]
    often = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(10):
            _width.cache_clear()
            _word.cache_clear()
            with ThreadPoolExecutor(8) as threads:
                assert [*threads.map(lambda text: line_width(text, 9), texts)] == alone
    finally:
        sys.setswitchinterval(often)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_child_of_a_fork_draws_though_a_thread_was_drawing() -> None:
    entered, go_on = threading.Event(), threading.Event()

    def drawing() -> None:
        with style():
            entered.set()
            go_on.wait(20)

    other = threading.Thread(target=drawing)
    other.start()
    entered.wait(20)
    child = os.fork()
    if not child:
        threading.Timer(10, os._exit, (1,)).start()  # where it would wait for ever
        with style():
            os._exit(0)
    go_on.set()
    other.join(20)
    assert os.waitpid(child, 0)[1] == 0


def test_the_first_run_of_a_slow_machine_says_nothing_on_a_page(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Matplotlib tells of its list of fonts by a logger; the words are those of its source."""
    from matplotlib import font_manager

    told = "Matplotlib is building the font cache; this may take a moment."
    assert told in inspect.getsource(font_manager)
    for words in (told, "findfont: Font family 'Mine' not found."):
        logging.getLogger("matplotlib.font_manager").warning(words)
    assert [record.getMessage()[:8] for record in caplog.records] == ["findfont"]
