"""A finished reports folder, opened to be compared: its reviews, pages and versions.

What is read is held against the hashes of the folder itself, so that a damaged file is told in a
line and never compared. Only ``planlib verify`` proves that the folder says what is right.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from planlib.batch.difference.reviews import ReviewText, read_document
from planlib.errors import InputError, Problem, said
from planlib.verify.documents import decoded, read_bytes
from planlib.verify.evidence import PROOF, VERDICTS, Proof

Place = tuple[str, str]  # a plan and an area


@dataclass
class RunFolder:
    """The reports of one run; ``reviews`` gives each review the hash of its ``verdicts.json``."""

    root: Path
    reviews: dict[Place, str]
    proof: Proof | None

    @classmethod
    def open(cls, root: Path) -> RunFolder:
        """Open a folder. Raises InputError where it holds no reviews, or not those it lists."""
        problems: list[Problem] = []
        if not root.is_dir():
            raise InputError([Problem(said("batch.compared-folder-not-found"), str(root))])
        reviews = sorted(path.parent for path in root.glob(f"*/*/{VERDICTS}"))
        if not reviews:
            hint = said("batch.compare-reports-folders")
            message = said("batch.no-reviews-in-folder")
            raise InputError([Problem(message, str(root), hint=hint)])
        proof = None
        if (root / PROOF).exists() and (text := read_bytes(root / PROOF, problems)) is not None:
            words = decoded(text, root / PROOF, problems)
            proof = None if words is None else read_document(words, root / PROOF, Proof, problems)
        found = cls(root, {}, proof)
        for folder in reviews:
            data = read_bytes(folder / VERDICTS, problems)
            if data is not None:
                found.reviews[folder.parent.name, folder.name] = hashlib.sha256(data).hexdigest()
        for one in proof.reviews if proof is not None else ():
            place = root / one.plan / one.area / VERDICTS
            actual = found.reviews.get((one.plan, one.area))
            if actual != one.sha256:
                gone = "verify.file-gone" if actual is None else "verify.file-hash-differs"
                problems.append(Problem(said(gone), str(place)))
        if problems:
            raise InputError(problems)
        return found

    @property
    def made_with(self) -> dict[str, str]:
        """The versions of what shaped its pages; empty where the run was not finished."""
        return self.proof.made_with if self.proof is not None else {}

    def review(self, place: Place, problems: list[Problem]) -> ReviewText | None:
        """What a review claims; None, with a problem, where that is no text."""
        path = self.root / place[0] / place[1] / VERDICTS
        data = read_bytes(path, problems)
        text = None if data is None else decoded(data, path, problems)
        return None if text is None else ReviewText.of(text, path)

    def page(self, name: str, expected: str, problems: list[Problem]) -> str | None:
        """The text of a page that has a hash; None, with a problem, where it has another."""
        path = self.root / name
        data = read_bytes(path, problems)
        if data is None:
            return None
        if hashlib.sha256(data).hexdigest() != expected:
            problems.append(Problem(said("verify.file-hash-differs"), str(path)))
            return None
        return decoded(data, path, problems)
