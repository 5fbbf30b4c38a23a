"""The tables a `Portfolio` holds: what the exports said, cleaned, nothing derived."""

from __future__ import annotations

from dualtrack.schema.table import Column, Table

__all__ = ["LEVELS", "OUTCOMES", "PORTFOLIO_TABLES", "RAGS", "STATUSES"]

STATUSES = ("proposed", "active", "on_hold", "done", "cancelled")
LEVELS = ("frontline", "manager", "director", "executive")
RAGS = ("green", "amber", "red")
OUTCOMES = ("project", "rolled_up", "merged", "kept", "set_aside")

_source_file = Column("source_file", "text", "Export file the row came from")
_source_row = Column("source_row", "count", "Row (or record) number in that file, from 1")
_project_id = Column("project_id", "text", "Tool and the tool's own key, `jira:OPS-142`")

SOURCES = Table(
    "sources",
    "export file (one row a sheet that was read)",
    ("source_file", "sheet_name"),
    (
        _source_file,
        Column("sheet_name", "text", "Sheet of a workbook; blank for other files"),
        Column("source_tool", "text", "Column map that recognised the file"),
        Column("table_name", "text", "Table its rows go to"),
        Column("recognized_by", "text", "Why that tool: the headings that gave it away"),
        Column("date_order", "text", "Order of day and month in its text dates, and why"),
        Column("exported_at", "date", "When the file was written, where it says so"),
        Column("row_count", "count", "Rows read: all but the heading", "rows"),
        Column("sha256", "text", "Checksum of the file"),
    ),
)

PROJECTS = Table(
    "projects",
    "project",
    ("project_id",),
    (
        _project_id,
        _source_file,
        _source_row,
        Column("title", "text", "Name of the project"),
        Column("description", "text", "What it is to do, markup removed"),
        Column("type", "text", "The tool's own type word"),
        Column("status_type", "text", "State in one vocabulary", "", STATUSES),
        Column("unit_name", "text", "Business unit"),
        Column("team_name", "text", "Team"),
        Column("owner", "text", "Person who runs it"),
        Column("sponsor", "text", "Person who answers for it"),
        Column("sponsor_level", "text", "Level of the sponsor", "", LEVELS),
        Column("declared_label", "text", "What the export calls it: class, category, tags"),
        Column("objective_id", "text", "Objective it serves"),
        Column("start_date", "date", "Start, actual if known, else planned"),
        Column("baseline_finish_date", "date", "Finish as first approved"),
        Column("forecast_finish_date", "date", "Finish as expected now"),
        Column("actual_finish_date", "date", "Finish as it happened"),
        Column("progress_pct", "number", "Work done", "%"),
        Column("budget_cost", "number", "Approved cost", "portfolio currency"),
        Column("actual_cost", "number", "Cost to date", "portfolio currency"),
        Column("forecast_cost", "number", "Cost expected at the end", "portfolio currency"),
        Column("planned_effort_hours", "number", "Planned work", "hours"),
        Column("actual_effort_hours", "number", "Work done", "hours"),
        Column("rag_type", "text", "Health as reported", "", RAGS),
        Column("risk_type", "text", "Risk as reported"),
        Column("review_forum", "text", "Meeting that reviews it"),
        Column("review_interval_days", "number", "Days between reviews", "days"),
        Column("last_review_date", "date", "Last review"),
        Column("labels", "text", "Tags, joined by '; '"),
        Column("parent_id", "text", "Programme or parent, as the tool keys it"),
    ),
)

WORK_ITEMS = Table(
    "work_items",
    "row rolled up into a project (story, task, subitem)",
    ("source_file", "source_row"),
    (
        _source_file,
        _source_row,
        _project_id,
        Column("title", "text", "Title of the item"),
        Column("description", "text", "Its text, markup removed"),
        Column("type", "text", "The tool's own type word"),
        Column("status_type", "text", "State in one vocabulary", "", STATUSES),
    ),
)

MILESTONES = Table(
    "milestones",
    "gate or milestone of a project",
    ("project_id", "title"),
    (
        _project_id,
        Column("title", "text", "Name of the gate"),
        Column("planned_date", "date", "Day it is due"),
        Column("is_passed", "flag", "Whether it is done"),
    ),
)

ASSIGNMENTS = Table(
    "assignments",
    "project x person x month",
    ("project_id", "person_id", "month"),
    (
        _project_id,
        Column("person_id", "text", "Pseudonym of the person (keyed hash)"),
        Column("month", "date", "First day of the month"),
        Column("role_name", "text", "Role on the project"),
        Column("effort_hours", "number", "Hours booked", "hours"),
    ),
)

