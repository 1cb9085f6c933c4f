"""``verdicts.json`` and ``proof.json``: what a review claims, so that anyone can check it.

``verdicts.json`` stands beside the pages of one plan in one area and holds, in UTF-8, sorted keys,
one list entry a line, and no times:

- ``schema_version`` (3), ``planlib`` (version), ``area``, ``as_of`` (reports up to this date count;
  empty for all), ``rule`` (its id and date);
- ``plan``: its ``id`` and the SHA-256 of each of its ``files``;
- ``audience``: ``public`` or ``internal``. Where the public may not see every figure of the plan,
  its reviews are made from, and refer to, a ``figures.csv`` that stands beside them and holds just
  what it may see of the area, and of the areas its figures are held against (of those it is ranked
  among, where all of it are no more than ``MOST_BESIDE`` rows: of 11,000 areas with six years of one
  such goal they would be 66,000 beside each, 726 million in all, and ``planlib verify`` says how many
  they would be): a hash of the office's own file would let a small count be guessed;
- ``figures``: the files of figures by a name without a folder of any machine, each with the SHA-256
  of its rows about the area, one after another (``grep '^ward-01,' FILE | sha256sum`` where the area
  comes first): what changes of other areas changes no claim of this one. Of the ``figures.csv``
  beside the reviews it is that of the whole file;
- ``verdicts``: for every goal, and every ``group`` it is followed for, one record a year (``kind`` ``annual``) and one for the mid-term
  (``midterm``; ``on`` says whether it judges the ``year`` or the ``term`` so far). Each has the
  ``verdict``, the ``published`` one or null, the figure compared (``value``, or ``low`` and
  ``high``, in the goal's unit), ``level`` (figure over target), ``estimate``, ``certainty`` (the
  chance that the final figure gives the same verdict, or null), ``figure_of`` (the earlier
  period whose figure stands in, else null), ``against`` (the figure of another goal, area or
  series it is held against, or how many areas are ranked), the ``target`` held
  against (null in a year without one), the ``reading`` it follows (null where the text has one
  meaning), the verdict under each of the ``readings``, the ``rule``, the ``vintage`` (date of the
  report) and its ``inputs``: ``file``, ``row`` (the line of a CSV file, the row of a Parquet file,
  from 1) and the ``sha256`` of that row. Of a CSV file that is the line as it stands, so
  ``sed -n 12p FILE | sha256sum`` gives it. Of years that must all be
  reached, the figure and the inputs are those of the year that decided, where one alone did;
- ``remarks``: what the office says of the area to this audience, in the order of its file, as the
  file has it; left out where it says nothing;
- ``shelf``: the SHA-256 of ``review.json``, which the index is made from;
- ``pages``: the notebooks and pages with their SHA-256 and the ``as_of`` date each says it has;
- ``documents``: what stands beside the pages as ``planlib report`` writes it, with its SHA-256;
  left out where there is nothing;
- ``asked``: what was asked for, as names of pages without an ending; one that is not among the
  ``pages`` is missing from a finished run;
- ``sha256``: the seal, the SHA-256 of this same file with an empty seal.

``proof.json`` stands beside the index: the SHA-256 of the index pages (of many areas also the page
of each, ``<plan>/<area>/index.html``, and those of areas and goals) and of every ``verdicts.json``, the ``files`` that notebooks
of somebody's own became, what was ``asked`` of such notebooks, the versions of what shapes pages
(``made_with``), and a seal. Whoever knows that seal can tell whether anything has changed since.
"""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated, Any, Literal, Self

from pydantic import Field, FiniteFloat

from planlib.language.languages import LANGUAGES
from planlib.plan.audience import INTERNAL, Audience
from planlib.plan.base import Id, Part, StoredPeriod, Words
from planlib.plan.periods.text import LABEL
from planlib.plan.remarks.remark import Remark
from planlib.verify.targets.claimed import JudgedTarget

