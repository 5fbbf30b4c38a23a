"""Step 3: projects in, a track for each with its evidence, `undecided` allowed.

Three readings that share no input: what a project is called (`readings`), what it is (`score`),
how it is run (`readings`). `sort_projects` does the whole step.
"""

from dualtrack.sorting.assign import assign_tracks, name_blur
from dualtrack.sorting.criteria import Criteria, read_criteria
from dualtrack.sorting.decisions import read_decisions
from dualtrack.sorting.evaluate import evaluate_labels
from dualtrack.sorting.readings import read_declared, read_managed
from dualtrack.sorting.score import score_evidence
from dualtrack.sorting.sort import sort_projects
from dualtrack.sorting.text import gather_texts

__all__ = [
    "Criteria",
    "assign_tracks",
    "evaluate_labels",
    "gather_texts",
    "name_blur",
    "read_criteria",
    "read_declared",
    "read_decisions",
    "read_managed",
    "score_evidence",
    "sort_projects",
]
