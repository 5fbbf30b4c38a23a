"""The tables of where resources go: spread, effort, targets, concentration."""

from __future__ import annotations

from dualtrack.schema.sorting_tables import TRACKS
from dualtrack.schema.table import Column, Table

__all__ = ["LINK_GAPS", "RESOURCES", "RESOURCE_TABLES", "VERDICTS"]

RESOURCES = ("money", "effort")
VERDICTS = ("within", "below", "above", "open", "not answerable")
# Work without an objective, objectives without work; a tool that records none is no omission of
# its projects.
LINK_GAPS = (
    "project without objective",
    "objective not recorded by the tool",
    "objective not in the list",
    "objective without projects",
    "objective without strategic projects",
)
_group = Column("group_name", "text", "Unit, team or objective; `All` for the whole")
_project_id = Column("project_id", "text", "Tool and the tool's own key")
_title = Column("title", "text", "Name of the project or the objective")
_unit_name = Column("unit_name", "text", "Business unit")
_track = Column("track", "text", "Track", "", TRACKS)
_budget_cost = Column("budget_cost", "number", "Budget", "portfolio currency")
_p_strategic = Column("p_strategic", "number", "Calibrated probability", "0 to 1")
_target_id = Column("target_id", "text", "Target")
_band = (
    Column("low_value", "number", "Lower end of the band", "value_unit"),
    Column("high_value", "number", "Upper end of the band", "value_unit"),
)
_floor = Column("floor_value", "number", "Below it the path is at risk", "value_unit")
_value_unit = Column("value_unit", "text", "What the figures are, in words")
_verdict = Column("verdict_type", "text", "Value against the band", "", VERDICTS)
_origin = (
    Column("source", "text", "Where the value is from"),
    Column("year", "count", "Year of the source"),
    Column("grade", "text", "A to C: how well the source bears it; `own` if set here"),
    Column("transfer_warning", "text", "Why it may not fit here"),
    Column("because", "text", "Reason for a value of one's own"),
)
_reading = (
    Column("value", "number", "What was measured, median of the draws", "value_unit"),
    Column("value_low", "number", "Lower end of the 90 % interval", "value_unit"),
    Column("value_high", "number", "Upper end of the 90 % interval", "value_unit"),
    Column("missing_column", "text", "Column that would let it be answered"),
)

SPREAD = Table(
    "spread",
    "group x resource x track",
    ("group_name", "resource_type", "track"),
    (
        _group,
        Column("resource_type", "text", "Money or effort", "", RESOURCES),
        _track,
        Column("planned_amount", "number", "Whole plan", "currency or hours"),
        Column("due_amount", "number", "Plan up to the day, evenly spread", "currency or hours"),
        Column("actual_amount", "number", "Used up to the day", "currency or hours"),
        Column("due_share", "number", "Share of what both paths were due", "0 to 1"),
        Column("actual_share", "number", "Share of what both paths used", "0 to 1"),
        Column("gap_share", "number", "Used share less due share, median of the draws", "-1 to 1"),
        Column("gap_low", "number", "Lower end of the 90 % interval", "-1 to 1"),
        Column("gap_high", "number", "Upper end of the 90 % interval", "-1 to 1"),
        Column("used_ratio", "number", "Used for one due, median of the draws", ""),
        Column("used_low", "number", "Lower end of the 90 % interval", ""),
        Column("used_high", "number", "Upper end of the 90 % interval", ""),
        Column("project_count", "count", "Projects compared", "projects"),
        Column("left_out_count", "count", "Projects without plan, actual or dates", "projects"),
    ),
)

EFFORT = Table(
    "effort",
    "group x month x track",
    ("group_name", "month", "track"),
    (
        _group,
        Column("month", "date", "First day of the month (or quarter)"),
        _track,
        Column("effort_hours", "number", "Hours booked", "hours"),
    ),
)

TARGETS = Table(
    "targets",
    "target: a band, with its source",
    ("target_id",),
    (
        _target_id,
        Column("measures", "text", "What it is about; blank for a figure to compare with"),
        Column("track", "text", "Path it protects", "", TRACKS),
        Column("says", "text", "The target in words"),
        *_band,
        _floor,
        _value_unit,
        Column("below_warning", "text", "What too little of it leads to"),
        Column("above_warning", "text", "What too much of it leads to"),
        Column("basis", "text", "How the band is read from the source"),
        *_origin,
    ),
)

TARGET_READINGS = Table(
    "target_readings",
    "group x target, as measured",
    ("group_name", "target_id"),
    (_group, _target_id, *_reading),
)

