"""Step 6: an analysis in, a table for a reader out; numbers stay numbers until a writer prints."""

from dualtrack.tables.accounting import tabulate_accounting, tabulate_issues
from dualtrack.tables.clarity import tabulate_blur, tabulate_clarity
from dualtrack.tables.control import tabulate_control
from dualtrack.tables.display import DisplayColumn, DisplayTable
from dualtrack.tables.load import tabulate_load
from dualtrack.tables.mix import tabulate_mix
from dualtrack.tables.sorting import tabulate_evidence, tabulate_undecided

__all__ = [
    "DisplayColumn",
    "DisplayTable",
    "tabulate_accounting",
    "tabulate_blur",
    "tabulate_clarity",
    "tabulate_control",
    "tabulate_evidence",
    "tabulate_issues",
    "tabulate_load",
    "tabulate_mix",
    "tabulate_undecided",
]
