"""Where the processes of a run find what it hands on to them: a folder that their environment names.

A module of its own, since a worker is started before anything that reads figures is imported.
"""

PLACE = "PLANLIB_EVALUATIONS"
