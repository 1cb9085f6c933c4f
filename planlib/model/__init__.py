"""The nouns: plan, goal, target, areas, observations. Frozen, and no reading of files."""

from planlib.model.areas import Area
from planlib.model.goal import Goal, Measure, Place, Reading, Section
from planlib.model.plan import Plan
from planlib.model.target import Basis, Cadence, Comparison, Target

__all__ = [
    "Area",
    "Basis",
    "Cadence",
    "Comparison",
    "Goal",
    "Measure",
    "Place",
    "Plan",
    "Reading",
    "Section",
    "Target",
]
