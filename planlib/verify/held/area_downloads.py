"""The file of figures inside a page of areas compared, held to what was worked out of each area."""

from __future__ import annotations

from collections.abc import Iterator

from planlib.errors import Problem, said
from planlib.plan.target import PERCENT_BASES
from planlib.verify.areas.figures import AreaFigure, ComparedFigures
from planlib.verify.cells import clean, says
from planlib.verify.held.downloads import bare_text, number_is, read_download
from planlib.verify.markup import plain
from planlib.verify.texts import filled

HEADS = ("area", "actual", "actual_number", "area_code")
MOST_AREAS = 1_000  # more of them stand in no page


def holds_areas(found: ComparedFigures) -> bool:
    """Whether a page of them holds a file of their figures."""
    return len(found.areas) <= MOST_AREAS


def check_areas_download(
    downloads: tuple[str, ...], file: str, lang: str, found: ComparedFigures
) -> Iterator[Problem]:
    """Everything in the file that is not so."""
    if not holds_areas(found):
        if downloads:
            yield Problem(said("verify.one-download", found=len(downloads)), file)
        return
    rows, fault = read_download(downloads, lang, HEADS)
    if fault is not None:
        yield Problem(fault, file)
        return
    areas = {one.area: one for one in found.areas}
    if sorted(row[-1] for row in rows) != sorted(areas):
        yield Problem(said("verify.download-areas-differ"), file)
        return
    for number, row in enumerate(rows, 2):
        one = areas[row[-1]]
        name = plain(found.plan.area_name(one.area).in_language(lang))
        right = {
            "area": bare_text(row[0]) == name,
            "actual": _figure_is(bare_text(row[1]), one, found, lang),
            "actual_number": number_is(row[2], one.value, lang),
        }
        for key, fits in right.items():
            if not fits:
                head = filled(f"results.{key.removesuffix('_number')}", lang)
                cell = repr(row[HEADS.index(key)])[:200]
                message = said("verify.download-cell-differs", column=head, found=cell)
                yield Problem(message, file, f"download, line {number}")


def _figure_is(text: str, one: AreaFigure, found: ComparedFigures, lang: str) -> bool:
    if one.value is None:
        word = "compare.interval" if one.silence == "interval" else f"figure.{one.silence}"
        return text == filled(word, lang)
    fewest = 1 if found.target.basis in PERCENT_BASES else 2
    return says(text.replace(found.goal.unit_in(lang), ""), lang, [clean(one.value)], fewest)
