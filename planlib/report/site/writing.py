"""Writing the index: every goal of a few areas on one page, or a line for each of many."""

from __future__ import annotations

from pathlib import Path

from planlib.report.site.folder import named_areas, pages_in, read_summaries
from planlib.report.site.frame import INDEX
from planlib.report.site.index import index_page
from planlib.report.site.overview import FEW, clear_overview, write_overview
from planlib.storage.store import Place, store_of


def write_index(out: Place) -> list[Path | str]:
    """Write the index in both languages from what stands in the folder. Raises OSError."""
    store = store_of(out)
    if len(named_areas(store)) > FEW:
        write_overview(store)
        return [store.path(name) for name in INDEX.values()]
    clear_overview(store)
    summaries = [(summary, pages_in(store.at(summary.folder))) for summary in read_summaries(store)]
    # The plan with the most pages is what the reader came for.
    summaries.sort(key=lambda pair: (-len(pair[1]), pair[0].plan, pair[0].area))
    for lang, name in INDEX.items():
        store.write(name, index_page(summaries, lang))
    return [store.path(name) for name in INDEX.values()]
