"""Step 3: projects in, a track for each with its evidence, `undecided` allowed.

Three readings that share no input: what a project is called (`readings`), what it is (`score`),
how it is run (`readings`). `sort_projects` does the whole step.
"""

from dualtrack.sorting.assign import assign_tracks, name_blur
from dualtrack.sorting.audit.draw import draw_audit, list_labels, read_labels
from dualtrack.sorting.audit.estimate import measure_audit
from dualtrack.sorting.by_settings import READINGS_FILE, sort_by_settings
from dualtrack.sorting.corpus import read_corpus
from dualtrack.sorting.criteria import Criteria, read_criteria
from dualtrack.sorting.evaluate import evaluate_labels, read_labelled
from dualtrack.sorting.flip import find_flips
from dualtrack.sorting.learn import list_learned
from dualtrack.sorting.ledger.agreement import measure_agreement
from dualtrack.sorting.ledger.decisions import list_decision_issues, read_decisions
from dualtrack.sorting.ledger.ledger import append_decision, read_ledger
from dualtrack.sorting.ledger.match import match_ledger
from dualtrack.sorting.ledger.queue import rank_queue
from dualtrack.sorting.meetings import sort_meetings
from dualtrack.sorting.readings import read_declared, read_managed
from dualtrack.sorting.score import score_evidence
from dualtrack.sorting.second_reader.names import find_names
from dualtrack.sorting.second_reader.reader import read_again, recall_readings
from dualtrack.sorting.second_reader.reading import (
    add_second_readings,
    apply_second_reading,
    measure_second_reading,
)
from dualtrack.sorting.sort import sort_projects
from dualtrack.sorting.text import gather_texts

__all__ = [
    "READINGS_FILE",
    "Criteria",
    "add_second_readings",
    "append_decision",
    "apply_second_reading",
    "assign_tracks",
    "draw_audit",
    "evaluate_labels",
    "find_flips",
    "find_names",
    "gather_texts",
    "list_decision_issues",
    "list_labels",
    "list_learned",
    "match_ledger",
    "measure_agreement",
    "measure_audit",
    "measure_second_reading",
    "name_blur",
    "rank_queue",
    "read_again",
    "read_corpus",
    "read_criteria",
    "read_decisions",
    "read_declared",
    "read_labelled",
    "read_labels",
    "read_ledger",
    "read_managed",
    "recall_readings",
    "score_evidence",
    "sort_meetings",
    "sort_by_settings",
    "sort_projects",
]
