"""Every table and column of dualtrack, declared once.

A step hands its result to the next as a table of this module. Checks, the data dictionary
(`data/README.md`) and axis labels all read these declarations.
"""

from dualtrack.schema.analysis_tables import ANALYSIS_TABLES
from dualtrack.schema.portfolio_tables import PORTFOLIO_TABLES
from dualtrack.schema.sorting_tables import SORTING_TABLES, TRACKS
from dualtrack.schema.table import Column, Table, conform, empty_frame

__all__ = [
    "ANALYSIS_TABLES",
    "PORTFOLIO_TABLES",
    "SORTING_TABLES",
    "TABLES",
    "TRACKS",
    "Column",
    "Table",
    "conform",
    "empty_frame",
]

TABLES: dict[str, Table] = {
    table.name: table for table in (*PORTFOLIO_TABLES, *SORTING_TABLES, *ANALYSIS_TABLES)
}
