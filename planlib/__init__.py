"""planlib: from a government term plan and its yearly figures to verdicts anyone can replay.

Data walks one way through the packages: intake → model → scoring → review → show → publish →
batch → cli. Importing this package does no work; ask for the floor that is needed, for example
``from planlib import review``.
"""

__version__ = "0.1.0"