TARGET_VERDICTS = Table(
    "target_verdicts",
    "group x target, judged",
    ("group_name", "target_id"),
    (
        _group,
        _target_id,
        *(c for c in TARGETS.columns if c.name not in {"target_id", "measures"}),
        *_reading,
        _verdict,
        Column("is_under_floor", "flag", "The whole interval lies below the floor"),
        Column("warning", "text", "What the verdict warns of; missing within the band"),
    ),
)

TARGET_FRAGILITY = Table(
    "target_fragility",
    "project whose relabelling would change a target's verdict",
    ("target_id", "rank"),
    (
        _target_id,
        Column("rank", "count", "Order of relabelling", ""),
        _project_id,
        _title,
        _track,
        Column("to_track", "text", "Track it would move to", "", TRACKS),
        Column("amount", "number", "What it brings along", "portfolio currency"),
        Column("value", "number", "Value once it has moved", "value_unit"),
        Column("to_verdict_type", "text", "Verdict once all have moved", "", VERDICTS),
    ),
)

BREAKTHROUGHS = Table(
    "breakthroughs",
    "group",
    ("group_name",),
    (
        _group,
        Column("strategic_count", "count", "Strategic initiatives under way", "projects"),
        Column("value", "number", "The same, median of the draws", "projects"),
        Column("value_low", "number", "Lower end of the 90 % interval", "projects"),
        Column("value_high", "number", "Upper end of the 90 % interval", "projects"),
        *_band,
        _verdict,
        *_origin,
    ),
)

DEMOTIONS = Table(
    "demotions",
    "open project that is strategic or called so",
    ("project_id",),
    (
        Column("rank", "count", "Weakest evidence first, within the unit", ""),
        _project_id,
        _title,
        _unit_name,
        Column("declared_track", "text", "What it is called; missing if not", "", TRACKS),
        _track,
        _p_strategic,
        Column("support", "number", "Evidence for strategic less that against", "log-odds"),
        Column("says", "text", "Strongest evidence against, else for, in words"),
        Column("quote", "text", "The same, quoted"),
        _budget_cost,
        Column("is_called_only", "flag", "Called strategic and is not"),
        Column("is_surplus", "flag", "Beyond what the band leaves room for"),
    ),
)

CONCENTRATION = Table(
    "concentration",
    "group x track",
    ("group_name", "track"),
    (
        _group,
        _track,
        Column("project_count", "count", "Open projects", "projects"),
        Column("known_count", "count", "Of these, with a budget", "projects"),
        _budget_cost,
        Column("top_count", "count", "Largest projects taken together", "projects"),
        Column("top_share", "number", "Their share, median of the draws", "0 to 1"),
        Column("top_low", "number", "Lower end of the 90 % interval", "0 to 1"),
        Column("top_high", "number", "Upper end of the 90 % interval", "0 to 1"),
        Column("top_titles", "text", "Their names, on the tracks as decided"),
        Column("tail_count", "count", "Smallest projects within the tail", "projects"),
        Column("tail_share", "number", "What the tail holds together", "0 to 1"),
        Column("effective_count", "number", "Equal projects that would be as concentrated", ""),
    ),
)

LINKS = Table(
    "links",
    "project without an objective, or objective without projects",
    ("gap_type", "project_id", "objective_id"),
    (
        Column("gap_type", "text", "What is missing", "", LINK_GAPS),
        _project_id,
        Column("objective_id", "text", "Objective"),
        _title,
        _unit_name,
        _track,
        _p_strategic,
        _budget_cost,
    ),
)

COVERAGE = Table(
    "coverage",
    "temperature of the truth x quantity",
    ("temperature", "quantity_type"),
    (
        Column("temperature", "number", "1: right; above: over-confident, below: under-confident"),
        Column("quantity_type", "text", "What is counted", "", ("projects", "budget_cost")),
        Column("coverage", "number", "True shares inside the 90 % interval", "0 to 1"),
        Column("coverage_low", "number", "Lower end of its own 90 % interval", "0 to 1"),
        Column("coverage_high", "number", "Upper end of its own 90 % interval", "0 to 1"),
        Column("below_share", "number", "True shares below the interval", "0 to 1"),
        Column("above_share", "number", "True shares above the interval", "0 to 1"),
        Column("truth_count", "count", "True portfolios drawn", "portfolios"),
    ),
)

RESOURCE_TABLES = (
    SPREAD,
    EFFORT,
    TARGETS,
    TARGET_READINGS,
    TARGET_VERDICTS,
    TARGET_FRAGILITY,
    BREAKTHROUGHS,
    DEMOTIONS,
    CONCENTRATION,
    LINKS,
    COVERAGE,
)