VERDICTS, PROOF = "verdicts.json", "proof.json"
AREA_FIGURES = "figures.csv"  # what the public may see of an area, in the same folder
LOG = "batch-log.jsonl"  # when and how a batch ran, beside the index
INDEX_VERDICTS = "review.json"  # the verdicts of the index, which stand in the same folder
_COMPARED = "compare-[a-z0-9]+(?:-[a-z0-9]+)*"  # with the goal that areas are compared in
_KIND = rf"(annual|midterm|{_COMPARED})-({LABEL})\.({'|'.join(LANGUAGES)})"
PAGE_NAME = re.compile(rf"^{_KIND}\.(html|ipynb)$")
# A document beside a page, and the pictures of one in Markdown.
DOCUMENT_NAME = re.compile(
    rf"^(annual|midterm)-({LABEL})\.({'|'.join(LANGUAGES)})"
    r"(?:\.(docx|odt|pdf|md)|_files/picture-[0-9]{1,4}\.svg)$"
)
# The page of a goal, which stands beside the folders of its plan's areas.
GOAL_PAGE = re.compile(rf"^goal-([a-z0-9]+(?:-[a-z0-9]+)*)\.({'|'.join(LANGUAGES)})\.html$")
# A page of areas, which stands there too where the index leaves areas or goals to pages.
AREAS_PAGE = re.compile(rf"^areas(-[a-z0-9]+)*\.({'|'.join(LANGUAGES)})\.html$")
_HASH = r"^[0-9a-f]{64}$"
# One step below another folder at most, and nothing a shell, a browser or a path could turn around.
_NAME = r"^[^/\\\x00-\x1f]{1,200}(/[^/\\\x00-\x1f]{1,200}){0,5}$"
_DEEP = r"^[^/\\\x00-\x1f]+(/[^/\\\x00-\x1f]+)*$"
_STEM = rf"^{_KIND}$"
_SEAL = re.compile(r'\A\{"sha256": "[0-9a-f]{64}", ')
MOST_BESIDE = 5000  # rows of a file beside a review that holds the figures of ranked areas
MOST_PAGES = 5000  # of one review: a page and a notebook a year and language, and the mid-term's
MOST_DOCUMENTS = 50_000  # with their pictures

Hash = Annotated[str, Field(pattern=_HASH)]
Name = Annotated[str, Field(pattern=_NAME)]
Below = Annotated[str, Field(pattern=_DEEP, max_length=4000)]  # wherever in a reports folder
PageStem = Annotated[str, Field(pattern=_STEM)]
VerdictName = Literal[
    "exceeded",
    "met",
    "nearly_met",
    "not_met",
    "not_yet",
    "not_due",
    "no_data",
    "not_applicable",
    "suppressed",
]


class HashedFile(Part):
    """A file by a name that means the same on every machine."""

    name: Name
    sha256: Hash


class HashedPage(Part):
    """A notebook or a page of the review's folder; ``as_of`` is the date it says it stands at."""

    name: Annotated[str, Field(pattern=PAGE_NAME.pattern)]
    sha256: Hash
    as_of: str = ""


class HashedDocument(Part):
    """A document beside a page, or a picture of one."""

    name: Annotated[str, Field(pattern=DOCUMENT_NAME.pattern)]
    sha256: Hash


class HashedRow(Part):
    """One row of a file of figures."""

    file: Name
    row: int = Field(ge=1, strict=True)
    sha256: Hash


class HashedPlan(Part):
    """The plan the verdicts follow, to the byte."""

    id: Id
    files: tuple[HashedFile, ...]


class Claim(Part):
    """One verdict and everything it was made from; see the module for the fields."""

    goal: Id
    group: str = ""
    kind: Literal["annual", "midterm"]
    year: StoredPeriod
    on: Literal["year", "term"]
    verdict: VerdictName
    published: VerdictName | None
    value: FiniteFloat | None
    low: FiniteFloat | None
    high: FiniteFloat | None
    level: FiniteFloat | None
    estimate: bool
    certainty: FiniteFloat | None = None
    figure_of: StoredPeriod | None = None
    against: FiniteFloat | None = None
    target: JudgedTarget | None
    reading: Id | None
    readings: dict[Id, VerdictName]
    rule: str
    vintage: str | None
    inputs: tuple[HashedRow, ...]


