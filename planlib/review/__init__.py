"""What a notebook asks of an evaluation: each question returns one frozen result."""

from planlib.evaluation.verdicts import GoalVerdict
from planlib.review.annual import AnnualReview, Revision, annual
from planlib.review.midterm import Lag, MidtermReview, midterm
from planlib.review.profile import Point, Profile, profile
from planlib.review.sensitivity import Sensitivity, sensitivity

__all__ = [
    "AnnualReview",
    "GoalVerdict",
    "Lag",
    "MidtermReview",
    "Point",
    "Profile",
    "Revision",
    "Sensitivity",
    "annual",
    "midterm",
    "profile",
    "sensitivity",
]
