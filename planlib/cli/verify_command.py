"""What ``planlib verify`` prints: every difference on a line, what was checked, what was not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from planlib.cli.terminal import tell
from planlib.errors import refused, said, shown_path
from planlib.language.language import Language
from planlib.plan.shipped import NOTEBOOKS
from planlib.verify.evidence import LOG, MOST_BESIDE, VERDICTS
from planlib.verify.office.items import ENDINGS
from planlib.verify.prove import Verified, prove, seal_in

if TYPE_CHECKING:
    from planlib.batch.runs.rebuild import Rebuilt
    from planlib.cli.verify_documents import DocumentProof

NAMED = 5  # files named in the last line
PAGES = (".html", ".json")  # endings that tables of results share with what a review is made of
MARKED = 4_000  # bytes within which such a table says of which plan it is


@dataclass(frozen=True)
class ProofOptions:
    """What to prove, from what, and how.

    ``plan_dirs`` are folders of plans that do not ship, ``observations`` files of figures, ``seal``
    is what an earlier proof printed, or a file with it. ``rebuild`` makes every page again, with
    the review notebooks of the folder ``notebooks`` and those of a ``job_list``. ``remarks`` is the
    file of what the office says, where that does not lie beside the figures.
    """

    out: Path
    plan_dirs: Sequence[Path] = ()
    observations: Sequence[Path] = ()
    seal: str = ""
    rebuild: bool = False
    notebooks: Path | None = None
    job_list: Path | None = None
    workers: int | None = None
    remarks: Path | None = None


def verify_command(asked: ProofOptions, lang: str) -> int:
    """Prove a reports folder; returns the exit code, 1 where anything differs. Raises InputError."""
    found_here = documents_of(asked.out)
    if found_here:
        from planlib.cli.verify_documents import verify_documents

        if asked.seal or asked.rebuild:
            raise refused(said("verify.reviews-alone"), asked.out)
        return verify_documents(
            found_here, asked.plan_dirs, asked.observations, asked.remarks, lang
        )
    say = Language(lang)
    seal = seal_in(asked.seal) if asked.seal else ""
    notebooks = asked.notebooks or NOTEBOOKS
    found = prove(asked.out, asked.plan_dirs, asked.observations, seal, notebooks, asked.remarks)
    made = _rebuilt(asked, say) if asked.rebuild and found.reviews else None
    documents = _documents(asked, found.documents)
    problems = [*found.problems, *(made.problems if made is not None else ())]
    if documents is not None:
        problems += documents.held.problems
    for problem in dict.fromkeys(problems):
        tell(problem.in_language(lang))
    for note in _notes(found, made, say):
        tell(note)
    if documents is not None:
        from planlib.cli.verify_documents import tell_notes

        tell_notes(documents, lang)
    place = shown_path(str(asked.out))
    counts = [
        say(f"verify.{name}", n=getattr(found, name))
        for name in ("reviews", "verdicts", "files", "shown")
    ]
    if made is not None:
        counts.append(say("verify.same", n=made.same))
    if documents is not None:
        counts.append(say("verify.documents", n=documents.done))
        counts.append(say("verify.lines", n=documents.lines))
    tell(f"{place}: {', '.join(counts)}.")
    if problems:
        tell(say("verify.differences", n=len(dict.fromkeys(problems))))
    else:
        tell(say("verify.proven", seal=found.seal))
    tell(" ".join(_last(found, made, asked, say)))
    return 1 if problems else 0


def documents_of(out: Path) -> list[Path]:
    """What an office hands in: ``out`` itself, or, of a folder without a review, all such files.

    Pages of planlib that lie by themselves are none.
    """
    if out.is_file():
        return [out]
    if any(any(out.glob(f"{part}{VERDICTS}")) for part in ("", "*/", "*/*/")):
        return []
    files = sorted(o for o in out.glob("*") if o.suffix.lower() in ENDINGS and o.is_file())
    return [] if all(one.suffix.lower() in PAGES and _is_page(one) for one in files) else files


def _is_page(path: Path) -> bool:
    """Whether a file is no table of results, but a page or what stands beside pages."""
    try:
        with path.open("rb") as held:
            start = held.read(MARKED)
    except OSError:
        return False
    return not any(mark in start for mark in (b'<meta name="planlib.plan"', b'"language": "'))


def _documents(asked: ProofOptions, files: Sequence[Path]) -> DocumentProof | None:
    """The proof of the documents beside pages; None where there are none.

    Figures given for those of the same name stand in a copy of their plan.
    """
    if not files:
        return None
    from planlib.batch.runs.rebuild import Inputs, plan_folders
    from planlib.cli.verify_documents import proved_documents

    with TemporaryDirectory() as home:
        inputs = Inputs(asked.plan_dirs, asked.observations, remarks=asked.remarks)
        plans = [Path(one) for one in plan_folders(inputs, Path(home)).values()]
        return proved_documents(files, plans, (), asked.remarks)


def _rebuilt(asked: ProofOptions, say: Language) -> Rebuilt:
    from planlib.batch.jobs.custom_notebooks import NotebookRequest
    from planlib.batch.runs.progress import Watcher
    from planlib.batch.runs.rebuild import Inputs, rebuild
    from planlib.cli.batches.command import jobs_listed
    from planlib.cli.stopping import stoppable

    listed = jobs_listed(asked.job_list) if asked.job_list is not None else []
    custom = [one for one in listed if isinstance(one, NotebookRequest)]
    inputs = Inputs(
        asked.plan_dirs, asked.observations, asked.notebooks or NOTEBOOKS, custom, asked.remarks
    )
    with stoppable(), Watcher(say) as watcher:
        return rebuild(asked.out, inputs, watcher, asked.workers)


def _notes(found: Verified, made: Rebuilt | None, say: Language) -> Iterator[str]:
    """What may be the reason of differences: other versions than the reports were made with."""
    mine = version("planlib")
    for made_by in found.made_by:
        if made_by != mine:
            yield say("verify.versions", made_by=made_by, mine=mine)
    if found.ranks_apart:
        most, rows = say.number(MOST_BESIDE), say.number(found.rows_apart)
        yield say("verify.ranks_apart", n=found.ranks_apart, most=most, rows=rows)
    if made is not None and made.problems:
        for name, (then, now) in made.reasons.items():
            yield say("verify.reason", name=name, then=then[:50], now=now)


def _last(
    found: Verified, made: Rebuilt | None, asked: ProofOptions, say: Language
) -> Iterator[str]:
    """What was not read, or not made again, and what a seal can be trusted for."""
    left = found.custom if made is None else made.left
    unread = [say("verify.unread.parts")] if made is None else []
    if left:
        unread.append(say("verify.unread.own", n=len(left), names=_some(left)))
    if found.others:
        unread.append(say("verify.unread.others", n=len(found.others), names=_some(found.others)))
    if found.log:
        unread.append(say("verify.unread.log", name=LOG))
    if unread:
        yield say("verify.unread", parts=say.parts_mark.join(unread))
    if made is not None and left:
        yield say("verify.unbuilt")
    if not asked.seal:
        yield say("verify.resealed" if made is None or unread else "verify.resealed.rebuilt")


def _some(names: Sequence[str]) -> str:
    return ", ".join([*names[:NAMED], *(["…"] if len(names) > NAMED else [])])
