"""What ``planlib verify`` does with what an office hands in: a document, a table, or a folder of them.

Each is proven twice: its tables, counts, names and titles against the verdicts recomputed by code of
their own, and everything it says against the same document made again from what it was made from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

from planlib.cli.terminal import tell
from planlib.errors import InputError, Problem, said, shortened, shown_path
from planlib.evaluation import Evaluation, evaluate
from planlib.language.language import Language
from planlib.plan.plan_files import AREAS
from planlib.plan.reading import load_plan
from planlib.plan.shipped import PLANS
from planlib.report.documents.converted import (
    CONVERTED,
    Converted,
    WordFile,
    converted_together,
)
from planlib.report.documents.office_document import OfficeDocument
from planlib.report.documents.skeleton import Issuer
from planlib.report.pages.report_files import markdown_report, report_page, word_bytes
from planlib.verify.documents import read_bytes
from planlib.verify.markup import plain
from planlib.verify.office.differences import Differences, differences
from planlib.verify.office.held import OfficeOrigin, OfficeProof
from planlib.verify.office.items import TABLES, OfficeFile, UnlikeDocument
from planlib.verify.office.markdown_file import read_markdown
from planlib.verify.office.pdf_file import pdf_differences, pdf_producer
from planlib.verify.office.read import read_office
from planlib.verify.office.sheet_proof import SheetProof
from planlib.verify.office.sheet_rows import SheetOrigin
from planlib.verify.office.word_file import read_word
from planlib.verify.sources import ProvedInputs
from planlib.verify.texts import filled

TOLD = 8  # stretches of an office's own words that are told of a document
LONGEST = 80  # letters of one
WRITTEN = (".json", ".html", ".md")  # tables whose every line is as planlib writes it
TOGETHER = 20  # documents that one run of LibreOffice converts


def verify_documents(
    files: Sequence[Path], plan_dirs: Sequence[Path], observations: Sequence[Path],
    remarks: Path | None, lang: str,
) -> int:  # fmt: skip
    """Prove documents and say what was found; returns the exit code."""
    say, proof = Language(lang), proved_documents(files, plan_dirs, observations, remarks)
    problems = [*proof.held.problems, *proof.held.sources.unused()]
    for problem in dict.fromkeys(problems):
        tell(problem.in_language(lang))
    tell_notes(proof, lang)
    counts = [
        say("verify.documents", n=proof.done),
        say("verify.shown", n=proof.held.compared),
        say("verify.lines", n=proof.lines),
    ]
    tell(", ".join(counts) + ".")
    differ = len(dict.fromkeys(problems))
    tell(say("verify.differences", n=differ) if problems else say("verify.documents.proven"))
    return 1 if problems else 0


def proved_documents(
    files: Sequence[Path], plan_dirs: Sequence[Path] = (), observations: Sequence[Path] = (),
    remarks: Path | None = None,
) -> DocumentProof:  # fmt: skip
    """The proof of some documents. Raises InputError where a plan cannot be read."""
    for known in (_id_of, _evaluated):  # what an earlier proof has read may have changed
        known.cache_clear()
    proof = DocumentProof(plan_dirs, observations, remarks)
    for path in files:
        proof.check(path)
    proof.finish()
    return proof


def tell_notes(proof: DocumentProof, lang: str) -> None:
    """Print what an office wrote into documents, and what else must be known of them."""
    say = Language(lang)
    for path, words in proof.written.items():
        quoted = [f"“{one[:LONGEST]}”" for one in words[:TOLD]]
        shown = say.parts_mark.join([*quoted, "…"] if len(words) > TOLD else quoted)
        tell(say("verify.written", file=shown_path(str(path)), words=shown))
    for note in proof.notes:
        tell(note.in_language(lang))


@dataclass(frozen=True)
class _Waiting:
    """A file of LibreOffice, and the Word document it must be made from."""

    path: Path
    data: bytes
    word: WordFile


@dataclass
class DocumentProof:
    """The proof of some documents."""

    plan_dirs: Sequence[Path]
    observations: Sequence[Path]
    remarks: Path | None = None
    done: int = 0
    lines: int = 0
    written: dict[Path, list[str]] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)

    made_by: dict[Path, str] = field(default_factory=dict)
    waiting: dict[Converted, list[_Waiting]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sources = ProvedInputs(self.plan_dirs, self.observations, self.remarks, instead=True)
        self.held = OfficeProof(sources)

    def check(self, path: Path) -> None:
        """Prove one document."""
        problems = self.held.problems
        data = read_bytes(path, problems)
        if data is None:
            return
        self.done, kind = self.done + 1, path.suffix.lower()
        try:
            file = read_office(kind, data)
            if kind in TABLES or "language" in file.about:
                self._table(path, kind, data, file)
            else:
                self._report(path, kind, data, file)
        except UnlikeDocument:
            problems.append(Problem(said("verify.document-unreadable", kind=kind), str(path)))
        except InputError as error:
            problems += _placed(error, path)

    def _report(self, path: Path, kind: str, data: bytes, file: OfficeFile) -> None:
        origin = OfficeOrigin.of(file.about)
        if origin is None:
            message, hint = said("verify.document-of-nothing"), said("verify.write-it-again")
            self.held.problems.append(Problem(message, str(path), hint=hint))
            return
        self.made_by[path] = file.about.get("planlib", "")
        if kind in {".docx", ".md"} and not self.held.check(path, file, origin):
            return
        document = self._again(file, origin)
        if kind == ".md":
            self._markdown(path, file, document)
        elif kind == ".docx":
            self._same(path, file, read_word(word_bytes(document)))
            self._by_hand(path, file, origin)
        else:
            made = read_word(word_bytes(document))
            if self.held.check(path, made, origin):
                word = WordFile(word_bytes(document, kind), document.dated)
                waiting = self.waiting.setdefault(CONVERTED[kind[1:]], [])
                waiting.append(_Waiting(path, data, word))

    def _table(self, path: Path, kind: str, data: bytes, file: OfficeFile) -> None:
        """A table: of results, which are made again, or of tidy figures."""
        origin = SheetProof(self.held).check(path, file)
        if origin is None:
            return
        evaluation = self._evaluation(origin.plan, origin.as_of, origin.audience)
        made = _results(evaluation, origin, kind)
        before = len(self.held.problems)
        self._same(path, file, read_office(kind, made))
        if kind in WRITTEN and len(self.held.problems) == before:
            pairs = zip(data.splitlines(), made.splitlines(), strict=False)
            line = next((at for at, (its, mine) in enumerate(pairs, start=1) if its != mine), None)
            if line is not None or len(data.splitlines()) != len(made.splitlines()):
                message = said("verify.not-written-planlib-writes")
                self.held.problems.append(Problem(message, str(path), line))

    def _same(self, path: Path, file: OfficeFile, right: OfficeFile) -> None:
        self._tell(path, differences(str(path), file, right))

    def _tell(self, path: Path, found: Differences) -> None:
        self.held.problems += found.problems
        self.lines += found.compared
        if found.written:
            self.written.setdefault(path, []).extend(found.written)

    def _markdown(self, path: Path, file: OfficeFile, document: OfficeDocument) -> None:
        text, pictures = markdown_report(document, path)
        self._same(path, file, read_markdown(text.encode()))
        for picture, drawn in pictures.items():
            if read_bytes(picture, self.held.problems) not in {None, drawn}:
                message = said("verify.pictures-differ", n=1)
                self.held.problems.append(Problem(message, str(picture)))

    def _by_hand(self, path: Path, file: OfficeFile, origin: OfficeOrigin) -> None:
        """What stands in the places of a document, but for what says what they are for."""
        asked = {f"[{filled(f'document.gap.{kind}', origin.lang)}]" for kind in _KINDS}
        mine = [plain(one.text) for one in file.lines() if one.key and plain(one.text) not in asked]
        if mine:
            before = self.written.setdefault(path, [])
            before += [one for one in mine if one not in before]

    def finish(self) -> None:
        """Prove the files of LibreOffice, many by each run of it."""
        for kind, some in self.waiting.items():
            for start in range(0, len(some), TOGETHER):
                part = some[start : start + TOGETHER]
                try:
                    made = converted_together([one.word for one in part], kind)
                except InputError as error:
                    made = [error] * len(part)
                for one, found in zip(part, made, strict=True):
                    if isinstance(found, InputError):
                        self.held.problems += _placed(found, one.path)
                    else:
                        self._converted(one.path, kind, one.data, found)
        self.waiting.clear()
        self._versions()

    def _versions(self) -> None:
        """Tell of what differs that another version made it."""
        mine, differ = version("planlib"), {one.file for one in self.held.problems}
        for path, made_by in self.made_by.items():
            if made_by not in {"", mine} and str(path) in differ:
                note = said("verify.document-version", made_by=shortened(made_by), mine=mine)
                self.notes.append(Problem(note, str(path), warning=True))

    def _converted(self, path: Path, kind: Converted, data: bytes, made: bytes) -> None:
        """A file of LibreOffice: the same bytes, or at least the same text, drawn alike."""
        self.lines += 1
        if made == data:
            return
        found = pdf_differences(str(path), data, made) if kind == "pdf" else None
        if found is not None:
            self._tell(path, found)
            if found.problems:
                return
        theirs = pdf_producer(data)
        if found is not None and theirs != pdf_producer(made):
            note = said("verify.other-producer", found=theirs[:60], mine=pdf_producer(made))
            self.notes.append(Problem(note, str(path), warning=True))
        else:
            message = said("verify.document-bytes-differ")
            self.held.problems.append(Problem(message, str(path)))

    def _again(self, file: OfficeFile, origin: OfficeOrigin) -> OfficeDocument:
        """The document as its inputs give it. Raises InputError."""
        evaluation = self._evaluation(origin.plan, origin.as_of, origin.audience)
        page = report_page(
            evaluation, evaluation.area(origin.area), origin.period, origin.lang, self.remarks or ""
        )
        about = file.about
        issuer = Issuer(*(about.get(one, "") for one in Issuer.__dataclass_fields__))
        made = page.handed_in(about.get("profile"), issuer, about.get("dated") or None)
        # What another version made may still say the same.
        return replace(made, made_from={**made.made_from, "planlib": about.get("planlib", "")})

    def _evaluation(self, plan: str, as_of: str, audience: str) -> Evaluation:
        """The evaluation of a plan, from the folder that the user names where there is one."""
        folder = next((one for one in self.plan_dirs if _id_of(one) == plan), None)
        given = tuple(str(one) for one in self.observations)
        return _evaluated(str(folder.absolute()) if folder else plan, given, as_of, audience)


def _placed(error: InputError, path: Path) -> list[Problem]:
    """The problems of an error, of a file where they name none."""
    return [one if one.file else replace(one, file=str(path)) for one in error.problems]


def _results(evaluation: Evaluation, origin: SheetOrigin, kind: str) -> bytes:
    """A table of results made again."""
    from planlib.cli.exporting.export_command import results_writer
    from planlib.report.results.about import results_about
    from planlib.report.results.table import results_of, verdicts_of

    language = Language(origin.lang)
    verdicts = [
        one for area, periods in origin.parts for one in verdicts_of(evaluation, [area], periods)
    ]
    table = results_of(evaluation.plan, verdicts, language)
    areas = [area for area, _ in origin.parts]
    return results_writer(kind)(table, results_about(evaluation, areas, table, language), language)


@cache
def _id_of(folder: Path) -> str:
    plan, _ = load_plan(folder, PLANS / AREAS)
    return plan.id if plan is not None else ""


@cache
def _evaluated(plan: str, figures: tuple[str, ...], as_of: str, audience: str) -> Evaluation:
    given = evaluate(plan, list(figures) or None)
    return given.as_known_on(as_of or None).seen_by(audience)


_KINDS = ("situation", "note", "objective", "subjective", "lessons", "tasks", "proposals")
