"""Pages that stand as they were made: the same inputs, and every byte the same."""

from __future__ import annotations

from pathlib import Path

from planlib.report.site.page_records import PageRecords
from planlib.storage.store import open_store

NAME = "plan/areas-1.en.html"


def made(folder: Path) -> PageRecords:
    store = open_store(str(folder))
    store.write(NAME, "<p>Ba Vì</p>\n")
    records = PageRecords(store)
    records.made(NAME, "of this", "<p>Ba Vì</p>\n")
    return PageRecords(store, records.record())


def test_a_page_stands_while_it_is_made_from_the_same_and_nobody_changed_it(tmp_path: Path) -> None:
    records = made(tmp_path)
    assert records.stands(NAME, "of this")
    assert not records.stands(NAME, "of that")
    assert not records.stands("plan/areas-2.en.html", "of this")
    (tmp_path / NAME).write_text("<p>Ba Vi</p>\n", "utf-8")
    assert not records.stands(NAME, "of this")
    (tmp_path / NAME).unlink()
    assert not records.stands(NAME, "of this")


def test_a_page_nobody_asked_for_is_not_kept_on_record(tmp_path: Path) -> None:
    records = made(tmp_path)
    assert records.changed
    assert records.stands(NAME, "of this")
    assert not records.changed
    assert list(made(tmp_path).record()) == []
