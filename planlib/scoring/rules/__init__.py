"""Other people's rules, exactly as they publish them, one module each, on plain frames.

Every module has ``METHOD`` (see ``planlib.scoring.rules.method``) and
``assess(observations, targets)``; ``planlib.scoring.rules.frames`` says what the two frames
hold. Nothing of this is a verdict of planlib's own.
"""

from planlib.scoring.rules.method import Method
from planlib.scoring.rules.registry import METHODS, assess

__all__ = ["METHODS", "Method", "assess"]
