"""The tables of demand and capacity: groups, people on both tracks, key roles."""

from __future__ import annotations

from dualtrack.schema.sorting_tables import TRACKS
from dualtrack.schema.table import Column, Table

__all__ = ["ATTENTION_CURVES", "LOAD_GROUP_TYPES", "LOAD_STATES", "LOAD_TABLES"]

LOAD_GROUP_TYPES = ("whole", "unit", "team", "role", "unit_role")
LOAD_STATES = ("over", "near", "within", "unknown")
# What a person loses to each further project at the same time; docs/load.md has the sources.
ATTENTION_CURVES = ("none", "ten_percent", "weinberg")

_group_type = Column("group_type", "text", "What the group is", "", LOAD_GROUP_TYPES)
_unit = Column("unit_name", "text", "Unit of the team or role; missing where over all units")
_group = Column("group_name", "text", "Name of the group; `All` for the whole")
_role = Column("role_name", "text", "Role on the project")
_people = Column("people_count", "count", "People with bookings; withheld where few", "people")
_suppressed = Column(
    "is_suppressed", "flag", "Withheld: a group under the limit, or one that would tell it"
)
_fte = (
    Column("operational_fte", "number", "Booked on operational projects", "FTE"),
    Column("strategic_fte", "number", "Booked on strategic projects", "FTE"),
    Column("maintenance_fte", "number", "Booked on maintenance", "FTE"),
    Column("undecided_fte", "number", "Booked on undecided projects", "FTE"),
    Column("demand_fte", "number", "Booked in all", "FTE"),
    Column("capacity_fte", "number", "Available in all", "FTE"),
)
_load_share = Column("load_share", "number", "Booked over available", "1 is all of it")

LOAD_GROUPS = Table(
    "load_groups",
    "team, role, or role in a unit x month",
    ("group_type", "unit_name", "group_name", "month"),
    (
        _group_type,
        _unit,
        _group,
        Column("month", "date", "First day of the month"),
        *_fte,
        _load_share,
        _people,
        _suppressed,
    ),
)

STRADDLE = Table(
    "straddle",
    "whole, unit or team",
    ("group_type", "unit_name", "group_name"),
    (
        _group_type,
        _unit,
        _group,
        _people,
        Column("both_tracks_count", "count", "People on both tracks in some month", "people"),
        Column("always_both_count", "count", "In every month they booked, two at least", "people"),
        Column("both_share", "number", "People on both tracks, of all with bookings", "0 to 1"),
        Column("both_low", "number", "Lower end of its 90 % interval", "0 to 1"),
        Column("both_high", "number", "Upper end of its 90 % interval", "0 to 1"),
        Column("operational_fte", "number", "Booked on operational projects", "FTE, mean month"),
        Column("strategic_fte", "number", "Booked on strategic projects", "FTE, mean month"),
        Column("minor_share", "number", "Smaller track, of the hours of both", "0 to 0.5"),
        _suppressed,
    ),
)

CONCURRENCY = Table(
    "concurrency",
    "whole or unit x number of projects at the same time",
    ("group_name", "project_count"),
    (
        _group,
        Column("project_count", "count", "Projects in one month; 5 stands for 5 and more", ""),
        Column("people_mean", "number", "People with that many, mean month", "people"),
        Column("people_share", "number", "Their share", "0 to 1"),
        Column("is_optimal", "flag", "Two or three (Steyn & Schnetler, 2015)"),
        Column("is_alert", "flag", "Four and more"),
        _suppressed,
    ),
)

ATTENTION = Table(
    "attention",
    "whole or unit x curve",
    ("group_name", "curve_type"),
    (
        _group,
        Column("curve_type", "text", "Curve of the loss", "", ATTENTION_CURVES),
        Column("lost_fte", "number", "Hours lost to switching, mean month", "FTE"),
        Column("lost_share", "number", "Their share of the hours booked", "0 to 1"),
        Column("booked_fte", "number", "Hours booked, mean month", "FTE"),
        Column("lost_fte_at_four", "number", "Of the loss, by people on four and more", "FTE"),
        Column("month_count", "count", "Months measured", "months"),
        _suppressed,
    ),
)

KEY_ROLES = Table(
    "key_roles",
    "role, over all units and in each",
    ("unit_name", "role_name"),
    (
        _unit,
        _role,
        _people,
        *_fte,
        _load_share,
        Column("peak_month", "date", "Month of the highest load"),
        Column("peak_share", "number", "Load in that month", "1 is all of it"),
        Column("tight_count", "count", "Months near or over capacity", "months"),
        Column("month_count", "count", "Months measured", "months"),
        Column("minor_share", "number", "Smaller track, of the hours of both", "0 to 0.5"),
        Column("state_type", "text", "State at its peak", "", LOAD_STATES),
        Column("is_key", "flag", "Both tracks wait for it: near or over, and wanted by both"),
        Column("project_count", "count", "Projects of both tracks it endangers", "projects"),
        Column("budget_cost", "number", "Their budget, where known", "portfolio currency"),
        _suppressed,
    ),
)

KEY_ROLE_PROJECTS = Table(
    "key_role_projects",
    "key role x project that waits for it",
    ("unit_name", "role_name", "project_id"),
    (
        _unit,
        _role,
        Column("project_id", "text", "Tool and the tool's own key"),
        Column("title", "text", "Name of the project"),
        Column("track", "text", "Track", "", TRACKS),
        Column("effort_hours", "number", "Hours of that role in its tight months", "hours"),
        Column("effort_share", "number", "Of the project's hours in those months", "0 to 1"),
        Column("budget_cost", "number", "Budget", "portfolio currency"),
    ),
)

LOAD_TABLES = (LOAD_GROUPS, STRADDLE, CONCURRENCY, ATTENTION, KEY_ROLES, KEY_ROLE_PROJECTS)
