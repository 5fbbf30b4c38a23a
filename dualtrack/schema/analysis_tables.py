"""The tables the analyses return: one tidy frame per question."""

from __future__ import annotations

from dualtrack.schema.control_tables import CONTROL_TABLES
from dualtrack.schema.governance_tables import GOVERNANCE_TABLES
from dualtrack.schema.leaders_tables import LEADERS_TABLES
from dualtrack.schema.load_tables import LOAD_TABLES
from dualtrack.schema.metric_tables import METRIC_TABLES
from dualtrack.schema.moves_tables import MOVES_TABLES
from dualtrack.schema.portfolio_tables import OUTCOMES
from dualtrack.schema.question_tables import QUESTION_TABLES
from dualtrack.schema.resource_tables import RESOURCE_TABLES
from dualtrack.schema.sorting_tables import BLURS, TRACKS
from dualtrack.schema.steering_tables import STEERING_TABLES
from dualtrack.schema.table import Column, Table
from dualtrack.schema.whatif_tables import WHATIF_TABLES

__all__ = ["ANALYSIS_TABLES", "QUANTITIES"]

QUANTITIES = (
    "projects",
    "budget_cost",
    "effort_hours",
    "actual_cost",
    "planned_effort_hours",
    "actual_effort_hours",
)
_group = Column("group_name", "text", "Unit, team or objective; `All` for the whole")
_project_id = Column("project_id", "text", "Tool and the tool's own key")
_track = Column("track", "text", "Track", "", TRACKS)

ACCOUNTING = Table(
    "accounting",
    "export sheet x outcome x reason",
    ("source_file", "sheet_name", "outcome_type", "reason"),
    (
        Column("source_file", "text", "Export file"),
        Column("sheet_name", "text", "Sheet of a workbook; blank for other files"),
        Column("source_tool", "text", "Tool it was recognised as"),
        Column("outcome_type", "text", "What became of the rows", "", OUTCOMES),
        Column("reason", "text", "Why"),
        Column("row_count", "count", "Rows", "rows"),
    ),
)

MIX = Table(
    "mix",
    "group x quantity x track",
    ("group_name", "quantity_type", "track"),
    (
        _group,
        Column("quantity_type", "text", "What is counted", "", QUANTITIES),
        _track,
        Column("amount", "number", "Sum on that track", "projects, currency or hours"),
        Column("share", "number", "Share of the two paths, median of the draws", "0 to 1"),
        Column("share_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("share_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        Column("unknown_count", "count", "Projects without that quantity", "projects"),
    ),
)

FRAGILITY = Table(
    "fragility",
    "project that would have to be relabelled to turn the verdict",
    ("quantity_type", "rank"),
    (
        Column("quantity_type", "text", "What is counted", "", QUANTITIES),
        Column("rank", "count", "Order of relabelling", ""),
        _project_id,
        Column("title", "text", "Name of the project"),
        _track,
        Column("amount", "number", "What it brings along", "projects, currency or hours"),
    ),
)

CLARITY = Table(
    "clarity",
    "group x called x is",
    ("group_name", "declared_track", "track"),
    (
        _group,
        Column("declared_track", "text", "What it is called; `undeclared` without a label"),
        _track,
        Column("project_count", "count", "Projects", "projects"),
        Column("budget_cost", "number", "Their budget", "portfolio currency"),
    ),
)

BLUR = Table(
    "blur",
    "project whose readings disagree",
    ("project_id",),
    (
        _project_id,
        Column("title", "text", "Name of the project"),
        Column("unit_name", "text", "Business unit"),
        Column("blur_type", "text", "Name of the disagreement", "", BLURS),
        Column("declared_label", "text", "What the export calls it"),
        Column("declared_track", "text", "Called", "", TRACKS),
        Column("track", "text", "Is", "", TRACKS),
        Column("managed_track", "text", "Run as", "", TRACKS),
        Column("budget_cost", "number", "Budget", "portfolio currency"),
        Column("says", "text", "Strongest evidence, in words"),
        Column("quote", "text", "Strongest evidence, quoted"),
        Column("p_track", "number", "Probability of the track it is on", "0 to 1"),
    ),
)

LOAD = Table(
    "load",
    "group x month",
    ("group_name", "month"),
    (
        _group,
        Column("month", "date", "First day of the month"),
        Column("operational_fte", "number", "Booked on operational projects", "FTE"),
        Column("strategic_fte", "number", "Booked on strategic projects", "FTE"),
        Column("maintenance_fte", "number", "Booked on maintenance", "FTE"),
        Column("undecided_fte", "number", "Booked on undecided projects", "FTE"),
        Column("demand_fte", "number", "Booked in all", "FTE"),
        Column("capacity_fte", "number", "Available in all", "FTE"),
        Column("people_count", "count", "People with bookings", "people"),
        Column("both_tracks_count", "count", "People on both tracks", "people"),
        Column("overloaded_count", "count", "People booked over capacity", "people"),
        Column("max_load_pct", "number", "Highest load of one person", "%"),
        Column(
            "is_suppressed",
            "flag",
            "People and capacity withheld: a group under five, or one that would tell it",
        ),
    ),
)

PATHS = Table(
    "paths",
    "project on the two-path picture",
    ("project_id",),
    (
        _project_id,
        Column("title", "text", "Name of the project"),
        Column("unit_name", "text", "Business unit"),
        _track,
        Column("start_date", "date", "Start of the bar"),
        Column("finish_date", "date", "End of the bar: actual, else forecast, else baseline"),
        Column("is_done", "flag", "Finished"),
        Column("is_drawn", "flag", "Has both dates and work in the window"),
        Column("weight", "number", "Rank weight: budget, else effort", ""),
    ),
)

ANALYSIS_TABLES = (
    ACCOUNTING,
    MIX,
    FRAGILITY,
    CLARITY,
    BLUR,
    LOAD,
    PATHS,
    *CONTROL_TABLES,
    *LOAD_TABLES,
    *LEADERS_TABLES,
    *MOVES_TABLES,
    *WHATIF_TABLES,
    *GOVERNANCE_TABLES,
    *STEERING_TABLES,
    *RESOURCE_TABLES,
    *METRIC_TABLES,
    *QUESTION_TABLES,
)
