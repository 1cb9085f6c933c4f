"""Source is parsed whole, whatever is collected as garbage meanwhile."""

from __future__ import annotations

import gc
import traceback
from collections.abc import Iterator

import pytest

from planlib.batch.notebooks.parsing import parsed

SOURCE = "\n".join(f"a{n} = [b{n}({n}), {{'c': {n} + 1}}]" for n in range(400))


class Failed:
    """Garbage of a cycle that writes a traceback as it is collected, as a task that failed does."""

    written: list[str]

    def __init__(self, written: list[str]) -> None:
        self.me, self.written = self, written

    def __del__(self) -> None:
        try:
            _ = {"year": 2013}["yaer"] + {"year": 2013}["year"]
        except KeyError:
            self.written.append(traceback.format_exc())


@pytest.fixture
def collected_often() -> Iterator[None]:
    before = gc.get_threshold()
    gc.collect()
    gc.set_threshold(50)
    yield
    gc.set_threshold(*before)


@pytest.mark.usefixtures("collected_often")
def test_a_source_is_parsed_though_garbage_writes_a_traceback() -> None:
    written: list[str] = []
    for _ in range(20):
        Failed(written)
        assert len(parsed(SOURCE).body) == 400
    assert gc.isenabled()
    gc.collect()
    assert len(written) == 20


def test_what_is_wrong_with_a_source_is_raised_and_collecting_goes_on() -> None:
    with pytest.raises(SyntaxError):
        parsed("year = = 2013")
    assert gc.isenabled()
