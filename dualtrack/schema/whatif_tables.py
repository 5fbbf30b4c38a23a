"""The tables of the what-if: before and after, and which projects to pause."""

from __future__ import annotations

from dualtrack.schema.sorting_tables import TRACKS
from dualtrack.schema.table import Column, Table

__all__ = ["LIMIT_TYPES", "VALUE_BASES", "WHATIF_TABLES"]

WHATIF_MEASURES = ("mix", "load", "people", "attention", "target")
LIMIT_TYPES = ("capacity", "band")
VALUE_BASES = ("stated priority", "budget", "each counts one")

_project_id = Column("project_id", "text", "Tool and the tool's own key")
_title = Column("title", "text", "Name of the project")
_track = Column("track", "text", "Track", "", TRACKS)

WHATIF = Table(
    "whatif",
    "measure x group",
    ("measure_type", "quantity_type", "group_name"),
    (
        Column("measure_type", "text", "Kind of measure", "", WHATIF_MEASURES),
        Column("quantity_type", "text", "What is measured"),
        Column("group_name", "text", "Unit; `All` for the whole"),
        Column("before_value", "number", "As it is", "share or FTE"),
        Column("before_low", "number", "Lower end of its range", "share or FTE"),
        Column("before_high", "number", "Upper end of its range", "share or FTE"),
        Column("after_value", "number", "With the scenario", "share or FTE"),
        Column("after_low", "number", "Lower end of its range", "share or FTE"),
        Column("after_high", "number", "Upper end of its range", "share or FTE"),
        Column("before_verdict", "text", "Verdict of a target as it is"),
        Column("after_verdict", "text", "Verdict with the scenario"),
        Column("is_changed", "flag", "Value or verdict differs"),
    ),
)

WHATIF_ACTIONS = Table(
    "whatif_actions",
    "action x project or group it touches",
    (),
    (
        Column("action_number", "count", "Place in the scenario, from 1", ""),
        Column("action_type", "text", "What is done"),
        _project_id,
        _title,
        Column("effort_hours", "number", "Hours it moves or frees in the months shown", "hours"),
        Column("cost", "number", "Budget it moves or frees", "portfolio currency"),
        Column("words", "text", "What was done, in words"),
    ),
)

PAUSES = Table(
    "pauses",
    "project with bookings",
    ("project_id",),
    (
        _project_id,
        _title,
        Column("unit_name", "text", "Business unit"),
        _track,
        Column("value_amount", "number", "Worth in the optimisation", "as value_basis says"),
        Column("value_basis", "text", "What the worth is", "", VALUE_BASES),
        Column("is_value_known", "flag", "Stated; else the middle of the others is taken"),
        Column("is_pausable", "flag", "May be paused"),
        Column("keep_reason", "text", "Why it may not"),
        Column("is_paused", "flag", "Proposed to be paused"),
        Column("demand_fte", "number", "Booked, mean month", "FTE"),
        Column("gap_share", "number", "By how much a better plan may still lose less", "0 to 1"),
        Column("because", "text", "The limit that would break if it ran on"),
    ),
)

PAUSE_LIMITS = Table(
    "pause_limits",
    "limit: group x month, or band of a mix",
    ("limit_type", "group_name", "month"),
    (
        Column("limit_type", "text", "Kind of limit", "", LIMIT_TYPES),
        Column("group_name", "text", "Unit or role; quantity of a band"),
        Column("month", "date", "First day of the month; missing for a band"),
        Column("before_value", "number", "All projects running", "FTE or share"),
        Column("fixed_value", "number", "Only those that may not be paused", "FTE or share"),
        Column("after_value", "number", "As proposed", "FTE or share"),
        Column("limit_low", "number", "At least", "FTE or share"),
        Column("limit_high", "number", "At most", "FTE or share"),
        Column("is_binding", "flag", "Would break if some paused project ran on"),
        Column("is_unmet", "flag", "No choice of pauses meets it"),
        Column("words", "text", "The limit in words"),
    ),
)

WHATIF_TABLES = (WHATIF, WHATIF_ACTIONS, PAUSES, PAUSE_LIMITS)
