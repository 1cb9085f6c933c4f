"""Writing the index: every goal of one review, or how several stand, with a page for each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from planlib.report.site.area_records import AreaRecords
from planlib.report.site.areas.overview import LARGEST, Each, clear_overview, write_overview
from planlib.report.site.folder import languages_of, named_areas, pages_in, read_summaries
from planlib.report.site.frame import INDEX, index_names
from planlib.report.site.goals.names import GoalLinks
from planlib.report.site.index import NO_GOALS, index_page
from planlib.storage.store import Place, Store, store_of


def write_index(
    out: Place, records: AreaRecords | None = None, each: Each = map
) -> dict[str, Path | str]:
    """Write the index from what stands in the folder, in every language of its plans.

    Gives where it stands by language, the one of ``index.html`` first. Of many areas those that
    ``records`` know to be settled are not read again; ``each`` does the same with the others. Raises OSError.
    """
    store = store_of(out)
    if len(named_areas(store)) > 1:
        return _placed(store, index_names(write_overview(store, records, each)))
    reviews = [(summary, pages_in(store.at(summary.folder))) for summary in read_summaries(store)]
    languages = languages_of(reviews)
    names = index_names(languages)
    first = next(iter(reviews), None)
    plan = first[0].plan if first is not None else ""
    goals = GoalLinks.of(store, plan, f"{plan}/") if plan else NO_GOALS
    texts = {lang: index_page(first, lang, languages, goals) for lang in languages}
    if first is not None and any(len(text.encode()) > LARGEST for text in texts.values()):
        # Its goals stand on the page of the area, as where there are several.
        return _placed(store, index_names(write_overview(store, records, each)))
    clear_overview(store)
    for name, lang in names.items():
        store.write(name, texts[lang])
    return _placed(store, names)


def _placed(store: Store, names: Mapping[str, str]) -> dict[str, Path | str]:
    """Where the index stands; one in a language that no plan has any more goes."""
    for name in {*INDEX.values()} & {*store.names()} - names.keys():
        store.remove(name)
    found: dict[str, Path | str] = {}
    for name, lang in names.items():
        found.setdefault(lang, store.path(name))
    return found
