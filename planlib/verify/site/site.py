"""The pages over the reviews of a site, each listed in its proof: the index, one an area, one a goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from planlib.errors import Problem, said
from planlib.language.languages import LANGUAGES
from planlib.verify.allowed import faults_of_page
from planlib.verify.documents import check_hash, read_text
from planlib.verify.evidence import AREAS_PAGE, GOAL_PAGE, PAGE_NAME, PROOF, VERDICTS, Proof
from planlib.verify.folder import Checked, Folder
from planlib.verify.markup import Unlike, read_page
from planlib.verify.recompute import Recomputed
from planlib.verify.site.areas_page import AreaPages
from planlib.verify.site.document_links import check_document_links
from planlib.verify.site.goal_site import Here, goal_sites
from planlib.verify.site.index_page import IndexPage
from planlib.verify.site.overview_page import LeftToPages, OverviewPage

OPENED = "index.html"  # in planlib's own language, or the first of a site that has it not
INDEX = {OPENED: LANGUAGES[0], **{f"index.{lang}.html": lang for lang in LANGUAGES[1:]}}


def check_site(out: Path, folders: Sequence[Folder], proof: Proof, tally: Checked) -> None:
    """Check the index, the pages of goals and the list of reviews."""
    path = out / PROOF
    listed = {(one.plan, one.area): one.sha256 for one in proof.reviews}
    here = {(f.folder.parent.name, f.folder.name): f for f in folders}
    for plan, area in sorted(listed.keys() - here.keys()):
        tally.problems.append(Problem(said("verify.review-gone", plan=plan, area=area), str(path)))
    for plan, area in sorted(here.keys() - listed.keys()):
        tally.problems.append(
            Problem(said("verify.review-unknown", plan=plan, area=area), str(path))
        )
    for key in sorted(listed.keys() & here.keys()):
        tally.files += 1
        check_hash(here[key].folder / VERDICTS, listed[key], tally.problems)
        evidence = here[key].evidence
        if evidence is not None and (evidence.plan.id, evidence.area) != key:
            message = said(
                "verify.review-in-wrong-folder",
                plan=evidence.plan.id, area=evidence.area, folder="/".join(key),
            )  # fmt: skip
            tally.problems.append(Problem(message, str(here[key].folder / VERDICTS)))
    pages = {one.name: one.sha256 for one in proof.pages}
    written = {
        f"{plan}/{area}/{name}": (lang, {(plan, area): folder})
        for (plan, area), folder in here.items()
        for name, lang in _index_names([folder], pages).items()
        if (folder.folder / name).is_file()
    }
    names = _index_names([here[key] for key in sorted(here)], pages)
    expected = {name: (lang, here) for name, lang in names.items()} | written
    goals = _goals(out, here, pages, tally)
    listed_goals = {name for name in pages if GOAL_PAGE.match(name.rpartition("/")[2])}
    of_areas = {
        name: sha256 for name, sha256 in pages.items() if AREAS_PAGE.match(name.rpartition("/")[2])
    }
    others = listed_goals | of_areas.keys()
    pages = {name: sha256 for name, sha256 in pages.items() if name not in others}
    for name in sorted(expected.keys() - pages.keys()):
        tally.problems.append(Problem(said("verify.page-unknown", name=name), str(path)))
    for name in sorted(pages.keys() - expected.keys()):
        tally.problems.append(Problem(said("verify.page-gone", name=name), str(path)))
    left: dict[str, list[LeftToPages]] | None = {}
    for name in sorted(pages.keys() & expected.keys()):
        tally.files += 1
        check_hash(out / name, pages[name], tally.problems)
        found = _index(out / name, *expected[name], goals, tally)
        if name in names and left is not None:
            left = left | {names[name]: found} if found is not None else None
    reviews = {f"{plan}.{area}": folder for (plan, area), folder in here.items()}
    AreaPages(out, of_areas, goals, tally).check(reviews, left)


def _goals(out: Path, here: Here, pages: Mapping[str, str], tally: Checked) -> frozenset[str]:
    """Check the pages of goals; gives those there must be."""
    languages = {
        plan: _languages([here[key] for key in sorted(here) if key[0] == plan]) for plan, _ in here
    }
    right: set[str] = set()
    unread: set[str] = set()
    for plan, site in goal_sites(here, languages).items():
        names = site.names()
        unread |= set() if names else {plan}
        right |= names.keys()
        for name, (goal, lang) in names.items():
            if name not in pages:
                path = str(out / PROOF)
                tally.problems.append(Problem(said("verify.page-unknown", name=name), path))
                continue
            tally.files += 1
            check_hash(out / name, pages[name], tally.problems)
            site.check(out / name, goal, lang, tally)
    for name in sorted(name for name in pages if GOAL_PAGE.match(name.rpartition("/")[2])):
        if name.partition("/")[0] in unread:
            tally.files += 1
            check_hash(out / name, pages[name], tally.problems)
        elif name not in right:
            message = said("verify.page-gone", name=name)
            tally.problems.append(Problem(message, str(out / PROOF)))
    return frozenset(right)


def _languages(folders: Iterable[Folder]) -> list[str]:
    """The languages of the plans of some reviews, then of their pages."""
    plans, pages = dict[str, None](), dict[str, None]()
    for folder in folders:
        made = folder.of_review()
        if made is not None:
            plans |= dict.fromkeys(made.plan.languages)
        if folder.evidence is not None:
            named = (PAGE_NAME.fullmatch(page.name) for page in folder.evidence.pages)
            pages |= {one[3]: None for one in named if one is not None}
    return [*(plans | pages)]


def _index_names(folders: Sequence[Folder], listed: Mapping[str, str]) -> dict[str, str]:
    """The files of the index of some reviews, each with its language.

    It is in the languages of their plans and of their pages; where a plan cannot be had, in those
    that are listed.
    """
    if any(folder.of_review() is None for folder in folders):
        return {name: lang for name, lang in INDEX.items() if name in listed}
    languages = _languages(folders)
    return {OPENED: languages[0]} | {n: lang for n, lang in INDEX.items() if lang in languages}


def _index(
    path: Path, lang: str, here: Here, goals: frozenset[str], tally: Checked
) -> list[LeftToPages] | None:  # fmt: skip
    """What the index prints of each review; left out where one of them cannot be recomputed.

    Gives the plans whose areas stand on pages of their own; None where that cannot be told.
    """
    reviews: dict[str, Recomputed] = {}
    warned = set()
    for (plan, area), folder in here.items():
        made = folder.of_review()
        if made is None:
            return None
        reviews[f"{plan}.{area}"] = made
        if folder.warned:
            warned.add(f"{plan}.{area}")
    text = read_text(path, tally.problems) if path.is_file() else None
    if text is None:
        return None
    try:
        page = read_page(text)
    except Unlike:
        message = said("verify.page-unreadable")
        tally.problems.append(Problem(message, str(path)))
        return None
    for fault in faults_of_page(page, index=True):
        tally.problems.append(Problem(fault, str(path)))
    several = len(reviews) > 1 or page.root.find("table", class_="ix-areas") is not None
    kind = OverviewPage if several else IndexPage
    first = next(iter(here.values()))
    up = "../" if path.parent == first.folder else ""
    index = kind(str(path), lang, reviews, frozenset(warned), tally.problems, goals, up)
    index.check(page.root)
    tally.shown += index.compared
    if len(here) == 1:  # an index of many areas leads to the page of each
        (((plan, area), folder),) = here.items()
        below = "" if path.parent == folder.folder else f"{plan}/{area}/"
        right = [f"{below}{name}" for name in folder.documents_beside()]
        tally.shown += check_document_links(page.root, str(path), right, tally.problems)
    return index.left if isinstance(index, OverviewPage) else []