CAPACITY = Table(
    "capacity",
    "person x month",
    ("person_id", "month"),
    (
        Column("person_id", "text", "Pseudonym of the person (keyed hash)"),
        Column("month", "date", "First day of the month"),
        Column("capacity_hours", "number", "Hours available for projects", "hours"),
        Column("level_type", "text", "Level of the person", "", LEVELS),
        Column("unit_name", "text", "Home unit of the person"),
    ),
)

OBJECTIVES = Table(
    "objectives",
    "objective",
    ("objective_id",),
    (
        Column("objective_id", "text", "Key of the objective"),
        Column("title", "text", "Its wording"),
        Column("level", "text", "Breakthrough, annual, departmental"),
        Column("parent_id", "text", "Objective above it"),
        Column("owner", "text", "Person who owns it"),
    ),
)

MEASURES = Table(
    "measures",
    "metric x date x project",
    ("metric_id", "measured_date", "project_id"),
    (
        Column("metric_id", "text", "Metric"),
        Column("measured_date", "date", "Day of the reading"),
        Column("project_id", "text", "Project it follows; may be missing"),
        Column("value", "number", "Reading", "unit_code"),
        Column("plan_value", "number", "Plan for that day", "unit_code"),
        Column("unit_code", "text", "Unit of the reading"),
        Column("better_when", "text", "Direction", "", ("higher", "lower", "target")),
        Column("target_value", "number", "Target", "unit_code"),
    ),
)

REVIEWS = Table(
    "reviews",
    "meeting",
    ("review_id",),
    (
        Column("review_id", "text", "Calendar id and start"),
        Column("held_at", "date", "Start, local time"),
        Column("minutes", "number", "Length", "minutes"),
        Column("forum", "text", "Forum, where the calendar names one"),
        Column("subject", "text", "Subject, missing if private; never printed unless asked for"),
        Column("agenda", "text", "Lines of its agenda; never printed unless asked for"),
        Column("attendees", "count", "People invited", "people"),
        Column("level_type", "text", "Level of the forum", "", LEVELS),
        Column("time_zone", "text", "Zone of the start; missing where the calendar names none"),
    ),
)

RATINGS = Table(
    "ratings",
    "leaders' own rating of a question",
    ("rater_id", "question_id"),
    (
        Column("rater_id", "text", "Pseudonym of the rater"),
        Column("question_id", "text", "Question 1 to 5"),
        Column("rating", "number", "Rating, 1 (no) to 5 (fully)", "points"),
    ),
)

ROW_OUTCOMES = Table(
    "row_outcomes",
    "row read from a file, and what became of it",
    (),
    (
        _source_file,
        Column("sheet_name", "text", "Sheet of a workbook; blank for other files"),
        _source_row,
        Column("outcome_type", "text", "What became of the row", "", OUTCOMES),
        Column("project_id", "text", "Project it became or went into"),
        Column("reason", "text", "Why it was rolled up, merged or set aside"),
    ),
)

CONVERSIONS = Table(
    "conversions",
    "money cell changed by a scale or a rate",
    ("project_id", "column_name"),
    (
        _project_id,
        Column("column_name", "text", "Column of `projects`"),
        _source_file,
        _source_row,
        Column("original_text", "text", "The cell as exported"),
        Column("original_amount", "number", "Amount before conversion", "original_currency"),
        Column("original_currency", "text", "ISO 4217 code"),
        Column("rate", "number", "Portfolio currency for one of the original, as stated"),
    ),
)

ISSUES = Table(
    "issues",
    "finding about the data",
    (),
    (
        Column("severity_type", "text", "How much it matters", "", ("info", "warning", "severe")),
        Column("table_name", "text", "Table concerned"),
        _project_id,
        _source_file,
        _source_row,
        Column("column_name", "text", "Column concerned"),
        Column("rule_name", "text", "Rule that found it"),
        Column("value", "text", "What was found"),
        Column("message", "text", "What it means and what to do"),
    ),
)

PORTFOLIO_TABLES = (
    SOURCES,
    PROJECTS,
    WORK_ITEMS,
    MILESTONES,
    ASSIGNMENTS,
    CAPACITY,
    OBJECTIVES,
    MEASURES,
    REVIEWS,
    RATINGS,
    ROW_OUTCOMES,
    CONVERSIONS,
    ISSUES,
)
