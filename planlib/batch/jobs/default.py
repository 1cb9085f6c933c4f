"""What is reviewed where nobody says what."""

from __future__ import annotations

from planlib.batch.jobs.jobs import Request

# What a newcomer sees first: a ward's whole term, two national reviews of real figures, and a
# union with three states whose targets are of different kinds: a limit kept, a range, a strict end.
DEFAULT = (
    Request(
        "ward-2010-2015", "ward-01", compare=("cultural-families:2013", "poor-households:2013")
    ),
    Request("viet-nam-2016-2020", years=[2019], midterm=False),
    Request("viet-nam-2011-2015", years=[], midterm=True),
    Request("europe-2020", areas=["eu28", "cz", "it", "se"], years=[2018, 2020], midterm=False),
)
