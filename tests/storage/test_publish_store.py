"""Reports folders at addresses: the same names, the same bytes, and one line for what goes wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planlib.errors import InputError
from planlib.report.site.folder import pages_in, read_summaries, read_summary
from planlib.report.site.links import link_pages
from planlib.report.site.writing import write_index
from planlib.storage.store import LocalStore, Store, UrlStore, open_store


def stores(tmp_path: Path) -> list[Store]:
    return [
        LocalStore(tmp_path / "reports"),
        open_store((tmp_path / "other").as_uri()),
        open_store(f"memory://{tmp_path.name}/reports"),
    ]


def test_every_kind_of_store_keeps_and_lists_files_alike(tmp_path: Path) -> None:
    for store in stores(tmp_path):
        assert store.names() == [] and store.folders() == []
        store.write("plan/area/annual-2011.vi.html", "Tiếng Việt")
        store.write("index.html", "1")
        store.write("index.html", "2")
        assert store.names() == ["index.html"] and store.folders() == ["plan"]
        below = store.at("plan").at("area")
        assert below.names() == ["annual-2011.vi.html"]
        assert below.read("annual-2011.vi.html").decode() == "Tiếng Việt"
        assert store.head("plan/area/annual-2011.vi.html", 3) == b"Ti\xe1"
        assert store.read("index.html") == b"2"
        store.remove("index.html")
        store.remove("index.html")
        assert store.names() == []
        with pytest.raises(FileNotFoundError):
            store.read("index.html")


def test_index_and_links_are_made_at_an_address_as_in_a_folder(tmp_path: Path) -> None:
    from report.site.test_publish_site import summary

    from planlib.report.site.folder import save_summary

    made = []
    for store in stores(tmp_path):
        save_summary(store, summary())
        folder = store.at("plan-a/area-a")
        for name in ("annual-2011.vi.html", "annual-2012.vi.html"):
            page = '<meta name="planlib-as-of" content="2014-03-31"><!--pages-->x<!--/pages-->'
            folder.write(name, page)
        link_pages(folder)
        assert [page.as_of for page in pages_in(folder)] == ["2014-03-31"] * 2
        assert read_summary(store, "plan-a", "area-a") == summary() == read_summaries(store)[0]
        vi, en = write_index(store).values()
        assert str(vi) == str(store.path("index.html")) and str(en).endswith("/index.en.html")
        made.append((store.read("index.html"), folder.read("annual-2012.vi.html")))
    assert made[0] == made[1] == made[2]
    assert b'href="annual-2011.vi.html"' in made[0][1]


def test_a_file_address_is_a_folder_of_this_machine(tmp_path: Path) -> None:
    store = open_store(f"file://{tmp_path}")
    assert isinstance(store, LocalStore) and store.root == tmp_path


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("s4://bucket/x", "'s4://bucket/x': no such kind of address: 's4://' (such as file,"),
        ("memory://", "'memory://': the address names no folder"),
    ],
)
def test_an_address_that_leads_nowhere_is_one_line(address: str, told: str) -> None:
    with pytest.raises(InputError) as caught:
        open_store(address)
    (problem,) = caught.value.problems
    assert told in str(problem)


def test_a_library_that_is_missing_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    assert fsspec.available_protocols()
    monkeypatch.setitem(sys.modules, "s3fs", None)
    monkeypatch.delitem(sys.modules["fsspec.registry"]._registry, "s3", raising=False)
    with pytest.raises(InputError) as caught:
        open_store("s3://some-bucket/reports")
    (problem,) = caught.value.problems
    assert "pip install 'planlib[s3]'" in str(problem)


def test_what_a_service_refuses_is_told_with_the_address() -> None:
    class Refusing:
        protocol = ("s3",)

        def pipe_file(self, _path: str, _data: bytes) -> None:
            raise PermissionError("Access Denied")

        def cat_file(self, _path: str) -> bytes:
            raise RuntimeError("Unable to locate credentials\nand more")

    store = UrlStore("s3://b/reports", Refusing(), "b/reports")
    with pytest.raises(OSError, match="access denied: Access Denied") as caught:
        store.write("index.html", "x")
    assert caught.value.filename == "s3://b/reports/index.html"
    with pytest.raises(OSError, match="Unable to locate credentials"):
        store.read("index.html")