FORMAT: Literal[3] = 3


class Sealed(Part):
    """A document whose last word is the hash of all the others."""

    schema_version: Literal[3] = FORMAT
    sha256: str = ""

    def sealed(self) -> Self:
        """The same with its seal."""
        bare = self.model_copy(update={"sha256": ""})
        seal = hashlib.sha256(bare.text().encode()).hexdigest()
        return bare.model_copy(update={"sha256": seal})

    def text(self) -> str:
        """The file, the same bytes for the same content."""
        return canonical(self.model_dump(mode="json"))

    def sealed_text(self) -> str:
        """The file of the same with its seal; what it says is written out once."""
        bare = self.model_copy(update={"sha256": ""}).text()
        seal = hashlib.sha256(bare.encode()).hexdigest()
        return bare.replace('\n"sha256": ""', f'\n"sha256": "{seal}"', 1)  # a line of its own


class Evidence(Sealed):
    """``verdicts.json``."""

    planlib: Words
    plan: HashedPlan
    area: Id
    audience: Audience = INTERNAL
    as_of: str
    rule: str
    figures: tuple[HashedFile, ...]
    shelf: Hash
    verdicts: tuple[Claim, ...]
    pages: Annotated[tuple[HashedPage, ...], Field(max_length=MOST_PAGES)]
    asked: Annotated[tuple[PageStem, ...], Field(max_length=MOST_PAGES)]
    remarks: tuple[Remark, ...] = ()
    documents: Annotated[tuple[HashedDocument, ...], Field(max_length=MOST_DOCUMENTS)] = ()

    def text(self) -> str:
        """The file; of remarks only what they say, and of documents nothing where there are none."""
        told = self.model_dump(mode="json", exclude={"remarks"})
        if not self.documents:
            del told["documents"]
        if self.remarks:
            told["remarks"] = [one.record for one in self.remarks]
        return canonical(told)

    @property
    def files(self) -> list[str]:
        """The pages, notebooks and documents it names."""
        return [*(page.name for page in self.pages), *(one.name for one in self.documents)]


class FileBelow(Part):
    """A file anywhere in a reports folder."""

    name: Below
    sha256: Hash


class Review(Part):
    """One review of a site by its plan and area, with the hash of its ``verdicts.json``."""

    plan: Id
    area: Id
    sha256: Hash


class Proof(Sealed):
    """``proof.json``."""

    pages: tuple[HashedFile, ...]
    reviews: tuple[Review, ...]
    files: tuple[FileBelow, ...] = ()
    asked: tuple[Below, ...] = ()
    made_with: dict[str, str] = Field(default_factory=dict)


def sealed_log(text: str) -> str:
    """A log whose first line, an object, begins with the hash of the log without it.

    >>> sealed = sealed_log('{"began": ""}\\n{"job": "a"}\\n')
    >>> sealed[:12], sealed_log(sealed) == sealed
    ('{"sha256": "', True)
    """
    bare = _SEAL.sub("{", text, count=1)
    return f'{{"sha256": "{hashlib.sha256(bare.encode()).hexdigest()}", {bare[1:]}'


def canonical(document: dict[str, Any]) -> str:
    """JSON with sorted keys, one line an entry of each list at the top; ends with a line feed.

    >>> print(canonical({"b": [1, {"z": 0.5, "a": None}], "a": "ơ"}), end="")
    {
    "a": "ơ",
    "b": [
    1,
    {"a": null, "z": 0.5}
    ]
    }
    """
    entries = []
    for key in sorted(document):
        value = document[key]
        text = _line(value)
        if isinstance(value, list) and value:
            text = "[\n" + ",\n".join(_line(item) for item in value) + "\n]"
        entries.append(f"{_line(key)}: {text}")
    return "{\n" + ",\n".join(entries) + "\n}\n"


_LINES = json.JSONEncoder(sort_keys=True, ensure_ascii=False, allow_nan=False)


def _line(value: Any) -> str:
    return _LINES.encode(value)
