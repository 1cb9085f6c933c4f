"""What moved between two runs, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic_core import to_jsonable_python

from planlib.batch.difference.claims import ClaimMove, ClaimOf
from planlib.batch.difference.folders import Place
from planlib.batch.difference.runs import PageMove, ReviewMove, RunDifference
from planlib.plan.base import period_record


def difference_record(found: RunDifference) -> dict[str, Any]:
    """The difference as JSON values; what moved is a pair, before and after."""
    return {
        "old": str(found.old.root),
        "new": str(found.new.root),
        "moved": found.moved,
        "counts": found.counts,
        "made_with": {name: list(pair) for name, pair in found.made_with.items()},
        "only_old": [_place(place) for place in found.only_old],
        "only_new": [_place(place) for place in found.only_new],
        "reviews": [_review(review) for review in found.reviews],
        "pages": [_page(page) for page in found.pages],
    }


def _place(place: Place) -> Mapping[str, str]:
    return {"plan": place[0], "area": place[1]}


def _review(review: ReviewMove) -> dict[str, Any]:
    return {
        **_place(review.place),
        "inputs": [str(why) for why in review.inputs],
        "plan_files": list(review.plan_files),
        "claims": [_claim(claim) for claim in review.claims],
        "pages": [_page(page) for page in review.pages],
    }


def _claim(move: ClaimMove) -> dict[str, Any]:
    claim = move.claim
    return {
        "goal": claim.goal,
        "group": claim.group,
        "kind": claim.kind,
        "period": period_record(claim.year),
        "on": claim.on,
        "moved": {name: to_jsonable_python(pair) for name, pair in move.moved.items()},
        "why": [str(why) for why in move.why],
        "vintage": [one.vintage if one is not None else None for one in (move.old, move.new)],
        "inputs": [_inputs(one) for one in (move.old, move.new)],
    }


def _inputs(claim: ClaimOf | None) -> list[dict[str, Any]]:
    return [] if claim is None else [{"file": file, "row": row} for file, row in claim.inputs]


def _page(page: PageMove) -> dict[str, Any]:
    return {
        "name": page.name,
        "state": page.state,
        "texts": [
            {"section": t.section, "goal": t.goal, "before": t.before, "after": t.after}
            for t in page.texts
        ],
        "pictures": [
            {
                "name": p.name, "section": p.section, "before": p.before, "after": p.after,
                "drawing_only": p.before == p.after,
            }
            for p in page.pictures
        ],
    }  # fmt: skip
