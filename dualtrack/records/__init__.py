"""Step 2: exports in, one checked `Portfolio` out, every row accounted for.

`read_portfolio` does the whole step: clean each export, match the same project in two tools,
check the result.
"""

from dualtrack.records.check import check_portfolio
from dualtrack.records.clean import NO_PROJECT, clean_projects
from dualtrack.records.countermeasures import read_countermeasures
from dualtrack.records.match import match_projects
from dualtrack.records.read import build_portfolio, read_portfolio
from dualtrack.records.review_decisions import read_review_decisions

__all__ = [
    "NO_PROJECT",
    "build_portfolio",
    "check_portfolio",
    "clean_projects",
    "match_projects",
    "read_countermeasures",
    "read_portfolio",
    "read_review_decisions",
]
