"""What a notebook calls: a desk is opened, and each question returns one frozen result."""

from planlib.evaluation.verdicts import GoalVerdict, goal_verdicts
from planlib.review.annual import AnnualReview, Revision, annual
from planlib.review.desk import Desk, open_desk
from planlib.review.midterm import Lag, MidtermReview, midterm
from planlib.review.profile import Point, Profile, profile

__all__ = [
    "AnnualReview",
    "Desk",
    "GoalVerdict",
    "Lag",
    "MidtermReview",
    "Point",
    "Profile",
    "Revision",
    "annual",
    "goal_verdicts",
    "midterm",
    "open_desk",
    "profile",
]
